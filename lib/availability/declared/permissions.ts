import type { AgentId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";

/** What of an actor decides it; pages know as much of whoever looks at them. */
export type Rights = Pick<Actor, "permissions" | "agentId">;

export const isOwn = (actor: Rights, agentId: AgentId) => actor.agentId === agentId;

/** Whether the actor may set this agent's status and activity. */
export function canChangeAvailability(actor: Rights, agentId: AgentId): boolean {
  return (
    actor.permissions.has("availability.write") ||
    (isOwn(actor, agentId) && actor.permissions.has("own.write"))
  );
}
