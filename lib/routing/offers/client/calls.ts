import { call } from "@/lib/platform/client/call";
import type * as contract from "@/lib/routing/offers/contract";

const one = "/api/workspaces/{workspaceId}/inbox/offers/{offerId}";

export const listOffers = call<typeof contract.listOffers>(
  "GET",
  "/api/workspaces/{workspaceId}/agents/{agentId}/offers",
);
export const acceptOffer = call<typeof contract.acceptOffer>("POST", `${one}/accept`);
export const declineOffer = call<typeof contract.declineOffer>("POST", `${one}/decline`);
