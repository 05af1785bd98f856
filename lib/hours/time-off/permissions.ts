import type { AgentId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";

/** The parts of an actor that permission checks need. Pages have the same for the signed-in user. */
type Rights = Pick<Actor, "permissions" | "agentId">;

/** Returns whether the actor may request, enter and change this agent's time off. */
export function canWriteTimeOff(actor: Rights, agentId: AgentId): boolean {
  return (
    actor.permissions.has("timeOff.write") ||
    (actor.agentId === agentId && actor.permissions.has("own.write"))
  );
}

/** What a caller may see of time off. Colleagues are those who neither have it nor decide it. */
export type View = "all" | "colleague";

export function viewOf(actor: Rights, agentId: string): View {
  return actor.permissions.has("timeOff.write") || actor.agentId === agentId ? "all" : "colleague";
}
