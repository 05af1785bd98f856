import { agentNotFound, resolveAgent } from "@/lib/access/auth/server/agent-reference";
import type { Workload } from "@/lib/availability/workload/contract";
import type { WorkloadRepository } from "@/lib/availability/workload/server/repository";
import type { AgentReference } from "@/lib/platform/http/paths";
import type { Reply } from "@/lib/platform/http/server/reply";
import { timestamp } from "@/lib/platform/http/wire";
import type { Actor } from "@/lib/platform/security/permissions";
import { serializeRule } from "@/lib/workforce/capacity/server/serializer";

export function createWorkloadService(repository: WorkloadRepository) {
  return {
    /**
     * Returns an agent's open conversations and the rule in effect, with all its agents. Throws
     * `AgentNotFound`.
     */
    async get(actor: Actor, reference: AgentReference): Promise<Reply<Workload>> {
      const row = await repository.find(actor.workspaceId, resolveAgent(actor, reference));
      if (!row) throw agentNotFound();
      const { rule } = row;
      return {
        data: {
          id: row.workloadId,
          workload: { messaging: row.messagingCount, email: row.emailCount },
          ...(rule
            ? { rule: serializeRule(rule, actor.workspaceId, rule.assignedAgentIds), ruleId: rule.id }
            : {}),
          updatedAt: timestamp(row.workloadUpdatedAt),
        },
      };
    },
  };
}

export type WorkloadService = ReturnType<typeof createWorkloadService>;
