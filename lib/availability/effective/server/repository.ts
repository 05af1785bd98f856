import type { AvailabilityPolicy } from "@/lib/availability/effective/deciders";
import {
  type AgentFactsRow,
  type PolicyRow,
  policyOf,
  type StoredPolicy,
} from "@/lib/availability/effective/server/serializer";
import type { Circumstances } from "@/lib/availability/effective/server/verdict.sql";
import { timezonesQuery } from "@/lib/hours/schedule/server/hours.sql";
import type { Database } from "@/lib/platform/database/db";
import type { AgentId, AuthorizedWorkspaceId } from "@/lib/platform/ids";

/** Null for a workspace that has never changed its policy. */
const policyColumns = `
  CASE WHEN p.workspace_id IS NOT NULL THEN json_build_object('presence', p.presence,
    'idleAfterMinutes', p.idle_after_minutes, 'missedOffers', p.missed_offers,
    'enforceHours', p.enforce_hours, 'allow', p.allow) END AS policy`;

const policyText = `
  SELECT ${policyColumns}, coalesce(p.updated_at, w.created_at) AS "updatedAt"
  FROM workspaces w LEFT JOIN availability_policies p ON p.workspace_id = w.id WHERE w.id = :workspaceId::uuid`;

/** Ids of sessions are the clients', so only their times are read. Sessions have the database's times. */
const sessionsColumn = `
    statement_timestamp() AS clock,
    coalesce((SELECT json_agg(json_build_object('endedAt', o.ended_at, 'endsAt', o.ends_at,
        'lastInputAt', o.last_input_at, 'lastSeenAt', o.last_seen_at))
      FROM presence_sessions o WHERE o.workspace_id = a.workspace_id AND o.agent_id = a.id), '[]') AS sessions,
    (SELECT json_build_object('state', r.state, 'since', r.since, 'lastSeenAt', r.last_seen_at)
      FROM agent_presence r WHERE r.workspace_id = a.workspace_id AND r.agent_id = a.id) AS presence`;

const factsText = `
  SELECT a.id, a.type::text AS type, m.status::text AS membership, a.timezone, a.wrap_up_time AS "wrapUpTime",
    a.weekly_schedule AS "weeklySchedule", a.holidays, coalesce(a.forward_enabled, false) AS "forwardsCalls",
    s.status::text AS status, s.activity::text AS activity, s.activity_expires_at AS "activityExpiresAt",
    s.activity_text AS "activityText", s.last_status_set AS "lastStatusSet",
    s.last_activity_set AS "lastActivitySet", s.messaging_count AS "messagingCount",
    s.email_count AS "emailCount",
    (SELECT json_build_object('id', r.id, 'messaging', r.messaging_capacity, 'email', r.email_capacity)
       FROM capacity_rules r WHERE r.workspace_id = s.workspace_id
         AND CASE WHEN s.capacity_rule_id IS NULL THEN r.is_default ELSE r.id = s.capacity_rule_id END
    ) AS "capacityRule",
    ${sessionsColumn},
    ${policyColumns}
  FROM agents a
  JOIN agent_states s ON s.workspace_id = a.workspace_id AND s.agent_id = a.id
  LEFT JOIN memberships m ON m.workspace_id = a.workspace_id AND m.user_id = a.user_id
  LEFT JOIN availability_policies p ON p.workspace_id = a.workspace_id
  WHERE a.workspace_id = :workspaceId::uuid AND a.id = ANY(:agentIds::uuid[])`;

const circumstancesText = `
  SELECT ${policyColumns}, ARRAY(${timezonesQuery}) AS timezones
  FROM workspaces w LEFT JOIN availability_policies p ON p.workspace_id = w.id WHERE w.id = :workspaceId::uuid`;

export function createEffectiveRepository(db: Database) {
  const findFactsOf = (
    workspaceId: AuthorizedWorkspaceId,
    agentIds: readonly AgentId[],
  ): Promise<AgentFactsRow[]> => db.query<AgentFactsRow>(factsText, { workspaceId, agentIds });

  return {
    /** Returns all facts about each of these agents, and the policy, in one statement. */
    findFactsOf,

    async findFacts(
      workspaceId: AuthorizedWorkspaceId,
      agentId: AgentId,
    ): Promise<AgentFactsRow | undefined> {
      const [row] = await findFactsOf(workspaceId, [agentId]);
      return row;
    },

    /** Returns what answers about all agents depend on, in one statement. */
    async findCircumstances(workspaceId: AuthorizedWorkspaceId): Promise<Circumstances> {
      const [row] = await db.query<StoredPolicy & Pick<Circumstances, "timezones">>(circumstancesText, {
        workspaceId,
      });
      if (!row) throw new Error("the workspace of an authorized caller is gone");
      return { policy: policyOf(row), timezones: row.timezones };
    },

    async findPolicy(workspaceId: AuthorizedWorkspaceId): Promise<PolicyRow> {
      const [row] = await db.query<PolicyRow>(policyText, { workspaceId });
      if (!row) throw new Error("the workspace of an authorized caller is gone");
      return row;
    },

    /** Serializes changes of the policy until the transaction ends, even before it has a row. */
    async lockPolicy(workspaceId: AuthorizedWorkspaceId): Promise<void> {
      await db.query("SELECT id FROM workspaces WHERE id = :workspaceId::uuid FOR NO KEY UPDATE", {
        workspaceId,
      });
    },

    async savePolicy(
      workspaceId: AuthorizedWorkspaceId,
      policy: AvailabilityPolicy,
      now: Date,
    ): Promise<void> {
      await db.query(
        `INSERT INTO availability_policies (workspace_id, presence, idle_after_minutes, missed_offers,
           enforce_hours, allow, updated_at)
         VALUES (:workspaceId::uuid, :presence::text::presence_mode, :idleAfterMinutes::int, :missedOffers::int,
           :enforceHours::boolean, :allow::jsonb, :now::timestamptz)
         ON CONFLICT (workspace_id) DO UPDATE SET presence = excluded.presence,
           idle_after_minutes = excluded.idle_after_minutes, missed_offers = excluded.missed_offers,
           enforce_hours = excluded.enforce_hours, allow = excluded.allow, updated_at = excluded.updated_at`,
        {
          workspaceId,
          presence: policy.presence,
          idleAfterMinutes: policy.idleAfterMinutes,
          missedOffers: policy.missedOffers,
          enforceHours: policy.enforceHours,
          allow: JSON.stringify(policy.allow),
          now,
        },
      );
    },
  };
}

export type EffectiveRepository = ReturnType<typeof createEffectiveRepository>;
