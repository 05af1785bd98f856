import { execFile } from "node:child_process";
import { connect } from "node:net";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeKey, makePerson, makeWorkspace, sql, type TestWorkspace } from "@/e2e/support/api/fixtures";
import { type OwnServer, startOwnServer } from "@/e2e/support/api/own-server";

const run = promisify(execFile);
const password = "a password of the tests";
const limit = 40;
/** Application name that identifies this server's database connections. */
const name = "two-workers";

let workspace: TestWorkspace;
let server: OwnServer;

beforeAll(async () => {
  workspace = await makeWorkspace();
  server = await startOwnServer({
    WORKERS: "2",
    DATABASE_URL: named(process.env.DATABASE_URL ?? ""),
    DATABASE_POOL: "5",
    RATE_LIMIT_PER_MINUTE: String(limit),
    SIGN_IN_FAILURES_PER_MINUTE: "4",
    TRUST_PROXY: "1",
  });
});
afterAll(() => server?.stop());

function named(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.searchParams.set("application_name", name);
  return url.href;
}

/** Returns the child processes of a process. */
async function childrenOf(pid: number): Promise<number[]> {
  const { stdout } = await run("ps", ["-A", "-o", "pid=,ppid="]);
  return stdout
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === pid)
    .map(([child]) => child ?? 0);
}

/** Sends a request on a new connection, because connections are distributed among the workers. */
const ask = (path: string, headers: Record<string, string> = {}) =>
  server.send("GET", path, { headers: { Connection: "close", ...headers } });

/** Sends half of a request; `finish` sends the rest and returns the response. */
async function begin(url: string, path: string, auth: string) {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const body = JSON.stringify({ name: "Half of it", type: "bot" });
  let text = "";
  socket.on("data", (chunk) => {
    text += chunk.toString();
  });
  const ended = new Promise<void>((resolve, reject) => {
    socket.on("close", () => resolve());
    socket.on("error", reject);
  });
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: ${auth}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nExpect: 100-continue\r\n\r\n${body.slice(0, 5)}`,
  );
  const continues = "HTTP/1.1 100 Continue\r\n\r\n";
  // The server has read the head of the request.
  await expect.poll(() => text).toBe(continues);
  return {
    ended,
    async finish() {
      socket.write(body.slice(5));
      await ended;
      return text.slice(continues.length);
    },
  };
}

/** Sends requests on new connections, one after another, until the server refuses a connection. */
async function connectUntilRefused(url: string) {
  const { hostname, port } = new URL(url);
  for (let refused = false; !refused; ) {
    const socket = connect(Number(port), hostname);
    socket.on("connect", () =>
      socket.write(`GET /api/live HTTP/1.1\r\nHost: ${hostname}\r\nConnection: close\r\n\r\n`),
    );
    socket.on("error", ({ code }: NodeJS.ErrnoException) => {
      refused ||= code === "ECONNREFUSED";
    });
    socket.resume();
    await new Promise((resolve) => socket.on("close", resolve));
  }
}

const statuses = async (requests: Promise<{ status: number }>[]) =>
  (await Promise.all(requests)).map(({ status }) => status);

describe("two workers", () => {
  test("are processes of one server", async () => {
    expect(await childrenOf(server.pid)).toHaveLength(2);
    expect(await statuses(Array.from({ length: 8 }, () => ask("/api/health")))).toEqual(Array(8).fill(200));
  });

  test("share a rate limit", async () => {
    const key = await makeKey(workspace.id);
    const path = `/api/workspaces/${workspace.id}/agents?limit=1`;
    const all = await statuses(
      Array.from({ length: 3 * limit }, () => ask(path, { Authorization: key.auth })),
    );
    expect(all.filter((status) => status === 200)).toHaveLength(limit);
    expect(all.filter((status) => status === 429)).toHaveLength(2 * limit);
    const refused = await ask(path, { Authorization: key.auth });
    expect(refused.status).toBe(429);
    expect(refused.headers.get("ratelimit")).toMatch(/^"actor";r=0;t=\d+$/);
    const other = await makeKey(workspace.id);
    expect((await ask(path, { Authorization: other.auth })).status).toBe(200);
  });

  test("return consistent rate limit headers", async () => {
    const key = await makeKey(workspace.id);
    const left: (string | null)[] = [];
    for (let each = 1; each <= 6; each++) {
      const { headers } = await ask("/api/workspaces", { Authorization: key.auth });
      left.push(/r=(\d+)/.exec(headers.get("ratelimit") ?? "")?.[1] ?? null);
    }
    expect(left).toEqual(["39", "38", "37", "36", "35", "34"]);
  });

  test("allow no more password guesses than one worker", async () => {
    const person = await makePerson(workspace.id);
    const attempts = await statuses(
      Array.from({ length: 20 }, () =>
        server.send("POST", "/api/tokens", {
          body: { email: person.email, password: "wrong" },
          headers: { "X-Forwarded-For": "198.51.100.21", Connection: "close" },
        }),
      ),
    );
    expect(attempts.filter((status) => status === 401)).toHaveLength(4);
    const locked = await server.send("POST", "/api/tokens", {
      body: { email: person.email, password },
      headers: { "X-Forwarded-For": "198.51.100.21" },
    });
    expect(locked.status).toBe(429);
  });

  test("share the limit of database connections", async () => {
    const key = await makeKey(workspace.id);
    const path = `/api/workspaces/${workspace.id}/agents?limit=1`;
    await Promise.all(Array.from({ length: 30 }, () => ask(path, { Authorization: key.auth })));
    const [open] = await sql<{ n: number }>(
      `SELECT count(*)::int AS n FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = $1`,
      [name],
    );
    expect(open?.n).toBeGreaterThan(2);
    expect(open?.n).toBeLessThanOrEqual(5);
  });

  test("survive the loss of one worker, which is replaced", async () => {
    const before = await childrenOf(server.pid);
    process.kill(before[0] ?? 0, "SIGKILL");
    await expect
      .poll(async () => (await childrenOf(server.pid)).filter((pid) => !before.includes(pid)))
      .toHaveLength(1);
    expect(await childrenOf(server.pid)).toHaveLength(2);
    await expect
      .poll(async () => statuses(Array.from({ length: 6 }, () => ask("/api/health"))))
      .toEqual(Array(6).fill(200));
  });
});

describe("a server with two workers that receives SIGTERM", () => {
  test.each([
    ["alone", 1],
    ["with its process group", -1],
  ])("%s, completes running requests and leaves no process behind", async (_, group) => {
    const ending = await startOwnServer({ WORKERS: "2", DATABASE_POOL: "4" });
    const workers = await childrenOf(ending.pid);
    expect(workers).toHaveLength(2);
    const key = await makeKey(workspace.id);
    const begun = await Promise.all(
      Array.from({ length: 4 }, () => begin(ending.url, `/api/workspaces/${workspace.id}/agents`, key.auth)),
    );
    process.kill(group * ending.pid, "SIGTERM");
    // Each of these ends, answered or refused, while the requests above still run.
    await Promise.all(Array.from({ length: 4 }, () => connectUntilRefused(ending.url)));
    const responses = await Promise.all(begun.map((request) => request.finish()));
    for (const response of responses) expect(response).toMatch(/^HTTP\/1\.1 201 /);
    await ending.stop();
    expect(ending.log()).not.toMatch(/aborted|ERR_IPC/);
    for (const pid of [ending.pid, ...workers]) expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  });

  test.each([
    ["when it is killed", false],
    ["when it is killed while it stops", true],
  ])("takes its workers with it %s", async (_, isStopping) => {
    const killed = await startOwnServer({ WORKERS: "2", DATABASE_POOL: "4" });
    const workers = await childrenOf(killed.pid);
    if (isStopping) {
      const key = await makeKey(workspace.id);
      const path = `/api/workspaces/${workspace.id}/agents`;
      const { ended } = await begin(killed.url, path, key.auth);
      ended.catch(() => undefined);
      process.kill(killed.pid, "SIGTERM");
      await connectUntilRefused(killed.url);
    }
    process.kill(killed.pid, "SIGKILL");
    const alive = () =>
      workers.filter((pid) => {
        try {
          process.kill(pid, 0);
          return true;
        } catch {
          return false;
        }
      });
    await expect.poll(alive).toEqual([]);
    await killed.stop();
  });
});

test("a server whose workers cannot start exits", async () => {
  await expect(startOwnServer({ WORKERS: "2", DATABASE_POOL: "4", LOG_LEVEL: "loud" })).rejects.toThrow(
    /LOG_LEVEL/,
  );
});
