import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { createPresenceRepository } from "@/lib/availability/presence/server/repository";
import { createPresenceService } from "@/lib/availability/presence/server/service";
import { createDatabase, type Database } from "@/lib/platform/database/db";
import {
  type AgentId,
  type AuthorizedWorkspaceId,
  newId,
  type PresenceSessionId,
  type UserId,
} from "@/lib/platform/ids";
import { Lifetime } from "../scripts/lifetime";
import { ensureGenerated } from "../scripts/project/prepare";
import { openBenchServer } from "./databases";
import { cpu, family, used } from "./processes";
import { wholeNumber } from "./setup";

const say = (line: string) => console.log(line);
/** Seconds between two heartbeats of a session, and rows in one statement. */
const interval = 60;
const batch = 1_000;
/** Server connections, and agents who come back at the same time. */
const connections = 16;
const reconnects = 3_000;

interface SessionRow {
  workspaceId: AuthorizedWorkspaceId;
  agentId: AgentId;
  id: PresenceSessionId;
}

/**
 * `npm run bench -- presence`: measures PostgreSQL under the heartbeats of two sessions per agent, one sweep
 * without work, and 3,000 agents who come back at the same time. Options: `--agents` (100,000), `--seconds` (20).
 */
export async function benchPresence(words: string[]): Promise<void> {
  const { values } = parseArgs({
    args: words,
    options: {
      agents: { type: "string", default: "100000" },
      seconds: { type: "string", default: "20" },
    },
  });
  const agents = wholeNumber("agents", values.agents);
  const seconds = wholeNumber("seconds", values.seconds);
  await Lifetime.of(async (lifetime) => {
    await ensureGenerated(say, lifetime.signal);
    const server = await openBenchServer(lifetime, say);
    const db = createDatabase(await server.open({ agents, workspaces: 1 }), connections, () => undefined);
    lifetime.onEnd(() => db.close());
    const sessions = await openSessions(db);
    lifetime.check();
    await beatAll(db, sessions, seconds, server.pid);
    await measureSweep(db);
    await reconnect(db);
  });
}

/** Gives each agent two sessions, and returns them in random order. */
async function openSessions(db: Database): Promise<SessionRow[]> {
  await db.query("TRUNCATE presence_sessions, agent_presence");
  await db.query(
    `INSERT INTO presence_sessions (workspace_id, id, agent_id, device, visible, last_input_at, started_at, last_seen_at, ends_at)
     SELECT workspace_id, gen_random_uuid(), id, 'desktop', true, now(), now(), now(), now() + interval '1 day'
     FROM agents CROSS JOIN generate_series(1, 2)`,
  );
  await db.query(
    `INSERT INTO agent_presence (workspace_id, agent_id, state, since) SELECT workspace_id, id, 'present', now() FROM agents`,
  );
  await db.query("ANALYZE presence_sessions");
  return await db.query<SessionRow>(
    `SELECT workspace_id AS "workspaceId", agent_id AS "agentId", id FROM presence_sessions ORDER BY random()`,
  );
}

async function beatAll(
  db: Database,
  sessions: readonly SessionRow[],
  seconds: number,
  pid: number | undefined,
): Promise<void> {
  const repository = createPresenceRepository(db);
  const perSecond = sessions.length / interval;
  const pause = (batch / perSecond) * 1000;
  const took: number[] = [];
  const before = pid === undefined ? new Map() : cpu(family(pid));
  const counted = await hotUpdates(db);
  const began = performance.now();
  for (let from = 0, due = began; performance.now() - began < seconds * 1000; from += batch, due += pause) {
    const early = due - performance.now();
    if (early > 0) await sleep(early);
    const rows = Array.from({ length: batch }, (_, index) => sessions[(from + index) % sessions.length]);
    const sent = performance.now();
    const results = await repository.beat(
      rows.flatMap((row, index) =>
        row ? [{ ...row, device: "desktop" as const, visible: true, input: index % 2 === 0 }] : [],
      ),
    );
    took.push(performance.now() - sent);
    if (results.includes(undefined)) throw new Error("a heartbeat found no session");
  }
  const elapsed = performance.now() - began;
  // PostgreSQL updates its statistics with a delay of one second.
  await sleep(1_500);
  const after = await hotUpdates(db);
  const beats = took.length * batch;
  say(
    `${Math.round(beats / (elapsed / 1000))} heartbeats a second, ${batch} a statement, for ${Math.round(elapsed / 1000)} s`,
  );
  const sorted = took.toSorted((one, other) => one - other);
  const at = (share: number) => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(0);
  say(`a statement takes ${at(0.5)} ms (p50), ${at(0.95)} ms (p95)`);
  say(
    `updates without index changes: ${(((after.hot - counted.hot) / (after.all - counted.all)) * 100).toFixed(1)} %`,
  );
  if (pid === undefined) return say("The CPU of PostgreSQL is measured only for the embedded one.");
  const micros = used(before, cpu(family(pid)));
  say(`PostgreSQL uses ${((micros / 1000 / elapsed) * 100).toFixed(1)} % of a core`);
}

async function hotUpdates(db: Database): Promise<{ all: number; hot: number }> {
  const [row] = await db.query<{ all: number; hot: number }>(
    `SELECT n_tup_upd::int AS all, n_tup_hot_upd::int AS hot FROM pg_stat_user_tables WHERE relname = 'presence_sessions'`,
  );
  return row ?? { all: 0, hot: 0 };
}

async function measureSweep(db: Database): Promise<void> {
  const began = performance.now();
  await createPresenceRepository(db).due();
  say(`looking for expired sessions takes ${(performance.now() - began).toFixed(0)} ms`);
}

async function reconnect(db: Database): Promise<void> {
  const rows = await db.query<Omit<SessionRow, "id">>(
    `SELECT workspace_id AS "workspaceId", id AS "agentId" FROM agents LIMIT ${reconnects}`,
  );
  await db.query("TRUNCATE presence_sessions, agent_presence");
  const service = createPresenceService({
    db,
    repository: createPresenceRepository(db),
    availability: { followPresence: async () => undefined },
    random: Math.random,
  });
  const began = performance.now();
  await Promise.all(
    rows.map(async ({ workspaceId, agentId }) => {
      await sleep(Math.random() * 4_000);
      const actor = {
        kind: "user" as const,
        id: newId<UserId>(),
        name: "Robin",
        via: "session" as const,
        workspaceId,
        permissions: new Set<never>(),
        agentId,
      };
      await service.beat(actor, "me", newId(), { device: "desktop", visible: true, input: true });
    }),
  );
  say(`${rows.length} new sessions without an error in ${((performance.now() - began) / 1000).toFixed(1)} s`);
}
