// The process that serves the production build with its pages, around Next's public `next()`.
import { serve } from "./process.mjs";

await serve(async ({ hostname, port }) => {
  const { default: next } = await import("next");
  // Next's own prepare() doesn't wait for instrumentation.ts, which opens what the product needs, or ends the process
  // when it can't. Who listens before that looks like one who has started.
  const opened = new Promise((resolve, reject) => {
    globalThis.rollcallOpened = resolve;
    // Next only logs a fault in the build itself, or nothing at all.
    setTimeout(() => reject(new Error("The build could not be loaded; make it again.")), 60_000).unref();
  });
  const app = next({ dev: false, dir: process.cwd(), hostname, port, quiet: true });
  await Promise.all([app.prepare(), opened]);
  const answer = app.getRequestHandler();
  return {
    handle(request, response) {
      // Next sends the headers ahead of a body that is still to come. The API's bodies come at once: in one write with them.
      if (/^\/(api|workspaces)\//.test(request.url)) response.flushHeaders = () => undefined;
      return answer(request, response);
    },
    close: () => app.close(),
  };
});
