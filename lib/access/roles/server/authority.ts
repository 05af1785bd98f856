import { lackedPermissions } from "@/lib/access/roles/permissions";
import type { RoleRepository } from "@/lib/access/roles/server/repository";
import { ApiError } from "@/lib/platform/http/errors";
import type { Actor, Permission } from "@/lib/platform/security/permissions";

/** Who may change what of people, roles and access keys: nobody what has a permission that they lack. */
export function createAuthority(repository: RoleRepository) {
  return {
    /**
     * Makes changes of people, roles and keys of this workspace wait for one another until the transaction ends, and gives
     * the actor with the permissions that they have by then: someone who was demoted while they waited must not undo it.
     * Throws `Forbidden` unless they still hold `needed`.
     */
    async begin(actor: Actor, needed: Permission, now: Date): Promise<Actor> {
      await repository.lockWorkspace(actor.workspaceId);
      if (actor.isOperator) return actor;
      const permissions = new Set(await repository.heldBy(actor.workspaceId, actor, now));
      if (!permissions.has(needed))
        throw new ApiError("Forbidden", `You need the permission ${needed}. Ask a supervisor.`);
      return { ...actor, permissions };
    },

    /** Throws `Forbidden` unless the actor holds all of `theirs`; `what` begins the sentence that says so. */
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
