import { agentNotFound, resolveAgent } from "@/lib/access/auth/server/agent-reference";
import type { EffectiveService } from "@/lib/availability/effective/server/service";
import type { Database } from "@/lib/platform/database/db";
import { ApiError } from "@/lib/platform/http/errors";
import type { AgentReference } from "@/lib/platform/http/paths";
import type { Reply } from "@/lib/platform/http/server/reply";
import { timestamp } from "@/lib/platform/http/wire";
import type { AgentId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";
import type { Conversation } from "@/lib/routing/conversations/contract";
import { mayActFor } from "@/lib/routing/conversations/server/dependencies";
import { type ConversationRow, serializeConversation } from "@/lib/routing/conversations/server/serializer";
import type { ConversationService } from "@/lib/routing/conversations/server/service";
import type { Offer, Offers } from "@/lib/routing/offers/contract";
import type { OfferedRow, OfferRepository } from "@/lib/routing/offers/server/repository";
import { leavingCodes } from "@/lib/routing/offers/values";

interface Dependencies {
  db: Database;
  repository: OfferRepository;
  conversations: Pick<ConversationService, "lockOffered" | "settleOffered">;
  effective: Pick<EffectiveService, "verdicts" | "circumstances">;
}

export function createOfferService({ db, repository, conversations, effective }: Dependencies) {
  /**
   * Locks the conversation of an offer and the agent's state, and returns the pending offer. Throws
   * `OfferNotFound`, `Forbidden` or `OfferGone`.
   */
  async function lockPending(actor: Actor, id: string, now: Date) {
    const { workspaceId } = actor;
    const found = await repository.find(workspaceId, id);
    if (!found) throw new ApiError("OfferNotFound", "No offer with this id exists in this workspace.");
    const { agentId, conversationId } = found;
    if (!mayActFor(actor, agentId))
      throw new ApiError(
        "Forbidden",
        "This offer belongs to another agent. Only that agent or a supervisor can answer it.",
      );
    const conversation = await conversations.lockOffered(actor, conversationId, agentId);
    const offer = await repository.find(workspaceId, id);
    if (
      offer?.state !== "pending" ||
      new Date(offer.expiresAt) <= now ||
      (await hasLeft(actor, offer.agentId, conversation, now))
    )
      throw new ApiError(
        "OfferGone",
        "This offer was answered or withdrawn, or has expired. Read your offers again (GET …/agents/me/offers).",
      );
    return { agentId, conversation };
  }

  /** Returns whether an agent has left, even if their offer is not withdrawn yet. */
  async function hasLeft(
    actor: Actor,
    agentId: AgentId,
    { channel }: ConversationRow,
    now: Date,
  ): Promise<boolean> {
    const { results } = await effective.verdicts(actor, [agentId], now);
    return !results[0] || results[0].closedBy[channel].some((code) => leavingCodes.includes(code));
  }

  return {
    /** Lists an agent's pending offers. Throws `AgentNotFound`. */
    async list(actor: Actor, reference: AgentReference, now: Date): Promise<Offers> {
      const rows = await repository.pending(actor.workspaceId, resolveAgent(actor, reference), now);
      if (!rows) throw agentNotFound();
      return { results: rows.map((row) => serializeOffer(row, now)) };
    },

    /** Assigns the conversation to the offer's agent. Throws `OfferNotFound`, `Forbidden` or `OfferGone`. */
    async accept(actor: Actor, id: string, now: Date): Promise<Reply<Conversation>> {
      const { workspaceId } = actor;
      return await db.transaction(async () => {
        const { agentId, conversation } = await lockPending(actor, id, now);
        await repository.settle(workspaceId, id, "accepted", now);
        await repository.forgetMissed(workspaceId, agentId);
        return { data: await conversations.settleOffered(actor, conversation, agentId, now) };
      });
    },

    /** Requeues the conversation. Throws `OfferNotFound`, `Forbidden` or `OfferGone`. */
    async decline(actor: Actor, id: string, now: Date): Promise<Reply<Conversation>> {
      const { workspaceId } = actor;
      return await db.transaction(async () => {
        const { agentId, conversation } = await lockPending(actor, id, now);
        await repository.settle(workspaceId, id, "declined", now);
        const { policy } = await effective.circumstances(actor, now.getTime());
        await repository.forgetMissed(workspaceId, agentId, policy.missedOffers);
        return { data: await conversations.settleOffered(actor, conversation, undefined, now) };
      });
    },
  };
}

function serializeOffer(row: OfferedRow, now: Date): Offer {
  return {
    id: row.offer.id,
    conversationId: row.id,
    conversation: serializeConversation(row, now),
    expiresAt: timestamp(row.offer.expiresAt),
    createdAt: timestamp(row.offeredAt),
  };
}

export type OfferService = ReturnType<typeof createOfferService>;
