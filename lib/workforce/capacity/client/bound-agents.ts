import type { CapacityRule } from "@/lib/workforce/capacity/contract";

/**
 * Returns how many agents a rule applies to: its assigned agents or, for the default rule, all agents without
 * their own rule. `total` is the number of all agents; while it is unknown, the default's count is undefined.
 */
export function boundAgents(
  rule: Pick<CapacityRule, "id" | "default" | "assignedAgentIds">,
  rules: readonly Pick<CapacityRule, "id" | "assignedAgentIds">[],
  total: number | undefined,
): number | undefined {
  if (!rule.default) return rule.assignedAgentIds.length;
  if (total === undefined) return undefined;
  const elsewhere = new Set(
    rules.filter(({ id }) => id !== rule.id).flatMap((each) => each.assignedAgentIds),
  );
  return Math.max(0, total - elsewhere.size);
}
