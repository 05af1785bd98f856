// Limits the number of connections and their idle time, and answers clients that send invalid HTTP.
import { isClosing } from "./bodies.mjs";
import { badRequest, METHODS, notAllowed, refuseSocket } from "./refusals.mjs";

/**
 * Options of Node's server, in milliseconds: for headers, for a whole request (as long as an upload policy is
 * valid), and the interval of checks. request-headers.mjs checks Host with a response of our own.
 */
export const serverOptions = {
  headersTimeout: 15_000,
  requestTimeout: 600_000,
  connectionsCheckingInterval: 1_000,
  requireHostHeader: false,
};

/** Milliseconds until a connection without any traffic is closed, even if the client just does not read. */
const SILENCE = 120_000;

/** Returns the response for invalid HTTP, by Node's error code. */
function refusalOfError(error) {
  switch (error.code) {
    case "HPE_HEADER_OVERFLOW":
      return {
        status: 431,
        code: "BadRequest",
        message: "The headers and the address together are larger than 16 KiB. Send less.",
      };
    case "HPE_CHUNK_EXTENSIONS_OVERFLOW":
      return {
        status: 413,
        code: "PayloadTooLarge",
        message: "The chunk extensions of the body are too long. Leave them out.",
      };
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return {
        status: 408,
        code: "RequestTimeout",
        message: "The request took too long to arrive. Send it again.",
      };
    case "HPE_INVALID_METHOD":
      // Node reports a TLS handshake as an invalid method.
      if (/^[!#$%&'*+.^_`|~\w-]+ \S+ HTTP\/\d/.test(error.rawPacket?.toString("latin1", 0, 8192) ?? ""))
        return notAllowed(METHODS);
      return badRequest("The request is not HTTP/1.1. Use http://, or put a proxy in front for TLS.");
    default:
      return badRequest("The request is not well-formed HTTP/1.1, or ends too early. Send it again.");
  }
}

/**
 * Limits a server to `most` connections, half of them per address. When it is full, idle connections are
 * closed to make room.
 */
export function boundConnections(server, { most, common }) {
  const byAddress = new Map();
  const mostOfOne = Math.max(1, Math.floor(most / 2));
  server.maxConnections = most;
  server.timeout = SILENCE;
  server.on("drop", () => server.closeIdleConnections());
  server.on("connection", (socket) => {
    const address = socket.remoteAddress ?? "unknown";
    const count = (byAddress.get(address) ?? 0) + 1;
    byAddress.set(address, count);
    socket.once("close", () => {
      const left = byAddress.get(address) - 1;
      if (left > 0) byAddress.set(address, left);
      else byAddress.delete(address);
    });
    if (count > mostOfOne) {
      server.closeIdleConnections();
      socket.destroy();
    }
  });
  server.on("connect", (_, socket) => {
    socket.on("error", () => undefined);
    refuseSocket(socket, notAllowed(METHODS), common);
  });
  server.on("clientError", (error, socket) => {
    const answering = socket._httpMessage;
    if (error.code === "ECONNRESET" || isClosing(socket)) socket.destroy();
    else if (answering?.req.complete && !answering.writableFinished) {
      // The invalid data followed a valid request: answers that request, then closes.
      answering.shouldKeepAlive = false;
      answering._last = true;
    } else if (answering?.headersSent) socket.destroy();
    else refuseSocket(socket, refusalOfError(error), common);
  });
}

/** Sends 100 Continue only once the body is read, so that a refused request need not send it. */
export function continueWhenRead(request, response) {
  const read = request._read;
  request._read = function (size) {
    request._read = read;
    if (!response.headersSent) response.writeContinue();
    return read.call(this, size);
  };
}
