import type { AgentId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";

/** Returns whether the actor may upload media for this agent. Same as for changing the agent. */
export function canUpload(actor: Actor, agentId: AgentId): boolean {
  return (
    actor.permissions.has("agents.write") || (actor.agentId === agentId && actor.permissions.has("own.write"))
  );
}
