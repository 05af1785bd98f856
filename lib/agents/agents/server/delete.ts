import { resolveAgent } from "@/lib/access/auth/server/agent-reference";
import { readCurrent } from "@/lib/agents/agents/server/current";
import { type AgentDependencies, pathOf } from "@/lib/agents/agents/server/dependencies";
import { ApiError } from "@/lib/platform/http/errors";
import type { AgentReference } from "@/lib/platform/http/paths";
import { type Conditions, requireVersion } from "@/lib/platform/http/server/entity-tag";
import type { Reply } from "@/lib/platform/http/server/reply";
import type { Actor } from "@/lib/platform/security/permissions";

export function createDeletion({
  db,
  repository,
  ledger,
  idempotency,
  publicUrl,
}: Pick<AgentDependencies, "db" | "repository" | "idempotency" | "publicUrl"> & {
  ledger: Pick<AgentDependencies["ledger"], "recordDeleted">;
}) {
  return {
    /** Deletes an agent. Throws `AgentNotFound`, `PreconditionFailed` or `OwnAgent`. */
    async delete(
      actor: Actor,
      reference: AgentReference,
      { ifMatch, now }: Conditions,
    ): Promise<Reply<undefined>> {
      await db.transaction(async () => {
        await repository.lockConversations(actor.workspaceId, resolveAgent(actor, reference));
        const current = await readCurrent({ repository }, actor, reference, now, { lock: true });
        requireVersion(ifMatch, current.version, "agent");
        const { id, agent } = current;
        if (id === actor.agentId)
          throw new ApiError("OwnAgent", "You can't delete your own agent. Ask another supervisor.");
        await repository.delete(actor.workspaceId, id);
        await ledger.recordDeleted(actor, { id, name: agent.name }, now);
        await idempotency.forget(publicUrl + pathOf(actor.workspaceId, id));
      });
      return { data: undefined };
    },
  };
}
