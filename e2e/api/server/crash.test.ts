import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { baseUrl, call, product } from "@/e2e/support/api/client";
import {
  expectRefusal,
  ledger,
  makeAgent,
  makeWorkspace,
  sql,
  type TestWorkspace,
} from "@/e2e/support/api/fixtures";

/** A second server on the same database, which the test kills. */
interface Victim {
  url: string;
  process: ChildProcess;
  ended: Promise<unknown>;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}

async function start(): Promise<Victim> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [`scripts/server/${product === "api" ? "serve-api" : "serve"}.mjs`], {
    env: {
      ...process.env,
      NODE_ENV: "production",
      HOST: "127.0.0.1",
      PORT: String(port),
      // The test uses only access keys, so the secret need not be shared.
      ROLLCALL_SECRET: randomBytes(32).toString("hex"),
      PUBLIC_URL: baseUrl,
      NEXTAUTH_URL: baseUrl,
      LOG_LEVEL: "error",
    },
    stdio: "ignore",
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  for (let attempt = 0; attempt < 300; attempt++) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
    const up = await fetch(`${url}/api/health`).then(
      (response) => response.ok,
      () => false,
    );
    if (up) return { url, process: child, ended };
    await sleep(100);
  }
  throw new Error("the server does not answer");
}

let here: TestWorkspace;
let victim: Victim | undefined;

beforeAll(async () => {
  here = await makeWorkspace();
});
afterAll(() => {
  victim?.process.kill("SIGKILL");
});

describe("a server that is killed during writes", () => {
  it("loses no acknowledged write and leaves none half-done", async () => {
    const workers = 6;
    const agents = await Promise.all(
      Array.from({ length: workers }, (_, n) => makeAgent(here, { name: `Worker ${n}` })),
    );
    victim = await start();
    const { url, process: child, ended } = victim;
    const agentsPath = `/api/workspaces/${here.id}/agents`;
    const send = async (method: string, path: string, body: unknown, key?: string) => {
      const response = await fetch(url + path, {
        method,
        headers: {
          Authorization: here.key,
          "Content-Type": "application/json",
          ...(key === undefined ? {} : { "Idempotency-Key": key }),
        },
        body: JSON.stringify(body),
      });
      return { status: response.status, body: (await response.json()) as { id: string } };
    };

    let killed = false;
    const changed = new Map<string, { sent: number; acknowledged: number }>();
    const made: { key: string; name: string; id: string | undefined }[] = [];
    /** Repeats a write until the server is killed. */
    const untilGone = async (step: (n: number) => Promise<void>) => {
      for (let n = 1; ; n++) {
        try {
          await step(n);
        } catch (error) {
          if (killed) return;
          throw error;
        }
      }
    };
    const writers = [
      ...agents.map(({ id }) => {
        const progress = { sent: 0, acknowledged: 0 };
        changed.set(id, progress);
        return untilGone(async (n) => {
          progress.sent = n;
          const answer = await send("PATCH", `${agentsPath}/${id}`, { wrapUpTime: n, bio: `Step ${n}` });
          expect(answer.status).toBe(200);
          progress.acknowledged = n;
        });
      }),
      ...Array.from({ length: workers }, (_, worker) =>
        untilGone(async (n) => {
          const one = {
            key: `crash-${worker}-${n}`,
            name: `Burst ${worker}-${n}`,
            id: undefined as string | undefined,
          };
          made.push(one);
          const answer = await send("POST", agentsPath, { name: one.name, type: "bot" }, one.key);
          expect(answer.status).toBe(201);
          one.id = answer.body.id;
        }),
      ),
    ];
    const burst = Promise.all(writers);
    const acknowledged = () =>
      made.filter((one) => one.id).length +
      [...changed.values()].reduce((sum, each) => sum + each.acknowledged, 0);
    await expect.poll(acknowledged, { interval: 50 }).toBeGreaterThanOrEqual(150);
    killed = true;
    expect(child.kill("SIGKILL")).toBe(true);
    await ended;
    await burst;
    await expect(fetch(`${url}/api/health`)).rejects.toThrow();

    // Statements of the killed server may still run: wait until the last one has ended.
    await expect
      .poll(async () => {
        const rows = await sql<{ n: number }>(
          `SELECT count(*)::int AS n FROM pg_stat_activity
             WHERE datname = current_database() AND backend_type = 'client backend' AND state IN ('active', 'idle in transaction') AND pid <> pg_backend_pid()`,
        );
        return rows[0]?.n;
      })
      .toBe(0);

    for (const [id, { sent, acknowledged: last }] of changed) {
      const rows = await sql<{ wrap: number; bio: string | null; version: number }>(
        `SELECT a.wrap_up_time AS wrap, a.bio, s.version FROM agents a
         JOIN agent_states s ON s.workspace_id = a.workspace_id AND s.agent_id = a.id WHERE a.id = $1`,
        [id],
      );
      const wrap = rows[0]?.wrap ?? -1;
      expect(last).toBeGreaterThan(0);
      expect([last, sent]).toContain(wrap);
      // Profile, version and ledger are from the same change.
      expect(rows[0]).toEqual({ wrap, bio: `Step ${wrap}`, version: wrap + 1 });
      const entries = await ledger(id);
      expect(entries.length).toBe(wrap + 1);
      expect(entries.at(-1)?.fields.wrapUpTime).toEqual({ before: wrap - 1, after: wrap });
    }

    const rows = await sql<{ id: string; name: string; whole: boolean }>(
      `SELECT a.id, a.name, s.agent_id IS NOT NULL AND count(c.id) = 1 AS whole FROM agents a
       LEFT JOIN agent_states s ON s.workspace_id = a.workspace_id AND s.agent_id = a.id
       LEFT JOIN changes c ON c.workspace_id = a.workspace_id AND c.agent_id = a.id
       WHERE a.workspace_id = $1 AND a.name LIKE 'Burst %' GROUP BY a.id, a.name, s.agent_id`,
      [here.id],
    );
    const stored = new Map(rows.map((row) => [row.name, row]));
    expect(stored.size).toBe(rows.length);
    for (const { name, id } of made)
      if (id) expect(stored.get(name), name).toEqual({ id, name, whole: true });
    expect(rows.every((row) => row.whole)).toBe(true);

    // A client that was cut off retries with the same idempotency key on another server. The result is one
    // agent per key in any case.
    const unsure = [...made.filter((one) => !one.id), ...made.filter((one) => one.id).slice(-5)];
    for (const { key, name, id } of unsure) {
      const answer = await call<{ id: string }>("createAgent", {
        params: { workspaceId: here.id },
        as: here.key,
        headers: { "Idempotency-Key": key },
        body: { name, type: "bot" },
      });
      expect(answer.status).toBe(201);
      if (id) expect(answer.body.id).toBe(id);
      expect(
        await sql("SELECT id FROM agents WHERE workspace_id = $1 AND name = $2", [here.id, name]),
      ).toEqual([{ id: answer.body.id }]);
    }
    expectRefusal(
      await call("createAgent", {
        params: { workspaceId: here.id },
        as: here.key,
        headers: { "Idempotency-Key": unsure[0]?.key ?? "" },
        body: { name: "Another body", type: "bot" },
      }),
      409,
      "IdempotencyKeyReused",
    );
  });
});
