import { useQuery } from "@tanstack/react-query";
import { useWorkspace } from "@/components/shell/workspace-context";
import { agentListQuery } from "@/lib/agents/agents/client/queries";
import { boundAgents } from "@/lib/workforce/capacity/client/bound-agents";
import { allCapacityRulesQuery } from "@/lib/workforce/capacity/client/queries";
import type { CapacityRule } from "@/lib/workforce/capacity/contract";

/** Returns the capacity rules, and a function that counts the agents of one; undefined while loading. */
export function useCapacityRules() {
  const { workspace, can } = useWorkspace();
  const rules = useQuery(allCapacityRulesQuery(workspace.id));
  const all = useQuery({ ...agentListQuery(workspace.id, { limit: "1" }), enabled: can("agents.read") });
  const bound = (rule: CapacityRule) => boundAgents(rule, rules.data ?? [], all.data?.total);
  return { rules, bound };
}
