import type { Reply } from "@/lib/platform/http/server/reply";
import type { Actor } from "@/lib/platform/security/permissions";
import type { Conversation } from "@/lib/routing/conversations/contract";
import {
  type ConversationDependencies,
  conversationNotFound,
  conversationTags,
  timeOfChange,
} from "@/lib/routing/conversations/server/dependencies";
import type { ConversationColumns } from "@/lib/routing/conversations/server/repository";
import { type ConversationRow, serializeConversation } from "@/lib/routing/conversations/server/serializer";

/**
 * Saves a change of a locked conversation if anything changes, and returns the conversation with its ETag.
 */
export type Save = (
  actor: Actor,
  before: ConversationRow,
  columns: Partial<ConversationColumns>,
  now: Date,
) => Promise<Reply<Conversation>>;

/** Changing to any state but `offered` ends the pending offer. */
export function createSave({ db, repository, matcher }: ConversationDependencies): Save {
  return async (actor, before, columns, now) => {
    const { workspaceId } = actor;
    const at = timeOfChange(before, now);
    if (Object.keys(columns).length === 0) return conversationTags.reply(serializeConversation(before, now));
    await repository.lockStates(workspaceId, agentsOf(before, columns));
    await repository.update(workspaceId, before.id, columns, at);
    if (before.offer && (columns.state ?? before.state) !== "offered")
      await repository.endOffer(workspaceId, before.id, now);
    db.afterCommit(() => matcher.wake(workspaceId));
    const after = await repository.find(workspaceId, before.id);
    if (!after) throw conversationNotFound();
    return conversationTags.reply(serializeConversation(after, now));
  };
}

/** Returns the agents whose counts or offers the change affects. */
export function agentsOf(before: ConversationRow, { agentId }: { agentId?: string | null }): string[] {
  return [before.agentId, before.offer?.agentId, agentId].filter((id) => typeof id === "string");
}
