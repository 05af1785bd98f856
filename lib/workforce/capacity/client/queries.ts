import { agentKeys, capacityRuleKeys } from "@/lib/platform/client/cache-keys";
import { collection, usageQuery } from "@/lib/platform/client/collection";
import { merge, put } from "@/lib/platform/client/list-write";
import * as calls from "@/lib/workforce/capacity/client/calls";
import type { CapacityRule } from "@/lib/workforce/capacity/contract";

/** Moves agents to a rule and out of all others: an agent has at most one. */
function claim(rules: CapacityRule[], id: string, agents: readonly string[]): CapacityRule[] {
  const taken = new Set(agents);
  return rules.map((rule) =>
    rule.id === id
      ? { ...rule, assignedAgentIds: [...agents] }
      : { ...rule, assignedAgentIds: rule.assignedAgentIds.filter((agent) => !taken.has(agent)) },
  );
}

export const {
  all: allCapacityRulesQuery,
  useCreate: useCreateCapacityRule,
  useChange: useChangeCapacityRule,
  /** Deletes a capacity rule. Its agents fall back to the default. */
  useDelete: useDeleteCapacityRule,
} = collection({
  keys: capacityRuleKeys,
  calls: {
    list: calls.listCapacityRules,
    create: calls.createCapacityRule,
    get: calls.getCapacityRule,
    patch: calls.patchCapacityRule,
    delete: calls.deleteCapacityRule,
  },
  id: "capacityRuleId",
  optimistic: (rules, { id, change: { agents, ...change } }) => {
    const changed = merge(rules, id, change);
    return agents ? claim(changed, id, agents) : changed;
  },
  settle: (rules, rule) => claim(put(rules, rule), rule.id, rule.assignedAgentIds),
  fieldsOf: ({ assignedAgentIds, ...rule }) => ({ ...rule, agents: [...assignedAgentIds].sort() }),
  affects: (workspaceId) => [agentKeys.all(workspaceId)],
});

/** Query of how many agents a rule applies to. */
export const capacityRuleUsageQuery = usageQuery(
  capacityRuleKeys,
  calls.getCapacityRuleUsage,
  "capacityRuleId",
);
