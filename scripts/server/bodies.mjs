// Bodies of requests that come too slowly, and those that nobody reads to their end.
import { closeSoon, refuseSocket } from "./refusals.mjs";

/** Milliseconds that every body has, and bytes a second that it must come with beyond them. */
const GRACE = 15_000;
const SLOWEST = 8 * 1024;
const INTERVAL = 1_000;

const hasBody = ({ headers }) =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;

/** Sockets on which nothing more is answered. */
const closing = new WeakSet();

/** Whether the connection of a request is about to be closed, so that the request must not be acted on. */
export const isClosing = (socket) => closing.has(socket);

/** Whether a body is still on its way. */
export const isArriving = (request) => !request.complete && hasBody(request);

/**
 * Has the connection closed behind an answer that came before the whole body had: what is still to come of it is read and
 * thrown away for a moment, so that the client reads the answer and not a broken connection.
 */
export function closeBehind(request) {
  const { socket } = request;
  closing.add(socket);
  // Node calls this when the answer is written. Closing at once would have the system reset the connection.
  socket.destroySoon = () => {
    socket.end();
    request.removeAllListeners("data");
    request.resume();
    closeSoon(socket);
  };
}

/**
 * Watches over bodies: one that takes longer than 15 seconds and a second more for each 8 KiB is cut off, with 408 where
 * nothing was answered yet. The time in which this side doesn't read counts for nobody.
 *
 * @returns what is to be told of each request, and what ends the watch
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
