import { freePort } from "@/scripts/ports";
import { startServer } from "@/scripts/server/server";
import { product } from "./client";

/** A server with its own settings on the shared database. */
export interface OwnServer {
  url: string;
  pid: number;
  /** Sends JSON and returns the response with its parsed body. */
  send(
    method: string,
    path: string,
    options?: { body?: unknown; headers?: Record<string, string> },
  ): Promise<{ status: number; headers: Headers; body: Record<string, unknown> }>;
  /** Returns the log output so far. */
  log(): string;
  stop(): Promise<void>;
}

/** Starts a server of the build under test. Stop it in `afterAll`. */
export async function startOwnServer(env: Record<string, string>): Promise<OwnServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let output = "";
  const server = await startServer({
    product,
    host: "127.0.0.1",
    port,
    env: {
      NODE_ENV: "production",
      DATABASE_POOL: "4",
      PUBLIC_URL: url,
      NEXTAUTH_URL: url,
      ROLLCALL_CHECK_RESPONSES: "1",
      ...env,
    },
    onOutput: (text) => {
      output += text;
    },
  }).catch((error: unknown) => {
    throw new Error(`${error instanceof Error ? error.message : error}\n${output}`);
  });
  return {
    url,
    pid: server.pid,
    async send(method, path, { body, headers } = {}) {
      const response = await fetch(url + path, {
        method,
        redirect: "manual",
        headers: { ...(body === undefined ? {} : { "Content-Type": "application/json" }), ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      let json: Record<string, unknown> = {};
      try {
        json = JSON.parse(text);
      } catch {
        json = { text };
      }
      return { status: response.status, headers: response.headers, body: json };
    },
    log: () => output,
    stop: () => server.stop(),
  };
}
