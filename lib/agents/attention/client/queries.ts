import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { getAttention } from "@/lib/agents/attention/client/calls";
import { inboxKeys } from "@/lib/platform/client/cache-keys";
import { read } from "@/lib/platform/client/request";

/** Query of the agents who need attention. Refetches every 10 s, because the result changes with time. */
export function attentionQuery(workspaceId: string, teamIds: readonly string[], limit: number) {
  const query = { limit: String(limit), ...(teamIds.length > 0 ? { teamIds: [...teamIds] } : {}) };
  return queryOptions({
    queryKey: [...inboxKeys.all(workspaceId), "attention", query],
    queryFn: read(getAttention, { params: { workspaceId }, query }),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  });
}
