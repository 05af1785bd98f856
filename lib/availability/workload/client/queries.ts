import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { getWorkload } from "@/lib/availability/workload/client/calls";
import type { Workload } from "@/lib/availability/workload/contract";
import { agentKeys, capacityRuleKeys, workloadKeys } from "@/lib/platform/client/cache-keys";
import { read, request } from "@/lib/platform/client/request";
import { assignCapacityRule, unassignCapacityRule } from "@/lib/workforce/capacity/client/calls";

/** Query of an agent's open conversations and capacity rule. Refetches every 30 s. */
export function workloadQuery(workspaceId: string, agentId: string) {
  return queryOptions({
    queryKey: workloadKeys.one(workspaceId, agentId),
    queryFn: read(getWorkload, { params: { workspaceId, agentId } }),
    refetchInterval: 30_000,
  });
}

/** Returns the rule assigned to the agent; undefined if the workspace's default applies. */
export function ownRuleOf(workload: Workload, agentId: string): string | undefined {
  return workload.rule?.assignedAgentIds.includes(agentId) ? workload.rule.id : undefined;
}

/** Assigns a rule to the agent; `to: null` removes it, so that the default applies. */
export function useAssignRule(workspaceId: string, agentId: string) {
  const client = useQueryClient();
  return useMutation({
    async mutationFn({ from, to }: { from: string | undefined; to: string | null }) {
      const capacityRuleId = to ?? from;
      if (capacityRuleId === undefined) return;
      const params = { workspaceId, capacityRuleId, agentId };
      if (to) await request(assignCapacityRule, { params });
      else await request(unassignCapacityRule, { params });
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: workloadKeys.one(workspaceId, agentId) }),
        client.invalidateQueries({ queryKey: capacityRuleKeys.all(workspaceId) }),
        client.invalidateQueries({ queryKey: agentKeys.all(workspaceId) }),
      ]),
  });
}
