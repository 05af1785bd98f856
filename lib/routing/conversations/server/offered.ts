import type { AgentId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";
import type { Conversation } from "@/lib/routing/conversations/contract";
import {
  type ConversationDependencies,
  lockConversation,
  timeOfChange,
} from "@/lib/routing/conversations/server/dependencies";
import type { Save } from "@/lib/routing/conversations/server/save";
import type { ConversationRow } from "@/lib/routing/conversations/server/serializer";

/** Effects of answers to offers on conversations, for the offer service. Call these in its transaction. */
export function createOffered({ repository }: ConversationDependencies, save: Save) {
  return {
    /** Locks a conversation and the state of an agent who was offered it. Throws `ConversationNotFound`. */
    async lockOffered(actor: Actor, id: string, agentId: AgentId): Promise<ConversationRow> {
      const row = await lockConversation({ repository }, actor, id);
      await repository.lockStates(actor.workspaceId, [agentId]);
      return row;
    },

    /** Assigns a locked conversation to the agent who accepted it, or requeues it without an agent. */
    async settleOffered(
      actor: Actor,
      before: ConversationRow,
      agentId: AgentId | undefined,
      now: Date,
    ): Promise<Conversation> {
      const columns = agentId
        ? ({ state: "assigned", agentId, assignedAt: timeOfChange(before, now) } as const)
        : ({ state: "queued" } as const);
      return (await save(actor, before, columns, now)).data;
    },
  };
}
