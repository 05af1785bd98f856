import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAvailabilityRepository } from "@/lib/availability/declared/server/repository";
import { createAvailabilityService } from "@/lib/availability/declared/server/service";
import { timeoutFeed } from "@/lib/availability/declared/server/timeouts";
import { createDatabase, type Database } from "@/lib/platform/database/db";
import type { Event } from "@/lib/platform/events/contract";
import { readCursor } from "@/lib/platform/events/server/cursor";
import { createEventRepository } from "@/lib/platform/events/server/repository";
import { createEventService } from "@/lib/platform/events/server/service";
import type { eventTypes } from "@/lib/platform/events/values";
import { ApiError } from "@/lib/platform/http/errors";
import { createPageTokens } from "@/lib/platform/http/server/page-token";
import type { StreamedReply } from "@/lib/platform/http/server/reply";
import { type AgentId, type AuthorizedWorkspaceId, newId, type UserId } from "@/lib/platform/ids";
import { createLogger } from "@/lib/platform/logger";
import { type Actor, permissions } from "@/lib/platform/security/permissions";
import { createSecrets } from "@/lib/platform/security/secrets";
import { createLedgerRepository } from "@/lib/records/ledger/server/repository";
import { createLedgerService } from "@/lib/records/ledger/server/service";
import { repeatedRuns, repeatedSeed, testDatabaseUrl } from "@/lib/testing/environment";
import { combineRows, insertRows, makeAgent, makeWorkspace } from "@/lib/testing/factories";
import { createRandom } from "@/lib/testing/random";

const url = testDatabaseUrl();
const db = createDatabase(url, 16, () => {});
const other = createDatabase(url, 4, () => {});
const closing = [db, other];
afterAll(() => Promise.all(closing.map((each) => each.close())));

const clock = { now: () => new Date() };
const logger = createLogger("silent");
const workspaceId = newId<AuthorizedWorkspaceId>();
const strangers = newId<AuthorizedWorkspaceId>();

const actorIn = (workspace: AuthorizedWorkspaceId): Actor => ({
  kind: "user",
  id: newId<UserId>(),
  name: "Robin",
  via: "session",
  workspaceId: workspace,
  permissions: new Set(permissions),
  agentId: undefined,
});
const actor = actorIn(workspaceId);

/** A separate server: reader, streams and connections. `access` is the result of permission checks. */
function server(on: Database, access: { actor: Actor | undefined } = { actor }) {
  return createEventService({
    repository: createEventRepository(on),
    auth: {
      async authenticate() {
        if (!access.actor) throw new ApiError("Unauthorized", "The session has ended.");
        return { principal: access.actor, actor: access.actor };
      },
      noteRefusal: () => undefined,
    },
    clock,
    logger,
  });
}

type Server = ReturnType<typeof server>;

beforeAll(() =>
  insertRows(db.query, combineRows([workspaceId, strangers].map((id) => makeWorkspace({ id, slug: id })))),
);

async function newAgent(workspace = workspaceId): Promise<AgentId> {
  const id = newId<AgentId>();
  await insertRows(db.query, makeAgent({ workspaceId: workspace, id, createdAt: new Date() }));
  return id;
}

/** One received server-sent event. */
interface Frame {
  id: string;
  event: string;
  data: Event;
}

/** Reads a stream until it ends or `stop` is called. */
async function follow(
  events: Server,
  onFrame: (frame: Frame) => void,
  { after, as = actor, ...query }: { after?: string; as?: Actor; agentIds?: AgentId[] } = {},
) {
  const aborting = new AbortController();
  const reply = (await events.list(as, { limit: 100, after, ...query }, "text/event-stream", {
    headers: new Headers(),
    signal: aborting.signal,
  })) as StreamedReply;
  const source = reply.pieces()[Symbol.asyncIterator]();
  const decoder = new TextDecoder();
  const done = (async () => {
    for (;;) {
      const { done: isDone, value } = await source.next();
      if (isDone) return;
      const text = typeof value === "string" ? value : decoder.decode(value);
      for (const block of text.split("\n\n").filter(Boolean)) {
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1] ?? "";
        onFrame({ id: field("id"), event: field("event"), data: JSON.parse(field("data")) });
      }
    }
  })();
  return {
    done,
    async stop() {
      aborting.abort();
      await done;
    },
  };
}

async function until(holds: () => boolean, what: string): Promise<void> {
  for (const end = Date.now() + 10_000; !holds(); await sleep(10))
    if (Date.now() > end) throw new Error(`did not happen within 10 s: ${what}`);
}

/** Changes an agent like the product: increments the version under its lock and writes a ledger entry. */
async function change(agentId: AgentId, workspace = workspaceId, fields: object = { bio: { after: "x" } }) {
  await db.query(
    `WITH changed AS (
       UPDATE agent_states SET version = version + 1
       WHERE workspace_id = :workspace::uuid AND agent_id = :agent::uuid RETURNING 1)
     INSERT INTO changes (workspace_id, id, agent_id, agent_name, action, actor_kind, actor_id, actor_name, cause, fields, created_at)
     SELECT :workspace::uuid, :id::uuid, :agent::uuid, 'Robin', 'updated', 'user', :id::uuid, 'Robin', 'user', :fields::text::jsonb, now()
     FROM changed`,
    { workspace, agent: agentId, id: newId(), fields: JSON.stringify(fields) },
  );
}

/** Waits until no transaction is running, so that all events are readable. */
async function quiet(): Promise<void> {
  for (;;) {
    const [row] = await db.query<{ quiet: boolean }>(
      "SELECT pg_snapshot_xmin(pg_current_snapshot()) = pg_snapshot_xmax(pg_current_snapshot()) AS quiet",
    );
    if (row?.quiet) return;
    await sleep(5);
  }
}

/** Reads the whole log once no transaction is running. */
const wholeLog = (workspace = workspaceId) =>
  db.query<{ id: string; version: number | null; agent: AgentId; type: string }>(
    `SELECT id::text, version, resource_id AS agent, type FROM events WHERE workspace_id = :workspace::uuid
     ORDER BY position, events.id`,
    { workspace },
  );

const idOf = (frame: { id: string }) => String(readCursor(frame.id)?.id);

const nowIn = async (events: Server, as = actor) => {
  const reply = await events.list(as, { limit: 1 }, undefined, {
    headers: new Headers(),
    signal: new AbortController().signal,
  });
  return ("data" in reply ? (reply.data as { nextCursor: string }) : { nextCursor: "" }).nextCursor;
};

async function pageOf(
  events: Server,
  query: { after?: string; types?: typeof eventTypes; agentIds?: AgentId[]; limit?: number },
  as = actor,
) {
  const reply = await events.list(as, { limit: 1000, ...query }, "application/json", {
    headers: new Headers(),
    signal: new AbortController().signal,
  });
  return (reply as { data: { results: Event[]; nextCursor: string } }).data;
}

describe("the log under concurrent writers", () => {
  it("reaches each stream completely, once and in the order of each agent, over restarts and two servers", async () => {
    const random = createRandom(Number(repeatedSeed().seed ?? Date.now()));
    for (let round = 0; round < repeatedRuns(1); round++) {
      const agents = await Promise.all(Array.from({ length: 6 }, () => newAgent()));
      const foreign = await newAgent(strangers);
      const servers = [server(db), server(other)];
      const from = await nowIn(servers[0] as Server);
      const before = new Set((await wholeLog()).map(({ id }) => id));
      let writing = true;

      /** Follows the log, reconnecting at random times to either server, until all events have arrived. */
      const received = await Promise.all(
        [1, 2, 3].map(async (reader) => {
          const frames: Frame[] = [];
          let last = from;
          return {
            frames,
            finish: (async () => {
              for (let turn = reader; writing || turn < reader + 2; turn++) {
                const stream = await follow(
                  servers[turn % 2] as Server,
                  (frame) => {
                    if (frame.event !== "ping") frames.push(frame);
                    last = frame.id;
                  },
                  { after: last },
                );
                await sleep(random.integer(20, 200));
                await stream.stop();
              }
              const final = await follow(
                servers[0] as Server,
                (frame) => {
                  if (frame.event !== "ping") frames.push(frame);
                },
                { after: last },
              );
              return final;
            })(),
          };
        }),
      );

      const writers = Array.from({ length: 12 }, async (_, writer) => {
        for (let count = 0; count < 12; count++) {
          const chosen = Array.from({ length: random.integer(1, 3) }, () => random.pick(agents)).toSorted();
          await db
            .transaction(async () => {
              // Gets its number early, so that other transactions commit first.
              if (random.chance(0.5)) await db.query("SELECT pg_current_xact_id()::text");
              if (random.chance(0.3)) await sleep(random.integer(0, 60));
              for (const agent of new Set(chosen)) {
                await change(agent);
                if (random.chance(0.2)) await sleep(random.integer(0, 15));
              }
              if (writer % 4 === 0) await change(foreign, strangers);
              if (random.chance(0.15)) throw new Error("rolled back");
            })
            .catch((error: Error) => {
              if (error.message !== "rolled back") throw error;
            });
        }
      });
      await Promise.all(writers);
      writing = false;

      const expected = (await wholeLog()).filter(({ id }) => !before.has(id));
      expect(expected.length).toBeGreaterThan(100);
      const versions = new Map<string, number>();
      for (const { agent, version } of expected) {
        expect(version ?? 0, "versions of an agent rise in the log").toBeGreaterThan(
          versions.get(agent) ?? 0,
        );
        versions.set(agent, version ?? 0);
      }
      for (const { frames, finish } of received) {
        const final = await finish;
        await until(() => frames.length >= expected.length, `all of ${expected.length} events`);
        await sleep(50);
        await final.stop();
        expect(frames.map(idOf)).toEqual(expected.map(({ id }) => id));
        expect(new Set(frames.map(({ data }) => data.workspaceId))).toEqual(new Set([workspaceId]));
      }
    }
  });

  it("keeps the order of an agent when a transaction that began earlier changes it later", async () => {
    const agent = await newAgent();
    const events = server(db);
    const after = await nowIn(events);
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    // Its number is in between, so the first one's event could be read alone.
    let releaseMiddle: () => void = () => undefined;
    const middleReleased = new Promise<void>((resolve) => {
      releaseMiddle = resolve;
    });
    const early = db.transaction(async () => {
      await db.query("SELECT pg_current_xact_id()::text");
      await released;
      await change(agent);
    });
    await sleep(50);
    const middle = db.transaction(async () => {
      await db.query("SELECT pg_current_xact_id()::text");
      await middleReleased;
    });
    await sleep(50);
    await change(agent);
    release();
    await early;
    const first = await pageOf(events, { after });
    releaseMiddle();
    await middle;
    const second = await pageOf(events, { after: first.nextCursor });
    expect([...first.results, ...second.results].map((event) => event.resource.version)).toEqual([2, 3]);
  });

  it("shows nothing of a transaction that was rolled back", async () => {
    const agent = await newAgent();
    const events = server(db);
    const after = await nowIn(events);
    await expect(
      db.transaction(async () => {
        await change(agent);
        throw new Error("rolled back");
      }),
    ).rejects.toThrow("rolled back");
    expect((await pageOf(events, { after })).results).toEqual([]);
  });
});

describe("what becomes an event", () => {
  const ledger = createLedgerService(
    createLedgerRepository(db),
    createPageTokens(createSecrets("a secret of the tests, which is long")),
  );
  const availability = createAvailabilityService({
    db,
    repository: createAvailabilityRepository(db),
    ledger,
  });
  const events = server(db);
  const set = (id: AgentId, changes: object, now = new Date()) =>
    availability.change(actor, id, changes, { ifMatch: undefined, now });

  async function eventsOf(work: () => Promise<unknown>): Promise<Event[]> {
    const after = await nowIn(events);
    await work();
    await quiet();
    return (await pageOf(events, { after })).results;
  }

  it("splits a change into its status and its activity", async () => {
    const id = await newAgent();
    const now = new Date();
    const found = await eventsOf(() => set(id, { status: "active", activity: "busy", activityTtl: 60 }, now));
    expect(found.map(({ id: _, ...event }) => event)).toEqual([
      {
        type: "agent.status.changed",
        workspaceId,
        occurredAt: now.toISOString(),
        resource: { type: "agent", id, version: 2 },
        actor: { kind: "user", id: actor.id, name: "Robin" },
        cause: "supervisor",
        changes: { status: { before: "away", after: "active" } },
      },
      {
        type: "agent.activity.changed",
        workspaceId,
        occurredAt: now.toISOString(),
        resource: { type: "agent", id, version: 2 },
        actor: { kind: "user", id: actor.id, name: "Robin" },
        cause: "supervisor",
        changes: {
          activity: { before: "available", after: "busy" },
          activityTtl: { after: 60 },
        },
      },
    ]);
  });

  it("leaves out actor, cause and changes without the permission for the ledger", async () => {
    const id = await newAgent();
    const after = await nowIn(events);
    await set(id, { status: "active" });
    const reader: Actor = { ...actor, permissions: new Set(["agents.read"]) };
    const [found] = (await pageOf(events, { after }, reader)).results;
    expect(Object.keys(found ?? {})).toEqual(["id", "type", "workspaceId", "occurredAt", "resource"]);
  });

  it("records the end of an activity once, however many servers look", async () => {
    const id = await newAgent();
    const ends = new Date(Date.now() - 1_000);
    const found = await eventsOf(async () => {
      await set(
        id,
        { activity: "onBreak", activityTtl: 30, activityText: "Tea" },
        new Date(ends.getTime() - 30_000),
      );
      await Promise.all([db.query(timeoutFeed), other.query(timeoutFeed), db.query(timeoutFeed)]);
      await availability.catchUp(new Date());
      await set(id, { status: "active" });
    });
    const own = found.filter(({ resource }) => resource.id === id);
    expect(own.map(({ type, cause, occurredAt }) => [type, cause, occurredAt]).slice(1)).toEqual([
      ["agent.activity.changed", "timeout", ends.toISOString()],
      ["agent.status.changed", "supervisor", expect.any(String)],
    ]);
    expect(own[1]?.changes).toEqual({
      activity: { before: "onBreak", after: "available" },
      activityText: { before: "Tea" },
    });
  });

  it("records the end of an activity before a change that follows it immediately", async () => {
    const id = await newAgent();
    const start = new Date(Date.now() - 60_000);
    await set(id, { activity: "busy", activityTtl: 30 }, start);
    const found = await eventsOf(() => set(id, { activity: "onBreak" }));
    await db.query(timeoutFeed);
    expect(found.map(({ cause }) => cause)).toEqual(["timeout", "supervisor"]);
    expect(found[0]?.occurredAt).toBe(new Date(start.getTime() + 30_000).toISOString());
  });

  it("records each transition of presence, dated at it", async () => {
    const id = await newAgent();
    const since = new Date(Date.now() - 90_000);
    const write = (state: string, at: Date) => () =>
      db.query(
        `INSERT INTO agent_presence (workspace_id, agent_id, state, since)
         VALUES (:workspace::uuid, :agent::uuid, :state::text::presence_state, :at::timestamptz)
         ON CONFLICT (workspace_id, agent_id) DO UPDATE SET state = excluded.state, since = excluded.since`,
        { workspace: workspaceId, agent: id, state, at },
      );
    const shown = (found: Event[]) =>
      found.map(({ type, resource, occurredAt }) => [type, resource.id, occurredAt]);
    expect(shown(await eventsOf(write("present", since)))).toEqual([
      ["agent.presence.changed", id, since.toISOString()],
    ]);
    expect(await eventsOf(write("present", new Date()))).toEqual([]);
    expect(shown(await eventsOf(write("absent", since)))).toHaveLength(1);
  });

  it("records changes of open conversations, but not of other columns", async () => {
    const id = await newAgent();
    const update = (text: string) => () =>
      db.query(
        `UPDATE agent_states SET ${text} WHERE workspace_id = :workspace::uuid AND agent_id = :agent::uuid`,
        { workspace: workspaceId, agent: id },
      );
    const found = await eventsOf(update("messaging_count = 2, assigned_count = 2"));
    expect(found.map(({ type, resource }) => [type, resource.id])).toEqual([["agent.workload.changed", id]]);
    expect(await eventsOf(update("version = version + 1"))).toEqual([]);
  });
});

describe("pages", () => {
  const events = server(db);

  it("continues without gaps or repeats, for each limit", async () => {
    const [agent, ignored] = [await newAgent(), await newAgent()];
    const start = await nowIn(events);
    for (let count = 0; count < 7; count++) await change(count % 3 === 0 ? ignored : agent);
    const all = await pageOf(events, { after: start, agentIds: [agent] });
    expect(all.results.map(({ resource }) => resource.id)).toEqual(Array(4).fill(agent));
    const found: Event[] = [];
    let after = start;
    for (let turn = 0; turn < 4; turn++) {
      const page = await pageOf(events, { after, agentIds: [agent], limit: 1 });
      found.push(...page.results);
      after = page.nextCursor;
    }
    expect(found).toEqual(all.results);
    expect((await pageOf(events, { after, limit: 1, agentIds: [agent] })).results).toEqual([]);
  });

  it("returns 410 for a cursor whose events are no longer kept, and still reads from the start", async () => {
    const repository = createEventRepository(db);
    const [agent, events] = [await newAgent(), server(db)];
    const old = await nowIn(events);
    await change(agent);
    const day = 24 * 60 * 60 * 1000;
    // A mark older than a day: events before it can be deleted.
    await repository.mark(new Date(Date.now() - day - 60_000));
    await change(agent);
    expect(await events.sweep(new Date())).toBeGreaterThan(0);
    await expect(pageOf(events, { after: old })).rejects.toMatchObject({
      code: "CursorExpired",
      status: 410,
    });
    const { results, nextCursor } = await pageOf(events, { after: "start" });
    expect(results.map(({ resource }) => resource.version)).toEqual([3]);
    expect((await pageOf(events, { after: nextCursor })).results).toEqual([]);
    const frames: Frame[] = [];
    const stream = await follow(events, (frame) => frames.push(frame), { after: old });
    await until(() => frames.length > 0, "a reset");
    expect(frames[0]?.event).toBe("reset");
    await stream.stop();
  });

  it("refuses a malformed cursor", async () => {
    for (const after of ["x", "AAAA", `${"A".repeat(21)}B`, "_".repeat(22)])
      await expect(pageOf(events, { after })).rejects.toMatchObject({ code: "InvalidQuery" });
  });

  it("treats a cursor of another database as expired", async () => {
    const after = Buffer.alloc(16, 0);
    after.writeBigUInt64BE(2n ** 50n);
    await expect(pageOf(events, { after: after.toString("base64url") })).rejects.toMatchObject({
      code: "CursorExpired",
    });
  });
});

describe("streams", () => {
  it("end when their actor loses access, before anything else arrives", async () => {
    const access: { actor: Actor | undefined } = { actor };
    const events = server(db, access);
    const agent = await newAgent();
    const frames: Frame[] = [];
    const stream = await follow(events, (frame) => frames.push(frame));
    await until(() => frames.length > 0, "the stream opens");
    access.actor = undefined;
    await db.transaction(async () => {
      await db.query(
        `INSERT INTO audit_events (workspace_id, id, action, outcome, target_type, target_id, at)
         VALUES (:workspace::uuid, :id::uuid, 'person.suspended', 'ok', 'person', :person::uuid, now())`,
        { workspace: workspaceId, id: newId(), person: actor.id },
      );
      await change(agent);
    });
    await stream.done;
    expect(frames.filter(({ event }) => event !== "ping")).toEqual([]);
  });

  it("narrow what they show when permissions are taken away", async () => {
    const access: { actor: Actor | undefined } = { actor };
    const events = server(db, access);
    const agent = await newAgent();
    const frames: Frame[] = [];
    const stream = await follow(events, (frame) => frames.push(frame));
    access.actor = { ...actor, permissions: new Set(["agents.read"]) };
    await db.query(
      `INSERT INTO audit_events (workspace_id, id, action, outcome, target_type, target_id, at)
       VALUES (:workspace::uuid, :id::uuid, 'role.changed', 'ok', 'role', :id::uuid, now())`,
      { workspace: workspaceId, id: newId() },
    );
    await change(agent);
    await until(() => frames.some(({ event }) => event === "agent.updated"), "the change of the agent");
    await stream.stop();
    expect(
      frames.filter(({ event }) => event !== "ping").map(({ event, data }) => [event, data.actor]),
    ).toEqual([["agent.updated", undefined]]);
  });

  it("allow 20 per actor", async () => {
    const events = server(db);
    const open = await Promise.all(Array.from({ length: 20 }, () => follow(events, () => undefined)));
    await expect(follow(events, () => undefined)).rejects.toMatchObject({ code: "RateLimited" });
    const somebody = await follow(events, () => undefined, { as: actorIn(workspaceId) });
    await open[0]?.stop();
    const again = await follow(events, () => undefined);
    await Promise.all([somebody, again, ...open].map((stream) => stream.stop()));
  });

  it("end and refuse new ones when the server stops", async () => {
    const events = server(db);
    const stream = await follow(events, () => undefined);
    events.close();
    await stream.done;
    await expect(follow(events, () => undefined)).rejects.toMatchObject({ code: "Unavailable" });
  });

  it("merge by resource for a client that does not read, then reset", async () => {
    const events = server(db);
    const agents = await Promise.all(Array.from({ length: 300 }, () => newAgent()));
    const reply = (await events.list(actor, { limit: 100 }, "text/event-stream", {
      headers: new Headers(),
      signal: new AbortController().signal,
    })) as StreamedReply;
    const source = reply.pieces()[Symbol.asyncIterator]();
    const read = async () => {
      const { value } = await source.next();
      return typeof value === "string" ? value : new TextDecoder().decode(value);
    };
    await read();
    // The stream starts listening only when a read is pending.
    const first = read();
    const [one, two] = agents as [AgentId, AgentId];
    await change(one);
    expect(await first).toContain(one);

    for (let count = 0; count < 280; count++) await change(count % 2 === 0 ? one : two);
    await sleep(700);
    const merged = await read();
    expect(merged.match(/^event: /gm)).toHaveLength(2);
    expect(merged).toContain(`"version":142`);
    expect(merged).toContain(`"version":141`);

    await Promise.all(agents.map((agent) => change(agent)));
    await sleep(700);
    expect(await read()).toMatch(/event: reset/);
    const next = read();
    await change(one);
    expect(await next).toContain(`"version":144`);
    await source.return?.();
  });
});
