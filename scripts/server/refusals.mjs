// Responses to requests that never reach the product, in the format of its errors; also for sockets without a
// valid request.
import { STATUS_CODES } from "node:http";
import { v7 as uuid } from "uuid";

/** Milliseconds a refused client may be silent, and may keep sending, before its connection is cut. */
const SILENCE = 2_000;
const LONGEST = 30_000;

/**
 * A refusal. `code` is one of those in lib/platform/http/errors.ts; `message` says what to do.
 * @typedef {{status: number, code: string, message: string, headers?: Record<string, string>, details?: object}} Refusal
 */

/** All supported methods. */
export const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** @returns {Refusal} */
export const badRequest = (message) => ({ status: 400, code: "BadRequest", message });

/** @returns {Refusal} */
export const notFound = () => ({
  status: 404,
  code: "NotFound",
  message: "There is no resource at this path. GET /api/openapi.json lists all paths.",
});

/** @returns {Refusal} */
export const notAllowed = (methods) => ({
  status: 405,
  code: "MethodNotAllowed",
  message: `This path doesn't support the method. Use ${methods.join(", ")}.`,
  headers: { Allow: methods.join(", ") },
});

function headersOf({ headers, code, message, details }) {
  const body = JSON.stringify({ code, message, ...(details ? { details } : {}) });
  return {
    body,
    headers: {
      "Content-Type": "application/json",
      "Content-Length": String(Buffer.byteLength(body)),
      "Cache-Control": "no-store",
      "X-Request-Id": uuid(),
      ...headers,
    },
  };
}

/** Answers a request with a refusal. */
export function refuse(request, response, refusal) {
  const { headers, body } = headersOf(refusal);
  response.writeHead(refusal.status, headers);
  response.end(request.method === "HEAD" ? undefined : body);
}

/** Answers on a socket without a valid request, then closes it. */
export function refuseSocket(socket, refusal, common) {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const { headers, body } = headersOf(refusal);
  const lines = Object.entries({
    ...common,
    ...headers,
    Date: new Date().toUTCString(),
    Connection: "close",
  });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const status = `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}\r\n`;
  socket.end(`${status}${head}\r\n${body}`);
  closeSoon(socket);
}

/**
 * Cuts a half-closed connection once the client stops sending. Cutting it earlier would make the system
 * discard the response that the client has not read yet.
 */
export function closeSoon(socket) {
  const last = performance.now() + LONGEST;
  let before = socket.bytesRead;
  const timer = setInterval(() => {
    if (socket.bytesRead === before || performance.now() > last) socket.destroy();
    before = socket.bytesRead;
  }, SILENCE);
  socket.once("close", () => clearInterval(timer));
}
