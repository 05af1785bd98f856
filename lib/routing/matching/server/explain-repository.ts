import { avatarUrl } from "@/lib/agents/agents/server/wire.sql";
import type { CandidateRow } from "@/lib/agents/inbox/server/candidates.sql";
import { activityAt, agentsAmong, type Question } from "@/lib/availability/effective/server/verdict.sql";
import type { Channel, Code } from "@/lib/availability/effective/values";
import type { Database } from "@/lib/platform/database/db";
import type { StoredInstant } from "@/lib/platform/http/wire";
import type { AgentId, AuthorizedWorkspaceId } from "@/lib/platform/ids";
import type { Conversation } from "@/lib/routing/conversations/contract";
import type { AgentDecision } from "@/lib/routing/matching/contract";
import type { PoolAgent } from "@/lib/routing/matching/pool";
import {
  type Choice,
  type ChoicesRow,
  choicesStatement,
  type OpenWanted,
} from "@/lib/routing/matching/server/explain.sql";
import { type PoolRow, poolAgentOf, poolStatement } from "@/lib/routing/matching/server/pool.sql";
import { answered } from "@/lib/routing/matching/server/repository";
import type { Queue } from "@/lib/routing/queues/contract";

/** A queue's rules. */
export interface QueueRow
  extends Pick<Queue, "id" | "priority" | "strategy" | "offerMode" | "targetSeconds" | "rampSeconds"> {
  steps: { afterSeconds: number; dropSkills?: boolean }[];
  teams: { teamId: string; kind: "primary" | "step" | "secondary"; step: number }[];
}

/** A conversation and its queue's rules. Times are epoch milliseconds. */
export interface SubjectRow
  extends Pick<Conversation, "id" | "channel" | "state" | "priority" | "requiredSkills" | "step"> {
  preferredAgentId: string | null;
  excludedAgentIds: string[];
  queuedAt: number | null;
  queue: QueueRow | null;
  /** When agents last declined an offer of it, or let one expire. */
  asked: { agentId: string; at: number }[];
}

export interface DecisionRow extends Pick<AgentDecision, "kind" | "rank" | "considered"> {
  at: StoredInstant;
  agentId: string;
  codes: Code[];
  actorKind: "user" | "accessKey" | "system";
  actorId: string | null;
  actorName: string;
}

/** Additional data for explaining a single conversation. */
export interface ExplainedRow extends SubjectRow {
  /** Number of conversations ahead of it in the queue; null unless it waits. */
  ahead: number | null;
  decision: DecisionRow | null;
}

export interface AgentDecisionRow extends DecisionRow {
  id: string;
  conversationId: string;
  externalId: string;
  channel: Channel;
  subject: string | null;
  state: Conversation["state"];
}

export interface QueueStatusRow {
  id: string;
  name: string;
  targetSeconds: number;
  teamIds: string[];
  /** Number of conversations by channel. */
  waiting: { [channel in Channel]?: number };
  offered: { [channel in Channel]?: number };
  late: number;
  waitingSince: StoredInstant | null;
}

/** The data of a candidate that pages show. */
export type ProfileRow = Pick<CandidateRow, "id" | "name" | "avatarUrl" | "status" | "activity">;

const AT = "to_timestamp(:at::double precision / 1000)";
const time = (expression: string) => `(extract(epoch FROM ${expression}) * 1000)::bigint`;

/**
 * Same as the API's state: once its offer has expired, a conversation waits again, even if that is not
 * recorded yet.
 */
const stateOf = (c: string) => `CASE WHEN ${c}.state = 'offered' AND NOT EXISTS (SELECT 1 FROM offers p
      WHERE p.workspace_id = :workspaceId::uuid AND p.conversation_id = ${c}.id AND p.state = 'pending'
        AND p.expires_at > ${AT}) THEN 'queued' ELSE ${c}.state END`;

const queueOf = (
  id: string,
) => `(SELECT json_build_object('id', q.id, 'priority', q.priority, 'strategy', q.strategy,
      'offerMode', q.offer_mode, 'targetSeconds', q.target_seconds, 'rampSeconds', q.ramp_seconds, 'steps', q.steps,
      'teams', (SELECT coalesce(json_agg(json_build_object('teamId', t.team_id, 'kind', t.kind, 'step', t.step)
          ORDER BY t.kind, t.step, t.position), '[]')
        FROM routing_queue_teams t WHERE t.workspace_id = :workspaceId::uuid AND t.queue_id = q.id))
    FROM routing_queues q WHERE q.workspace_id = :workspaceId::uuid AND q.id = ${id})`;

const subjectColumns = `c.id, c.channel::text AS channel, (${stateOf("c")})::text AS state, c.priority,
    c.required_skills AS "requiredSkills", c.step::int AS step, c.preferred_agent_id AS "preferredAgentId",
    c.excluded_agent_ids AS "excludedAgentIds", ${time("c.queued_at")}::float8 AS "queuedAt",
    ${queueOf("c.queue_id")} AS queue,
    (SELECT coalesce(json_agg(json_build_object('agentId', f.agent_id, 'at', ${time("f.at")})), '[]')
      FROM (${answered}) f) AS asked`;

const decisionJson = `json_build_object('at', d.at, 'kind', d.kind, 'agentId', d.agent_id, 'rank', d.rank,
    'considered', d.considered, 'codes', d.codes, 'actorKind', d.actor_kind, 'actorId', d.actor_id,
    'actorName', d.actor_name)`;

/** The order of `compareUrgency` within a queue, using the same arithmetic. */
const place = (c: string) =>
  `ROW(-((1 + ${c}.priority + q.priority)::double precision
        * (greatest(0, :at::double precision - ${time(`${c}.queued_at`)}) / 1000) / q.target_seconds),
      -${c}.priority, ${c}.queued_at, ${c}.id)`;

const explainedText = `
  SELECT ${subjectColumns},
    CASE WHEN ${stateOf("c")} = 'queued' THEN (
      SELECT count(*)::int FROM routing_queues q
      JOIN conversations o ON o.workspace_id = q.workspace_id AND o.queue_id = q.id AND o.state IN ('queued', 'offered')
      WHERE q.workspace_id = :workspaceId::uuid AND q.id = c.queue_id AND ${place("o")} < ${place("c")}
        AND ${stateOf("o")} = 'queued') END AS ahead,
    (SELECT ${decisionJson} FROM routing_decisions d
      WHERE d.workspace_id = :workspaceId::uuid AND d.conversation_id = c.id
      ORDER BY d.at DESC, d.id DESC LIMIT 1) AS decision
  FROM conversations c WHERE c.workspace_id = :workspaceId::uuid AND c.id = :id::uuid`;

const byChannel = (state: string) => `(SELECT coalesce(json_object_agg(n.channel, n.amount), '{}') FROM (
      SELECT channel, count(*) AS amount FROM items WHERE queue_id = q.id AND state = '${state}' GROUP BY channel) n)`;

const queueStatusText = `
  WITH items AS MATERIALIZED (
    SELECT c.queue_id, c.channel, ${stateOf("c")} AS state, c.priority, c.queued_at FROM conversations c
    WHERE c.workspace_id = :workspaceId::uuid AND c.state IN ('queued', 'offered'))
  SELECT q.id, q.name, q.target_seconds AS "targetSeconds",
    ARRAY(SELECT t.team_id::text FROM routing_queue_teams t WHERE t.workspace_id = :workspaceId::uuid
      AND t.queue_id = q.id AND t.kind = 'primary' ORDER BY t.team_id) AS "teamIds",
    ${byChannel("queued")} AS waiting, ${byChannel("offered")} AS offered,
    coalesce(w.late, 0) AS late, w.since AS "waitingSince"
  FROM routing_queues q
  LEFT JOIN LATERAL (
    SELECT min(i.queued_at) AS since,
      count(*) FILTER (WHERE i.queued_at < ${AT} - make_interval(secs => q.target_seconds))::int AS late,
      max((1 + i.priority + q.priority) * extract(epoch FROM ${AT} - i.queued_at) / q.target_seconds) AS urgency
    FROM items i WHERE i.queue_id = q.id AND i.state = 'queued') w ON true
  WHERE q.workspace_id = :workspaceId::uuid
  ORDER BY w.urgency DESC NULLS LAST, q.priority DESC, q.name, q.id`;

const decisionsText = `
  SELECT counted.total, page.*
  FROM (SELECT count(*)::int AS total FROM routing_decisions
    WHERE workspace_id = :workspaceId::uuid AND agent_id = :agentId::uuid) counted
  LEFT JOIN LATERAL (
    SELECT d.id, d.at, d.kind::text AS kind, d.agent_id AS "agentId", d.rank, d.considered, d.codes,
      d.actor_kind::text AS "actorKind", d.actor_id AS "actorId", d.actor_name AS "actorName",
      c.id AS "conversationId", c.external_id AS "externalId", c.channel::text AS channel, c.subject,
      c.state::text AS state
    FROM routing_decisions d
    JOIN conversations c ON c.workspace_id = d.workspace_id AND c.id = d.conversation_id
    WHERE d.workspace_id = :workspaceId::uuid AND d.agent_id = :agentId::uuid
      AND (d.at, d.id) < (to_timestamp(:before::double precision / 1000), :beforeId::uuid)
    ORDER BY d.at DESC, d.id DESC LIMIT :limit::int) page ON true`;

/** Later than any decision. */
const END = { before: 253_402_300_799_000, beforeId: "ffffffff-ffff-ffff-ffff-ffffffffffff" };

/** `publicUrl` is the base of URLs in responses. */
export function createExplainRepository(db: Database, publicUrl: string) {
  return {
    /**
     * Returns a conversation with the data for its explanation, in one statement. `at` is epoch milliseconds.
     */
    async explained(
      workspaceId: AuthorizedWorkspaceId,
      id: string,
      at: number,
    ): Promise<ExplainedRow | undefined> {
      const [row] = await db.query<ExplainedRow>(explainedText, { workspaceId, id, at });
      return row;
    },

    /** Returns those of the conversations that are waiting. */
    waiting(workspaceId: AuthorizedWorkspaceId, ids: readonly string[], at: number): Promise<SubjectRow[]> {
      return db.query<SubjectRow>(
        `SELECT ${subjectColumns} FROM unnest(:ids::uuid[]) WITH ORDINALITY f(id, nth)
         JOIN conversations c ON c.workspace_id = :workspaceId::uuid AND c.id = f.id
         WHERE ${stateOf("c")} = 'queued' ORDER BY f.nth`,
        { workspaceId, ids, at },
      );
    },

    /**
     * Counts the agents of each choice. With `wanted`, also returns who can take a conversation of the first
     * choice.
     */
    async count(
      workspaceId: AuthorizedWorkspaceId,
      question: Question,
      channels: readonly [Channel, ...Channel[]],
      choices: readonly Choice[],
      wanted?: OpenWanted,
    ): Promise<ChoicesRow> {
      const { text, params } = choicesStatement(workspaceId, question, channels, choices, wanted);
      const [row] = await db.query<ChoicesRow>(text, params);
      return row ?? { groups: [], open: [] };
    },

    /** Returns those of the agents who are open on one of the channels, with what they can do. */
    async openAmong(
      workspaceId: AuthorizedWorkspaceId,
      question: Question,
      wanted: readonly Channel[],
      agentIds: readonly string[],
    ): Promise<PoolAgent[]> {
      const { text, params } = poolStatement(workspaceId, question, wanted, agentIds);
      return (await db.query<PoolRow>(text, params)).map(poolAgentOf);
    },

    profiles(workspaceId: AuthorizedWorkspaceId, ids: readonly string[], at: number): Promise<ProfileRow[]> {
      return db.query<ProfileRow>(
        `SELECT a.id, a.name, (${avatarUrl})::json AS "avatarUrl", s.status::text AS status,
           (${activityAt})::text AS activity
         FROM ${agentsAmong("SELECT unnest(:ids::uuid[])")}`,
        { workspaceId, publicUrl, ids, at },
      );
    },

    /** Counts what waits in each queue, most urgent first. */
    queueStatus(workspaceId: AuthorizedWorkspaceId, at: number): Promise<QueueStatusRow[]> {
      return db.query<QueueStatusRow>(queueStatusText, { workspaceId, at });
    },

    async hasAgent(workspaceId: AuthorizedWorkspaceId, agentId: AgentId): Promise<boolean> {
      const rows = await db.query(
        "SELECT 1 FROM agents WHERE workspace_id = :workspaceId::uuid AND id = :agentId::uuid",
        { workspaceId, agentId },
      );
      return rows.length > 0;
    },

    /** Returns decisions that chose an agent, newest first, with one more than `limit` if there are more. */
    async decisions(
      workspaceId: AuthorizedWorkspaceId,
      agentId: AgentId,
      { limit, after }: { limit: number; after: { before: number; beforeId: string } | undefined },
    ): Promise<{ rows: AgentDecisionRow[]; total: number }> {
      const rows = await db.query<AgentDecisionRow & { id: string | null; total: number }>(decisionsText, {
        workspaceId,
        agentId,
        limit: limit + 1,
        ...(after ?? END),
      });
      return { rows: rows.filter(({ id }) => id !== null), total: rows[0]?.total ?? 0 };
    },
  };
}

export type ExplainRepository = ReturnType<typeof createExplainRepository>;
