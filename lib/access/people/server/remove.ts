import type { PeopleDependencies } from "@/lib/access/people/server/dependencies";
import { type Members, tags } from "@/lib/access/people/server/members";
import { serializeUser } from "@/lib/access/people/server/serializer";
import { ApiError } from "@/lib/platform/http/errors";
import type { Conditions } from "@/lib/platform/http/server/entity-tag";
import type { AgentId, UserId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";

export function createRemoval(
  { db, repository, agents, audit }: PeopleDependencies,
  { requireOver, keepSupervisor }: Members,
) {
  return {
    /**
     * Removes a person and their agent. Throws `UserNotFound`, `Forbidden`, `PreconditionFailed`, `OwnAgent`
     * or `LastSupervisor`.
     */
    async remove(actor: Actor, id: UserId, { ifMatch, now }: Conditions): Promise<void> {
      await db.transaction(async () => {
        const { changer, row, roles: held, target } = await requireOver(actor, id, now);
        if (row.agentId && !changer.permissions.has("agents.delete"))
          throw new ApiError(
            "Forbidden",
            "This person's agent would be deleted, too. You need the permission agents.delete. Ask a supervisor.",
          );
        await tags.require(ifMatch, async () => serializeUser(row));
        await keepSupervisor(actor, row, undefined);
        if (row.agentId) await agents.delete(actor, row.agentId as AgentId, { ifMatch: undefined, now });
        await repository.remove(actor.workspaceId, id);
        const { email } = serializeUser(row);
        const details = { email, status: row.status, roles: held };
        await audit.record(actor, { action: "person.removed", target, details }, now);
        if (!(await repository.entersAny(id)))
          // Without any workspace, there is nothing to protect. A later invitation sets a new password.
          await repository.endSessions(id, { forgetPassword: !(await repository.isAnywhere(id)) });
      });
    },
  };
}
