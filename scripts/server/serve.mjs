// The process that serves the production build with its pages, around Next's public `next()`.
import { createServer } from "node:http";
import { serve } from "./process.mjs";
import { badRequest, refuse } from "./refusals.mjs";

await serve(async ({ hostname, port }) => {
  const { default: next } = await import("next");
  // Next's own prepare() doesn't wait for instrumentation.ts, which opens what the product needs, or ends the process
  // when it can't. Who listens before that looks like one who has started.
  const opened = new Promise((resolve, reject) => {
    globalThis.rollcallOpened = resolve;
    // Next only logs a fault in the build itself, or nothing at all.
    setTimeout(
      () =>
        reject(
          new Error("The build could not be loaded. Delete the folder .next, then start the server again."),
        ),
      60_000,
    ).unref();
  });
  // Next listens for upgrades of connections on the server it is given, and would pass some on to other hosts. It's given
  // one that hears of none; ours takes such a request for a usual one.
  const deaf = createServer();
  const app = next({ dev: false, dir: process.cwd(), hostname, port, quiet: true, httpServer: deaf });
  const { parseAndValidateFlightRouterState } = await import(
    "next/dist/server/app-render/parse-and-validate-flight-router-state.js"
  ).then((module) => module.default ?? module);
  await Promise.all([app.prepare(), opened]);
  const answer = app.getRequestHandler();
  return {
    handle(request, response) {
      // Next answers with 500 when it finds out by itself.
      try {
        parseAndValidateFlightRouterState(request.headers["next-router-state-tree"]);
      } catch {
        refuse(
          request,
          response,
          badRequest("The header next-router-state-tree is not valid. Leave it out."),
        );
        return Promise.resolve();
      }
      // Next sends the headers ahead of a body that is still to come. The API's bodies come at once: in one write with them.
      if (/^\/(api|workspaces)\//.test(request.url)) response.flushHeaders = () => undefined;
      return answer(request, response);
    },
    close: () => app.close(),
  };
});
