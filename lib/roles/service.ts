import type { Actor, Permission } from "@/lib/auth/permissions";
import type { Database } from "@/lib/db";
import { type Conditions, createEntityTags } from "@/lib/http/entity-tag";
import { ApiError } from "@/lib/http/errors";
import type { PageTokens } from "@/lib/http/page-token";
import { pageByCreation } from "@/lib/http/paged";
import type { Reply } from "@/lib/http/reply";
import { given } from "@/lib/http/wire";
import { newId } from "@/lib/ids";
import type { Role, RoleChange, RoleDraft, RoleUsage } from "@/lib/roles/contract";
import { forbiddenGrants } from "@/lib/roles/permissions";
import type { RoleRepository } from "@/lib/roles/repository";
import { serializeRole } from "@/lib/roles/serializer";

interface Dependencies {
  db: Database;
  repository: RoleRepository;
  pageTokens: PageTokens;
}

const tags = createEntityTags<Role>("role", ({ name, permissions }) => [name, [...permissions].sort()]);

/** Roles of a workspace. */
export function createRoleService({ db, repository, pageTokens }: Dependencies) {
  const notFound = () => new ApiError("RoleNotFound", "There is no such role in this workspace.");
  const managed = () =>
    new ApiError(
      "ManagedRole",
      "This role comes with the product and stays as it is; make a role of your own instead.",
    );

  async function load(actor: Actor, id: string): Promise<Role> {
    const row = await repository.find(actor.workspaceId, id);
    if (!row) throw notFound();
    return serializeRole(row);
  }

  function requireGrantable(actor: Actor, wanted: readonly Permission[], before?: readonly string[]): void {
    const forbidden = forbiddenGrants(actor, wanted, before);
    if (forbidden.length > 0)
      throw new ApiError(
        "Forbidden",
        `You may not grant ${forbidden.join(", ")}, which you don't hold yourself; ask a supervisor.`,
      );
  }

  return {
    list(actor: Actor, query: { limit: number; pageToken?: string | undefined }) {
      return pageByCreation(
        pageTokens,
        ["roles", actor.workspaceId],
        query,
        (page) => repository.list(actor.workspaceId, page),
        serializeRole,
      );
    },

    /** Throws `RoleNotFound`. */
    async get(actor: Actor, id: string): Promise<Reply<Role>> {
      return tags.reply(await load(actor, id));
    },

    /** Throws `Forbidden` for a permission that the actor doesn't hold. */
    async create(actor: Actor, { name, permissions }: RoleDraft, now: Date): Promise<Reply<Role>> {
      requireGrantable(actor, permissions);
      const id = newId();
      const data = await db.transaction(async () => {
        await repository.insert(actor.workspaceId, id, { name, permissions: [...new Set(permissions)] }, now);
        return await load(actor, id);
      });
      return tags.reply(data, `/api/workspaces/${actor.workspaceId}/roles/${id}`);
    },

    /**
     * Throws `RoleNotFound`, `Forbidden` for a new permission that the actor doesn't hold, `PreconditionFailed`,
     * `ManagedRole`.
     */
    async change(
      actor: Actor,
      id: string,
      change: RoleChange,
      { ifMatch, now }: Conditions,
    ): Promise<Reply<Role>> {
      const { name, permissions } = change;
      return await db.transaction(async () => {
        const role = await repository.lock(actor.workspaceId, id);
        if (!role) throw notFound();
        if (permissions) requireGrantable(actor, permissions, role.permissions);
        await tags.require(ifMatch, () => load(actor, id));
        if (role.type === "managed") throw managed();
        if (Object.keys(change).length > 0)
          await repository.update(
            actor.workspaceId,
            id,
            given({ name, permissions: permissions && [...new Set(permissions)] }),
            now,
          );
        return tags.reply(await load(actor, id));
      });
    },

    /**
     * Deletes a role: people who have it lose it, access keys that act with it are revoked. A workspace can't lose its
     * last supervisor by this, since the role that makes one is managed. Throws `RoleNotFound`, `PreconditionFailed`, `ManagedRole`.
     */
    async delete(actor: Actor, id: string, ifMatch: string | undefined): Promise<Reply<undefined>> {
      await db.transaction(async () => {
        await repository.lockMembers(actor.workspaceId, id);
        const role = await repository.lock(actor.workspaceId, id);
        if (!role) throw notFound();
        await tags.require(ifMatch, () => load(actor, id));
        if (role.type === "managed") throw managed();
        await repository.delete(actor.workspaceId, id);
      });
      return { data: undefined };
    },

    /** Throws `RoleNotFound`. */
    async usage(actor: Actor, id: string): Promise<RoleUsage> {
      const usage = await repository.usage(actor.workspaceId, id);
      if (!usage) throw notFound();
      return usage;
    },

    /**
     * Which of the roles the workspace doesn't have; the others may be given to somebody by this actor. Locks them
     * until the transaction ends. Throws `Forbidden` when one of them allows what the actor may not do themselves.
     */
    async grantable(actor: Actor, ids: readonly string[]): Promise<{ unknown: string[] }> {
      const found = await repository.permissionsOf(actor.workspaceId, ids);
      const beyond = forbiddenGrants(actor, [...found.values()].flat());
      if (beyond.length > 0)
        throw new ApiError(
          "Forbidden",
          `You may give no role that allows more than your own: you lack ${beyond.join(", ")}.`,
        );
      return { unknown: ids.filter((id) => !found.has(id)) };
    },
  };
}

export type RoleService = ReturnType<typeof createRoleService>;
