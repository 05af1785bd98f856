import { queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import { agentKeys, capacityRuleKeys } from "@/lib/platform/client/cache-keys";
import { type Guarded, sendGuarded } from "@/lib/platform/client/guarded-change";
import { merge, put, useListWrite, without } from "@/lib/platform/client/list-write";
import { readAll, request } from "@/lib/platform/client/request";
import {
  createCapacityRule,
  deleteCapacityRule,
  getCapacityRule,
  getCapacityRuleUsage,
  listCapacityRules,
  patchCapacityRule,
} from "@/lib/workforce/capacity/client/calls";
import type {
  CapacityRule,
  capacityRuleChangeSchema,
  capacityRuleDraftSchema,
} from "@/lib/workforce/capacity/contract";

export function allCapacityRulesQuery(workspaceId: string) {
  return queryOptions({
    queryKey: capacityRuleKeys.list(workspaceId),
    queryFn: ({ signal }) =>
      readAll((query) => request(listCapacityRules, { params: { workspaceId }, query, signal })),
    staleTime: 60_000,
  });
}

/** Query of how many agents a rule applies to. Never cached. */
export function capacityRuleUsageQuery(workspaceId: string, capacityRuleId: string) {
  return queryOptions({
    // Not under the key of all rules: invalidating those after a deletion would refetch the deleted rule.
    queryKey: ["capacityUsage", workspaceId, capacityRuleId],
    queryFn: async ({ signal }) =>
      (await request(getCapacityRuleUsage, { params: { workspaceId, capacityRuleId }, signal })).data,
    staleTime: 0,
  });
}

/** Moves agents to a rule and out of all others: an agent has at most one. */
function claim(rules: CapacityRule[], id: string, agents: readonly string[]): CapacityRule[] {
  const taken = new Set(agents);
  return rules.map((rule) =>
    rule.id === id
      ? { ...rule, assignedAgentIds: [...agents] }
      : { ...rule, assignedAgentIds: rule.assignedAgentIds.filter((agent) => !taken.has(agent)) },
  );
}

const settled = (rules: CapacityRule[], rule: CapacityRule) =>
  claim(put(rules, rule), rule.id, rule.assignedAgentIds);

export function useCreateCapacityRule(workspaceId: string) {
  return useListWrite<CapacityRule, z.input<typeof capacityRuleDraftSchema>, CapacityRule>({
    list: capacityRuleKeys.list(workspaceId),
    write: async (body) => (await request(createCapacityRule, { params: { workspaceId }, body })).data,
    settle: settled,
    touches: [capacityRuleKeys.all(workspaceId), agentKeys.all(workspaceId)],
  });
}

export type CapacityRuleWrite = Guarded<CapacityRule, z.input<typeof capacityRuleChangeSchema>>;

export function useChangeCapacityRule(workspaceId: string) {
  return useListWrite<CapacityRule, CapacityRuleWrite, CapacityRule>({
    list: capacityRuleKeys.list(workspaceId),
    write: (guarded) => {
      const params = { workspaceId, capacityRuleId: guarded.id };
      return sendGuarded(
        guarded,
        () => request(getCapacityRule, { params }),
        async (ifMatch) => (await request(patchCapacityRule, { params, body: guarded.change, ifMatch })).data,
        ({ assignedAgentIds, ...rule }) => ({ ...rule, agents: [...assignedAgentIds].sort() }),
      );
    },
    optimistic: (rules, { id, change: { agents, ...change } }) => {
      const changed = merge(rules, id, change);
      return agents ? claim(changed, id, agents) : changed;
    },
    settle: settled,
    touches: [capacityRuleKeys.all(workspaceId), agentKeys.all(workspaceId)],
  });
}

/** Deletes a capacity rule. Its agents fall back to the default. */
export function useDeleteCapacityRule(workspaceId: string) {
  return useListWrite<CapacityRule, string, void>({
    list: capacityRuleKeys.list(workspaceId),
    write: async (capacityRuleId) => {
      await request(deleteCapacityRule, { params: { workspaceId, capacityRuleId } });
    },
    optimistic: without,
    touches: [capacityRuleKeys.all(workspaceId), agentKeys.all(workspaceId)],
  });
}
