import { infiniteQueryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import { ledgerKeys } from "@/lib/platform/client/cache-keys";
import { request } from "@/lib/platform/client/request";
import { listAgentChanges } from "@/lib/records/ledger/client/calls";
import type { changeQuerySchema } from "@/lib/records/ledger/contract";

/** The filters that the page offers. */
export type ChangeFilter = Pick<z.input<typeof changeQuerySchema>, "action" | "cause" | "field">;

/**
 * Query of an agent's changes, newest first, in pages. Always refetched, so that a change just saved appears.
 */
export function agentChangesQuery(workspaceId: string, agentId: string, filter: ChangeFilter) {
  return infiniteQueryOptions({
    queryKey: [...ledgerKeys.agent(workspaceId, agentId), filter],
    queryFn: async ({ signal, pageParam }) =>
      (
        await request(listAgentChanges, {
          params: { workspaceId, agentId },
          query: { ...filter, limit: "30", ...(pageParam ? { pageToken: pageParam } : {}) },
          signal,
        })
      ).data,
    initialPageParam: "",
    getNextPageParam: (page) => page.nextPageToken,
    staleTime: 0,
  });
}
