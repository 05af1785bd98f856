import { ApiError } from "@/lib/platform/http/errors";
import type { AgentReference } from "@/lib/platform/http/paths";
import type { AgentId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";

export const agentNotFound = () => new ApiError("AgentNotFound", "There is no such agent in this workspace.");

/** Resolves `me` to the actor's own agent. Throws `AgentNotFound` if there is none. */
export function resolveAgent(actor: Actor, reference: AgentReference): AgentId {
  if (reference !== "me") return reference;
  if (!actor.agentId)
    throw new ApiError(
      "AgentNotFound",
      "You have no agent of your own in this workspace; name one by its id.",
    );
  return actor.agentId;
}

/** Error for activating an agent whose person is suspended. */
export const personSuspended = () =>
  new ApiError(
    "PersonSuspended",
    "This agent's person is suspended and can't be set active. Restore the person first (PATCH /users/{userId}).",
  );

/** Returns validation errors, by position, for ids in a list of agents that are not in `known`. */
export function unknownAgents(
  property: string,
  ids: readonly string[],
  known: ReadonlySet<string>,
): Record<string, string[]> {
  return Object.fromEntries(
    ids.flatMap((id, position) =>
      known.has(id) ? [] : [[`${property}.${position}`, ["is no agent of this workspace."]]],
    ),
  );
}
