import { lackedPermissions } from "@/lib/access/roles/permissions";
import type { RoleRepository } from "@/lib/access/roles/server/repository";
import { ApiError } from "@/lib/platform/http/errors";
import type { Actor, Permission } from "@/lib/platform/security/permissions";

/** Ensures that nobody changes people, roles or access keys that have more permissions than they do. */
export function createAuthority(repository: RoleRepository) {
  return {
    /**
     * Serializes changes of people, roles and keys in a workspace, and returns the actor with their current
     * permissions: the actor may have lost permissions while waiting for the lock. Throws `Forbidden` unless
     * they still have `needed`. Call it in a transaction.
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
     * Throws `Forbidden` unless the actor has all permissions in `theirs`. The error message starts with
     * `what`.
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
