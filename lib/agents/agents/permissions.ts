import type { AgentChange } from "@/lib/agents/agents/contract";
import { canChangeAvailability, isOwn, type Rights } from "@/lib/availability/declared/permissions";
import type { AgentId } from "@/lib/platform/ids";

/** Properties that agents may not change on themselves, because they control the workload. */
const supervised = ["wrapUpTime", "assignedSkills"] as const satisfies readonly (keyof AgentChange)[];

/**
 * Returns which of the properties the actor may not change (docs/contract.md §6); empty if all are allowed.
 * Returns `[""]` if the actor may change nothing, so that an empty change is refused, too.
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
