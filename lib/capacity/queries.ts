import { queryOptions } from "@tanstack/react-query";
import { listCapacityRules } from "@/lib/capacity/contract";
import { readAll, request } from "@/lib/http/request";

/** Keys of everything cached about capacity rules. */
export const capacityRuleKeys = { all: (workspaceId: string) => ["capacity", workspaceId] as const };

/** All capacity rules of the workspace. */
export function allCapacityRulesQuery(workspaceId: string) {
  return queryOptions({
    queryKey: [...capacityRuleKeys.all(workspaceId), "list"],
    queryFn: ({ signal }) =>
      readAll((query) => request(listCapacityRules, { params: { workspaceId }, query, signal })),
    staleTime: 60_000,
  });
}
