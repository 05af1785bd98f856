// Serves the production build with pages, using Next.js' public `next()`.
import { createServer } from "node:http";
import { serve } from "./process.mjs";
import { badRequest, refuse } from "./refusals.mjs";
import { replaceable, replaceCurrent } from "./replacements.mjs";

const isEventStream = ({ url, headers }) =>
  /^(\/api)?\/workspaces\/[^/?]+\/events(\?|$)/.test(url) &&
  headers.accept?.includes("text/event-stream") === true;

await serve(async ({ hostname, port }) => {
  const { default: next } = await import("next");
  // Next.js' prepare() does not wait for instrumentation.ts, which opens what the product needs. Listening
  // earlier would look like a successful start.
  const opened = new Promise((resolve, reject) => {
    globalThis.rollcallOpened = resolve;
    // Next.js only logs errors in the build, or nothing at all.
    setTimeout(
      () =>
        reject(
          new Error("The build could not be loaded. Delete the folder .next, then start the server again."),
        ),
      60_000,
    ).unref();
  });
  // Next.js handles upgrades on the server it is given and may proxy them to other hosts. This one never gets
  // any; ours treats upgrades as normal requests.
  const deaf = createServer();
  const app = next({ dev: false, dir: process.cwd(), hostname, port, quiet: true, httpServer: deaf });
  const { parseAndValidateFlightRouterState } = await import(
    "next/dist/server/app-render/parse-and-validate-flight-router-state.js"
  ).then((module) => module.default ?? module);
  await Promise.all([app.prepare(), opened]);
  const answer = app.getRequestHandler();
  // For instrumentation.ts.
  globalThis.rollcallReplace = replaceCurrent;
  return {
    handle(request, response) {
      // Next.js would hold about 50 KiB more for each open stream.
      if (isEventStream(request)) return globalThis.rollcallStream(request, response);
      // Next.js would answer an invalid header with 500.
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
      // Next.js flushes headers before the body. API bodies are ready, so both fit in one write.
      if (/^\/(api|workspaces)\//.test(request.url)) {
        response.flushHeaders = () => undefined;
        return answer(request, response);
      }
      return replaceable(response, () => answer(request, response));
    },
    stopJobs: () => globalThis.rollcallStopJobs?.(),
    async close() {
      await globalThis.rollcallStopJobs?.();
      await app.close();
    },
  };
});
