import { queryOptions } from "@tanstack/react-query";
import { offerKeys } from "@/lib/platform/client/cache-keys";
import { request } from "@/lib/platform/client/request";
import { listOffers } from "@/lib/routing/offers/client/calls";
import type { Offer } from "@/lib/routing/offers/contract";

/** Query of an agent's pending offers, soonest expiry first. */
export function offersQuery(workspaceId: string, agentId: string) {
  return queryOptions({
    queryKey: offerKeys.of(workspaceId, agentId),
    queryFn: async ({ signal }): Promise<Offer[]> =>
      (await request(listOffers, { params: { workspaceId, agentId }, signal })).data.results,
    refetchInterval: 30_000,
    // Refetch while hidden: offers must be announced even if the user is in another tab.
    meta: { isLiveWhileHidden: true },
  });
}
