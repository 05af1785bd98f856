import type { AgentId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";

/** The part of an actor that permission checks need. Pages have the same for the signed-in user. */
export type Rights = Pick<Actor, "permissions" | "agentId">;

export const isOwn = (actor: Rights, agentId: AgentId) => actor.agentId === agentId;

/** Returns whether the actor may set this agent's status and activity. */
export function canChangeAvailability(actor: Rights, agentId: AgentId): boolean {
  return (
    actor.permissions.has("availability.write") ||
    (isOwn(actor, agentId) && actor.permissions.has("own.write"))
  );
}
