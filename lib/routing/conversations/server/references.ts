import type { ErrorDetails } from "@/lib/platform/http/errors";
import type { Actor } from "@/lib/platform/security/permissions";
import type { ConversationDraft } from "@/lib/routing/conversations/contract";
import type { ConversationRepository } from "@/lib/routing/conversations/server/repository";

/** Resources that a request about a conversation refers to, except its queue. */
interface References {
  agentId?: string | undefined;
  preferredAgentId?: string | null | undefined;
  requiredSkills?: ConversationDraft["requiredSkills"] | undefined;
}

/**
 * Locks the agents and skills that a request refers to, and returns errors by path for those not in the
 * workspace. Call it after locking the conversation and its agents' states: deletions lock the agent or skill
 * last.
 */
export async function unknownReferences(
  repository: ConversationRepository,
  { workspaceId }: Actor,
  { agentId, preferredAgentId, requiredSkills = [] }: References,
): Promise<ErrorDetails> {
  const details: ErrorDetails = {};
  if (requiredSkills.length > 0) {
    const known = await repository.existingSkills(
      workspaceId,
      requiredSkills.map(({ skillId }) => skillId),
    );
    for (const [index, { skillId, valueIds }] of requiredSkills.entries()) {
      const values = known.get(skillId);
      if (!values) details[`requiredSkills.${index}.skillId`] = ["is not a skill in this workspace."];
      for (const [position, id] of valueIds.entries())
        if (!values?.has(id))
          details[`requiredSkills.${index}.valueIds.${position}`] = ["is not a value of this skill."];
    }
  }
  const agents = Object.entries({ agentId, preferredAgentId }).flatMap(([path, id]) =>
    typeof id === "string" ? [{ path, id }] : [],
  );
  if (agents.length > 0) {
    const known = await repository.existingAgents(
      workspaceId,
      agents.map(({ id }) => id),
    );
    for (const { path, id } of agents)
      if (!known.has(id)) details[path] = ["is not an agent in this workspace."];
  }
  return details;
}

/**
 * Locks the queue that a request refers to, and returns an error by path if it is not in the workspace. Call
 * it before locking the conversation: deleting a queue locks the queue first.
 */
export async function unknownQueue(
  repository: ConversationRepository,
  { workspaceId }: Actor,
  queueId: string | undefined,
): Promise<ErrorDetails> {
  const isKnown = queueId === undefined || (await repository.queueExists(workspaceId, queueId));
  return isKnown ? {} : { queueId: ["is not a queue in this workspace."] };
}

export const noDefaultQueue = {
  queueId: ["is required, because the workspace has no default queue. Send a queue, or set a default."],
};
