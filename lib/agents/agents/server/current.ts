import { agentNotFound, resolveAgent } from "@/lib/access/auth/server/agent-reference";
import type { Agent } from "@/lib/agents/agents/contract";
import type { AgentDependencies } from "@/lib/agents/agents/server/dependencies";
import type { AgentReference } from "@/lib/platform/http/paths";
import type { AgentId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";

/** An agent as read for a write. */
export interface CurrentAgent {
  id: AgentId;
  version: number;
  /** The agent in the shape of the API, and its JSON text. */
  agent: Agent;
  json: string;
}

/** Reads an agent for a write. Throws `AgentNotFound`. `lock` locks it until the transaction ends. */
export async function readCurrent(
  { repository }: Pick<AgentDependencies, "repository">,
  actor: Actor,
  reference: AgentReference,
  now: Date,
  { lock = false }: { lock?: boolean } = {},
): Promise<CurrentAgent> {
  const id = resolveAgent(actor, reference);
  // A separate statement: after waiting for the lock, the same statement would still see the old profile.
  if (lock) await repository.lock(actor.workspaceId, id);
  const found = await repository.show(actor.workspaceId, id, now.getTime());
  if (!found) throw agentNotFound();
  return { id, ...found, agent: JSON.parse(found.json) };
}
