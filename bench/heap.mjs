// Loaded into a server that is measured: tells, on a port of its own, what is left in its heap when all that can go is gone.
import { createServer } from "node:http";

createServer((_request, response) => {
  // What the first round finds unreachable may hold more, which the second one frees.
  globalThis.gc();
  setImmediate(() => {
    globalThis.gc();
    response.end(JSON.stringify(process.memoryUsage()));
  });
})
  .listen(Number(process.env.BENCH_HEAP_PORT), "127.0.0.1")
  .unref();
