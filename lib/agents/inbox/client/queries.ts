import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { getInboxAvailability, listCandidates } from "@/lib/agents/inbox/client/calls";
import type { Channel } from "@/lib/availability/effective/values";
import { inboxKeys } from "@/lib/platform/client/cache-keys";
import { read } from "@/lib/platform/client/request";

/** Milliseconds between refetches, for changes over time. All other changes send events. */
const refetchInterval = 15_000;

/** Query of how many agents can take conversations, in all teams or some. */
export function inboxAvailabilityQuery(workspaceId: string, teamIds: readonly string[]) {
  const query = teamIds.length > 0 ? { teamIds: [...teamIds] } : {};
  return queryOptions({
    queryKey: [...inboxKeys.all(workspaceId), "availability", query],
    queryFn: read(getInboxAvailability, { params: { workspaceId }, query }),
    placeholderData: keepPreviousData,
    refetchInterval,
  });
}

/** Query of the next agents to take a conversation. */
export function candidatesQuery(
  workspaceId: string,
  channel: Channel,
  teamIds: readonly string[],
  limit: number,
) {
  const query = {
    channel,
    limit: String(limit),
    ...(teamIds.length > 0 ? { teamIds: [...teamIds] } : {}),
  };
  return queryOptions({
    queryKey: [...inboxKeys.all(workspaceId), "candidates", query],
    queryFn: read(listCandidates, { params: { workspaceId }, query }),
    placeholderData: keepPreviousData,
    refetchInterval,
  });
}
