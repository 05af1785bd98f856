// Answers that the product never sees a request of: in the form of its errors, by a response or on the bare socket.
import { STATUS_CODES } from "node:http";
import { v7 as uuid } from "uuid";

/** Milliseconds for which a refused client may say nothing before its connection is cut, and for which it may go on. */
const SILENCE = 2_000;
const LONGEST = 30_000;

/**
 * What a refusal says. `code` is one of those in lib/platform/http/errors.ts; `message` says what to do.
 *
 * @typedef {{status: number, code: string, message: string, headers?: Record<string, string>, details?: object}} Refusal
 */

/** The methods that anything here knows. */
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

/** Answers on a socket on which there is no request that can be answered, and closes it. */
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
 * Cuts a connection that has been ended from this side, unless the client closes it before. As long as it goes on sending
 * it may not have looked for the answer yet; cutting it then would have the system throw that away.
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
