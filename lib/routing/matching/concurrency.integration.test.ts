import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createEffectiveService } from "@/lib/availability/effective/server/service";
import { toOnlyVersion } from "@/lib/hours/schedule/stored";
import { createDatabase, type Database } from "@/lib/platform/database/db";
import { isApiError } from "@/lib/platform/http/errors";
import { createPageTokens } from "@/lib/platform/http/server/page-token";
import { type AgentId, type AuthorizedWorkspaceId, newId } from "@/lib/platform/ids";
import { createLogger } from "@/lib/platform/logger";
import type { Actor } from "@/lib/platform/security/permissions";
import { createSecrets } from "@/lib/platform/security/secrets";
import type { SkillId } from "@/lib/routing/conversations/contract";
import { createConversationRepository } from "@/lib/routing/conversations/server/repository";
import { createConversationService } from "@/lib/routing/conversations/server/service";
import type { Matcher } from "@/lib/routing/matcher";
import { createOfferRepository } from "@/lib/routing/offers/server/repository";
import { createOfferService } from "@/lib/routing/offers/server/service";
import type { QueueId } from "@/lib/routing/queues/contract";
import { testDatabaseUrl } from "@/lib/testing/environment";
import { combineRows, insertRows, makeAgent, makeMembership, makePerson } from "@/lib/testing/factories";
import { makeEffective } from "@/lib/testing/hours";
import { createRandom } from "@/lib/testing/random";
import { makeRouting, makeRun } from "@/lib/testing/routing";
import { createMatcher } from "./server/matcher";
import { createMatchingRepository } from "./server/repository";

/* The invariants of routing while several processes and people act at once. Each database is like one process. */

const loops: { stop(): Promise<void> }[] = [];
const db = createDatabase(testDatabaseUrl(), 12, () => undefined);
const second = createDatabase(testDatabaseUrl(), 6, () => undefined);

/** A Tuesday, 9:00 in Berlin. */
const start = Date.parse("2027-03-02T08:00:00.000Z");

/**
 * At the commit of each automatic decision: the agent is active, and has no more than their capacity. Both are read in
 * a snapshot of that moment, because the check is deferred.
 */
const checkText = `
  CREATE FUNCTION check_seat() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    given text;
    taken int;
    capacity int;
    present text;
  BEGIN
    IF NEW.kind <> 'automatic' THEN RETURN NULL; END IF;
    SELECT c.channel INTO given FROM conversations c WHERE c.workspace_id = NEW.workspace_id AND c.id = NEW.conversation_id;
    SELECT count(*) INTO taken FROM (
      SELECT 1 FROM conversations c WHERE c.workspace_id = NEW.workspace_id AND c.agent_id = NEW.agent_id
        AND c.state = 'assigned' AND c.channel::text = given
      UNION ALL
      SELECT 1 FROM offers o WHERE o.workspace_id = NEW.workspace_id AND o.agent_id = NEW.agent_id
        AND o.state = 'pending' AND o.channel::text = given AND o.expires_at > NEW.at) s;
    SELECT s.status, CASE given WHEN 'messaging' THEN r.messaging_capacity WHEN 'email' THEN r.email_capacity ELSE 1 END
      INTO present, capacity
      FROM agent_states s LEFT JOIN capacity_rules r ON r.workspace_id = s.workspace_id AND r.is_default
      WHERE s.workspace_id = NEW.workspace_id AND s.agent_id = NEW.agent_id;
    IF taken > capacity THEN RAISE EXCEPTION 'agent % has % of % (%)', NEW.agent_id, taken, capacity, given; END IF;
    IF present <> 'active' THEN RAISE EXCEPTION 'agent % is %', NEW.agent_id, present; END IF;
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER check_seat AFTER INSERT ON routing_decisions DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION check_seat()`;

beforeAll(async () => {
  for (const text of checkText.split(/;\s*(?=CREATE CONSTRAINT)/)) await db.query(text);
});

// A test that failed must not go on matching the workspaces of others.
afterEach(async () => void (await Promise.all(loops.splice(0).map((loop) => loop.stop()))));

afterAll(async () => {
  await db.query("DROP TRIGGER check_seat ON routing_decisions");
  await db.query("DROP FUNCTION check_seat");
  await Promise.all([db.close(), second.close()]);
});

const supervisor = (workspaceId: AuthorizedWorkspaceId): Actor => ({
  kind: "accessKey",
  id: newId(),
  name: "Inbox",
  via: "accessKey",
  workspaceId,
  permissions: new Set(["routing.read", "routing.write"]),
  agentId: undefined,
});

/** The services of one process. */
function services(database: Database, matcher: Matcher) {
  const effective = createEffectiveService({
    db: database,
    ...makeEffective(database),
    audit: { record: async () => undefined },
  });
  const conversations = createConversationService({
    db: database,
    repository: createConversationRepository(database),
    effective,
    pageTokens: createPageTokens(createSecrets("a secret of the tests, which is long")),
    matcher,
  });
  return {
    conversations,
    offers: createOfferService({
      db: database,
      repository: createOfferRepository(database),
      conversations,
      effective,
    }),
    effective,
  };
}

/** A matcher as a process has it, and what went wrong. */
function matching(database: Database) {
  const errors: unknown[] = [];
  const logger = createLogger("silent");
  logger.error = ((fields: { err: unknown }) => void errors.push(fields.err)) as typeof logger.error;
  logger.warn = logger.error;
  const matcher = createMatcher({
    run: makeRun(database),
    repository: createMatchingRepository(database),
    now: Date.now,
    logger,
  });
  return {
    matcher,
    errors,
    keepMatching() {
      const loop = matcher.keepMatching();
      loops.push(loop);
      return loop;
    },
  };
}

/** Counters that differ from a recount in the same snapshot, and conversations that are had twice. */
async function faults(workspaceId: AuthorizedWorkspaceId): Promise<unknown[]> {
  return await db.query(
    `SELECT 'count' AS fault, s.agent_id AS id FROM agent_states s
     LEFT JOIN (SELECT agent_id, count(*) FILTER (WHERE channel = 'messaging') AS messaging,
         count(*) FILTER (WHERE channel = 'email') AS email, count(*) FILTER (WHERE channel = 'voice') AS voice
       FROM conversations WHERE workspace_id = :workspaceId::uuid AND state = 'assigned' GROUP BY agent_id) n
       ON n.agent_id = s.agent_id
     WHERE s.workspace_id = :workspaceId::uuid AND ROW(s.messaging_count, s.email_count, s.voice_count)
       IS DISTINCT FROM ROW(coalesce(n.messaging, 0)::int, coalesce(n.email, 0)::int, coalesce(n.voice, 0)::int)
     UNION ALL
     SELECT 'offer', c.id FROM conversations c
     WHERE c.workspace_id = :workspaceId::uuid AND (c.state = 'offered') <> EXISTS (SELECT 1 FROM offers o
       WHERE o.workspace_id = c.workspace_id AND o.conversation_id = c.id AND o.state = 'pending')`,
    { workspaceId },
  );
}

const countOf = async (workspaceId: AuthorizedWorkspaceId, condition: string): Promise<number> => {
  const [row] = await db.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM conversations c WHERE workspace_id = :workspaceId::uuid AND ${condition}`,
    { workspaceId },
  );
  return row?.count ?? 0;
};

/** Conversations that wait although an agent who was not asked is open for them, by the function that explains. */
async function unserved(workspaceId: AuthorizedWorkspaceId, agentIds: readonly AgentId[]): Promise<string[]> {
  const { effective } = services(db, { wake: () => undefined });
  const { results } = await effective.verdicts(supervisor(workspaceId), agentIds, new Date());
  const rows = await db.query<{ id: string; channel: "messaging" | "email" | "voice"; asked: string[] }>(
    `SELECT c.id, c.channel::text AS channel, ARRAY(SELECT o.agent_id::text FROM offers o
       WHERE o.workspace_id = c.workspace_id AND o.conversation_id = c.id) || c.excluded_agent_ids::text[] AS asked
     FROM conversations c WHERE c.workspace_id = :workspaceId::uuid AND c.state = 'queued'`,
    { workspaceId },
  );
  return rows
    .filter(({ channel, asked }) =>
      results.some(({ agentId, closedBy }) => closedBy[channel].length === 0 && !asked.includes(agentId)),
    )
    .map(({ id }) => id);
}

describe("two matchers among eight writers", () => {
  it("never overfill an agent, lose a count, or let anybody wait without need", async () => {
    const routing = await makeRouting(db, { messaging: 3, email: 2 });
    const { workspaceId } = routing;
    const agents = await routing.agents(12);
    const queues = [
      await routing.queue(),
      await routing.queue({ offerMode: "accept", offerTimeout: 5, strategy: "longestIdle" }),
      await routing.queue({ strategy: "roundRobin", targetSeconds: 5 }),
    ];
    const processes = [db, second].map((database) => {
      const { matcher, errors, keepMatching } = matching(database);
      return { ...services(database, matcher), loop: keepMatching(), errors };
    });
    const actor = supervisor(workspaceId);
    const began = performance.now();
    // Longer on a machine that is busy with something else.
    const isTime = () => performance.now() < began + (done > 250 ? 6_000 : 25_000);
    const unexpected: unknown[] = [];
    const ids: string[] = [];
    let done = 0;

    async function write(number: number): Promise<void> {
      const random = createRandom(number + 1);
      const process = processes[number % 2];
      if (!process) throw new Error("no process");
      while (isTime()) {
        const now = new Date();
        const id = ids.length > 0 ? random.pick(ids) : "";
        const agentId = random.pick(agents);
        const dice = random.fraction();
        try {
          if (dice < 0.4 || ids.length < 20) {
            const { data } = await process.conversations.create(
              actor,
              {
                externalId: newId(),
                channel: random.pick(["messaging", "messaging", "email", "voice"] as const),
                queueId: random.pick(queues) as QueueId,
                priority: Math.floor(random.fraction() * 100),
                requiredSkills: [],
                ...(dice < 0.05 ? { agentId } : {}),
              },
              now,
            );
            if (data) ids.push(data.id);
          } else if (dice < 0.6) await process.conversations.close(actor, id, now);
          else if (dice < 0.7)
            await process.conversations.requeue(actor, id, { exclude: random.fraction() < 0.5 }, now);
          else if (dice < 0.75)
            await process.conversations.assign(actor, id, { agentId, force: random.fraction() < 0.3 }, now);
          else if (dice < 0.9) {
            const { results } = await process.offers.list({ ...actor, agentId }, "me", now);
            const offerId = results.length > 0 ? random.pick(results).id : undefined;
            if (offerId && random.fraction() < 0.7) await process.offers.accept(actor, offerId, new Date());
            else if (offerId) await process.offers.decline(actor, offerId, new Date());
          } else
            await db.query(
              `UPDATE agent_states SET status = :status::text::agent_status, last_status_set = now()
               WHERE agent_id = :agentId::uuid`,
              { agentId, status: random.pick(["active", "active", "away", "offline"]) },
            );
          done++;
        } catch (error) {
          if (!isApiError(error)) unexpected.push(error);
        }
      }
    }

    const seen: unknown[] = [];
    const watch = async () => {
      while (isTime()) {
        seen.push(...(await faults(workspaceId)));
        await sleep(40);
      }
    };
    await Promise.all([...Array.from({ length: 8 }, (_, number) => write(number)), watch()]);
    expect(unexpected).toEqual([]);
    expect(seen).toEqual([]);
    expect(done).toBeGreaterThan(200);
    await sleep(1_000);
    expect(await unserved(workspaceId, agents)).toEqual([]);
    await Promise.all(processes.map(({ loop }) => loop.stop()));
    expect(await faults(workspaceId)).toEqual([]);
    expect(processes.flatMap(({ errors }) => errors)).toEqual([]);
    expect(await countOf(workspaceId, "c.state = 'assigned'")).toBeGreaterThan(0);
  });
});

describe("an offer", () => {
  it("is accepted once, or expires", async () => {
    const routing = await makeRouting(db, { messaging: 1, email: 1 });
    const { workspaceId } = routing;
    await routing.agents(30);
    const queueId = await routing.queue({ offerMode: "accept", offerTimeout: 10 });
    await routing.conversations(
      Array.from({ length: 30 }, (_, index) => ({ queueId, queuedAt: start - index })),
    );
    await makeRun(db, () => start)(workspaceId);
    const offers = await db.query<{ id: string; conversationId: string }>(
      `SELECT id, conversation_id AS "conversationId" FROM offers WHERE workspace_id = :workspaceId::uuid`,
      { workspaceId },
    );
    expect(offers).toHaveLength(30);
    const { offers: service } = services(db, { wake: () => undefined });
    const { offers: other } = services(second, { wake: () => undefined });
    const before = new Date(start + 9_999);
    const accept = async (id: string, by: typeof service) => {
      await sleep(Math.random() * 60);
      return await by.accept(supervisor(workspaceId), id, before).then(
        () => true,
        (error) => {
          if (isApiError(error)) return false;
          throw error;
        },
      );
    };
    const runs = [makeRun(db, () => start + 10_000), makeRun(second, () => start + 10_000)];
    const expiring = Promise.all(runs.map((run, index) => sleep(20 + index).then(() => run(workspaceId))));
    const accepted = await Promise.all(
      offers.map(
        async ({ id }) =>
          (await Promise.all([accept(id, service), accept(id, other)])).filter(Boolean).length,
      ),
    );
    await expiring;
    const states = await db.query<{ id: string; state: string; assigned: boolean }>(
      `SELECT o.id, o.state::text AS state, c.state = 'assigned' AND c.agent_id = o.agent_id AS assigned
       FROM offers o JOIN conversations c ON c.workspace_id = o.workspace_id AND c.id = o.conversation_id
       WHERE o.workspace_id = :workspaceId::uuid AND o.created_at = :at::timestamptz`,
      { workspaceId, at: new Date(start) },
    );
    for (const [index, { id }] of offers.entries()) {
      const row = states.find((one) => one.id === id);
      expect(accepted[index]).toBe(row?.state === "accepted" ? 1 : 0);
      if (row?.state === "accepted") expect(row.assigned).toBe(true);
      else expect(row).toMatchObject({ state: "expired", assigned: false });
    }
    expect(await faults(workspaceId)).toEqual([]);
  });
});

describe("a person's decision", () => {
  it("beats the matcher", async () => {
    const routing = await makeRouting(db, { messaging: 5, email: 5 });
    const { workspaceId } = routing;
    const [one = "", other = ""] = await routing.agents(2);
    const queueId = await routing.queue();
    const [id = "", free = ""] = await routing.conversations([
      { queueId, queuedAt: start - 2, preferredAgentId: other },
      { queueId, queuedAt: start - 1 },
    ]);
    const runs: Promise<unknown>[] = [];
    await db.transaction(async () => {
      await db.query(
        `UPDATE conversations SET state = 'assigned', agent_id = :one::uuid, assigned_at = now() WHERE id = :id::uuid`,
        { id, one },
      );
      // The agent's state is locked too, so the other conversation waits for this commit.
      runs.push(makeRun(second, () => start)(workspaceId));
      await sleep(100);
      expect(await countOf(workspaceId, `c.id = '${id}' AND c.agent_id = '${one}'`)).toBe(1);
    });
    await Promise.all(runs);
    await makeRun(db, () => start)(workspaceId);
    expect(await countOf(workspaceId, `c.id = '${id}' AND c.agent_id = '${one}'`)).toBe(1);
    expect(await countOf(workspaceId, `c.id = '${free}' AND c.state = 'assigned'`)).toBe(1);
    const decisions = await db.query("SELECT 1 FROM routing_decisions WHERE conversation_id = :id::uuid", {
      id,
    });
    expect(decisions).toEqual([]);
  });
});

/**
 * At the commit of each automatic decision, notes what is more urgent and could have had the agent, but still waits.
 * What was queued within the last 3 seconds may be unknown to the run.
 */
const overtakenText = `
  CREATE TABLE overtaken AS SELECT conversation_id AS waiting, conversation_id AS placed, at FROM routing_decisions LIMIT 0;
  CREATE FUNCTION note_overtaken() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO overtaken
    SELECT a.id, NEW.conversation_id, NEW.at
    FROM conversations b JOIN routing_queues bq ON bq.workspace_id = b.workspace_id AND bq.id = b.queue_id
    JOIN conversations a ON a.workspace_id = b.workspace_id AND a.state = 'queued' AND a.channel = b.channel
    JOIN routing_queues aq ON aq.workspace_id = a.workspace_id AND aq.id = a.queue_id
    WHERE NEW.kind = 'automatic' AND b.workspace_id = NEW.workspace_id AND b.id = NEW.conversation_id
      AND a.updated_at < NEW.at - interval '3 s'
      AND NOT NEW.agent_id = ANY(a.excluded_agent_ids)
      AND NOT EXISTS (SELECT 1 FROM jsonb_array_elements(a.required_skills) r WHERE NOT EXISTS (
        SELECT 1 FROM agent_skills k WHERE k.workspace_id = a.workspace_id AND k.agent_id = NEW.agent_id
          AND k.skill_id = (r ->> 'skillId')::uuid))
      AND (SELECT bool_and((1 + a.priority + aq.priority) * extract(epoch FROM t.at - a.queued_at) / aq.target_seconds
          > (1 + b.priority + bq.priority) * greatest(0, extract(epoch FROM t.at - b.queued_at)) / bq.target_seconds)
        FROM (VALUES (NEW.at), (NEW.at - interval '3 s')) t(at));
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER note_overtaken AFTER INSERT ON routing_decisions DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION note_overtaken()`;

describe("urgency", () => {
  beforeAll(async () => {
    for (const text of overtakenText.split(/;\s*(?=CREATE (?:FUNCTION|CONSTRAINT))/)) await db.query(text);
  });
  afterAll(async () => {
    await db.query("DROP TRIGGER note_overtaken ON routing_decisions");
    await db.query("DROP FUNCTION note_overtaken");
    await db.query("DROP TABLE overtaken");
  });

  it("is what decides who comes first, with two matchers among six writers", async () => {
    const routing = await makeRouting(db, { messaging: 2, email: 1 });
    const { workspaceId } = routing;
    const [skill] = (await routing.skills(1)) as [SkillId];
    const agents = await routing.agents(10, (index) =>
      index % 2 === 0 ? { skills: [{ skillId: skill, valueIds: [] }] } : {},
    );
    const queues = [
      await routing.queue({ priority: 20, targetSeconds: 60 }),
      await routing.queue({ priority: 80, targetSeconds: 30, strategy: "longestIdle" }),
    ];
    // More than one batch waits from the beginning.
    await routing.conversations(
      Array.from({ length: 160 }, (_, index) => ({
        queueId: queues[index % 2] ?? "",
        priority: (index * 37) % 100,
        requiredSkills: index % 3 === 0 ? [{ skillId: skill, valueIds: [] }] : [],
        queuedAt: Date.now() - 5_000 - index * 50,
      })),
    );
    const processes = [db, second].map((database) => {
      const { matcher, errors, keepMatching } = matching(database);
      return { ...services(database, matcher), loop: keepMatching(), errors };
    });
    const actor = supervisor(workspaceId);
    const until = performance.now() + 5_000;
    const unexpected: unknown[] = [];

    async function write(number: number): Promise<void> {
      const random = createRandom(number + 70);
      const process = processes[number % 2];
      if (!process) throw new Error("no process");
      while (performance.now() < until) {
        const dice = random.fraction();
        try {
          if (dice < 0.4)
            await process.conversations.create(
              actor,
              {
                externalId: newId(),
                channel: "messaging",
                queueId: random.pick(queues) as QueueId,
                priority: Math.floor(random.fraction() * 100),
                requiredSkills: random.chance(0.3) ? [{ skillId: skill, valueIds: [] }] : [],
              },
              new Date(),
            );
          else if (dice < 0.9) {
            const [held] = await db.query<{ id: string }>(
              `SELECT id FROM conversations WHERE workspace_id = :workspaceId::uuid AND state = 'assigned'
               ORDER BY random() LIMIT 1`,
              { workspaceId },
            );
            if (held && dice < 0.8) await process.conversations.close(actor, held.id, new Date());
            else if (held)
              await process.conversations.requeue(actor, held.id, { exclude: dice < 0.85 }, new Date());
          } else
            await db.query(
              `UPDATE agent_states SET status = :status::text::agent_status, last_status_set = now()
               WHERE agent_id = :agentId::uuid`,
              { agentId: random.pick(agents), status: random.pick(["active", "active", "away"]) },
            );
        } catch (error) {
          if (!isApiError(error)) unexpected.push(error);
        }
        await sleep(5 + random.fraction() * 15);
      }
    }

    await Promise.all(Array.from({ length: 6 }, (_, number) => write(number)));
    await Promise.all(processes.map(({ loop }) => loop.stop()));
    expect(unexpected).toEqual([]);
    expect(processes.flatMap(({ errors }) => errors)).toEqual([]);
    const [decided] = await db.query<{ count: number; waited: number }>(
      `SELECT count(*)::int AS count, max(extract(epoch FROM d.at - c.queued_at))::float AS waited
       FROM routing_decisions d JOIN conversations c ON c.workspace_id = d.workspace_id AND c.id = d.conversation_id
       WHERE d.workspace_id = :workspaceId::uuid AND d.kind = 'automatic'`,
      { workspaceId },
    );
    expect(decided?.count).toBeGreaterThan(20);
    expect(decided?.waited).toBeGreaterThan(1);
    // Somebody was changing those that have an event of that moment, so that the run left them out.
    const overtaken = await db.query(
      `SELECT o.* FROM overtaken o JOIN conversations a ON a.id = o.waiting
       WHERE a.workspace_id = :workspaceId::uuid AND NOT EXISTS (SELECT 1 FROM events e
         WHERE e.workspace_id = a.workspace_id AND e.resource_id = a.id
           AND e.occurred_at BETWEEN o.at - interval '3 s' AND o.at + interval '1 s')`,
      { workspaceId },
    );
    expect(overtaken).toEqual([]);
  });
});

describe("hours and presence", () => {
  it("that change while two matchers work give nobody work who is closed", async () => {
    const routing = await makeRouting(db, { messaging: 1_000, email: 1 });
    const { workspaceId } = routing;
    const queueId = await routing.queue();
    await db.query(
      `INSERT INTO availability_policies (workspace_id, presence, enforce_hours, allow, updated_at)
       VALUES (:workspaceId::uuid, 'gate', true, '{"absent": ["email"]}', now())`,
      { workspaceId },
    );
    const week = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    const always = Object.fromEntries(week.map((day) => [day, { from: 0, to: 0 }]));
    const later = { [week[(new Date().getUTCDay() + 2) % 7] ?? ""]: { from: 720, to: 721 } };
    const people = Array.from({ length: 6 }, () => ({
      userId: newId(),
      agentId: newId<AgentId>(),
      sessionId: newId(),
      /** Who was open, as far as writers know: each change with when it began and when it had committed. */
      changes: [] as { began: number; ended: number; fact: "hours" | "presence"; isOpen: boolean }[],
    }));
    const long = new Date(Date.now() - 60_000);
    await insertRows(
      db.query,
      combineRows(
        people.map(({ userId, agentId, sessionId }) =>
          combineRows([
            makePerson({ id: userId }),
            makeMembership({ workspaceId, userId }),
            makeAgent(
              { workspaceId, id: agentId, userId, timezone: "UTC", weeklySchedule: always },
              { status: "active" },
            ),
            {
              presenceSessions: [
                {
                  workspaceId,
                  id: sessionId,
                  agentId,
                  device: "desktop",
                  visible: true,
                  lastInputAt: long,
                  startedAt: long,
                  lastSeenAt: long,
                  endsAt: new Date(Date.now() + 600_000),
                },
              ],
            },
          ]),
        ),
      ),
    );
    const processes = [db, second].map((database) => {
      const { matcher, errors, keepMatching } = matching(database);
      return { ...services(database, matcher), loop: keepMatching(), errors };
    });
    const actor = supervisor(workspaceId);
    const until = performance.now() + 5_000;

    async function change(person: (typeof people)[number], number: number): Promise<void> {
      const random = createRandom(number + 500);
      const { agentId, sessionId, changes } = person;
      while (performance.now() < until) {
        const fact = random.pick(["hours", "presence"] as const);
        const isOpen = random.chance(0.6);
        const began = Date.now();
        if (fact === "hours")
          await db.query(
            `UPDATE agents SET schedule = :schedule::text::jsonb WHERE workspace_id = :workspaceId::uuid
               AND id = :agentId::uuid`,
            { workspaceId, agentId, schedule: JSON.stringify(toOnlyVersion(isOpen ? always : later)) },
          );
        else
          await db.query(
            `UPDATE presence_sessions SET ends_at = clock_timestamp() + :seconds::int * interval '1 s'
             WHERE workspace_id = :workspaceId::uuid AND id = :sessionId::uuid`,
            { workspaceId, sessionId, seconds: isOpen ? 600 : -1 },
          );
        changes.push({ began, ended: Date.now(), fact, isOpen });
        await sleep(50 + random.fraction() * 250);
      }
    }

    async function report(number: number): Promise<void> {
      while (performance.now() < until) {
        const process = processes[number % 2];
        await process?.conversations.create(
          actor,
          {
            externalId: newId(),
            channel: "messaging",
            queueId: queueId as QueueId,
            priority: 50,
            requiredSkills: [],
          },
          new Date(),
        );
        await sleep(10);
      }
    }

    await Promise.all([...people.map(change), report(0), report(1)]);
    await Promise.all(processes.map(({ loop }) => loop.stop()));
    expect(processes.flatMap(({ errors }) => errors)).toEqual([]);
    const decisions = await db.query<{ agentId: string; at: Date }>(
      `SELECT agent_id AS "agentId", at FROM routing_decisions WHERE workspace_id = :workspaceId::uuid`,
      { workspaceId },
    );
    /** Whether a fact closed the agent at a time; undefined while it was being changed. */
    function wasOpen(
      person: (typeof people)[number],
      fact: "hours" | "presence",
      at: number,
    ): boolean | undefined {
      const changes = person.changes.filter((one) => one.fact === fact);
      // The verdict is read just after the decision's instant.
      if (changes.some(({ began, ended }) => began <= at + 100 && ended >= at - 5)) return undefined;
      return changes.findLast(({ ended }) => ended < at)?.isOpen ?? true;
    }
    const verdicts = decisions.flatMap(({ agentId, at }) => {
      const person = people.find((one) => one.agentId === agentId);
      if (!person) throw new Error("no person");
      return (["hours", "presence"] as const).map((fact) => ({
        fact,
        agentId,
        isOpen: wasOpen(person, fact, new Date(at).getTime()),
      }));
    });
    expect(verdicts.filter(({ isOpen }) => isOpen === false)).toEqual([]);
    for (const fact of ["hours", "presence"] as const)
      expect(verdicts.filter((one) => one.fact === fact && one.isOpen).length).toBeGreaterThan(5);
    expect(await faults(workspaceId)).toEqual([]);
  });
});

describe("kill -9", () => {
  it("of a process that matches loses nothing and doubles nothing", async () => {
    const routing = await makeRouting(db, { messaging: 1_000, email: 1 });
    const { workspaceId } = routing;
    await routing.agents(20);
    const queueId = await routing.queue();
    const waiting = (count: number) =>
      routing.conversations(
        Array.from({ length: count }, (_, index) => ({ queueId, queuedAt: Date.now() - index })),
      );
    for (let round = 0; round < 2; round++) {
      await waiting(1_000);
      const child = spawn(
        process.execPath,
        ["--import", "tsx", "lib/testing/match-forever.ts", workspaceId],
        { stdio: ["ignore", "pipe", "inherit"] },
      );
      await once(child.stdout, "data");
      const before = await countOf(workspaceId, "c.state = 'assigned'");
      while ((await countOf(workspaceId, "c.state = 'assigned'")) < before + 200) {
        expect(child.exitCode).toBe(null);
        await sleep(5);
      }
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
      expect(await faults(workspaceId)).toEqual([]);
    }
    const left = await countOf(workspaceId, "c.state = 'queued'");
    expect(left).toBeGreaterThan(0);
    // Another process finds what was left by itself.
    const { errors, keepMatching } = matching(second);
    const loop = keepMatching();
    await expect.poll(() => countOf(workspaceId, "c.state = 'queued'")).toBe(0);
    await loop.stop();
    expect(errors).toEqual([]);
    expect(await countOf(workspaceId, "c.state = 'assigned'")).toBe(2_000);
    expect(await faults(workspaceId)).toEqual([]);
    const [decided] = await db.query<{ all: number; once: number }>(
      `SELECT count(*)::int AS all, count(DISTINCT conversation_id)::int AS once FROM routing_decisions
       WHERE workspace_id = :workspaceId::uuid`,
      { workspaceId },
    );
    expect(decided).toEqual({ all: 2_000, once: 2_000 });
  });
});

describe("a thousand agents whose hours begin at 9", () => {
  it("get one conversation each per ramp step, in the order of urgency, and none over capacity", async () => {
    const routing = await makeRouting(db, { messaging: 2, email: 2 });
    const { workspaceId } = routing;
    const hours = { from: 9 * 60, to: 17 * 60 };
    await insertRows(
      db.query,
      combineRows(
        Array.from({ length: 1_000 }, () => {
          const userId = newId();
          return combineRows([
            makePerson({ id: userId }),
            makeMembership({ workspaceId, userId }),
            makeAgent(
              { workspaceId, userId, weeklySchedule: { monday: hours, tuesday: hours } },
              { status: "active" },
            ),
          ]);
        }),
      ),
    );
    const queueId = await routing.queue({ rampSeconds: 60, targetSeconds: 60 });
    const waiting = (count: number, at: number) =>
      routing.conversations(
        Array.from({ length: count }, (_, index) => ({
          queueId,
          queuedAt: at - index * 100,
          priority: index % 3,
        })),
      );
    await waiting(400, start - 600_000);
    let now = start - 45_000;
    const run = makeRun(db, () => now);
    const most = async () => {
      const [row] = await db.query<{ most: number }>(
        `SELECT max(messaging_count) AS most FROM agent_states WHERE workspace_id = :workspaceId::uuid`,
        { workspaceId },
      );
      return row?.most;
    };
    await run(workspaceId);
    expect(await countOf(workspaceId, "c.state = 'queued'")).toBe(400);
    now = start;
    await run(workspaceId);
    expect(await countOf(workspaceId, "c.state = 'queued'")).toBe(0);
    expect(await most()).toBe(1);
    await waiting(1_000, start - 1_000);
    await run(workspaceId);
    expect(await countOf(workspaceId, "c.state = 'queued'")).toBe(400);
    // What waits is less urgent than all that was given a seat.
    const [urgency] = await db.query<{ waiting: number; placed: number }>(
      `SELECT max(u) FILTER (WHERE state = 'queued')::float AS waiting, min(u) FILTER (WHERE state = 'assigned')::float AS placed
       FROM (SELECT state, (51 + priority) * extract(epoch FROM :now::timestamptz - queued_at) / 60 AS u
         FROM conversations WHERE workspace_id = :workspaceId::uuid) c`,
      { workspaceId, now: new Date(now) },
    );
    expect(urgency?.waiting).toBeLessThanOrEqual(urgency?.placed ?? 0);
    now = start + 59_999;
    await run(workspaceId);
    expect(await countOf(workspaceId, "c.state = 'queued'")).toBe(400);
    now = start + 60_000;
    await run(workspaceId);
    expect(await countOf(workspaceId, "c.state = 'queued'")).toBe(0);
    expect(await most()).toBe(2);
    expect(await faults(workspaceId)).toEqual([]);
  });
});
