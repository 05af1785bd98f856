// What every process that serves has in common, whatever answers in it. It's a server of our own, not `next start`, for
// three reasons: it ends with the process that started it, also when that one is killed (its channel closes), so that no
// server is left behind on the port; it bounds the wait for requests in flight; and while it waits, it closes
// connections as they become idle, where `next start` keeps them for another five seconds. And it stands guard before
// what answers (guard.mjs).
import cluster from "node:cluster";
import { createFront } from "./front.mjs";
import { securityHeaders } from "./guard.mjs";
import { oversee } from "./workers.mjs";

/** Milliseconds that a request may still take when the server is asked to end. */
const WAIT_FOR_REQUESTS = 10_000;

/**
 * Serves on HOST and PORT until it's asked to end, then ends this process. With WORKERS above 1 it's so many other
 * processes that serve, all on the one port.
 *
 * @param open makes ready what answers: `handle(request, response)`, and `close()` for the end
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

  async function stop() {
    if (stopping) return;
    stopping = true;
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

  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  // Windows has no signals to ask with, and there the listeners of others (streams that close) must hear of it, too.
  process.on("message", (message) => message === "stop" && process.emit("SIGTERM"));
  process.on("disconnect", () => process.emit("SIGTERM"));

  try {
    answers = await open({ hostname, port });
  } catch (error) {
    console.error(error.name === "SettingsError" ? error.message : error);
    process.exit(1);
  }
  if (!stopping) server.listen(port, hostname);
}
