import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { listSpans } from "@/lib/availability/spans/client/calls";
import type { Spans } from "@/lib/availability/spans/contract";
import { agentKeys } from "@/lib/platform/client/cache-keys";
import { pageNow } from "@/lib/platform/client/page-clock";
import { request } from "@/lib/platform/client/request";

/** The spans of a period, and when they were fetched (epoch milliseconds). */
export interface ReadSpans {
  spans: Spans["results"];
  readAt: number;
}

/** Query of what an agent declared during [from, to), in epoch milliseconds. Refetches every 30 s. */
export function spansQuery(workspaceId: string, agentId: string, { from, to }: { from: number; to: number }) {
  const query = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  return queryOptions({
    queryKey: agentKeys.spans(workspaceId, agentId, query.from),
    queryFn: async ({ signal }): Promise<ReadSpans> => {
      const { data } = await request(listSpans, { params: { workspaceId, agentId }, query, signal });
      return { spans: data.results, readAt: pageNow() };
    },
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });
}
