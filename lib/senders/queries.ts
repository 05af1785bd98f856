import { queryOptions } from "@tanstack/react-query";
import { readAll, request } from "@/lib/http/request";
import { listSenderProfiles } from "@/lib/senders/contract";

/** Keys of everything cached about sender profiles. */
export const senderKeys = { all: (workspaceId: string) => ["senders", workspaceId] as const };

/** All sender profiles of the workspace. */
export function allSendersQuery(workspaceId: string) {
  return queryOptions({
    queryKey: [...senderKeys.all(workspaceId), "list"],
    queryFn: ({ signal }) =>
      readAll((query) => request(listSenderProfiles, { params: { workspaceId }, query, signal })),
    staleTime: 60_000,
  });
}
