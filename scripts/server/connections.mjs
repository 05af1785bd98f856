// Connections as such: how many there may be, for how long they may say nothing, and what is told to those who speak no
// HTTP that can be understood.
import { isClosing } from "./bodies.mjs";
import { badRequest, METHODS, notAllowed, refuseSocket } from "./refusals.mjs";

/**
 * What Node's server is made with. Milliseconds: for the headers of a request, for a whole request (an upload's policy is
 * good for as long), and how often that is looked at. Host is looked at here, with an answer of ours (request-headers.mjs).
 */
export const serverOptions = {
  headersTimeout: 15_000,
  requestTimeout: 600_000,
  connectionsCheckingInterval: 1_000,
  requireHostHeader: false,
};

/** Milliseconds after which a connection on which nothing moves at all is closed: of clients that don't read, too. */
const SILENCE = 120_000;

/** What is wrong with what isn't HTTP, by Node's code for it. */
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
      // The beginning of a handshake for TLS looks like a wrong method to Node.
      if (/^[!#$%&'*+.^_`|~\w-]+ \S+ HTTP\/\d/.test(error.rawPacket?.toString("latin1", 0, 8192) ?? ""))
        return notAllowed(METHODS);
      return badRequest("The request is not HTTP/1.1. Use http://, or put a proxy in front for TLS.");
    default:
      return badRequest("The request is not well-formed HTTP/1.1, or ends too early. Send it again.");
  }
}

/**
 * Bounds the connections of a server: `most` altogether, half of them from one address. Where there is no more room, those
 * that wait for a next request are closed for new ones.
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
      // What can't be read came behind a request that could: that one has its answer, and then it's over.
      answering.shouldKeepAlive = false;
      answering._last = true;
    } else if (answering?.headersSent) socket.destroy();
    else refuseSocket(socket, refusalOfError(error), common);
  });
}

/**
 * Asks a client that waits with its body (`Expect: 100-continue`) for it when somebody begins to read it: one whose
 * request is refused needs not send it at all.
 */
export function continueWhenRead(request, response) {
  const read = request._read;
  request._read = function (size) {
    request._read = read;
    if (!response.headersSent) response.writeContinue();
    return read.call(this, size);
  };
}
