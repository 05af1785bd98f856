import { createServer } from "node:net";
import { Problem } from "./problem.mjs";

/** Throws `Problem` if the port is in use. Runs before the slow steps, installing and building. */
export async function refuseTakenPort(env) {
  const host = env.HOST || "127.0.0.1";
  const port = Number(env.PORT || 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Problem(`PORT is "${env.PORT}": it must be a number from 1 to 65535.`);
  }
  // A server that was just stopped may still be closing its connections.
  for (let attempt = 0; ; attempt++) {
    const code = await listeningFails(port, host);
    if (code === undefined) return;
    if (code === "EADDRINUSE" && attempt < 10) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      continue;
    }
    throw new Problem(reason(code, port, host));
  }
}

function reason(code, port, host) {
  switch (code) {
    case "EADDRINUSE":
      return `Port ${port} is in use: end what listens there, or choose another port (PORT=${port + 1}).`;
    case "EACCES":
      return `Port ${port} may not be used by this user: choose one above 1023 (PORT=3000).`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `HOST is "${host}", which is not an address of this machine.`;
    default:
      return `Nothing can listen on ${host}:${port} (${code}).`;
  }
}

function listeningFails(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error) => resolve(error.code));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}
