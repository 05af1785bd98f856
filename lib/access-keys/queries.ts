import { queryOptions } from "@tanstack/react-query";
import { listAccessKeys } from "@/lib/access-keys/contract";
import { readAll, request } from "@/lib/http/request";

/** Keys of everything cached about access keys. */
export const accessKeyKeys = { all: (workspaceId: string) => ["access-keys", workspaceId] as const };

/** All access keys of the workspace. */
export function allAccessKeysQuery(workspaceId: string) {
  return queryOptions({
    queryKey: [...accessKeyKeys.all(workspaceId), "list"],
    queryFn: ({ signal }) =>
      readAll((query) => request(listAccessKeys, { params: { workspaceId }, query, signal })),
    staleTime: 60_000,
  });
}
