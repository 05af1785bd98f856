import { queryOptions } from "@tanstack/react-query";
import { readAll, request } from "@/lib/http/request";
import { listRoles } from "@/lib/roles/contract";

/** Keys of everything cached about roles. */
export const roleKeys = { all: (workspaceId: string) => ["roles", workspaceId] as const };

/** All roles of the workspace. */
export function allRolesQuery(workspaceId: string) {
  return queryOptions({
    queryKey: [...roleKeys.all(workspaceId), "list"],
    queryFn: ({ signal }) =>
      readAll((query) => request(listRoles, { params: { workspaceId }, query, signal })),
    staleTime: 60_000,
  });
}
