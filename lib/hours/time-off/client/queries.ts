import { queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import { listCalendarFeeds, listTimeOff } from "@/lib/hours/time-off/client/calls";
import type { timeOffQuerySchema } from "@/lib/hours/time-off/contract";
import { calendarFeedKeys, timeOffKeys } from "@/lib/platform/client/cache-keys";
import { read, readAll, request } from "@/lib/platform/client/request";

/** Query of all time off that matches, by start date. */
export function allTimeOffQuery(
  workspaceId: string,
  query: Omit<z.input<typeof timeOffQuerySchema>, "limit" | "pageToken">,
) {
  return queryOptions({
    queryKey: timeOffKeys.list(workspaceId, query),
    queryFn: ({ signal }) =>
      readAll((page) =>
        request(listTimeOff, { params: { workspaceId }, query: { ...query, ...page }, signal }),
      ),
    staleTime: 30_000,
  });
}

/** Query of an agent's calendar feeds. */
export function calendarFeedsQuery(workspaceId: string, agentId: string) {
  return queryOptions({
    queryKey: calendarFeedKeys.list(workspaceId, agentId),
    queryFn: read(listCalendarFeeds, { params: { workspaceId, agentId } }),
    staleTime: 30_000,
  });
}
