import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createDatabase, type Database } from "@/lib/platform/database/db";
import { databaseTrouble } from "@/lib/platform/database/errors";
import { testDatabaseUrl } from "@/lib/testing/environment";
import { byWayOf, portOf, startTcpProxy, type TcpProxy } from "@/lib/testing/tcp-proxy";

const url = testDatabaseUrl();
const direct = createDatabase(url, 2, () => undefined);
const connections = 3;

let proxy: TcpProxy;
let db: Database;
let heard: boolean[];

beforeAll(async () => {
  await direct.query("CREATE TABLE silence_probe (id int PRIMARY KEY, value int NOT NULL)");
});
afterAll(async () => {
  await direct.query("DROP TABLE silence_probe");
  await direct.close();
});

beforeEach(async () => {
  await direct.query("DELETE FROM silence_probe");
  await direct.query("INSERT INTO silence_probe VALUES (1, 0)");
  heard = [];
  proxy = await startTcpProxy(portOf(url));
  db = createDatabase(byWayOf(url, proxy.port), connections, () => undefined, {
    patience: 1,
    statementTimeout: 5,
    onSilence: (silent) => heard.push(silent),
  });
});
afterEach(async () => {
  await proxy.close();
  await db.close();
});

const pause = (seconds: number) => db.query<{ done: number }>(`SELECT 1 AS done, pg_sleep(${seconds})::text`);
const all = () => Promise.all(Array.from({ length: connections }, () => pause(0.05)));
const value = async () =>
  (await direct.query<{ value: number }>("SELECT value FROM silence_probe"))[0]?.value;
const set = (to: number) => db.query("UPDATE silence_probe SET value = :to::int RETURNING 1", { to });

/** Waits until every connection of the pool works again. */
async function expectRecovery(): Promise<void> {
  await expect.poll(() => db.query("SELECT 1").then(() => "works", databaseTrouble)).toBe("works");
  expect(await all()).toHaveLength(connections);
  expect(await db.transaction(() => set(7))).toHaveLength(1);
  expect(await value()).toBe(7);
  expect(await db.prisma.workspace.count()).toBeGreaterThanOrEqual(0);
}

describe("a host that stops responding", () => {
  it("fails every pending call and is used again once it responds", async () => {
    await all();
    proxy.silence("all");
    const asked = [
      () => db.query("SELECT 1"),
      () => db.transaction(() => set(1)),
      () => db.prisma.workspace.count(),
      () => db.exclusively("silence test", async () => 1),
      // More callers than connections: these wait for a free one.
      ...Array.from({ length: 10 }, () => () => db.query("SELECT 3")),
    ];
    for (const outcome of await Promise.allSettled(asked.map((ask) => ask())))
      expect(outcome.status === "rejected" && databaseTrouble(outcome.reason)).toBe("unreachable");
    expect(proxy.swallowed()).toBe(true);
    expect(heard).toEqual([true]);
    // The pool drops waiting callers only when their own timeout expires.
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    // From now on, calls fail immediately without a connection attempt.
    await expect(db.query("SELECT 1")).rejects.toThrow("is not available");
    proxy.resume();
    await expectRecovery();
    expect(heard).toEqual([true, false]);
  });

  it.each([0, 5])(
    "fails a single call although other connections are idle, with a statement timeout of %d s",
    async (statementTimeout) => {
      await db.close();
      db = createDatabase(byWayOf(url, proxy.port), connections, () => undefined, {
        patience: 1,
        statementTimeout,
        onSilence: (silent) => heard.push(silent),
      });
      await all();
      proxy.silence("all");
      await expect(db.query("SELECT 1").catch(databaseTrouble)).resolves.toBe("unreachable");
      expect(heard).toEqual([true]);
      proxy.resume();
      await expectRecovery();
    },
  );

  it("rolls back open transactions and releases their locks", async () => {
    const begun: Promise<void>[] = [];
    let go: () => void = () => undefined;
    const silent = new Promise<void>((resolve) => {
      go = resolve;
    });
    const work = [1, 2].map((id) => {
      let ready: () => void = () => undefined;
      begun.push(new Promise((resolve) => (ready = resolve)));
      return db.transaction(async () => {
        await db.query("INSERT INTO silence_probe VALUES (:id::int, 1) RETURNING 1", { id: id + 1 });
        ready();
        await silent;
        await db.query("INSERT INTO silence_probe VALUES (:id::int, 1) RETURNING 1", { id: id + 11 });
      });
    });
    const outcomes = Promise.allSettled(work);
    await Promise.all(begun);
    proxy.silence("all");
    go();
    for (const outcome of await outcomes)
      expect(outcome.status === "rejected" && databaseTrouble(outcome.reason)).toBe("unreachable");
    proxy.resume();
    await expectRecovery();
    // PostgreSQL ends the idle transactions by its own timeout, because nothing can tell it to.
    await expect
      .poll(() =>
        db.query("INSERT INTO silence_probe VALUES (2, 2), (3, 2) RETURNING 1").then(
          (rows) => rows.length,
          () => 0,
        ),
      )
      .toBe(2);
    expect(await direct.query("SELECT id FROM silence_probe ORDER BY id")).toEqual([
      { id: 1 },
      { id: 2 },
      { id: 3 },
    ]);
  });

  it("fails the commit when it stops during a transaction's own work", async () => {
    const work = db.transaction(async () => {
      await set(5);
      proxy.silence("all");
    });
    expect(databaseTrouble(await work.catch((error: unknown) => error))).toBe("unreachable");
    proxy.resume();
    await expect.poll(() => db.query("SELECT 1").then(() => "works", databaseTrouble)).toBe("works");
    expect(await value()).toBe(0);
  });

  it("loses only the open connections when only those are dead", async () => {
    await all();
    proxy.silence("old");
    const outcomes = await Promise.allSettled([pause(0), db.transaction(() => set(1)), pause(0)]);
    for (const outcome of outcomes)
      expect(outcome.status === "rejected" && databaseTrouble(outcome.reason)).toBe("unreachable");
    expect(heard).toEqual([]);
    await expectRecovery();
  });

  it("keeps using open connections when only new ones fail", async () => {
    await pause(0);
    proxy.silence("new");
    const [one, other] = await Promise.allSettled([pause(0.2), pause(0.2)]);
    expect(one.status).toBe("fulfilled");
    expect(other.status === "rejected" && databaseTrouble(other.reason)).toBe("unreachable");
    expect(await pause(0)).toHaveLength(1);
    expect(heard).toEqual([]);
    proxy.resume();
    await expectRecovery();
  });
});

describe("a host that sends one byte now and then", () => {
  const answer = "SELECT repeat('x', 1000) AS answer";
  /** Maximum duration of a statement: its timeout in PostgreSQL (1 s) and 5 s for the response to arrive. */
  const longest = 6_000;

  beforeEach(async () => {
    await db.close();
    db = createDatabase(byWayOf(url, proxy.port), 2, () => undefined, {
      patience: 1,
      statementTimeout: 1,
      onSilence: (silent) => heard.push(silent),
    });
  });

  it("fails a statement that has not ended within the limit, alone and in a transaction", async () => {
    await db.transaction(() => db.query(answer));
    proxy.trickle(100);
    const began = performance.now();
    // Neither would end by itself for hours.
    const outcomes = await Promise.allSettled([db.query(answer), db.transaction(() => db.query(answer))]);
    const took = performance.now() - began;
    for (const outcome of outcomes)
      expect(outcome.status === "rejected" && databaseTrouble(outcome.reason)).toBe("unreachable");
    expect(took).toBeGreaterThan(longest - 500);
    // The host responds, so other connections stay open.
    expect(heard).toEqual([]);
  });

  it("does not count the time between the statements of a slowly read list", async () => {
    const rows = async function* () {
      for (let batch = 0; batch < 2; batch++) yield await db.query(answer);
    };
    const seen: unknown[] = [];
    for await (const batch of rows()) {
      seen.push(...batch);
      await new Promise((resolve) => setTimeout(resolve, longest + 1_000));
    }
    expect(seen).toHaveLength(2);
    expect(heard).toEqual([]);
  });

  it("does not count the time that a statement waits for its turn on the connection", async () => {
    const one = createDatabase(byWayOf(url, proxy.port), 1, () => undefined, {
      patience: 2,
      statementTimeout: 1,
    });
    const inOneTransaction = one.transaction(async () => {
      for (let count = 0; count < 9; count++) await one.query("SELECT pg_sleep(0.8)::text");
    });
    await inOneTransaction;
    await one.close();
  });
});

describe("a slow host", () => {
  it("is not treated as unresponsive, even when every connection waits for it", async () => {
    expect(await Promise.all([pause(3), pause(3), pause(3)])).toHaveLength(3);
    expect(heard).toEqual([]);
  });

  it("is not treated as unresponsive by a pool of one connection", async () => {
    const one = createDatabase(byWayOf(url, proxy.port), 1, () => undefined, { patience: 1 });
    const slow = one.query("SELECT pg_sleep(1.5)::text");
    const behind = one.query<{ found: number }>("SELECT 1 AS found");
    await expect(slow).resolves.toHaveLength(1);
    expect(await behind).toEqual([{ found: 1 }]);
    await one.close();
  });

  it("is cut off by the statement timeout", async () => {
    const hasty = createDatabase(url, 1, () => undefined, { statementTimeout: 1 });
    const slow = await hasty.query("SELECT pg_sleep(9)::text").catch((error: unknown) => error);
    expect(databaseTrouble(slow)).toBe("busy");
    expect(await hasty.query("SELECT 1")).toHaveLength(1);
    await hasty.close();
  });
});

describe("a named lock", () => {
  it("is held by one process at a time, also with a pool of one connection", async () => {
    const [one, other] = [1, 2].map(() => createDatabase(url, 1, () => undefined)) as [Database, Database];
    const seen = await one.exclusively("one at a time", async () => [
      await one.query("SELECT 1"),
      await other.exclusively("one at a time", async () => "held twice"),
    ]);
    expect(seen).toEqual([[{ "?column?": 1 }], undefined]);
    expect(await other.exclusively("one at a time", async () => "free again")).toBe("free again");
    await Promise.all([one.close(), other.close()]);
  });
});
