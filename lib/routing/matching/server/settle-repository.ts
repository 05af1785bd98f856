import {
  agentsAmong,
  allAgents,
  type Circumstances,
  type Question,
  respondedAt,
  type VerdictSql,
  valuesIn,
  verdictSql,
} from "@/lib/availability/effective/server/verdict.sql";
import {
  type Channel,
  type Code,
  channels,
  codes,
  type DeciderName,
  deciderCodes,
  deciderNames,
} from "@/lib/availability/effective/values";
import type { Database } from "@/lib/platform/database/db";
import type { AuthorizedWorkspaceId } from "@/lib/platform/ids";
import { epoch, instant } from "@/lib/routing/matching/server/pool.sql";
import { leavingCodes } from "@/lib/routing/offers/values";

/** A conversation that is assigned or offered to an agent. */
export interface Held {
  id: string;
  agentId: string;
}

/** Seconds after which conversations of agents who left are requeued, by channel. */
export type ReassignOnLeave = { readonly [channel in Channel]?: number };

/**
 * Returns SQL for verdicts that consider only some codes, and never ignore more of them than the policy does.
 */
function onlyFor(question: Question, kept: readonly Code[], enforceHours: boolean): VerdictSql {
  const { policy } = question;
  const allowed: { readonly [code in Code]?: readonly Channel[] | undefined } = policy.allow;
  const allow: { readonly [code in Code]?: readonly Channel[] | undefined } = Object.fromEntries(
    codes.map((code) => [code, kept.includes(code) ? allowed[code] : channels]),
  );
  return verdictSql({ ...question, policy: { ...policy, enforceHours, allow } });
}

/** Whether a decider ends an agent's availability for ramps. Used seats and consequences of work do not. */
const endsAvailability: { readonly [decider in DeciderName]: boolean } = {
  membership: true,
  status: true,
  activity: true,
  timeOff: true,
  hours: true,
  presence: true,
  idle: true,
  wrapUp: false,
  capacity: false,
  call: false,
  response: false,
};

const codeOn = ({ firstCode }: VerdictSql, channel: string) =>
  `CASE ${channel} ${channels.map((one) => `WHEN '${one}' THEN ${firstCode(one)}`).join("\n        ")} END`;

/** Since when a code of `leavingCodes` holds. */
const leftAt = `CASE WHEN n.code IN ('invited', 'suspended') THEN (SELECT coalesce(m.suspended_at, m.created_at) FROM memberships m
        WHERE m.workspace_id = :workspaceId::uuid AND m.user_id = a.user_id)
      WHEN n.code = 'offline' THEN s.last_status_set
      ELSE coalesce(
        (SELECT max(o.ends_at) FROM presence_sessions o WHERE o.workspace_id = :workspaceId::uuid AND o.agent_id = a.id),
        (SELECT p.since FROM agent_presence p
          WHERE p.workspace_id = :workspaceId::uuid AND p.agent_id = a.id AND p.state = 'absent'),
        a.created_at) END`;

/** Ends offers and requeues conversations before matching. Call in the matcher's transaction. */
export function createSettleRepository(db: Database) {
  return {
    /** Returns pending offers that have expired. */
    expired(workspaceId: AuthorizedWorkspaceId, now: number): Promise<Held[]> {
      return db.query<Held>(
        `SELECT conversation_id AS id, agent_id AS "agentId" FROM offers
         WHERE workspace_id = :workspaceId::uuid AND state = 'pending' AND expires_at <= ${instant("now")}`,
        { workspaceId, now },
      );
    },

    /** Returns pending offers of agents who left. */
    offeredToLeavers(workspaceId: AuthorizedWorkspaceId, question: Question): Promise<Held[]> {
      const verdict = onlyFor(question, leavingCodes, false);
      const text = `WITH pending AS MATERIALIZED (
          SELECT conversation_id, agent_id, channel FROM offers
          WHERE workspace_id = :workspaceId::uuid AND state = 'pending'),
        judged AS MATERIALIZED (
          SELECT a.id, ${channels.map((channel) => `${verdict.firstCode(channel)} AS code_${channel}`).join(", ")}
          FROM ${agentsAmong("SELECT DISTINCT agent_id FROM pending")}),
        gone AS MATERIALIZED (
          SELECT * FROM judged WHERE ${channels.map((channel) => `code_${channel} IS NOT NULL`).join(" OR ")})
        SELECT p.conversation_id AS id, p.agent_id AS "agentId" FROM pending p JOIN gone g ON g.id = p.agent_id
        WHERE CASE p.channel ${channels.map((channel) => `WHEN '${channel}' THEN g.code_${channel}`).join(" ")} END
          IS NOT NULL`;
      return db.query<Held>(text, valuesIn(text, { workspaceId, ...verdict.values }));
    },

    /** Returns conversations of agents who left, and when they are requeued (epoch milliseconds). */
    heldByLeavers(
      workspaceId: AuthorizedWorkspaceId,
      question: Question,
      after: ReassignOnLeave,
    ): Promise<(Held & { due: number })[]> {
      const verdict = onlyFor(question, leavingCodes, false);
      const working = `SELECT agent_id FROM agent_states
        WHERE workspace_id = :workspaceId::uuid AND assigned_count > 0`;
      const text = `SELECT c.id, a.id AS "agentId",
          ${epoch(`${leftAt} + make_interval(secs => (:after::text::jsonb ->> c.channel::text)::int)`)} AS due
        FROM ${agentsAmong(working)}
        JOIN conversations c ON c.workspace_id = :workspaceId::uuid AND c.agent_id = a.id AND c.state = 'assigned'
          AND :after::text::jsonb ->> c.channel::text IS NOT NULL
        CROSS JOIN LATERAL (SELECT ${codeOn(verdict, "c.channel")} AS code) n
        WHERE n.code IS NOT NULL
          AND (c.queue_id IS NOT NULL OR EXISTS (SELECT 1 FROM routing_queues q
            WHERE q.workspace_id = :workspaceId::uuid AND q.is_default))`;
      const values = { workspaceId, after: JSON.stringify(after), ...verdict.values };
      return db.query(text, valuesIn(text, values));
    },

    /**
     * Locks conversations that nobody else has locked, and their agents' states. Returns the conversations'
     * ids.
     */
    async lock(workspaceId: AuthorizedWorkspaceId, held: readonly Held[]): Promise<string[]> {
      const rows = await db.query<{ id: string }>(
        `SELECT id FROM conversations WHERE workspace_id = :workspaceId::uuid AND id = ANY(:ids::uuid[])
         ORDER BY id FOR UPDATE SKIP LOCKED`,
        { workspaceId, ids: held.map(({ id }) => id) },
      );
      const ids = rows.map(({ id }) => id);
      const agentIds = held.filter(({ id }) => ids.includes(id)).map(({ agentId }) => agentId);
      await db.query(
        `SELECT agent_id FROM agent_states WHERE workspace_id = :workspaceId::uuid AND agent_id = ANY(:agentIds::uuid[])
         ORDER BY agent_id FOR NO KEY UPDATE`,
        { workspaceId, agentIds },
      );
      return ids;
    },

    /**
     * Ends pending offers of locked conversations, which then wait again: expired offers, and those in
     * `withdrawn`. An offer that expired before the agent last responded is not missed.
     */
    async endOffers(
      workspaceId: AuthorizedWorkspaceId,
      ids: readonly string[],
      withdrawn: readonly string[],
      now: number,
    ): Promise<void> {
      await db.query(
        `WITH ended AS (
           UPDATE offers o SET settled_at = LEAST(expires_at, ${instant("now")}),
             state = CASE WHEN expires_at <= ${instant("now")} THEN 'expired' ELSE 'withdrawn' END::offer_state
           WHERE workspace_id = :workspaceId::uuid AND conversation_id = ANY(:ids::uuid[]) AND state = 'pending'
             AND (expires_at <= ${instant("now")} OR conversation_id = ANY(:withdrawn::uuid[]))
           RETURNING conversation_id, agent_id, state, settled_at),
         queued AS (
           UPDATE conversations c SET state = 'queued', updated_at = GREATEST(c.updated_at, e.settled_at)
           FROM ended e WHERE c.workspace_id = :workspaceId::uuid AND c.id = e.conversation_id AND c.state = 'offered'
           RETURNING c.id),
         missed AS (
           SELECT e.agent_id, array_agg(e.settled_at ORDER BY e.settled_at) AS times
           FROM ended e JOIN agent_states s ON s.workspace_id = :workspaceId::uuid AND s.agent_id = e.agent_id
           WHERE e.state = 'expired' AND e.settled_at > ${respondedAt("s")} GROUP BY e.agent_id)
         UPDATE agent_states s SET missed_offers_at = (s.missed_offers_at || m.times)[1:10]
         FROM missed m WHERE s.workspace_id = :workspaceId::uuid AND s.agent_id = m.agent_id`,
        { workspaceId, ids, withdrawn, now },
      );
    },

    /** Requeues locked conversations that are still assigned, to their queues or the default queue. */
    async requeue(workspaceId: AuthorizedWorkspaceId, ids: readonly string[], now: number): Promise<void> {
      await db.query(
        `UPDATE conversations c SET state = 'queued', agent_id = NULL, assigned_at = NULL, forced = false,
           queue_id = coalesce(c.queue_id, d.id), queued_at = coalesce(c.queued_at, ${instant("now")}),
           updated_at = GREATEST(c.updated_at, ${instant("now")})
         FROM (SELECT 1) one LEFT JOIN routing_queues d ON d.workspace_id = :workspaceId::uuid AND d.is_default
         WHERE c.workspace_id = :workspaceId::uuid AND c.id = ANY(:ids::uuid[]) AND c.state = 'assigned'
           AND coalesce(c.queue_id, d.id) IS NOT NULL`,
        { workspaceId, ids, now },
      );
    },

    /**
     * Records agents who became available or unavailable since the last check. Seats of −1 mean that the
     * agent was not available. An agent who is available at the first check counts as available for long.
     */
    async observeOpenings(
      workspaceId: AuthorizedWorkspaceId,
      circumstances: Circumstances,
      now: number,
      clock?: string,
    ): Promise<void> {
      const question = { ...circumstances, at: now, now, ...(clock === undefined ? {} : { clock }) };
      const closing = deciderNames.flatMap((decider): readonly Code[] =>
        endsAvailability[decider] ? deciderCodes[decider] : [],
      );
      const verdict = onlyFor(question, closing, circumstances.policy.enforceHours);
      const open = channels.map((channel) => `(${verdict.firstCode(channel)}) IS NULL`).join(" OR ");
      const tables = [
        ...verdict.tables,
        `judged AS MATERIALIZED (SELECT a.id, ${open} AS open FROM ${allAgents})`,
      ];
      const text = `WITH ${tables.join(",\n    ")}
        INSERT INTO agent_openings AS g (workspace_id, agent_id, opened_at, seats)
        SELECT :workspaceId::uuid, j.id, 'epoch', CASE WHEN j.open THEN 0 ELSE -1 END
        FROM judged j LEFT JOIN agent_openings k ON k.workspace_id = :workspaceId::uuid AND k.agent_id = j.id
        WHERE k.agent_id IS NULL OR j.open <> (k.seats >= 0)
        ON CONFLICT (workspace_id, agent_id) DO UPDATE SET opened_at = ${instant("now")}, seats = excluded.seats`;
      await db.query(text, valuesIn(text, { workspaceId, now, ...verdict.values }));
    },
  };
}

export type SettleRepository = ReturnType<typeof createSettleRepository>;
