import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createAvailabilityRepository } from "@/lib/availability/declared/server/repository";
import { createAvailabilityService } from "@/lib/availability/declared/server/service";
import type { AvailabilityPolicy } from "@/lib/availability/effective/deciders";
import { defaultPolicy } from "@/lib/availability/effective/values";
import { createDatabase } from "@/lib/platform/database/db";
import { createPageTokens } from "@/lib/platform/http/server/page-token";
import {
  type AgentId,
  type AuthorizedWorkspaceId,
  newId,
  type PresenceSessionId,
  type UserId,
} from "@/lib/platform/ids";
import { type Actor, permissions } from "@/lib/platform/security/permissions";
import { createSecrets } from "@/lib/platform/security/secrets";
import { createLedgerRepository } from "@/lib/records/ledger/server/repository";
import { createLedgerService } from "@/lib/records/ledger/server/service";
import { testDatabaseUrl } from "@/lib/testing/environment";
import { combineRows, insertRows, makeAgent, makeWorkspace } from "@/lib/testing/factories";
import { makeEffective } from "@/lib/testing/hours";
import { createRandom } from "@/lib/testing/random";
import { createPresenceRepository } from "./server/repository";
import { createPresenceService } from "./server/service";

const db = createDatabase(testDatabaseUrl(), 10, () => {});
const clockTable = `presence_clock_${process.pid}`;

const ledger = createLedgerService(
  createLedgerRepository(db),
  createPageTokens(createSecrets("a secret of the tests, which is long")),
);
const availability = createAvailabilityService({ db, repository: createAvailabilityRepository(db), ledger });
const repository = createPresenceRepository(db, `(SELECT at FROM ${clockTable})`);
const presence = createPresenceService({ db, repository, availability, random: () => 0.5 });

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const start = Date.parse("2026-03-02T08:00:00.000Z");
let now = start;

/** Moves the database's clock forward. */
async function to(time: number): Promise<void> {
  now = time;
  await db.query(`UPDATE ${clockTable} SET at = to_timestamp(:at::double precision / 1000)`, { at: time });
}
const pass = (ms: number) => to(now + ms);

let workspaceId: AuthorizedWorkspaceId;
let me: Actor;
let supervisor: Actor;

function actorFor(agentId: AgentId | undefined): Actor {
  return {
    kind: "user",
    id: newId<UserId>(),
    name: "Robin",
    via: "session",
    workspaceId,
    permissions: new Set(permissions),
    agentId,
  };
}

async function newAgent(): Promise<Actor> {
  const id = newId<AgentId>();
  await insertRows(db.query, makeAgent({ workspaceId, id, createdAt: new Date(now) }));
  return actorFor(id);
}

async function setPolicy(policy: Partial<AvailabilityPolicy>): Promise<void> {
  await makeEffective(db).repository.savePolicy(workspaceId, { ...defaultPolicy, ...policy }, new Date(now));
}

beforeAll(async () => {
  await db.query(`CREATE UNLOGGED TABLE ${clockTable} AS SELECT now() AS at`);
});
afterAll(async () => {
  await db.query(`DROP TABLE ${clockTable}`);
  await db.close();
});

beforeEach(async () => {
  await to(start);
  workspaceId = newId<AuthorizedWorkspaceId>();
  await insertRows(db.query, combineRows([makeWorkspace({ id: workspaceId, slug: workspaceId })]));
  me = await newAgent();
  supervisor = actorFor(undefined);
});

const newSession = () => randomUUID() as PresenceSessionId;
const beat = (id: PresenceSessionId, input = false, actor = me) =>
  presence.beat(actor, "me", id, { device: "desktop", visible: true, input });
const end = (id: PresenceSessionId, actor = me) => presence.end(actor, "me", id);
const shown = (actor = me) => presence.get(actor, "me");
const at = (time: number) => new Date(time).toISOString();

const agentOf = (actor: Actor) => actor.agentId as AgentId;
const declared = async (actor = me) => (await availability.get(actor, "me", new Date(now))).data;
const declare = (status: "active" | "away" | "offline", actor = me, by = supervisor) =>
  availability.change(by, agentOf(actor), { status }, { ifMatch: undefined, now: new Date(now) });
const entries = async (actor = me) =>
  (await ledger.listOf(supervisor, agentOf(actor), { limit: 100 })).results
    .reverse()
    .map(({ cause, createdAt, fields, actor: by }) => ({ cause, createdAt, by: by.kind, ...fields.status }));

describe("a session", () => {
  it("is open until 150 seconds after its last heartbeat", async () => {
    expect(await shown()).toEqual({ state: "absent", sessions: 0 });
    const id = newSession();
    expect(await beat(id)).toEqual({ endsAt: at(start + 150_000), beatIn: 45 });
    await pass(45_000);
    expect(await beat(id)).toMatchObject({ endsAt: at(now + 150_000) });
    await pass(149_999);
    const seen = at(start + 45_000);
    expect(await shown()).toEqual({ state: "present", since: at(start), sessions: 1, lastSeenAt: seen });
    await pass(1);
    const gone = { state: "absent", since: at(start + 195_000), sessions: 0, lastSeenAt: seen };
    expect(await shown()).toEqual(gone);
    await presence.sweep();
    await pass(MINUTE);
    expect(await shown()).toEqual(gone);
  });

  it("counts 60 seconds after it was ended, however often, and a heartbeat revives it", async () => {
    const id = newSession();
    await beat(id);
    await pass(10_000);
    await end(id);
    await pass(30_000);
    await end(id);
    await pass(29_999);
    expect(await shown()).toMatchObject({ state: "present", sessions: 1 });
    await beat(id);
    await pass(120_000);
    expect(await shown()).toMatchObject({ state: "present", since: at(start) });
    await end(id);
    await pass(60_000);
    expect(await shown()).toMatchObject({ state: "absent", since: at(now) });
    await expect(end(id)).rejects.toMatchObject({ code: "SessionNotFound" });
  });

  it("is listed with what its client said", async () => {
    const id = newSession();
    await presence.beat(me, "me", id, { device: "mobile", visible: false, input: true });
    await pass(SECOND);
    await beat(id);
    expect(await presence.list(me, "me")).toEqual({
      results: [
        {
          id,
          device: "desktop",
          visible: true,
          startedAt: at(start),
          lastSeenAt: at(now),
          endsAt: at(now + 150_000),
        },
      ],
    });
  });

  it("of somebody else is not found, even after it expired", async () => {
    const other = await newAgent();
    const id = newSession();
    await beat(id, false, other);
    await expect(beat(id)).rejects.toMatchObject({ code: "SessionNotFound" });
    await expect(end(id)).rejects.toMatchObject({ code: "SessionNotFound" });
    await pass(10 * MINUTE);
    await expect(beat(id)).rejects.toMatchObject({ code: "SessionNotFound" });
    expect(await shown()).toEqual({ state: "absent", sessions: 0 });
  });

  it("replaces the oldest when an agent has 20", async () => {
    const ids = Array.from({ length: 22 }, newSession);
    for (const id of ids) {
      await beat(id);
      await pass(SECOND);
    }
    const listed = (await presence.list(me, "me")).results.map(({ id }) => id);
    expect(listed).toEqual(ids.slice(2));
    await expect(end(ids[0] ?? newSession())).rejects.toMatchObject({ code: "SessionNotFound" });
  });

  it("with one heartbeat a minute is never absent in 24 hours", async () => {
    const id = newSession();
    for (let minute = 0; minute < 24 * 60; minute += 1) {
      await beat(id);
      await pass(MINUTE);
      if (minute % 90 === 0) await presence.sweep();
      if (minute % 30 === 0) expect((await shown()).state).toBe("present");
    }
    expect(await shown()).toMatchObject({ state: "present", since: at(start), sessions: 1 });
  });
});

describe("presence", () => {
  it("stays when one of several sessions is closed", async () => {
    const ids = [newSession(), newSession(), newSession()] as const;
    for (const id of ids) await beat(id);
    await end(ids[0]);
    await end(ids[1]);
    await pass(100_000);
    await presence.sweep();
    expect(await shown()).toMatchObject({ state: "present", since: at(start), sessions: 1 });
  });

  it("outlives servers that are killed for 45 seconds", async () => {
    const id = newSession();
    await beat(id);
    await pass(49_000 + 45_000);
    // New service instances have no in-memory state.
    const restarted = createPresenceService({ db, repository, availability, random: () => 0 });
    await restarted.sweep();
    expect(await restarted.get(me, "me")).toMatchObject({ state: "present", since: at(start) });
    await restarted.beat(me, "me", id, { device: "desktop", visible: true, input: false });
    expect((await restarted.get(me, "me")).since).toBe(at(start));
  });

  it("is idle after the policy's time without input in any session", async () => {
    await setPolicy({ presence: "gate", idleAfterMinutes: 5 });
    const [one, two] = [newSession(), newSession()];
    await beat(one, true);
    for (let minute = 1; minute <= 4; minute++) {
      await pass(MINUTE);
      await beat(one);
      await beat(two, minute === 2);
    }
    expect((await shown()).state).toBe("present");
    for (let minute = 0; minute < 3; minute++) {
      await pass(MINUTE);
      await beat(one);
      await beat(two);
    }
    const idle = { state: "idle", since: at(start + 7 * MINUTE) };
    expect(await shown()).toMatchObject(idle);
    await presence.sweep();
    expect(await shown()).toMatchObject(idle);
    await pass(10_000);
    await end(two);
    await pass(65_000);
    await beat(one, true);
    expect(await shown()).toMatchObject({ state: "present", since: at(now) });
    await setPolicy({ presence: "off", idleAfterMinutes: 5 });
    await pass(149_000);
    expect((await shown()).state).toBe("present");
  });

  it("is recorded by sweeps with the time at which it changed, and sessions are deleted", async () => {
    await setPolicy({ presence: "gate" });
    const id = newSession();
    await beat(id);
    await pass(10 * MINUTE);
    await presence.sweep();
    await pass(MINUTE);
    await beat(newSession());
    const spans = await db.query<{ at: Date; presence: string; status: string; cause: string }>(
      `SELECT from_at AS at, presence::text AS presence, status::text AS status, cause::text AS cause
       FROM agent_spans WHERE workspace_id = :workspaceId::uuid ORDER BY from_at`,
      { workspaceId },
    );
    const kept = { status: "away", cause: "api" };
    expect(spans).toEqual([
      { at: new Date(start), presence: "present", ...kept },
      { at: new Date(start + 150_000), presence: "absent", ...kept },
      { at: new Date(now), presence: "present", ...kept },
    ]);
    expect(await db.query("SELECT id FROM presence_sessions WHERE id = :id::uuid", { id })).toEqual([]);
  });

  it("that was interrupted before a sweep is recorded by the next heartbeat", async () => {
    await setPolicy({ presence: "gate" });
    const id = newSession();
    await beat(id);
    await pass(5 * MINUTE);
    await beat(id);
    expect(await shown()).toMatchObject({ state: "present", since: at(now) });
    const [{ absent } = { absent: undefined }] = await db.query<{ absent: Date }>(
      "SELECT from_at AS absent FROM agent_spans WHERE workspace_id = :workspaceId::uuid AND presence = 'absent'",
      { workspaceId },
    );
    expect(absent).toEqual(new Date(start + 150_000));
  });

  it("is left out of spans while the policy is off, and begins with the policy", async () => {
    const spans = async () =>
      (
        await db.query<{ presence: string | null }>(
          "SELECT presence::text AS presence FROM agent_spans WHERE agent_id = :id::uuid ORDER BY from_at",
          { id: me.agentId },
        )
      ).map(({ presence: state }) => state);
    await beat(newSession());
    expect(await spans()).toEqual([null]);
    await pass(SECOND);
    await setPolicy({ presence: "gate" });
    expect(await spans()).toEqual([null, "present"]);
    await pass(SECOND);
    await setPolicy({ presence: "sync" });
    expect(await spans()).toEqual([null, "present"]);
    await pass(SECOND);
    await declare("active");
    expect(await spans()).toEqual([null, "present", "present"]);
    await pass(SECOND);
    await setPolicy({ presence: "off" });
    expect((await spans()).at(-1)).toBeNull();
  });
});

describe("policy sync", () => {
  beforeEach(() => setPolicy({ presence: "sync" }));

  it("sets active with the first session and away with the end of the last, dated at the instant", async () => {
    await pass(SECOND);
    const [one, two] = [newSession(), newSession()];
    await beat(one);
    await pass(SECOND);
    await beat(two);
    expect(await declared()).toMatchObject({ status: "active", lastStatusSet: at(start + SECOND) });
    await end(one);
    await pass(100_000);
    await presence.sweep();
    expect((await declared()).status).toBe("active");
    await pass(200_000);
    await presence.sweep();
    const gone = at(start + 2 * SECOND + 150_000);
    expect(await declared()).toMatchObject({ status: "away", lastStatusSet: gone });
    await beat(two);
    expect((await declared()).status).toBe("active");
    expect(await entries()).toEqual([
      { cause: "presence", by: "system", createdAt: at(start + SECOND), before: "away", after: "active" },
      { cause: "presence", by: "system", createdAt: gone, before: "active", after: "away" },
      { cause: "presence", by: "system", createdAt: at(now), before: "away", after: "active" },
    ]);
  });

  it.each(["away", "offline"] as const)("never changes what somebody set to %s", async (status) => {
    await declare("active");
    await pass(SECOND);
    await declare(status);
    const id = newSession();
    await beat(id);
    expect((await declared()).status).toBe(status);
    await pass(10 * MINUTE);
    await presence.sweep();
    await beat(id);
    expect((await declared()).status).toBe(status);
    expect((await entries()).map(({ cause }) => cause)).not.toContain("presence");
    await declare("active");
    await pass(10 * MINUTE);
    await presence.sweep();
    expect((await declared()).status).toBe("away");
    await beat(id);
    expect((await declared()).status).toBe("active");
  });

  it("leaves away when somebody sets again what presence had set", async () => {
    const id = newSession();
    await beat(id);
    await pass(10 * MINUTE);
    await presence.sweep();
    const before = await declared();
    expect(before.status).toBe("away");
    const known = (await entries()).length;
    await declare("away");
    expect(await declared()).toEqual(before);
    expect(await entries()).toHaveLength(known);
    await beat(id);
    expect((await declared()).status).toBe("away");
  });

  it("leaves the away of a new agent that a supervisor has confirmed", async () => {
    await declare("away");
    await beat(newSession());
    expect((await declared()).status).toBe("away");
  });

  it("ends an activity no earlier and keeps it", async () => {
    await beat(newSession());
    await pass(SECOND);
    await availability.change(
      me,
      "me",
      { activity: "busy", activityTtl: 3600, activityText: "Stock" },
      { ifMatch: undefined, now: new Date(now) },
    );
    await pass(5 * MINUTE);
    await presence.sweep();
    expect(await declared()).toMatchObject({ status: "away", activity: "busy", activityText: "Stock" });
  });

  it("sets active once when two sessions start at the same time", async () => {
    for (let round = 0; round < 20; round++) {
      const actor = await newAgent();
      await Promise.all([beat(newSession(), false, actor), beat(newSession(), false, actor)]);
      expect((await declared(actor)).status).toBe("active");
      expect(await entries(actor)).toHaveLength(1);
    }
  });

  it("keeps a manual status that races with the first session or the last end", async () => {
    for (let round = 0; round < 30; round++) {
      const actor = await newAgent();
      const status = round % 2 === 0 ? "offline" : "away";
      await Promise.all([beat(newSession(), false, actor), declare(status, actor)]);
      // If presence was later, it may only have seen the manual status.
      expect((await declared(actor)).status).toBe(status);
      await declare("active", actor);
      await pass(5 * MINUTE);
      await Promise.all([presence.sweep(), declare("offline", actor)]);
      expect((await declared(actor)).status).toBe("offline");
      await pass(SECOND);
    }
  });

  it("is the same with servers whose clocks are 5 minutes off", async () => {
    for (const skew of [-5 * MINUTE, 5 * MINUTE]) {
      const actor = await newAgent();
      const set = (status: "active" | "offline") =>
        availability.change(
          supervisor,
          agentOf(actor),
          { status },
          { ifMatch: undefined, now: new Date(now + skew) },
        );
      const id = newSession();
      await beat(id, false, actor);
      await set("offline");
      await set("active");
      await pass(149_999);
      await presence.sweep();
      expect(await shown(actor)).toMatchObject({ state: "present" });
      expect((await declared(actor)).status).toBe("active");
      await pass(1);
      expect(await shown(actor)).toMatchObject({ state: "absent", since: at(now) });
      await presence.sweep();
      expect((await declared(actor)).status).toBe("away");
      await beat(id, false, actor);
      expect((await declared(actor)).status).toBe("active");
    }
  });
});

describe("policy gate", () => {
  it("writes no status", async () => {
    await setPolicy({ presence: "gate" });
    await declare("active");
    const id = newSession();
    for (let round = 0; round < 3; round++) {
      await beat(id);
      await pass(10 * MINUTE);
      await presence.sweep();
    }
    expect((await declared()).status).toBe("active");
    expect(await entries()).toHaveLength(1);
  });
});

describe("concurrent heartbeats, ends and sweeps", () => {
  it("leave the state that the sessions have", async () => {
    await setPolicy({ presence: "sync" });
    const random = createRandom(12);
    const actors = [me, await newAgent(), await newAgent()];
    const ids = actors.map(() => [newSession(), newSession(), newSession()]);
    for (let round = 0; round < 60; round++) {
      const work = Array.from({ length: 8 }, async () => {
        const which = random.integer(0, actors.length - 1);
        const actor = actors[which] ?? me;
        const id = random.pick(ids[which] ?? []);
        const kind = random.fraction();
        if (kind < 0.55) await beat(id, random.chance(0.5), actor);
        else if (kind < 0.8) await end(id, actor).catch(() => undefined);
        else await presence.sweep();
      });
      await Promise.all(work);
      await pass(random.pick([SECOND, 20 * SECOND, 70 * SECOND, 200 * SECOND]));
    }
    await pass(10 * SECOND);
    for (const actor of actors) {
      const before = await shown(actor);
      await presence.sweep();
      expect(await shown(actor)).toEqual(before);
      const open = (await presence.list(actor, "me")).results.length;
      expect(before.state).toBe(open > 0 ? "present" : "absent");
      expect((await declared(actor)).status).toBe(open > 0 ? "active" : "away");
    }
  });
});

describe("many agents who come at the same time", () => {
  it("are all present, with few connections", async () => {
    const actors = await Promise.all(Array.from({ length: 300 }, newAgent));
    const leases = await Promise.all(actors.map((actor) => beat(newSession(), false, actor)));
    expect(new Set(leases.map(({ endsAt }) => endsAt))).toEqual(new Set([at(now + 150_000)]));
    expect(Math.max(...leases.map((lease) => lease.beatIn))).toBeGreaterThan(45);
  });
});

describe("a heartbeat", () => {
  it("rewrites no index", async () => {
    const ids = Array.from({ length: 40 }, newSession);
    const actors = await Promise.all(ids.map(newAgent));
    const all = () => Promise.all(ids.map((id, index) => beat(id, true, actors[index])));
    await all();
    const counters = async () => {
      const [row] = await db.query<{ updates: number; hot: number }>(
        `SELECT pg_stat_get_xact_tuples_updated(c.oid)::int + pg_stat_get_tuples_updated(c.oid)::int AS updates,
           pg_stat_get_xact_tuples_hot_updated(c.oid)::int + pg_stat_get_tuples_hot_updated(c.oid)::int AS hot
         FROM pg_class c WHERE c.oid = 'presence_sessions'::regclass`,
      );
      return row ?? { updates: 0, hot: 0 };
    };
    const before = await counters();
    await db.transaction(async () => {
      for (let round = 0; round < 3; round++)
        await repository.beat(
          ids.map((id, index) => ({
            workspaceId,
            agentId: agentOf(actors[index] ?? me),
            id,
            device: "desktop",
            visible: true,
            input: true,
          })),
        );
      const after = await counters();
      expect(after.updates - before.updates).toBeGreaterThanOrEqual(120);
      expect(after.hot - before.hot).toBeGreaterThanOrEqual((after.updates - before.updates) * 0.9);
    });
  });
});
