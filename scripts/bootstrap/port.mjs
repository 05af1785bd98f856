import { createServer } from "node:net";
import { Problem } from "./problem.mjs";

/** Throws `Problem` if the port is in use. Runs before the slow steps, installing and building. */
export async function refuseTakenPort(env) {
  const host = env.HOST || "127.0.0.1";
  const port = Number(env.PORT || 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Problem(`PORT is "${env.PORT}". It must be a number from 1 to 65535.`);
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
      return `Port ${port} is in use. Stop the program that uses it, or set another port (PORT=${port + 1}).`;
    case "EACCES":
      return `This user may not listen on port ${port}. Set a port above 1023 (PORT=3000).`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `HOST is "${host}", which is not an address of this machine. Set one of its addresses, or leave HOST unset.`;
    default:
      return `Can't listen on ${host}:${port} (${code}). Set another HOST or PORT.`;
  }
}

function listeningFails(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error) => resolve(error.code));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}
