import type { CapacityRule } from "@/lib/generated/prisma/client";
import type { Database } from "@/lib/platform/database/db";
import { type CreationPage, named, queryByCreation } from "@/lib/platform/http/server/paged";
import { refusingDuplicates } from "@/lib/platform/http/server/refusing";
import type { AgentId, AuthorizedWorkspaceId } from "@/lib/platform/ids";

const withAgents = { agents: { select: { agentId: true }, orderBy: { agentId: "asc" as const } } };

export interface CapacityRuleColumns {
  name: string;
  description: string;
  isDefault: boolean;
  messagingCapacity: number;
  emailCapacity: number;
}

/** The only unique index that a rule can violate is the one that allows a single default. */
const refusingSecondDefault = refusingDuplicates(
  "DefaultCapacityRuleAlreadyExists",
  "Another rule is the default. Set default: false on that rule first.",
);

const inOrder = {
  from: "capacity_rules r",
  alias: "r",
  columns: `${named("r", ["workspaceId", "id", "name", "description", "isDefault", "messagingCapacity", "emailCapacity", "createdAt", "updatedAt"])},
    (SELECT coalesce(json_agg(json_build_object('agentId', s.agent_id) ORDER BY s.agent_id), '[]')
       FROM agent_states s WHERE s.workspace_id = r.workspace_id AND s.capacity_rule_id = r.id) AS agents`,
};

/** A rule that is locked by this transaction. */
interface LockedRule {
  name: string;
  isDefault: boolean;
}

export function createCapacityRepository(db: Database) {
  return {
    list(workspaceId: AuthorizedWorkspaceId, page: CreationPage) {
      return queryByCreation<CapacityRule & { agents: { agentId: string }[] }>(
        db.query,
        inOrder,
        workspaceId,
        page,
      );
    },

    find(workspaceId: AuthorizedWorkspaceId, id: string) {
      return db.prisma.capacityRule.findUnique({
        where: { workspaceId_id: { workspaceId, id } },
        include: withAgents,
      });
    },

    /** Locks a rule against changes and new assignments. Returns undefined if there is none. */
    async lock(workspaceId: AuthorizedWorkspaceId, id: string): Promise<LockedRule | undefined> {
      const [row] = await db.query<LockedRule>(
        `SELECT name, is_default AS "isDefault" FROM capacity_rules
         WHERE workspace_id = :workspace::uuid AND id = :id::uuid FOR UPDATE`,
        { workspace: workspaceId, id },
      );
      return row;
    },

    /**
     * Locks the given agents and those with the rule, in order of id, and returns the ids that exist. Call
     * before locking the rule: every change locks agents first.
     */
    async lockAgents(
      workspaceId: AuthorizedWorkspaceId,
      agentIds: readonly AgentId[],
      ruleId?: string,
    ): Promise<Set<string>> {
      const rows = await db.query<{ id: string }>(
        `SELECT agent_id AS id FROM agent_states WHERE workspace_id = :workspace::uuid AND agent_id IN (
           SELECT unnest(:agents::uuid[]) UNION
           SELECT agent_id FROM agent_states WHERE workspace_id = :workspace::uuid AND capacity_rule_id = :rule::uuid)
         ORDER BY agent_id FOR UPDATE`,
        { workspace: workspaceId, agents: agentIds, rule: ruleId ?? null },
      );
      return new Set(rows.map((row) => row.id));
    },

    /** Throws `DefaultCapacityRuleAlreadyExists`. */
    async insert(
      workspaceId: AuthorizedWorkspaceId,
      id: string,
      columns: CapacityRuleColumns,
      now: Date,
    ): Promise<void> {
      await refusingSecondDefault(() =>
        db.prisma.capacityRule.createMany({
          data: [{ ...columns, workspaceId, id, createdAt: now, updatedAt: now }],
        }),
      );
    },

    /** Throws `DefaultCapacityRuleAlreadyExists`. */
    async update(
      workspaceId: AuthorizedWorkspaceId,
      id: string,
      columns: Partial<CapacityRuleColumns>,
      now: Date,
    ): Promise<void> {
      await refusingSecondDefault(() =>
        db.prisma.capacityRule.updateMany({
          where: { workspaceId, id },
          data: { ...columns, updatedAt: now },
        }),
      );
    },

    /**
     * Assigns the rule to exactly these agents. Their versions stay the same, because no profile changes.
     * Lock the agents first.
     */
    async assign(
      workspaceId: AuthorizedWorkspaceId,
      id: string,
      agentIds: readonly AgentId[],
      now: Date,
    ): Promise<void> {
      await db.query(
        `UPDATE agent_states SET capacity_rule_id = NULL, workload_updated_at = :now::timestamptz
         WHERE workspace_id = :workspace::uuid AND capacity_rule_id = :id::uuid AND agent_id <> ALL(:agents::uuid[])`,
        { workspace: workspaceId, id, agents: agentIds, now },
      );
      if (agentIds.length > 0)
        await db.query(
          `UPDATE agent_states SET capacity_rule_id = :id::uuid, workload_updated_at = :now::timestamptz
           WHERE workspace_id = :workspace::uuid AND agent_id = ANY(:agents::uuid[])
             AND capacity_rule_id IS DISTINCT FROM :id::uuid`,
          { workspace: workspaceId, id, agents: agentIds, now },
        );
    },

    /** Assigns the rule to an agent, or removes it if they have it. Lock the agent first. */
    async setAgent(
      workspaceId: AuthorizedWorkspaceId,
      id: string,
      agentId: AgentId,
      isAssigned: boolean,
      now: Date,
    ): Promise<boolean> {
      const rows = await db.query(
        isAssigned
          ? `UPDATE agent_states SET capacity_rule_id = :id::uuid, workload_updated_at = :now::timestamptz
             WHERE workspace_id = :workspace::uuid AND agent_id = :agent::uuid
               AND capacity_rule_id IS DISTINCT FROM :id::uuid RETURNING agent_id`
          : `UPDATE agent_states SET capacity_rule_id = NULL, workload_updated_at = :now::timestamptz
             WHERE workspace_id = :workspace::uuid AND agent_id = :agent::uuid AND capacity_rule_id = :id::uuid
             RETURNING agent_id`,
        { workspace: workspaceId, id, agent: agentId, now },
      );
      return rows.length > 0;
    },

    /** Deletes a rule that no agent has. */
    async delete(workspaceId: AuthorizedWorkspaceId, id: string): Promise<void> {
      await db.prisma.capacityRule.deleteMany({ where: { workspaceId, id } });
    },

    /** Returns how many agents the rule applies to; undefined if it does not exist. */
    async usage(
      workspaceId: AuthorizedWorkspaceId,
      id: string,
    ): Promise<{ agents: number; agentsByDefault: number } | undefined> {
      const [row] = await db.query<{ agents: number; agentsByDefault: number }>(
        `SELECT
           (SELECT count(*)::int FROM agent_states s
              WHERE s.workspace_id = r.workspace_id AND s.capacity_rule_id = r.id) AS agents,
           CASE WHEN r.is_default THEN (SELECT count(*)::int FROM agent_states s
              WHERE s.workspace_id = r.workspace_id AND s.capacity_rule_id IS NULL) ELSE 0 END AS "agentsByDefault"
         FROM capacity_rules r WHERE r.workspace_id = :workspace::uuid AND r.id = :id::uuid`,
        { workspace: workspaceId, id },
      );
      return row;
    },
  };
}

export type CapacityRepository = ReturnType<typeof createCapacityRepository>;
