import type { AvailabilityPolicy } from "@/lib/availability/effective/deciders";
import { factsText, pastText, policyColumns } from "@/lib/availability/effective/server/facts.sql";
import { type OpenCounts, openCountsStatement } from "@/lib/availability/effective/server/open-counts.sql";
import { type PastRow, recordedFacts } from "@/lib/availability/effective/server/past";
import {
  type AgentFactsRow,
  type PolicyRow,
  policyOf,
  type StoredPolicy,
} from "@/lib/availability/effective/server/serializer";
import type { Circumstances, Question } from "@/lib/availability/effective/server/verdict.sql";
import { timezonesQuery } from "@/lib/hours/schedule/server/hours.sql";
import type { Database } from "@/lib/platform/database/db";
import type { AgentId, AuthorizedWorkspaceId } from "@/lib/platform/ids";

const policyText = `
  SELECT ${policyColumns}, coalesce(p.updated_at, w.created_at) AS "updatedAt"
  FROM workspaces w LEFT JOIN availability_policies p ON p.workspace_id = w.id WHERE w.id = :workspaceId::uuid`;

const circumstancesText = `
  SELECT ${policyColumns}, ARRAY(${timezonesQuery}) AS timezones
  FROM workspaces w LEFT JOIN availability_policies p ON p.workspace_id = w.id WHERE w.id = :workspaceId::uuid`;

export function createEffectiveRepository(db: Database) {
  return {
    /** Returns all facts about each of these agents, and the policy, in one statement. */
    findFacts(workspaceId: AuthorizedWorkspaceId, agentIds: readonly AgentId[]): Promise<AgentFactsRow[]> {
      return db.query<AgentFactsRow>(factsText, { workspaceId, agentIds });
    },

    /** Counts agents and open channels, in one statement. */
    async countOpen(workspaceId: AuthorizedWorkspaceId, question: Question): Promise<OpenCounts> {
      const { text, params } = openCountsStatement(workspaceId, question);
      const [row] = await db.query<OpenCounts>(text, params);
      if (!row) throw new Error("a count returned no row");
      return row;
    },

    /**
     * Returns what was known about agents at `at` (epoch milliseconds), in the order of their ids: at most `limit` of
     * them after the given one. Agents who did not exist yet are left out.
     */
    findPast(
      workspaceId: AuthorizedWorkspaceId,
      at: number,
      { agentIds, after, limit }: { agentIds?: readonly string[] | undefined; after?: string; limit: number },
    ): Promise<PastRow[]> {
      return db.query<PastRow>(pastText, {
        workspaceId,
        at,
        agentIds: agentIds ?? null,
        after: after ?? null,
        limit,
        recordedFacts,
      });
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
