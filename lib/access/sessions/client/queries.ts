import { queryOptions } from "@tanstack/react-query";
import { listSessions } from "@/lib/access/sessions/client/calls";
import { sessionKeys } from "@/lib/platform/client/cache-keys";
import { request } from "@/lib/platform/client/request";

/** Query of the person's own sessions. Never cached, because another browser may have signed in. */
export function sessionsQuery() {
  return queryOptions({
    queryKey: sessionKeys.all(),
    queryFn: async ({ signal }) => (await request(listSessions, { params: {}, signal })).data.results,
    staleTime: 0,
    gcTime: 0,
  });
}
