import type { AgentId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";

/** Returns whether the actor may change this agent's hours. Pages call it with the signed-in user. */
export function canChangeHours(actor: Pick<Actor, "permissions" | "agentId">, agentId: AgentId): boolean {
  return (
    actor.permissions.has("calendar.write") ||
    (actor.agentId === agentId && actor.permissions.has("own.write"))
  );
}
