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
import { revisionText } from "@/lib/hours/calendar/server/revision.sql";
import type { WorkspaceHoursSource } from "@/lib/hours/calendar/server/workspace-hours";
import type { Database } from "@/lib/platform/database/db";
import type { AgentId, AuthorizedWorkspaceId } from "@/lib/platform/ids";

const policyText = `
  SELECT ${policyColumns}, coalesce(p.updated_at, w.created_at) AS "updatedAt"
  FROM workspaces w LEFT JOIN availability_policies p ON p.workspace_id = w.id WHERE w.id = :workspaceId::uuid`;

const circumstancesText = `
  SELECT ${policyColumns}, (${revisionText}) AS revision
  FROM workspaces w LEFT JOIN availability_policies p ON p.workspace_id = w.id WHERE w.id = :workspaceId::uuid`;

/** `hours` computes who is in hours. */
export function createEffectiveRepository(db: Database, hours: WorkspaceHoursSource) {
  return {
    /** Returns all facts about these agents, and the policy, in one statement. */
    findFacts(
      workspaceId: AuthorizedWorkspaceId,
      agentIds: readonly AgentId[],
      now: Date,
    ): Promise<AgentFactsRow[]> {
      return db.query<AgentFactsRow>(factsText, { workspaceId, agentIds, now });
    },

    /** Counts agents and open channels, in one statement. */
    async countOpen(workspaceId: AuthorizedWorkspaceId, question: Question): Promise<OpenCounts> {
      const { text, params } = openCountsStatement(workspaceId, question);
      const [row] = await db.query<OpenCounts>(text, params);
      if (!row) throw new Error("a count returned no row");
      return row;
    },

    /**
     * Returns the facts about agents at `at` (epoch milliseconds), in order of id: at most `limit` agents
     * after the given one. Leaves out agents who did not exist yet.
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

    /** Returns the workspace data needed to evaluate all agents around a time (epoch milliseconds). */
    async findCircumstances(workspaceId: AuthorizedWorkspaceId, at: number): Promise<Circumstances> {
      const [row] = await db.query<StoredPolicy & { revision: string }>(circumstancesText, { workspaceId });
      if (!row) throw new Error("the workspace of an authorized caller is gone");
      return { policy: policyOf(row), hours: await hours.around(workspaceId, at, row.revision) };
    },

    async findPolicy(workspaceId: AuthorizedWorkspaceId): Promise<PolicyRow> {
      const [row] = await db.query<PolicyRow>(policyText, { workspaceId });
      if (!row) throw new Error("the workspace of an authorized caller is gone");
      return row;
    },

    /** Locks the policy against concurrent changes until the transaction ends, even if it has no row yet. */
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
           enforce_hours, allow, reassign_on_leave, updated_at)
         VALUES (:workspaceId::uuid, :presence::text::presence_mode, :idleAfterMinutes::int, :missedOffers::int,
           :enforceHours::boolean, :allow::jsonb, :reassignOnLeave::jsonb, :now::timestamptz)
         ON CONFLICT (workspace_id) DO UPDATE SET presence = excluded.presence,
           idle_after_minutes = excluded.idle_after_minutes, missed_offers = excluded.missed_offers,
           enforce_hours = excluded.enforce_hours, allow = excluded.allow,
           reassign_on_leave = excluded.reassign_on_leave, updated_at = excluded.updated_at`,
        {
          workspaceId,
          presence: policy.presence,
          idleAfterMinutes: policy.idleAfterMinutes,
          missedOffers: policy.missedOffers,
          enforceHours: policy.enforceHours,
          allow: JSON.stringify(policy.allow),
          reassignOnLeave: policy.reassignOnLeave && JSON.stringify(policy.reassignOnLeave),
          now,
        },
      );
    },
  };
}

export type EffectiveRepository = ReturnType<typeof createEffectiveRepository>;
