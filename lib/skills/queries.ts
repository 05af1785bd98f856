import { queryOptions } from "@tanstack/react-query";
import { readAll, request } from "@/lib/http/request";
import { listSkills } from "@/lib/skills/contract";

/** Keys of everything cached about skills. */
export const skillKeys = { all: (workspaceId: string) => ["skills", workspaceId] as const };

/** All skills of the workspace. */
export function allSkillsQuery(workspaceId: string) {
  return queryOptions({
    queryKey: [...skillKeys.all(workspaceId), "list"],
    queryFn: ({ signal }) =>
      readAll((query) => request(listSkills, { params: { workspaceId }, query, signal })),
    staleTime: 60_000,
  });
}
