import { ApiError } from "@/lib/platform/http/errors";
import type { AgentReference } from "@/lib/platform/http/paths";
import type { AgentId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";

export const agentNotFound = () =>
  new ApiError("AgentNotFound", "No agent with this id exists in this workspace.");

/** Resolves `me` to the actor's own agent. Throws `AgentNotFound` if there is none. */
export function resolveAgent(actor: Actor, reference: AgentReference): AgentId {
  if (reference !== "me") return reference;
  if (!actor.agentId)
    throw new ApiError("AgentNotFound", "You have no agent in this workspace. Use the id of an agent.");
  return actor.agentId;
}

/** Resolves the ids of a query parameter. Throws `InvalidQuery` for `me` if the actor has no agent. */
export function resolveAgents(
  actor: Actor,
  parameter: string,
  references: readonly AgentReference[],
): AgentId[] {
  return references.map((reference, position) => {
    if (reference !== "me") return reference;
    if (actor.agentId) return actor.agentId;
    throw new ApiError("InvalidQuery", `Some query parameters are not valid. Check ${parameter}.`, {
      details: { [parameter]: [`value ${position + 1} is me, but you have no agent in this workspace.`] },
    });
  });
}

/** Creates the error for activating an agent whose person is suspended. */
export const personSuspended = () =>
  new ApiError(
    "PersonSuspended",
    "The person behind this agent is suspended, so the agent can't be set to active. Restore the person first (PATCH /users/{userId}).",
  );

/** Returns validation errors, by index, for the ids in a list of agents that are not in `known`. */
export function unknownAgents(
  property: string,
  ids: readonly string[],
  known: ReadonlySet<string>,
): Record<string, string[]> {
  return Object.fromEntries(
    ids.flatMap((id, position) =>
      known.has(id) ? [] : [[`${property}.${position}`, ["is not an agent in this workspace."]]],
    ),
  );
}
