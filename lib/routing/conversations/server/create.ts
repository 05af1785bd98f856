import type { Reply } from "@/lib/platform/http/server/reply";
import { newId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";
import type { Conversation, ConversationDraft } from "@/lib/routing/conversations/contract";
import {
  type ConversationDependencies,
  conversationNotFound,
  conversationTags,
  invalidConversation,
} from "@/lib/routing/conversations/server/dependencies";
import {
  noDefaultQueue,
  unknownQueue,
  unknownReferences,
} from "@/lib/routing/conversations/server/references";
import { serializeConversation } from "@/lib/routing/conversations/server/serializer";

export function createCreation({ db, repository, matcher }: ConversationDependencies) {
  return {
    /**
     * Queues a conversation, or records its agent, regardless of that agent's availability. Throws
     * `InvalidConversation` or `ConversationAlreadyExists`.
     */
    async create(actor: Actor, draft: ConversationDraft, now: Date): Promise<Reply<Conversation>> {
      const { workspaceId } = actor;
      const { agentId = null, subject = null, preferredAgentId = null, queueId: wanted, ...rest } = draft;
      const id = newId();
      const data = await db.transaction(async () => {
        if (agentId) await repository.lockStates(workspaceId, [agentId]);
        const queue = await unknownQueue(repository, actor, wanted);
        const details = { ...(await unknownReferences(repository, actor, draft)), ...queue };
        const queueId = wanted ?? (agentId ? null : await repository.defaultQueue(workspaceId)) ?? null;
        if (!queueId && !agentId) Object.assign(details, noDefaultQueue);
        if (Object.keys(details).length > 0) throw invalidConversation(details);
        const place = agentId
          ? ({ state: "assigned", queuedAt: null, assignedAt: now } as const)
          : ({ state: "queued", queuedAt: now, assignedAt: null } as const);
        const row = { ...rest, ...place, id, agentId, subject, preferredAgentId, queueId };
        await repository.insert(workspaceId, row, now);
        if (agentId) {
          const decision = { conversationId: id, kind: "reported", agentId, codes: [] } as const;
          await repository.insertDecision(actor, decision, now);
        } else db.afterCommit(() => matcher.wake(workspaceId));
        const created = await repository.find(workspaceId, id);
        if (!created) throw conversationNotFound();
        return serializeConversation(created, now);
      });
      return conversationTags.reply(data, `/api/workspaces/${workspaceId}/inbox/conversations/${id}`);
    },
  };
}
