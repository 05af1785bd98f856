import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { createEffectiveService } from "@/lib/availability/effective/server/service";
import { createDatabase, type Database } from "@/lib/platform/database/db";
import { createPageTokens } from "@/lib/platform/http/server/page-token";
import { type AuthorizedWorkspaceId, newId, type UserId } from "@/lib/platform/ids";
import { createSecrets } from "@/lib/platform/security/secrets";
import { createExplainService } from "@/lib/routing/matching/server/explain";
import { createExplainRepository } from "@/lib/routing/matching/server/explain-repository";
import { makeEffective } from "@/lib/testing/hours";
import { makeDelegates, makeRun } from "@/lib/testing/routing";
import { connect, withDatabase } from "../scripts/database/connection";
import type { Lifetime } from "../scripts/lifetime";
import { Connection, encode } from "./client";
import type { BenchServer } from "./databases";
import { type Subject, subjectOf } from "./dataset";
import { startProduct } from "./targets";

const host = "127.0.0.1";
const say = (line: string) => console.log(line);
const workspaceIdOf = (subject: Subject) => subject.workspaceId as AuthorizedWorkspaceId;
const queues = 4;
const skillsPerAgent = 3;
/** Conversations that an agent takes per channel. */
const capacity = 4;

/** Limits that the results must meet. */
const goals = { decisions: 2_000, p99: 250 };
const held = (isHeld: boolean) => (isHeld ? "holds" : "MISSED");

/**
 * Copies a data set, makes all agents available, and gives the workspace this many skills and four queues.
 */
async function openDesk(server: BenchServer, agents: number, skills: number): Promise<string> {
  const source = await server.open({ agents, workspaces: 1 });
  const name = `rollcall_bench_routing_${agents}`;
  const root = await connect(source);
  try {
    await root.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  } finally {
    await root.end();
  }
  const other = await connect(withDatabase(source, "postgres"));
  try {
    await other.query(`CREATE DATABASE ${name} TEMPLATE ${new URL(source).pathname.slice(1)}`);
  } finally {
    await other.end();
  }
  const url = withDatabase(source, name);
  const client = await connect(url);
  try {
    await prepare(client, skills);
  } finally {
    await client.end();
  }
  return url;
}

async function prepare(client: pg.Client, skills: number): Promise<void> {
  for (const statement of [
    "UPDATE agents SET schedule = NULL, holidays = '[]', wrap_up_time = 0",
    `UPDATE agent_states SET status = 'active', activity = 'available', activity_expires_at = NULL, activity_text = NULL,
       messaging_count = 0, email_count = 0, assigned_count = 0, capacity_rule_id = NULL`,
    `UPDATE capacity_rules SET messaging_capacity = ${capacity}, email_capacity = ${capacity}`,
    "DELETE FROM skills",
    `INSERT INTO skills (workspace_id, id, name, name_key, value_type, created_at, updated_at)
     SELECT w.id, gen_random_uuid(), 'Skill ' || n, 'skill ' || n, 'single', now(), now()
     FROM workspaces w, generate_series(1, ${skills}) n`,
    `INSERT INTO agent_skills (workspace_id, agent_id, skill_id, position)
     SELECT a.workspace_id, a.id, s.id, k
     FROM (SELECT workspace_id, id, row_number() OVER (ORDER BY id) AS nth FROM agents) a
     CROSS JOIN generate_series(1, ${skillsPerAgent}) k
     JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS nth FROM skills) s
       ON s.nth = (a.nth * 7 + k * 11) % ${skills}`,
    `INSERT INTO routing_queues (workspace_id, id, name, offer_mode, created_at, updated_at)
     SELECT w.id, gen_random_uuid(), 'Queue ' || n,
       CASE WHEN n % 2 = 0 THEN 'accept' ELSE 'auto' END::offer_mode, now(), now()
     FROM workspaces w, generate_series(1, ${queues}) n`,
    "VACUUM (ANALYZE)",
  ])
    await client.query(statement);
}

interface Ids {
  queues: string[];
  skills: string[];
}

async function idsOf(db: Database): Promise<Ids> {
  const read = async (table: string) => {
    const rows = await db.query<{ id: string }>(`SELECT id FROM ${table} ORDER BY created_at, id`);
    return rows.map(({ id }) => id);
  };
  return { queues: await read("routing_queues"), skills: await read("skills") };
}

/**
 * Measures the matcher alone, including the database: batches of waiting conversations that require one skill
 * each.
 */
export async function benchMatcher(
  lifetime: Lifetime,
  server: BenchServer,
  { agents, skills, waiting }: { agents: number; skills: number; waiting: number },
): Promise<void> {
  const db = createDatabase(await openDesk(server, agents, skills), 4, () => undefined);
  lifetime.onEnd(() => db.close());
  const workspaceId = workspaceIdOf(subjectOf({ agents, workspaces: 1 }));
  await db.query(
    `INSERT INTO conversations (workspace_id, id, external_id, channel, queue_id, required_skills, state, queued_at,
       created_at, updated_at)
     SELECT :workspaceId::uuid, gen_random_uuid(), 'bench ' || n, 'messaging',
       (:queues::uuid[])[1 + n % cardinality(:queues::uuid[])],
       jsonb_build_array(jsonb_build_object('skillId', (:skills::uuid[])[1 + n % cardinality(:skills::uuid[])],
         'valueIds', '[]'::jsonb)),
       'queued', now() - n * interval '10 milliseconds', now(), now()
     FROM generate_series(1, :waiting::int) n`,
    { workspaceId, waiting, ...(await idsOf(db)) },
  );
  await timeExplanations(db, workspaceId);
  const run = makeRun(db);
  const began = performance.now();
  while ((await run(workspaceId)) === "again") lifetime.check();
  const seconds = (performance.now() - began) / 1000;
  const [row] = await db.query<{ placed: number }>(
    "SELECT count(*)::int AS placed FROM conversations WHERE workspace_id = :workspaceId::uuid AND state <> 'queued'",
    { workspaceId },
  );
  const placed = row?.placed ?? 0;
  const perSecond = placed / seconds;
  say(
    `${placed} of ${waiting} conversations to ${agents} agents with ${skills} skills in ${seconds.toFixed(1)} s: ` +
      `${Math.round(perSecond)} decisions a second (goal ${goals.decisions}): ${held(perSecond >= goals.decisions)}`,
  );
}

/**
 * Measures how long it takes to explain a conversation that requires one skill, and one that all agents can
 * take.
 */
async function timeExplanations(db: Database, workspaceId: AuthorizedWorkspaceId): Promise<void> {
  const service = createExplainService({
    repository: createExplainRepository(db, "http://127.0.0.1"),
    effective: createEffectiveService({
      db,
      ...makeEffective(db),
      audit: { record: async () => undefined },
    }),
    delegates: makeDelegates(db),
    pageTokens: createPageTokens(createSecrets(randomUUID())),
  });
  const actor = {
    kind: "user" as const,
    id: newId<UserId>(),
    name: "Robin",
    via: "session" as const,
    workspaceId,
    permissions: new Set<never>(),
    agentId: undefined,
  };
  const [one] = await db.query<{ id: string }>("SELECT id FROM conversations LIMIT 1");
  if (!one) throw new Error("no conversation waits");
  const measure = async () => {
    const took: number[] = [];
    let matching = 0;
    for (let nth = 0; nth < 11; nth++) {
      const began = performance.now();
      matching = (await service.conversation(actor, one.id, new Date())).steps[0]?.matching ?? 0;
      took.push(performance.now() - began);
    }
    say(`explaining a conversation for ${matching} agents takes ${at(took, 0.5)} ms`);
  };
  await measure();
  const before = await db.query<{ skills: unknown }>(
    "SELECT required_skills AS skills FROM conversations WHERE id = :id::uuid",
    { id: one.id },
  );
  const set = (skills: unknown) =>
    db.query("UPDATE conversations SET required_skills = :skills::text::jsonb WHERE id = :id::uuid", {
      id: one.id,
      skills: JSON.stringify(skills),
    });
  await set([]);
  await measure();
  await set(before[0]?.skills ?? []);
}

function at(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN);
}

/**
 * Measures the time from queuing a conversation through the API until another database connection sees its
 * assignment or offer. Conversations arrive at a steady rate.
 */
export async function benchArrivals(
  lifetime: Lifetime,
  server: BenchServer,
  { agents, skills, rate, seconds }: { agents: number; skills: number; rate: number; seconds: number },
): Promise<void> {
  const databaseUrl = await openDesk(server, agents, skills);
  const subject = subjectOf({ agents, workspaces: 1 });
  const product = await startProduct("api", { databaseUrl, subject, lifetime });
  const db = createDatabase(databaseUrl, 2, () => undefined);
  lifetime.onEnd(() => db.close());
  const ids = await idsOf(db);
  const idle = Array.from({ length: 64 }, () => new Connection(host, product.port));
  const queuedAt = new Map<string, number>();
  const delays: number[] = [];
  const took: number[] = [];
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      const rows = await db.query<{ id: string }>(
        `SELECT conversation_id AS id FROM routing_decisions
         WHERE at > now() - interval '3 seconds' AND workspace_id = :workspaceId::uuid`,
        { workspaceId: subject.workspaceId },
      );
      const seen = Date.now();
      for (const { id } of rows) {
        const at = queuedAt.get(id);
        if (at === undefined) continue;
        queuedAt.delete(id);
        delays.push(seen - at);
      }
      await sleep(5);
    }
  })();
  const report = async (nth: number): Promise<void> => {
    const connection = idle.pop();
    if (!connection) throw new Error("all connections are busy: the server is too slow for this rate");
    const body = {
      externalId: randomUUID(),
      channel: "messaging",
      queueId: ids.queues[nth % ids.queues.length],
      requiredSkills: [{ skillId: ids.skills[nth % ids.skills.length] }],
    };
    const sent = performance.now();
    const { status, body: answer } = await connection.send(
      encode(host, {
        method: "POST",
        path: `/api/workspaces/${subject.workspaceId}/inbox/conversations`,
        headers: { Authorization: `AccessKey ${subject.key}`, "Content-Type": "application/json" },
        body: JSON.stringify(body),
        status: 201,
      }),
    );
    took.push(performance.now() - sent);
    idle.push(connection);
    if (status !== 201) throw new Error(`the server answered ${status}: ${answer}`);
    const made: { id: string; queuedAt: string } = JSON.parse(answer.toString());
    queuedAt.set(made.id, Date.parse(made.queuedAt));
  };
  // The first conversations load code and prepare statements.
  const warmUp = 2 * rate;
  const total = warmUp + rate * seconds;
  const sending: Promise<void>[] = [];
  const began = performance.now();
  for (let nth = 0; nth < total; nth++) {
    const early = began + (nth / rate) * 1000 - performance.now();
    if (early > 0) await sleep(early);
    lifetime.check();
    if (nth === warmUp) {
      delays.length = 0;
      took.length = 0;
    }
    sending.push(report(nth));
  }
  await Promise.all(sending);
  await sleep(2_000);
  isOver = true;
  await watching;
  const p99 = at(delays, 0.99);
  say(
    `${rate} conversations a second for ${seconds} s, ${agents} agents: created in p50 ${at(took, 0.5)} ms, p99 ${at(took, 0.99)} ms; ` +
      `queued to offered or assigned p50 ${at(delays, 0.5)} ms, p99 ${p99} ms (goal ${goals.p99} ms): ${held(p99 <= goals.p99)}` +
      `${queuedAt.size > 0 ? `; ${queuedAt.size} still wait` : ""}`,
  );
}
