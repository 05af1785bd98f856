import { lackedPermissions } from "@/lib/access/roles/permissions";
import type { RoleRepository } from "@/lib/access/roles/server/repository";
import { ApiError } from "@/lib/platform/http/errors";
import type { Actor, Permission } from "@/lib/platform/security/permissions";

/** Enforces that nobody changes people, roles or access keys with permissions that they lack. */
export function createAuthority(repository: RoleRepository) {
  return {
    /**
     * Serializes changes of people, roles and keys of a workspace, and returns the actor with their current
     * permissions: someone demoted while waiting must not go on. Throws `Forbidden` unless they still have
     * `needed`. Call it in a transaction.
     */
    async begin(actor: Actor, needed: Permission, now: Date): Promise<Actor> {
      await repository.lockWorkspace(actor.workspaceId);
      if (actor.isOperator) return actor;
      const permissions = new Set(await repository.heldBy(actor.workspaceId, actor, now));
      if (!permissions.has(needed))
        throw new ApiError("Forbidden", `You need the permission ${needed}. Ask a supervisor.`);
      return { ...actor, permissions };
    },

    /**
     * Throws `Forbidden` unless the actor has all permissions in `theirs`; `what` begins the error message.
     */
    require(actor: Actor, theirs: Iterable<string>, what: string): void {
      const lacked = lackedPermissions(actor.permissions, theirs);
      if (lacked.length > 0)
        throw new ApiError(
          "Forbidden",
          `${what} permissions that you don't have: ${lacked.join(", ")}. Ask someone who has ${lacked.length === 1 ? "it" : "them"}.`,
        );
    },
  };
}

export type Authority = ReturnType<typeof createAuthority>;
