import { ApiError } from "@/lib/platform/http/errors";
import type { AgentReference } from "@/lib/platform/http/paths";
import type { AgentId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";

/** What is said of an agent that the workspace does not have. */
export const agentNotFound = () =>
  new ApiError("AgentNotFound", "No agent with this id exists in this workspace.");

/** The id that a reference stands for. Throws `AgentNotFound` for the `me` of a caller without an agent. */
export function resolveAgent(actor: Actor, reference: AgentReference): AgentId {
  if (reference !== "me") return reference;
  if (!actor.agentId)
    throw new ApiError("AgentNotFound", "You have no agent in this workspace. Use the id of an agent.");
  return actor.agentId;
}

/** The refusal to set an agent active whose person may not enter. */
export const personSuspended = () =>
  new ApiError(
    "PersonSuspended",
    "The person behind this agent is suspended, so the agent can't be set to active. Restore the person first (PATCH /users/{userId}).",
  );

/** What is wrong with a list of agents in a body: each id that is not among the known ones, under its position. */
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
