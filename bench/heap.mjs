// Preloaded into a measured server. Reports its memory after garbage collection on a separate port.
import { createServer } from "node:http";

createServer((_request, response) => {
  // Finalizers of the first collection may release more, which the second one frees.
  globalThis.gc();
  setImmediate(() => {
    globalThis.gc();
    response.end(JSON.stringify(process.memoryUsage()));
  });
})
  .listen(Number(process.env.BENCH_HEAP_PORT), "127.0.0.1")
  .unref();
