import { routeWith } from "@/lib/platform/http/server/route";
import { acceptOffer, declineOffer, listOffers } from "@/lib/routing/offers/contract";
import type { OfferService } from "@/lib/routing/offers/server/service";

const route = routeWith<{ offers: OfferService }>();

export const offerRoutes = [
  route(listOffers, async ({ actor, params, now }, { offers }) => ({
    data: await offers.list(actor, params.agentId, now),
  })),
  route(acceptOffer, ({ actor, params, now }, { offers }) => offers.accept(actor, params.offerId, now)),
  route(declineOffer, ({ actor, params, now }, { offers }) => offers.decline(actor, params.offerId, now)),
];
