import type { Database } from "@/lib/platform/database/db";
import type { StoredInstant } from "@/lib/platform/http/wire";
import type { AgentId, AuthorizedWorkspaceId } from "@/lib/platform/ids";
import type { CapacityRuleRow } from "@/lib/workforce/capacity/server/serializer";

/** Open conversations of an agent and the capacity rule in effect. */
export interface WorkloadRow {
  workloadId: string;
  messagingCount: number;
  emailCount: number;
  workloadUpdatedAt: StoredInstant;
  rule: (CapacityRuleRow & { assignedAgentIds: string[] }) | null;
}

export function createWorkloadRepository(db: Database) {
  return {
    async find(workspaceId: AuthorizedWorkspaceId, agentId: AgentId): Promise<WorkloadRow | undefined> {
      const [row] = await db.query<WorkloadRow>(
        `SELECT s.workload_id AS "workloadId", s.messaging_count AS "messagingCount", s.email_count AS "emailCount",
           s.workload_updated_at AS "workloadUpdatedAt",
           (SELECT json_build_object('id', r.id, 'name', r.name, 'description', r.description,
                'isDefault', r.is_default, 'messagingCapacity', r.messaging_capacity,
                'emailCapacity', r.email_capacity, 'createdAt', r.created_at, 'updatedAt', r.updated_at,
                'assignedAgentIds', ARRAY(SELECT o.agent_id FROM agent_states o
                  WHERE o.workspace_id = r.workspace_id AND o.capacity_rule_id = r.id ORDER BY o.agent_id))
              FROM capacity_rules r WHERE r.workspace_id = s.workspace_id
                AND CASE WHEN s.capacity_rule_id IS NULL THEN r.is_default ELSE r.id = s.capacity_rule_id END) AS rule
         FROM agent_states s WHERE s.workspace_id = :workspace::uuid AND s.agent_id = :agent::uuid`,
        { workspace: workspaceId, agent: agentId },
      );
      return row;
    },
  };
}

export type WorkloadRepository = ReturnType<typeof createWorkloadRepository>;
