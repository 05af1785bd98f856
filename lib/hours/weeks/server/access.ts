import { canChangeHours } from "@/lib/hours/weeks/permissions";
import { ApiError } from "@/lib/platform/http/errors";
import type { AgentId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";

/** Throws `Forbidden` unless the actor may change this agent's hours. */
export function requireHoursAccess(actor: Actor, agentId: AgentId): void {
  if (!canChangeHours(actor, agentId))
    throw new ApiError("Forbidden", "You can change only your own hours. Ask a supervisor.");
}
