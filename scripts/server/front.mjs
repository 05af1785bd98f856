// The public HTTP server: passes valid requests on and answers all others itself.
import { createServer } from "node:http";
import { createBodyWatch, isClosing } from "./bodies.mjs";
import { boundConnections, continueWhenRead, serverOptions } from "./connections.mjs";
import { admit, fillIn } from "./guard.mjs";
import { refuse } from "./refusals.mjs";

/**
 * @param {object} options
 * @param options.handle async `(request, response)` that answers
 * @param {Record<string, string>} options.common default headers of every response
 * @param {boolean} [options.behindProxy] whether a trusted proxy is in front
 * @param {number} options.most maximum number of connections
 * @param {object} [options.patience] limits for slow bodies; see bodies.mjs
 */
export function createFront({ handle, common, behindProxy = false, most, patience }) {
  const bodies = createBodyWatch(common, patience);
  const server = createServer(serverOptions, serveOne);

  function serveOne(request, response) {
    // The connection closes after the previous response, so this request must not be processed.
    if (isClosing(request.socket)) {
      request.resume();
      return;
    }
    fillIn(request, response, common);
    bodies.watch(request, response);
    if (!admit(request, response, { behindProxy })) return;
    handle(request, response).catch((error) => {
      // Errors after a disconnect are the client's doing.
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
