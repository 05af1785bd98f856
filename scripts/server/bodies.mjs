// Limits slow request bodies and closes connections with unread ones.
import { closeSoon, refuseSocket } from "./refusals.mjs";

/** Base time for any body in milliseconds, and the minimum bytes per second beyond it. */
const GRACE = 15_000;
const SLOWEST = 8 * 1024;
const INTERVAL = 1_000;

const hasBody = ({ headers }) =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;

/** Sockets that answer no further requests. */
const closing = new WeakSet();

/** Returns whether a request's connection is about to close, so that the request must not be processed. */
export const isClosing = (socket) => closing.has(socket);

/** Returns whether a body has not arrived completely. */
export const isArriving = (request) => !request.complete && hasBody(request);

/**
 * Closes the connection after a response that was sent before the body arrived. Discards the rest of the body
 * for a moment, so that the client can read the response instead of getting a reset.
 */
export function closeBehind(request) {
  const { socket } = request;
  closing.add(socket);
  // Node calls this once the response is written. Destroying the socket here would send a reset.
  socket.destroySoon = () => {
    socket.end();
    request.removeAllListeners("data");
    request.resume();
    closeSoon(socket);
  };
}

/**
 * Returns a watch that cuts off slow bodies: 15 seconds, plus one per 8 KiB. Answers 408 if there is no
 * response yet. Time in which the server does not read is not counted.
 */
export function createBodyWatch(common, { grace = GRACE, slowest = SLOWEST, interval = INTERVAL } = {}) {
  const watched = new Set();

  function check() {
    const now = performance.now();
    for (const each of watched) {
      const { request, response, socket } = each;
      if (request.complete || socket.destroyed) watched.delete(each);
      else if (request.readableLength >= request.readableHighWaterMark) each.until += interval;
      else if (now > each.until + ((socket.bytesRead - each.before) / slowest) * 1000) {
        watched.delete(each);
        if (response.headersSent) socket.destroy();
        else cut(socket);
      }
    }
  }

  function cut(socket) {
    closing.add(socket);
    refuseSocket(
      socket,
      {
        status: 408,
        code: "RequestTimeout",
        message: "The body arrived too slowly and was cut off. Send it again over a faster connection.",
      },
      common,
    );
  }

  const timer = setInterval(check, interval);
  timer.unref();
  return {
    watch(request, response) {
      if (!isArriving(request)) return;
      const { socket } = request;
      watched.add({ request, response, socket, before: socket.bytesRead, until: performance.now() + grace });
    },
    stop: () => clearInterval(timer),
  };
}
