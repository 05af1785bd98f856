import type { Question } from "@/lib/availability/effective/server/verdict.sql";
import type { Channel } from "@/lib/availability/effective/values";
import type { Database } from "@/lib/platform/database/db";
import { type AuthorizedWorkspaceId, newId } from "@/lib/platform/ids";
import type { Placement } from "@/lib/routing/matching/placement";
import type { PoolAgent } from "@/lib/routing/matching/pool";
import type { QueueRules, Waiting } from "@/lib/routing/matching/rules";
import {
  epoch,
  instant,
  poolAgentOf,
  poolStatement,
  type SeatsRow,
  seatsStatement,
} from "@/lib/routing/matching/server/pool.sql";
import type { ReassignOnLeave } from "@/lib/routing/matching/server/settle-repository";
import { stepsOf } from "@/lib/routing/queues/rules";

/** A waiting conversation as read from the database. */
export interface WaitingConversation extends Waiting {
  readonly queue: MatchedQueue;
  /** Changes with each change of the row. */
  readonly version: string;
  /** The recorded step. */
  readonly step: number;
}

/** A queue with additional data for the matcher's writes. */
export interface MatchedQueue extends QueueRules {
  readonly offerTimeout: number;
}

type QueueRow = Omit<MatchedQueue, "steps" | "primaryTeamIds" | "secondaryTeamIds"> & {
  steps: { afterSeconds: number; dropSkills?: boolean }[];
  teams: { kind: "primary" | "step" | "secondary"; step: number; id: string }[];
};

type WaitingRow = Omit<WaitingConversation, "queue" | "asked"> & { queueId: string };

/** Types of events after which a match may be possible. */
const relevantEvents = "^(agent|conversation|offer|queue|team|skill|capacityRule|policy|person)\\.";

/** Maximum number of rows per statement of `removeExpired`. */
const removeLimit = 5_000;

/** Offers `o` that were declined or missed, not those of an earlier wait that ended with an assignment. */
const answeredOfThisWait = `o.state IN ('declined', 'expired')
    AND NOT EXISTS (SELECT 1 FROM offers p WHERE p.workspace_id = o.workspace_id
      AND p.conversation_id = o.conversation_id AND p.state = 'accepted' AND p.settled_at > o.created_at)
    AND NOT EXISTS (SELECT 1 FROM routing_decisions d WHERE d.workspace_id = o.workspace_id
      AND d.conversation_id = o.conversation_id AND d.kind <> 'automatic' AND d.at > o.created_at)`;

/** The agents who have declined or missed offers of conversation `c` since its last assignment, and when. */
export const answered = `SELECT o.agent_id, max(o.settled_at) AS at FROM offers o
  WHERE o.workspace_id = c.workspace_id AND o.conversation_id = c.id AND ${answeredOfThisWait}
  GROUP BY o.agent_id`;

/** The same for many conversations; one subquery per conversation is slow without statistics. */
const answeredText = `
  SELECT o.conversation_id AS id, o.agent_id AS "agentId", ${epoch("max(o.settled_at)")} AS at FROM offers o
  WHERE o.workspace_id = :workspaceId::uuid AND o.conversation_id = ANY(:ids::uuid[]) AND ${answeredOfThisWait}
  GROUP BY o.conversation_id, o.agent_id`;

export function createMatchingRepository(db: Database) {
  return {
    /**
     * Locks the matcher of a workspace until the transaction ends. Returns the position in the event log up
     * to which all events have been written; undefined if another process is matching the workspace, or it
     * was deleted.
     */
    async lock(workspaceId: AuthorizedWorkspaceId, now: number): Promise<string | undefined> {
      const position = "pg_snapshot_xmin(pg_current_snapshot())::text AS position";
      const [row] = await db.query<{ position: string }>(
        `SELECT ${position} FROM routing_matchers WHERE workspace_id = :workspaceId::uuid FOR UPDATE SKIP LOCKED`,
        { workspaceId },
      );
      if (row) return row.position;
      const [made] = await db.query<{ position: string }>(
        `INSERT INTO routing_matchers (workspace_id, next_at)
         SELECT id, ${instant("now")} FROM workspaces WHERE id = :workspaceId::uuid
         ON CONFLICT (workspace_id) DO NOTHING RETURNING ${position}`,
        { workspaceId, now },
      );
      return made?.position;
    },

    /**
     * Sets when to match again without an event. The result of a later run takes precedence. Lock the matcher
     * first.
     */
    async finish(workspaceId: AuthorizedWorkspaceId, position: string, nextAt: number): Promise<void> {
      await db.query(
        `UPDATE routing_matchers SET seen_position = :position::text::bigint,
           next_at = CASE WHEN seen_position < :position::text::bigint THEN ${instant("nextAt")}
             ELSE LEAST(next_at, ${instant("nextAt")}) END
         WHERE workspace_id = :workspaceId::uuid AND seen_position <= :position::text::bigint`,
        { workspaceId, position, nextAt },
      );
    },

    /** Returns the workspaces with queues in which a match may be possible. */
    async due(now: number): Promise<AuthorizedWorkspaceId[]> {
      const rows = await db.query<{ id: AuthorizedWorkspaceId }>(
        `SELECT w.id FROM (SELECT DISTINCT workspace_id AS id FROM routing_queues) w
         LEFT JOIN routing_matchers m ON m.workspace_id = w.id
         WHERE m.workspace_id IS NULL OR m.next_at <= ${instant("now")} OR EXISTS (
           SELECT 1 FROM events e WHERE e.workspace_id = w.id AND e.position >= m.seen_position
             AND e.type ~ :types::text)`,
        { now, types: relevantEvents },
      );
      return rows.map(({ id }) => id);
    },

    async queues(workspaceId: AuthorizedWorkspaceId): Promise<Map<string, MatchedQueue>> {
      const rows = await db.query<QueueRow>(
        `SELECT q.id, q.priority, q.target_seconds AS "targetSeconds", q.strategy::text AS strategy,
           q.offer_mode::text AS "offerMode", q.offer_timeout AS "offerTimeout", q.ramp_seconds AS "rampSeconds", q.steps,
           coalesce((SELECT json_agg(json_build_object('kind', t.kind, 'step', t.step, 'id', t.team_id)
               ORDER BY t.position, t.team_id)
             FROM routing_queue_teams t WHERE t.workspace_id = q.workspace_id AND t.queue_id = q.id), '[]') AS teams
         FROM routing_queues q WHERE q.workspace_id = :workspaceId::uuid`,
        { workspaceId },
      );
      return new Map(rows.map((row) => [row.id, queueOf(row)]));
    },

    async reassignOnLeave(workspaceId: AuthorizedWorkspaceId): Promise<ReassignOnLeave | null> {
      const [row] = await db.query<{ after: ReassignOnLeave | null }>(
        `SELECT reassign_on_leave AS after FROM availability_policies WHERE workspace_id = :workspaceId::uuid`,
        { workspaceId },
      );
      return row?.after ?? null;
    },

    /** Returns all conversations waiting in these queues. */
    async waiting(
      workspaceId: AuthorizedWorkspaceId,
      queues: ReadonlyMap<string, MatchedQueue>,
    ): Promise<WaitingConversation[]> {
      const rows = await db.query<WaitingRow>(
        `SELECT c.id, c.xmin::text AS version, c.channel::text AS channel, c.queue_id AS "queueId", c.priority, c.step,
           c.required_skills AS "requiredSkills", c.preferred_agent_id AS "preferredAgentId",
           c.excluded_agent_ids AS "excludedAgentIds", ${epoch("c.queued_at")} AS "queuedAt"
         FROM conversations c WHERE c.workspace_id = :workspaceId::uuid AND c.state = 'queued'`,
        { workspaceId },
      );
      if (rows.length === 0) return [];
      const asked = new Map<string, { agentId: string; at: number }[]>();
      const answers = await db.query<{ id: string; agentId: string; at: number }>(answeredText, {
        workspaceId,
        ids: rows.map(({ id }) => id),
      });
      for (const { id, agentId, at } of answers) asked.set(id, [...(asked.get(id) ?? []), { agentId, at }]);
      return rows.flatMap(({ queueId, ...row }) => {
        const queue = queues.get(queueId);
        return queue ? [{ ...row, queue, asked: asked.get(row.id) ?? [] }] : [];
      });
    },

    /** Records the steps that conversations have reached. Returns the new row versions. */
    async saveSteps(
      workspaceId: AuthorizedWorkspaceId,
      steps: readonly { id: string; step: number }[],
    ): Promise<Map<string, string>> {
      const rows = await db.query<{ id: string; version: string }>(
        `WITH n AS MATERIALIZED (SELECT * FROM unnest(:ids::uuid[], :steps::int[]) AS n(id, step)),
         free AS MATERIALIZED (
           SELECT c.id FROM conversations c JOIN n ON n.id = c.id
           WHERE c.workspace_id = :workspaceId::uuid AND c.state = 'queued' ORDER BY c.id FOR UPDATE OF c SKIP LOCKED)
         UPDATE conversations c SET step = n.step FROM n JOIN free ON free.id = n.id
         WHERE c.workspace_id = :workspaceId::uuid AND c.id = n.id RETURNING c.id, c.xmin::text AS version`,
        { workspaceId, ids: steps.map(({ id }) => id), steps: steps.map(({ step }) => step) },
      );
      return new Map(rows.map(({ id, version }) => [id, version]));
    },

    async pool(
      workspaceId: AuthorizedWorkspaceId,
      question: Question,
      wanted: readonly Channel[],
    ): Promise<PoolAgent[]> {
      const { text, params } = poolStatement(workspaceId, question, wanted);
      return (await db.query<Parameters<typeof poolAgentOf>[0]>(text, params)).map(poolAgentOf);
    },

    /** Locks conversations that still wait. Returns the versions of those that nobody else has locked. */
    async lockWaiting(
      workspaceId: AuthorizedWorkspaceId,
      ids: readonly string[],
    ): Promise<Map<string, string>> {
      const rows = await db.query<{ id: string; version: string }>(
        `SELECT id, xmin::text AS version FROM conversations
         WHERE workspace_id = :workspaceId::uuid AND id = ANY(:ids::uuid[]) AND state = 'queued'
         ORDER BY id FOR UPDATE SKIP LOCKED`,
        { workspaceId, ids },
      );
      return new Map(rows.map(({ id, version }) => [id, version]));
    },

    /**
     * Locks agents' states and returns their seats, read after locking: until the transaction ends, nobody
     * else can use a seat or delete the agents.
     */
    async lockSeats(
      workspaceId: AuthorizedWorkspaceId,
      question: Question,
      agentIds: readonly string[],
    ): Promise<SeatsRow[]> {
      await db.query(
        `SELECT agent_id FROM agent_states WHERE workspace_id = :workspaceId::uuid AND agent_id = ANY(:agentIds::uuid[])
         ORDER BY agent_id FOR NO KEY UPDATE`,
        { workspaceId, agentIds },
      );
      const { text, params } = seatsStatement(workspaceId, question, agentIds);
      return await db.query<SeatsRow>(text, params);
    },

    /** Assigns or offers conversations and records the decisions, in one statement. Lock all rows first. */
    async save(
      workspaceId: AuthorizedWorkspaceId,
      placements: readonly Placement<WaitingConversation>[],
      now: number,
    ): Promise<void> {
      const rows = placements.map(
        ({ conversation: { id, queue, channel }, agentId, step, rank, considered }) => ({
          id,
          queue: queue.id,
          channel,
          agent: agentId,
          step,
          rank,
          considered,
          decision: newId(),
          offer: queue.offerMode === "accept" ? newId() : null,
          timeout: queue.offerTimeout,
        }),
      );
      await db.query(
        `WITH p AS MATERIALIZED (
           SELECT * FROM jsonb_to_recordset(:rows::text::jsonb) AS p(id uuid, queue uuid, channel conversation_channel,
             agent uuid, step int, rank int, considered int, decision uuid, offer uuid, timeout int)),
         changed AS (
           UPDATE conversations c SET step = p.step, updated_at = GREATEST(c.updated_at, ${instant("now")}),
             state = CASE WHEN p.offer IS NULL THEN 'assigned' ELSE 'offered' END::conversation_state,
             agent_id = CASE WHEN p.offer IS NULL THEN p.agent END,
             assigned_at = CASE WHEN p.offer IS NULL THEN ${instant("now")} END, forced = false
           FROM p WHERE c.workspace_id = :workspaceId::uuid AND c.id = p.id),
         offered AS (
           INSERT INTO offers (workspace_id, id, conversation_id, agent_id, channel, created_at, expires_at)
           SELECT :workspaceId::uuid, p.offer, p.id, p.agent, p.channel, ${instant("now")},
             ${instant("now")} + make_interval(secs => p.timeout) FROM p WHERE p.offer IS NOT NULL),
         turns AS (
           INSERT INTO queue_turns (workspace_id, queue_id, agent_id, at)
           SELECT DISTINCT :workspaceId::uuid, p.queue, p.agent, ${instant("now")} FROM p
           ON CONFLICT (workspace_id, queue_id, agent_id) DO UPDATE SET at = excluded.at),
         openings AS (
           UPDATE agent_openings g SET seats = g.seats + n.seats
           FROM (SELECT agent, count(*)::int AS seats FROM p GROUP BY agent) n
           WHERE g.workspace_id = :workspaceId::uuid AND g.agent_id = n.agent AND g.seats >= 0)
         INSERT INTO routing_decisions (workspace_id, id, conversation_id, at, kind, agent_id, rank, considered,
           actor_kind, actor_name)
         SELECT :workspaceId::uuid, p.decision, p.id, ${instant("now")}, 'automatic', p.agent, p.rank, p.considered,
           'system', 'Rollcall' FROM p`,
        { workspaceId, rows: JSON.stringify(rows), now },
      );
    },

    /**
     * Returns the earliest time after `now` at which an offer expires or its agent may leave unnoticed, and,
     * if anything waits, at which an activity or wrap-up ends. Null if there is none.
     */
    async nextTimer(
      workspaceId: AuthorizedWorkspaceId,
      now: number,
      isWaiting: boolean,
      clock = "statement_timestamp()",
    ): Promise<number | null> {
      const [row] = await db.query<{ at: number | null }>(
        `SELECT ${epoch(`LEAST(
           (SELECT min(expires_at) FROM offers WHERE workspace_id = :workspaceId::uuid AND state = 'pending'),
           (SELECT min(p.ends_at) FROM presence_sessions p WHERE p.workspace_id = :workspaceId::uuid
              AND p.ends_at > ${clock} AND p.agent_id IN (SELECT o.agent_id FROM offers o
                WHERE o.workspace_id = :workspaceId::uuid AND o.state = 'pending')),
           CASE WHEN :isWaiting::boolean THEN LEAST(
             (SELECT min(activity_expires_at) FROM agent_states WHERE workspace_id = :workspaceId::uuid
                AND activity_expires_at > ${instant("now")}),
             (SELECT min(s.last_closed_at + make_interval(secs => a.wrap_up_time)) FROM agent_states s
                JOIN agents a ON a.workspace_id = s.workspace_id AND a.id = s.agent_id
                WHERE s.workspace_id = :workspaceId::uuid
                  AND s.last_closed_at > ${instant("now")} - interval '1 hour'
                  AND s.last_closed_at + make_interval(secs => a.wrap_up_time) > ${instant("now")})) END)`)} AS at`,
        { workspaceId, now, isWaiting },
      );
      return row?.at ?? null;
    },

    /** Deletes decisions from before `until`. Returns their number. */
    async removeDecisions(until: Date): Promise<number> {
      let removed = 0;
      for (;;) {
        const { length } = await db.query(
          `DELETE FROM routing_decisions WHERE (workspace_id, id) IN (
             SELECT workspace_id, id FROM routing_decisions WHERE at < :until::timestamptz LIMIT ${removeLimit})
           RETURNING 1 AS removed`,
          { until },
        );
        removed += length;
        if (length < removeLimit) return removed;
      }
    },
  };
}

function queueOf({ teams, steps, ...row }: QueueRow): MatchedQueue {
  const idsOf = (kind: string, step = 0) =>
    teams.filter((team) => team.kind === kind && team.step === step).map(({ id }) => id);
  return {
    ...row,
    primaryTeamIds: idsOf("primary"),
    secondaryTeamIds: idsOf("secondary"),
    steps: stepsOf(steps, (place) => idsOf("step", place)),
  };
}

export type MatchingRepository = ReturnType<typeof createMatchingRepository>;
