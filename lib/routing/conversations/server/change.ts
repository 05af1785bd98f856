import { ApiError } from "@/lib/platform/http/errors";
import type { Conditions } from "@/lib/platform/http/server/entity-tag";
import type { Reply } from "@/lib/platform/http/server/reply";
import { given } from "@/lib/platform/http/wire";
import { isSame } from "@/lib/platform/sameness";
import type { Actor } from "@/lib/platform/security/permissions";
import type { Conversation, ConversationChange } from "@/lib/routing/conversations/contract";
import {
  type ConversationDependencies,
  conversationTags,
  invalidConversation,
  lockConversation,
  requireNotClosed,
} from "@/lib/routing/conversations/server/dependencies";
import { unknownQueue, unknownReferences } from "@/lib/routing/conversations/server/references";
import { agentsOf, type Save } from "@/lib/routing/conversations/server/save";
import { type ConversationRow, serializeConversation } from "@/lib/routing/conversations/server/serializer";

/** Changes subject, queue, priority, required skills and preferred agent of a conversation. */
export function createChange({ db, repository }: ConversationDependencies, save: Save) {
  return {
    /**
     * Throws `ConversationNotFound`, `PreconditionFailed`, `InvalidConversation`, `ConversationClosed` or
     * `ConversationAssigned`.
     */
    async change(
      actor: Actor,
      id: string,
      change: ConversationChange,
      { ifMatch, now }: Conditions,
    ): Promise<Reply<Conversation>> {
      return await db.transaction(async () => {
        const queue = await unknownQueue(repository, actor, change.queueId);
        const before = await lockConversation({ repository }, actor, id);
        await repository.lockStates(actor.workspaceId, agentsOf(before, {}));
        const details = { ...(await unknownReferences(repository, actor, change)), ...queue };
        await conversationTags.require(ifMatch, async () => serializeConversation(before, now));
        if (Object.keys(details).length > 0) throw invalidConversation(details);
        requireNotClosed(before);
        const wanted = differing(before, change);
        const isMoved = wanted.queueId !== undefined;
        if (isMoved && before.state === "assigned")
          throw new ApiError(
            "ConversationAssigned",
            "The conversation is assigned, so its queue can't change. Requeue it (POST …/requeue) to move it to another queue.",
          );
        // An offer from the old queue may be to an agent who is not in the new queue's teams.
        const place = isMoved ? ({ state: "queued", step: 0 } as const) : {};
        return await save(actor, before, { ...wanted, ...place }, now);
      });
    },
  };
}

/** Returns the properties whose values differ. */
function differing(before: ConversationRow, change: ConversationChange) {
  const wanted = given(change);
  return Object.fromEntries(
    Object.entries(wanted).filter(([name, value]) => !isSame(before[name as keyof ConversationRow], value)),
  ) as typeof wanted;
}
