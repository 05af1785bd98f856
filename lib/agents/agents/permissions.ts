import type { AgentChange } from "@/lib/agents/agents/contract";
import { agentProperties } from "@/lib/agents/agents/properties";
import { canChangeAvailability, isOwn, type Rights } from "@/lib/availability/declared/permissions";
import type { AgentId } from "@/lib/platform/ids";

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
  const availability = canChangeAvailability(actor, agentId);
  if (!own && !all && !availability) return [""];
  const allowed = { "own.write": own || all, "agents.write": all, "availability.write": availability };
  return properties.filter((property) => !allowed[agentProperties[property].own]);
}
