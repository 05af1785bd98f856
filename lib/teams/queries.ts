import { queryOptions } from "@tanstack/react-query";
import { readAll, request } from "@/lib/http/request";
import { listTeams } from "@/lib/teams/contract";

/** Keys of everything cached about teams. */
export const teamKeys = { all: (workspaceId: string) => ["teams", workspaceId] as const };

/** All teams of the workspace. */
export function allTeamsQuery(workspaceId: string) {
  return queryOptions({
    queryKey: [...teamKeys.all(workspaceId), "list"],
    queryFn: ({ signal }) =>
      readAll((query) => request(listTeams, { params: { workspaceId }, query, signal })),
    staleTime: 60_000,
  });
}
