// The server that clients talk to: it lets through what may be asked, in time and in bounds, and answers the rest itself.
import { createServer } from "node:http";
import { createBodyWatch, isClosing } from "./bodies.mjs";
import { boundConnections, continueWhenRead, serverOptions } from "./connections.mjs";
import { admit, fillIn } from "./guard.mjs";
import { refuse } from "./refusals.mjs";

/**
 * @param {object} options
 * @param options.handle what answers: `(request, response)`, a promise
 * @param {Record<string, string>} options.common headers of every answer that does not set them itself
 * @param {boolean} [options.behindProxy] whether a proxy of ours stands in front
 * @param {number} options.most connections at a time
 * @param {object} [options.patience] how slow bodies may be; see bodies.mjs
 */
export function createFront({ handle, common, behindProxy = false, most, patience }) {
  const bodies = createBodyWatch(common, patience);
  const server = createServer(serverOptions, serveOne);

  function serveOne(request, response) {
    // Behind an answer that closes the connection there is nothing more to be acted on.
    if (isClosing(request.socket)) {
      request.resume();
      return;
    }
    fillIn(request, response, common);
    bodies.watch(request, response);
    if (!admit(request, response, { behindProxy })) return;
    handle(request, response).catch((error) => {
      // Who is gone already has broken off; that is no fault of ours.
      if (!request.socket.destroyed) console.error(error);
      if (!response.headersSent) response.statusCode = 500;
      response.end();
    });
  }

  server.on("checkContinue", (request, response) => {
    continueWhenRead(request, response);
    serveOne(request, response);
  });
  server.on("checkExpectation", (request, response) => {
    fillIn(request, response, common);
    refuse(request, response, {
      status: 417,
      code: "BadRequest",
      message: "The only supported Expect header is 100-continue. Leave out any other value.",
    });
  });
  server.on("close", bodies.stop);
  boundConnections(server, { most, common });
  return server;
}
