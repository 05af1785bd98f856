import type { Actor } from "@/lib/auth/permissions";
import { ApiError } from "@/lib/http/errors";
import type { PageTokens } from "@/lib/http/page-token";
import { pageByCreation } from "@/lib/http/paged";
import type { Role } from "@/lib/roles/contract";
import type { RoleRepository } from "@/lib/roles/repository";
import { serializeRole } from "@/lib/roles/serializer";

/** Roles of a workspace. */
export function createRoleService(repository: RoleRepository, tokens: PageTokens) {
  return {
    list(actor: Actor, query: { limit: number; pageToken?: string | undefined }) {
      return pageByCreation(
        tokens,
        ["roles", actor.workspaceId],
        query,
        (page) => repository.list(actor.workspaceId, page),
        serializeRole,
      );
    },

    /** Throws `RoleNotFound`. */
    async get(actor: Actor, id: string): Promise<Role> {
      const row = await repository.find(actor.workspaceId, id);
      if (!row) throw new ApiError("RoleNotFound", "There is no such role in this workspace.");
      return serializeRole(row);
    },
  };
}
