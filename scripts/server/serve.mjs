// The process that serves the production build with its pages, around Next's public `next()`.
import { serve } from "./process.mjs";

await serve(async ({ hostname, port }) => {
  const { default: next } = await import("next");
  const app = next({ dev: false, dir: process.cwd(), hostname, port, quiet: true });
  await app.prepare();
  return { handle: app.getRequestHandler(), close: () => app.close() };
});
