import type { Reply } from "@/lib/platform/http/server/reply";
import type { Actor } from "@/lib/platform/security/permissions";
import type { Conversation, ConversationRequeue } from "@/lib/routing/conversations/contract";
import {
  type ConversationDependencies,
  invalidConversation,
  lockConversation,
  requireNotClosed,
  requireOwn,
  timeOfChange,
} from "@/lib/routing/conversations/server/dependencies";
import { noDefaultQueue, unknownQueue } from "@/lib/routing/conversations/server/references";
import type { Save } from "@/lib/routing/conversations/server/save";

/** Requeues and closes conversations. */
export function createRelease({ db, repository }: ConversationDependencies, save: Save) {
  return {
    /**
     * Returns a conversation to its queue or to another one. Throws `ConversationNotFound`, `Forbidden`,
     * `InvalidConversation` or `ConversationClosed`.
     */
    async requeue(
      actor: Actor,
      id: string,
      { queueId: wanted, exclude }: ConversationRequeue,
      now: Date,
    ): Promise<Reply<Conversation>> {
      return await db.transaction(async () => {
        const details = await unknownQueue(repository, actor, wanted);
        const before = await lockConversation({ repository }, actor, id);
        requireOwn(actor, before);
        if (Object.keys(details).length > 0) throw invalidConversation(details);
        requireNotClosed(before);
        const queueId = wanted ?? before.queueId ?? (await repository.defaultQueue(actor.workspaceId));
        if (queueId === undefined) throw invalidConversation(noDefaultQueue);
        const isMoved = queueId !== before.queueId;
        if (before.state === "queued" && !isMoved) return await save(actor, before, {}, now);
        const present = before.agentId ?? before.offer?.agentId;
        const excluded =
          exclude && present ? { excludedAgentIds: [...new Set([...before.excludedAgentIds, present])] } : {};
        const columns = {
          ...excluded,
          ...(isMoved ? { queueId, step: 0 } : {}),
          ...(before.queuedAt === null ? { queuedAt: timeOfChange(before, now) } : {}),
          state: "queued",
          agentId: null,
          assignedAt: null,
          forced: false,
        } as const;
        return await save(actor, before, columns, now);
      });
    },

    /** Closes a conversation unless it is closed. Throws `ConversationNotFound` or `Forbidden`. */
    async close(actor: Actor, id: string, now: Date): Promise<Reply<Conversation>> {
      return await db.transaction(async () => {
        const before = await lockConversation({ repository }, actor, id);
        requireOwn(actor, before);
        const closing = { state: "closed", closedAt: timeOfChange(before, now) } as const;
        const columns = before.state === "closed" ? {} : closing;
        return await save(actor, before, columns, now);
      });
    },
  };
}
