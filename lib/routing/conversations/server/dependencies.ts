import type { EffectiveService } from "@/lib/availability/effective/server/service";
import type { Database } from "@/lib/platform/database/db";
import { ApiError, type ErrorDetails } from "@/lib/platform/http/errors";
import { createEntityTags } from "@/lib/platform/http/server/entity-tag";
import type { PageTokens } from "@/lib/platform/http/server/page-token";
import type { Actor } from "@/lib/platform/security/permissions";
import type { Conversation, ConversationChange } from "@/lib/routing/conversations/contract";
import type { ConversationRepository } from "@/lib/routing/conversations/server/repository";
import type { ConversationRow } from "@/lib/routing/conversations/server/serializer";
import type { Matcher } from "@/lib/routing/matcher";

/** Dependencies of the conversation use cases. */
export interface ConversationDependencies {
  db: Database;
  repository: ConversationRepository;
  effective: Pick<EffectiveService, "verdicts">;
  pageTokens: PageTokens;
  matcher: Matcher;
}

// The state is read-only here: an assignment by the matcher must not block a change.
export const conversationTags = createEntityTags<Conversation, ConversationChange>("conversation", {
  id: "readOnly",
  workspaceId: "readOnly",
  externalId: "readOnly",
  channel: "readOnly",
  state: "readOnly",
  agentId: "readOnly",
  forced: "readOnly",
  offer: "readOnly",
  step: "readOnly",
  queuedAt: "readOnly",
  assignedAt: "readOnly",
  closedAt: "readOnly",
  createdAt: "readOnly",
  updatedAt: "readOnly",
});

export const conversationNotFound = () =>
  new ApiError("ConversationNotFound", "No conversation with this id exists in this workspace.");

export const invalidConversation = (details: ErrorDetails) =>
  new ApiError(
    "InvalidConversation",
    `Some values are not valid. Check ${Object.keys(details).slice(0, 5).join(", ")}.`,
    { details },
  );

/** Locks a conversation and returns it. Throws `ConversationNotFound`. */
export async function lockConversation(
  { repository }: Pick<ConversationDependencies, "repository">,
  actor: Actor,
  id: string,
): Promise<ConversationRow> {
  const row = await repository.lock(actor.workspaceId, id);
  if (!row) throw conversationNotFound();
  return row;
}

/**
 * Returns the time of a change. Not before the conversation's last update, which may have been committed
 * while this request waited.
 */
export const timeOfChange = ({ updatedAt }: ConversationRow, now: Date): Date =>
  new Date(Math.max(now.getTime(), new Date(updatedAt).getTime()));

/** Throws `ConversationClosed`. */
export function requireNotClosed({ state }: ConversationRow): void {
  if (state === "closed")
    throw new ApiError(
      "ConversationClosed",
      "The conversation is closed. Report a new one if the customer writes again.",
    );
}

/** Returns whether the actor may act on this agent's conversations and offers. */
export const mayActFor = (actor: Actor, agentId: string | null): boolean =>
  actor.permissions.has("routing.write") ||
  (actor.permissions.has("own.write") && agentId !== null && agentId === actor.agentId);

/**
 * Throws `Forbidden` unless the conversation belongs to the actor's own agent, or the actor may change all.
 */
export function requireOwn(actor: Actor, { agentId }: ConversationRow): void {
  if (!mayActFor(actor, agentId))
    throw new ApiError("Forbidden", "This conversation isn't assigned to you. Ask a supervisor.");
}
