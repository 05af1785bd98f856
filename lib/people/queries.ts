import { queryOptions } from "@tanstack/react-query";
import { readAll, request } from "@/lib/http/request";
import { listUsers } from "@/lib/people/contract";

/** Keys of everything cached about people. */
export const personKeys = { all: (workspaceId: string) => ["people", workspaceId] as const };

/** All people of the workspace. */
export function allPeopleQuery(workspaceId: string) {
  return queryOptions({
    queryKey: [...personKeys.all(workspaceId), "list"],
    queryFn: ({ signal }) =>
      readAll((query) => request(listUsers, { params: { workspaceId }, query, signal })),
    staleTime: 60_000,
  });
}
