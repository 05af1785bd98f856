import { queryOptions } from "@tanstack/react-query";
import { listPresenceSessions } from "@/lib/availability/presence/client/calls";
import type { PresenceSessions } from "@/lib/availability/presence/contract";
import { presenceKeys } from "@/lib/platform/client/cache-keys";
import { request } from "@/lib/platform/client/request";

/** Query of the signed-in person's own presence sessions. */
export function ownPresenceQuery(workspaceId: string) {
  return queryOptions({
    queryKey: presenceKeys.own(workspaceId),
    queryFn: async ({ signal }): Promise<PresenceSessions["results"]> =>
      (await request(listPresenceSessions, { params: { workspaceId, agentId: "me" }, signal })).data.results,
  });
}
