import type { Code } from "@/lib/availability/effective/values";
import { ApiError } from "@/lib/platform/http/errors";
import type { Reply } from "@/lib/platform/http/server/reply";
import type { AgentId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";
import type { Conversation, ConversationAssignment } from "@/lib/routing/conversations/contract";
import {
  type ConversationDependencies,
  conversationTags,
  invalidConversation,
  lockConversation,
  requireNotClosed,
  timeOfChange,
} from "@/lib/routing/conversations/server/dependencies";
import { unknownReferences } from "@/lib/routing/conversations/server/references";
import { agentsOf, type Save } from "@/lib/routing/conversations/server/save";
import { type ConversationRow, serializeConversation } from "@/lib/routing/conversations/server/serializer";

export function createAssignment({ db, repository, effective }: ConversationDependencies, save: Save) {
  /**
   * Returns what closes the conversation's channel for the agent, ignoring the conversation's own offer. Lock
   * the agents' states first.
   */
  async function codesAgainst(
    actor: Actor,
    agentId: AgentId,
    before: ConversationRow,
    now: Date,
  ): Promise<readonly Code[]> {
    if (before.offer) await repository.endOffer(actor.workspaceId, before.id, now);
    const { results } = await effective.verdicts(actor, [agentId], now);
    return results[0]?.closedBy[before.channel] ?? [];
  }

  return {
    /**
     * Assigns a conversation to an agent, regardless of their teams and skills. Throws
     * `ConversationNotFound`, `InvalidConversation`, `ConversationClosed` or `AgentNotAvailable`.
     */
    async assign(
      actor: Actor,
      id: string,
      { agentId, force }: ConversationAssignment,
      now: Date,
    ): Promise<Reply<Conversation>> {
      return await db.transaction(async () => {
        const before = await lockConversation({ repository }, actor, id);
        await repository.lockStates(actor.workspaceId, agentsOf(before, { agentId }));
        const details = await unknownReferences(repository, actor, { agentId });
        if (Object.keys(details).length > 0) throw invalidConversation(details);
        requireNotClosed(before);
        if (before.agentId === agentId) return conversationTags.reply(serializeConversation(before, now));
        const codes = await codesAgainst(actor, agentId, before, now);
        if (codes.length > 0 && !force)
          throw new ApiError(
            "AgentNotAvailable",
            `The agent can't take this conversation now: ${codes.join(", ")}. Choose another agent, or send force: true to assign it anyway.`,
            { details: { agentId: [...codes] } },
          );
        const decision = { conversationId: id, kind: "manual", agentId, codes } as const;
        const at = timeOfChange(before, now);
        await repository.insertDecision(actor, decision, at);
        const columns = { state: "assigned", agentId, assignedAt: at, forced: codes.length > 0 } as const;
        return await save(actor, before, columns, now);
      });
    },
  };
}
