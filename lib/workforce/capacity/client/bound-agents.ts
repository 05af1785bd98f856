import type { CapacityRule } from "@/lib/workforce/capacity/contract";

/**
 * How many agents a rule bounds: those it names; the default rule bounds everybody whom no other rule names. Undefined for
 * the default while `total`, the number of all agents, is unknown.
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
