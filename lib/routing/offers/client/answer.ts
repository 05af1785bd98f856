import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import { agentKeys, conversationKeys, inboxKeys, workloadKeys } from "@/lib/platform/client/cache-keys";
import { RequestError } from "@/lib/platform/client/client";
import { pageNow } from "@/lib/platform/client/page-clock";
import { request } from "@/lib/platform/client/request";
import { type ConversationPage, conversationsQuery } from "@/lib/routing/conversations/client/queries";
import type { Conversation } from "@/lib/routing/conversations/contract";
import { acceptOffer, declineOffer } from "@/lib/routing/offers/client/calls";
import { offersQuery } from "@/lib/routing/offers/client/queries";
import type { Offer } from "@/lib/routing/offers/contract";

/** Query of an agent's open conversations. */
export function ownConversationsQuery(workspaceId: string, agentId: string) {
  return conversationsQuery(workspaceId, { agentIds: [agentId], states: ["assigned"], limit: "100" });
}

export interface OfferAnswer {
  offer: Offer;
  answer: "accept" | "decline";
}

/** Returns whether an offer could not be answered because it was already answered, withdrawn or expired. */
export function isGone(error: unknown): boolean {
  return error instanceof RequestError && (error.code === "OfferGone" || error.code === "OfferNotFound");
}

/** Returns the expected conversation after an agent accepts an offer. */
export function accepted({ conversation }: Offer, agentId: string, now: Date): Conversation {
  const { offer: _, ...rest } = conversation;
  return { ...rest, state: "assigned", agentId, assignedAt: now.toISOString() };
}

const without = (page: ConversationPage, id: string): ConversationPage => {
  const results = page.results.filter((each) => each.id !== id);
  return { ...page, results, total: page.total - (page.results.length - results.length) };
};

const including = (page: ConversationPage, conversation: Conversation): ConversationPage => {
  const others = without(page, conversation.id);
  return { ...others, results: [...others.results, conversation], total: others.total + 1 };
};

/**
 * Accepts or declines an offer, with an optimistic update: the offer leaves the list, and an accepted
 * conversation joins the open ones. Both are rolled back if the server can't be reached, but not if the offer
 * no longer exists.
 */
export function useAnswerOffer(workspaceId: string, agentId: string) {
  const client = useQueryClient();
  const offers = offersQuery(workspaceId, agentId).queryKey;
  const open = ownConversationsQuery(workspaceId, agentId).queryKey;
  const show = (next: (page: ConversationPage) => ConversationPage) =>
    client.setQueryData(open, (page) => page && next(page));
  return useMutation({
    async mutationFn({ offer, answer }: OfferAnswer) {
      const input = {
        params: { workspaceId, offerId: offer.id },
        idempotencyKey: crypto.randomUUID(),
      };
      const { data } =
        answer === "accept" ? await request(acceptOffer, input) : await request(declineOffer, input);
      return data;
    },
    async onMutate({ offer, answer }) {
      await Promise.all(
        [offers, conversationKeys.all(workspaceId)].map((queryKey) => client.cancelQueries({ queryKey })),
      );
      client.setQueryData(offers, (all) => all?.filter(({ id }) => id !== offer.id));
      if (answer === "accept") show((page) => including(page, accepted(offer, agentId, new Date(pageNow()))));
    },
    onError(error, { offer }) {
      show((page) => without(page, offer.conversationId));
      if (!isGone(error))
        client.setQueryData(offers, (all) => all && [offer, ...all.filter(({ id }) => id !== offer.id)]);
    },
    onSuccess(conversation, { answer }) {
      if (answer === "accept") show((page) => including(page, conversation));
    },
    onSettled() {
      const touched: QueryKey[] = [
        offers,
        conversationKeys.all(workspaceId),
        agentKeys.answers(workspaceId),
        agentKeys.one(workspaceId, agentId),
        inboxKeys.all(workspaceId),
        workloadKeys.one(workspaceId, agentId),
      ];
      for (const queryKey of touched) void client.invalidateQueries({ queryKey });
    },
  });
}
