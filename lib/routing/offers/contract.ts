import { z } from "zod";
import { idSchema, instantSchema, uuidSchema } from "@/lib/platform/http/fields";
import { members, operation, response } from "@/lib/platform/http/operation";
import { agentParams, workspaceParams } from "@/lib/platform/http/paths";
import type { Branded } from "@/lib/platform/ids";
import { conversationSchema } from "@/lib/routing/conversations/contract";

export type OfferId = Branded<"OfferId">;

/** A conversation offered to an agent. */
export const offerSchema = z
  .strictObject({
    id: uuidSchema,
    conversationId: uuidSchema,
    conversation: conversationSchema,
    expiresAt: instantSchema,
    createdAt: instantSchema,
  })
  .meta({ id: "Offer" });

export const offersSchema = z.strictObject({ results: z.array(offerSchema) });

export type Offer = z.output<typeof offerSchema>;
export type Offers = z.output<typeof offersSchema>;

const tag = "Offers";

export const listOffers = operation({
  id: "listOffers",
  method: "GET",
  path: "/api/workspaces/{workspaceId}/agents/{agentId}/offers",
  tag,
  summary: "List an agent's pending offers",
  access: members("routing.read"),
  params: agentParams,
  success: response.ok("Pending offers, soonest expiry first.", offersSchema),
  errors: ["AgentNotFound"],
});

const offerParams = workspaceParams.extend({ offerId: idSchema<OfferId>("The offer.") });
const shared = {
  tag,
  access: members("own.write", "routing.write"),
  params: offerParams,
  reads: ["Idempotency-Key"],
  success: response.ok("The conversation after the answer.", conversationSchema),
  errors: ["OfferNotFound", "OfferGone"],
} as const;

export const acceptOffer = operation({
  ...shared,
  id: "acceptOffer",
  method: "POST",
  path: "/api/workspaces/{workspaceId}/inbox/offers/{offerId}/accept",
  summary: "Accept an offer",
  description: "The conversation is then assigned to the agent.",
});

export const declineOffer = operation({
  ...shared,
  id: "declineOffer",
  method: "POST",
  path: "/api/workspaces/{workspaceId}/inbox/offers/{offerId}/decline",
  summary: "Decline an offer",
  description: "The conversation keeps its place and is offered to the next agent.",
});
