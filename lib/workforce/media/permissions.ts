import type { AgentId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";

/** Whether the actor may upload pictures and recordings of this agent: those who may change it. */
export function canUpload(actor: Actor, agentId: AgentId): boolean {
  return (
    actor.permissions.has("agents.write") || (actor.agentId === agentId && actor.permissions.has("own.write"))
  );
}
