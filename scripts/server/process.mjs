// Runs a server process, with or without pages. In contrast to `next start`, it ends with its parent process,
// limits the wait for running requests, closes connections as they become idle, and filters requests
// (guard.mjs).
import cluster from "node:cluster";
import { createFront } from "./front.mjs";
import { securityHeaders } from "./guard.mjs";
import { oversee } from "./workers.mjs";

/** Milliseconds for running requests to finish at shutdown. */
const WAIT_FOR_REQUESTS = 10_000;

/**
 * Serves on HOST and PORT until asked to end, then exits. With WORKERS above 1, forks that many processes on
 * the same port. `open` returns `handle(request, response)`, `stopJobs()`, called when the shutdown begins, and
 * `close()`, called after the last response.
 */
export async function serve(open) {
  const workers = Number(process.env.WORKERS || 1);
  if (workers > 1 && cluster.isPrimary) oversee(workers, Number(process.env.DATABASE_POOL || 16));
  else await work(open);
}

async function work(open) {
  const hostname = process.env.HOST || "127.0.0.1";
  const port = Number(process.env.PORT || 3000);
  let stopping = false;
  let drained = false;
  let answers;
  const server = createFront({
    handle(request, response) {
      if (stopping) response.setHeader("connection", "close");
      return answers.handle(request, response);
    },
    common: securityHeaders(process.env.PUBLIC_URL),
    behindProxy: Number(process.env.TRUST_PROXY || 0) > 0,
    most: Math.ceil(Number(process.env.MAX_CONNECTIONS || 2000) / Number(process.env.WORKERS || 1)),
  });
  server.on("error", (error) => {
    console.error(error.message);
    process.exit(1);
  });

  server.once("close", () => {
    drained = true;
  });

  async function stop() {
    if (stopping) return;
    stopping = true;
    // Jobs end while requests do. A failure here must not keep the process from ending.
    Promise.resolve(answers?.stopJobs()).catch((error) => console.error(error));
    const idle = setInterval(() => server.closeIdleConnections(), 50);
    const cut = setTimeout(() => {
      console.error(`A request was still running after ${WAIT_FOR_REQUESTS / 1000} seconds and was aborted.`);
      server.closeAllConnections();
    }, WAIT_FOR_REQUESTS);
    await new Promise((resolve) => server.close(resolve));
    clearInterval(idle);
    clearTimeout(cut);
    await answers?.close();
    process.exit(0);
  }

  // A signal to the whole process group reaches workers, too, but the primary must close the port first.
  for (const signal of ["SIGTERM", "SIGINT"])
    process.on(signal, () => {
      if (cluster.isPrimary) stop();
    });
  // Windows has no SIGTERM.
  process.on("message", (message) => message === "stop" && stop());
  process.on("disconnect", () => {
    if (cluster.isPrimary) stop();
    // Without its primary, a worker has nobody to count for it. Node disconnects it once it has drained.
    else if (!drained) process.exit(0);
  });

  try {
    answers = await open({ hostname, port });
  } catch (error) {
    console.error(error.name === "SettingsError" ? error.message : error);
    process.exit(1);
  }
  if (!stopping) server.listen(port, hostname);
}
