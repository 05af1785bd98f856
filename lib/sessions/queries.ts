import { queryOptions } from "@tanstack/react-query";
import { sessionKeys } from "@/lib/cache-keys";
import { request } from "@/lib/http/request";
import { listSessions } from "@/lib/sessions/calls";

/** One's own sessions. Asked for each time they are looked at: another browser may have signed in since. */
export function sessionsQuery() {
  return queryOptions({
    queryKey: sessionKeys.all(),
    queryFn: async ({ signal }) => (await request(listSessions, { params: {}, signal })).data.results,
    staleTime: 0,
    gcTime: 0,
  });
}
