import { randomBytes } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createHealthRepository } from "@/lib/outward/health/server/repository";
import { createDatabase, type Database } from "@/lib/platform/database/db";
import { newId } from "@/lib/platform/ids";
import { startJobs } from "@/lib/platform/jobs/service";
import type { Work } from "@/lib/platform/jobs/tasks";
import { createLogger, type Logger } from "@/lib/platform/logger";
import { createMailRepository, mailFeed } from "@/lib/platform/mail/repository";
import { createMailService } from "@/lib/platform/mail/service";
import { createSecrets } from "@/lib/platform/security/secrets";
import { testDatabaseUrl } from "@/lib/testing/environment";
import { byWayOf, portOf, startTcpProxy } from "@/lib/testing/tcp-proxy";

const url = testDatabaseUrl();
const db = createDatabase(url, 10, () => undefined);
const hour = 60 * 60 * 1000;
const message = { to: "robin@people.example", subject: "Hello", text: "http://x.example/reset/secret-token" };

const soon = { timeout: 60_000, interval: 20 };

interface Line {
  level: string;
  text: string;
}

/** A logger that keeps warnings and errors. */
function recordingLogger(): { lines: Line[]; logger: Logger } {
  const lines: Line[] = [];
  const logger = createLogger("silent");
  for (const level of ["info", "warn", "error"] as const)
    logger[level] = ((_: unknown, text?: string) => {
      lines.push({ level, text: text ?? String(_) });
    }) as Logger["info"];
  return { lines, logger };
}

const started: { stop(): Promise<void> }[] = [];
/** Starts the background jobs of one server with these tasks. */
function server(work: Partial<Work>, options: { url?: string; logger?: Logger } = {}) {
  const jobs = startJobs(
    { tasks: {}, schedules: [], feeds: [], looks: [], ...work },
    { url, statementTimeout: 5, patience: 1, logger: createLogger("silent"), ...options },
  );
  started.push(jobs);
  return jobs;
}

const secrets = createSecrets(randomBytes(32).toString("hex"));
const mails = createMailService({
  repository: createMailRepository(db),
  secrets,
  settings: { url: "smtp://127.0.0.1:1", from: "x@example.com" },
  logger: createLogger("silent"),
});
const storeMail = () => mails.send(message, new Date(Date.now() + hour));

/** Work that records the ids of stored mail instead of sending it. */
function mailWork(sent: string[], fail: () => void = () => undefined): Partial<Work> {
  return {
    feeds: [mailFeed],
    tasks: {
      mail: async ({ id }) => {
        fail();
        sent.push(String(id));
        await db.query("DELETE FROM outgoing_mail WHERE id = :id::uuid", { id });
      },
    },
  };
}

const jobRows = () =>
  db.query<{ task: string; attempts: number; error: string | null; runner: string | null; waits: boolean }>(
    `SELECT task_identifier AS task, attempts, last_error AS error, locked_by AS runner, run_at > now() AS waits
     FROM graphile_worker.jobs ORDER BY id`,
  );
const addJob = (task: string, payload: object = {}) =>
  db.query("SELECT graphile_worker.add_job(:task::text, :payload::json)", {
    task,
    payload: JSON.stringify(payload),
  });

beforeAll(async () => {
  // Creates the tables for jobs.
  server({});
  await vi.waitFor(jobRows, soon);
  await Promise.all(started.splice(0).map((jobs) => jobs.stop()));
});
beforeEach(async () => {
  await db.query("DELETE FROM outgoing_mail");
  await db.query("DELETE FROM graphile_worker._private_jobs");
});
afterEach(() => Promise.all(started.splice(0).map((jobs) => jobs.stop())));
afterAll(() => db.close());

describe("stored mail", () => {
  test("is sent once, right after the commit, with two servers and eight writers", async () => {
    const sent: string[] = [];
    server(mailWork(sent));
    server(mailWork(sent));
    await expect.poll(openLocks, soon).toBe(2);
    const times: number[] = [];
    for (const count of [1, 2, 3]) {
      const began = performance.now();
      await db.transaction(storeMail);
      await expect.poll(() => sent.length, soon).toBe(count);
      times.push(performance.now() - began);
    }
    // Without notifications, the later ones would be found by polling, five seconds after the one before.
    expect(Math.min(...times.slice(1))).toBeLessThan(4_000);
    const writer = async () => {
      for (let round = 0; round < 25; round++) await db.transaction(storeMail);
    };
    await Promise.all(Array.from({ length: 8 }, writer));
    await expect.poll(() => sent.length).toBe(203);
    await expect.poll(jobRows, soon).toEqual([]);
    expect(new Set(sent).size).toBe(203);
    expect(await db.query("SELECT 1 AS one FROM outgoing_mail")).toEqual([]);
  });

  test("is not sent after a rollback", async () => {
    const sent: string[] = [];
    server(mailWork(sent));
    await expect(
      db.transaction(async () => {
        await storeMail();
        throw new Error("changed its mind");
      }),
    ).rejects.toThrow("changed its mind");
    await storeMail();
    await expect.poll(() => sent.length, soon).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(sent).toHaveLength(1);
  });

  test("is retried later when it fails, and keeps the error", async () => {
    const sent: string[] = [];
    let failures = 1;
    const { lines, logger } = recordingLogger();
    const fail = () => {
      if (failures-- > 0) throw new Error("the mail server answered 451");
    };
    server(mailWork(sent, fail), { logger });
    await storeMail();
    await expect
      .poll(jobRows, soon)
      .toEqual([
        { task: "mail", attempts: 1, error: "the mail server answered 451", runner: null, waits: true },
      ]);
    expect(lines).toEqual([{ level: "warn", text: "a background job failed" }]);
    await expect.poll(() => sent.length).toBe(1);
    await expect.poll(jobRows, soon).toEqual([]);
  });

  test("is encrypted in the database", async () => {
    await storeMail();
    const [row] = await db.query<{ text: string }>("SELECT m::text AS text FROM outgoing_mail m");
    expect(row?.text).not.toMatch(/secret-token|robin|Hello/);
    expect(row?.text).not.toContain(Buffer.from("secret-token").toString("base64url"));
  });
});

describe("a job", () => {
  test("is done again when its server dies in the middle", async () => {
    const done: string[] = [];
    let began = 0;
    const proxy = await startTcpProxy(portOf(url));
    const first = server(
      { tasks: { work: () => new Promise(() => void began++) } },
      { url: byWayOf(url, proxy.port) },
    );
    await addJob("work");
    await expect.poll(() => began, soon).toBe(1);
    await proxy.close();
    void first.stop();
    await expect.poll(openLocks, soon).toBe(0);
    await letTimePass();
    server({ tasks: { work: async () => void done.push("second") } });
    await expect.poll(() => done, soon).toEqual(["second"]);
    await expect.poll(jobRows, soon).toEqual([]);
  });

  test("of a living server is left alone", async () => {
    let began = 0;
    let finish: () => void = () => undefined;
    const work = {
      work: () => {
        began++;
        return new Promise<void>((resolve) => {
          finish = resolve;
        });
      },
    };
    server({ tasks: work });
    await addJob("work");
    await expect.poll(() => began, soon).toBe(1);
    await letTimePass();
    server({ tasks: work });
    await expect.poll(openLocks, soon).toBe(2);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(await jobRows()).toMatchObject([{ runner: expect.any(String), attempts: 1 }]);
    finish();
    await expect.poll(jobRows, soon).toEqual([]);
    expect(began).toBe(1);
  });

  test("that doesn't end goes to another server at shutdown", async () => {
    let began = 0;
    const first = server({ tasks: { work: () => new Promise(() => void began++) } });
    await addJob("work");
    await expect.poll(() => began, soon).toBe(1);
    await first.stop();
    expect(await jobRows()).toMatchObject([{ runner: null, attempts: 1, waits: false }]);
  });
});

test("a missed schedule runs once with two servers", async () => {
  let runs = 0;
  const work: Partial<Work> = {
    tasks: { daily: async () => void runs++ },
    schedules: [{ task: "daily", cron: "0 0 * * *", catchUp: true }],
  };
  await db.query(
    `INSERT INTO graphile_worker._private_known_crontabs (identifier, known_since)
     VALUES ('daily', now() - interval '3 days')`,
  );
  server(work);
  server(work);
  await expect.poll(openLocks, soon).toBe(2);
  await expect.poll(() => runs, soon).toBe(1);
  await expect.poll(jobRows, soon).toEqual([]);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(runs).toBe(1);
});

describe("without a working database", () => {
  const fresh = `jobs_${newId().replaceAll("-", "")}`;
  const at = (change: (address: URL) => void) => {
    const address = new URL(url);
    change(address);
    return address.href;
  };

  test("jobs pause with one warning, and continue", async () => {
    const done: string[] = [];
    const proxy = await startTcpProxy(portOf(url));
    const { lines, logger } = recordingLogger();
    const jobs = server(
      { tasks: { work: async () => void done.push("done") } },
      { url: byWayOf(url, proxy.port), logger },
    );
    await expect.poll(openLocks, soon).toBe(1);
    proxy.silence("all");
    await expect
      .poll(() => lines)
      .toEqual([{ level: "warn", text: "background jobs wait: the database is unavailable" }]);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(lines).toHaveLength(1);
    proxy.resume();
    await addJob("work");
    await expect.poll(() => done).toEqual(["done"]);
    expect(lines.at(-1)).toEqual({ level: "info", text: "background jobs run again" });
    await jobs.stop();
    await proxy.close();
  });

  test("jobs wait while the database is read-only", async () => {
    await db.query(`CREATE ROLE ${fresh} LOGIN SUPERUSER PASSWORD 'x'`);
    await db.query(`ALTER ROLE ${fresh} SET default_transaction_read_only = on`);
    const { lines, logger } = recordingLogger();
    const jobs = server(
      {},
      {
        url: at((address) => {
          address.username = fresh;
          address.password = "x";
        }),
        logger,
      },
    );
    await expect
      .poll(() => lines, soon)
      .toEqual([{ level: "warn", text: "background jobs wait: the database is read-only" }]);
    await db.query(`ALTER ROLE ${fresh} RESET default_transaction_read_only`);
    await expect.poll(() => lines.at(-1)?.text).toBe("background jobs run again");
    expect(lines).toHaveLength(2);
    await jobs.stop();
    await db.query(`DROP ROLE ${fresh}`);
  });

  test("the log says what a user who may not create the schema needs", async () => {
    const user = `${fresh}_u`;
    const database = `${fresh}_d`;
    await db.query(`CREATE ROLE ${user} LOGIN PASSWORD 'x'`);
    await db.query(`CREATE DATABASE ${database}`);
    const limited = at((address) => {
      address.username = user;
      address.password = "x";
      address.pathname = `/${database}`;
    });
    const { lines, logger } = recordingLogger();
    const jobs = server({}, { url: limited, logger });
    await expect.poll(() => lines.length, soon).toBe(1);
    expect(lines[0]?.level).toBe("error");
    expect(lines[0]?.text).toContain(`GRANT CREATE ON DATABASE "${database}" TO "${user}"`);
    expect((await createHealthRepository(limited).inspect()).jobs).toBeUndefined();
    await db.query(`GRANT CREATE ON DATABASE ${database} TO ${user}`);
    await expect.poll(() => lines.at(-1)?.text).toBe("background jobs run again");
    await jobs.stop();
    await db.query(`REVOKE CREATE ON DATABASE ${database} FROM ${user}`);
    const later = recordingLogger();
    const done: string[] = [];
    const again = server(
      { tasks: { work: async () => void done.push("done") } },
      { url: limited, logger: later.logger },
    );
    await withDatabase(limited, ({ query }) => query("SELECT graphile_worker.add_job('work')"));
    await expect.poll(() => done, soon).toEqual(["done"]);
    expect(later.lines).toEqual([]);
    await again.stop();
    await db.query(`DROP DATABASE ${database} WITH (FORCE)`);
    await db.query(`DROP ROLE ${user}`);
  });
});

test("readiness shows how late mail and jobs are", async () => {
  const facts = async () => (await createHealthRepository(url).inspect()).jobs;
  expect(await facts()).toEqual({ dispatcherLag: 0, oldestDueJob: 0 });
  await storeMail();
  await db.query("UPDATE outgoing_mail SET created_at = now() - interval '90 seconds'");
  await addJob("work");
  await db.query("UPDATE graphile_worker._private_jobs SET run_at = now() - interval '30 seconds'");
  const late = await facts();
  expect(late?.dispatcherLag).toBeCloseTo(90, 0);
  expect(late?.oldestDueJob).toBeCloseTo(30, 0);
});

async function withDatabase(address: string, work: (database: Database) => Promise<unknown>): Promise<void> {
  const database = createDatabase(address, 1, () => undefined);
  await work(database);
  await database.close();
}

/** Returns how many servers hold their lock. */
async function openLocks(): Promise<number> {
  const rows = await db.query(
    `SELECT 1 AS one FROM pg_locks l JOIN pg_stat_activity a USING (pid)
     WHERE l.locktype = 'advisory' AND a.datname = current_database()`,
  );
  return rows.length;
}

/** Makes running jobs old enough for other servers to check them. */
const letTimePass = () =>
  db.query("UPDATE graphile_worker._private_jobs SET locked_at = now() - interval '1 minute'");
