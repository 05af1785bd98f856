// The process that serves the production build. It's a server of our own around Next's public `next()`, not `next
// start`, for three reasons: it ends with the process that started it, also when that one is killed (its channel
// closes), so that no server is left behind on the port; it bounds the wait for requests in flight; and while it
// waits, it closes connections as they become idle, where `next start` keeps them for another five seconds.
import { createServer } from "node:http";
import next from "next";
import { v7 as uuid } from "uuid";

const WAIT_FOR_REQUESTS = 10_000;

const hostname = process.env.HOST || "127.0.0.1";
const port = Number(process.env.PORT || 3000);

let stopping = false;
let handle;
const app = next({ dev: false, dir: process.cwd(), hostname, port, quiet: true });
const server = createServer((request, response) => {
  if (stopping) response.setHeader("connection", "close");
  if (!isDecodable(request.url)) return refuseAddress(response);
  handle(request, response).catch((error) => {
    console.error(error);
    if (!response.headersSent) response.statusCode = 500;
    response.end();
  });
});
server.on("error", (error) => {
  console.error(error.message);
  process.exit(1);
});

/** Next answers an address with a broken escape (`/%zz`) with 500; it is the client's mistake. */
function isDecodable(url) {
  try {
    decodeURIComponent(url.split("?", 1)[0]);
    return true;
  } catch {
    return false;
  }
}

function refuseAddress(response) {
  const body = {
    code: "BadRequest",
    message: "The path has a % that begins no escape of UTF-8; write %25 for a percent sign.",
  };
  response.writeHead(400, {
    "Content-Type": "application/json",
    "Cache-Control": "no-store",
    "X-Request-Id": uuid(),
  });
  response.end(JSON.stringify(body));
}

async function stop() {
  if (stopping) return;
  stopping = true;
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const cut = setTimeout(() => {
    console.error(`A request was still running after ${WAIT_FOR_REQUESTS / 1000} seconds and was cut off.`);
    server.closeAllConnections();
  }, WAIT_FOR_REQUESTS);
  await new Promise((resolve) => server.close(resolve));
  clearInterval(idle);
  clearTimeout(cut);
  await app.close();
  process.exit(0);
}

process.on("SIGTERM", stop);
process.on("SIGINT", stop);
// Windows has no signals to ask with, and there the listeners of others (streams that close) must hear of it, too.
process.on("message", (message) => message === "stop" && process.emit("SIGTERM"));
process.on("disconnect", () => process.emit("SIGTERM"));

await app.prepare();
handle = app.getRequestHandler();
if (!stopping) server.listen(port, hostname);
