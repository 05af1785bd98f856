import type { AgentChange } from "@/lib/agents/agents/contract";
import { canChangeAvailability, isOwn, type Rights } from "@/lib/availability/declared/permissions";
import type { AgentId } from "@/lib/platform/ids";

/** What an agent may not change of themselves: it decides how much work they get. */
const supervised = ["wrapUpTime", "assignedSkills"] as const satisfies readonly (keyof AgentChange)[];

/**
 * Which of the named properties of this agent the actor may not change (docs/contract.md §6); an empty list is a yes. A change
 * of nothing still needs the right to change something.
 */
export function forbiddenProperties(
  actor: Rights,
  agentId: AgentId,
  properties: readonly (keyof AgentChange)[],
): readonly (keyof AgentChange | "")[] {
  const own = isOwn(actor, agentId) && actor.permissions.has("own.write");
  const all = actor.permissions.has("agents.write");
  if (!own && !all && !canChangeAvailability(actor, agentId)) return [""];
  return properties.filter((property) => {
    if (property === "status") return !canChangeAvailability(actor, agentId);
    if (all) return false;
    return !own || (supervised as readonly string[]).includes(property);
  });
}
