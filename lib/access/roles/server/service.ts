import type { Role, RoleChange, RoleDraft, RoleUsage } from "@/lib/access/roles/contract";
import type { Authority } from "@/lib/access/roles/server/authority";
import type { RoleRepository } from "@/lib/access/roles/server/repository";
import { serializeRole } from "@/lib/access/roles/server/serializer";
import type { Database } from "@/lib/platform/database/db";
import { ApiError } from "@/lib/platform/http/errors";
import { createCollection } from "@/lib/platform/http/server/collection";
import { type Conditions, createEntityTags } from "@/lib/platform/http/server/entity-tag";
import type { PageTokens } from "@/lib/platform/http/server/page-token";
import type { Reply } from "@/lib/platform/http/server/reply";
import { given } from "@/lib/platform/http/wire";
import { newId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";
import type { AuditService } from "@/lib/records/audit/server/service";

interface Dependencies {
  db: Database;
  repository: RoleRepository;
  authority: Authority;
  audit: AuditService;
  pageTokens: PageTokens;
}

const tags = createEntityTags<Role, RoleChange>("role", {
  id: "readOnly",
  type: "readOnly",
  workspaces: "readOnly",
});

export function createRoleService({ db, repository, authority, audit, pageTokens }: Dependencies) {
  const managed = () =>
    new ApiError(
      "ManagedRole",
      "This is a built-in role and can't be changed. Create a custom role instead.",
    );

  const collection = createCollection({
    noun: "role",
    notFound: "RoleNotFound",
    path: "roles",
    tags,
    find: repository.find,
    serialize: serializeRole,
  });
  const { found, load } = collection;

  /** Throws `Forbidden` if the role, or a person with it, has permissions that the actor lacks. */
  async function requireOverHolders(
    actor: Actor,
    id: string,
    role: { permissions: string[] },
  ): Promise<void> {
    authority.require(actor, role.permissions, "This role has");
    authority.require(
      actor,
      await repository.heldByMembers(actor.workspaceId, id),
      "Someone with this role has",
    );
  }

  return {
    list: collection.lister(pageTokens, repository.list, serializeRole),

    /** Throws `RoleNotFound`. */
    get: collection.get,

    /** Throws `Forbidden` for a permission that the actor lacks. */
    async create(actor: Actor, { name, permissions }: RoleDraft, now: Date): Promise<Reply<Role>> {
      const id = newId();
      const granted = [...new Set(permissions)];
      const data = await db.transaction(async () => {
        const giver = await authority.begin(actor, "settings.write", now);
        authority.require(giver, granted, "This role would have");
        await repository.insert(actor.workspaceId, id, { name, permissions: granted }, now);
        const target = { type: "role", id, name } as const;
        await audit.record(actor, { action: "role.created", target, details: { permissions: granted } }, now);
        return await load(actor, id);
      });
      return collection.created(actor, data);
    },

    /**
     * Throws `RoleNotFound`, `PreconditionFailed` or `ManagedRole`; `Forbidden` if the role, before or after,
     * has permissions that the actor lacks, or if its permissions change and a person with the role has such
     * permissions.
     */
    async change(
      actor: Actor,
      id: string,
      change: RoleChange,
      { ifMatch, now }: Conditions,
    ): Promise<Reply<Role>> {
      const { name, permissions } = change;
      return await db.transaction(async () => {
        const giver = await authority.begin(actor, "settings.write", now);
        const role = found(await repository.lock(actor.workspaceId, id));
        authority.require(giver, role.permissions, "This role has");
        const wanted = permissions && [...new Set(permissions)];
        if (wanted && !isSameSet(wanted, role.permissions)) {
          authority.require(giver, wanted, "This role would have");
          await requireOverHolders(giver, id, role);
        }
        await tags.require(ifMatch, () => load(actor, id));
        if (role.type === "managed") throw managed();
        const after = given({ name, permissions: wanted });
        const details = changesOf(role, after);
        if (details) {
          await repository.update(actor.workspaceId, id, after, now);
          const target = { type: "role", id, name: name ?? role.name } as const;
          await audit.record(actor, { action: "role.changed", target, details }, now);
        }
        return tags.reply(await load(actor, id));
      });
    },

    /**
     * Deletes a role, also from people, and revokes access keys that use it. Throws `RoleNotFound`,
     * `PreconditionFailed`, `ManagedRole`, or `Forbidden` if the role, or a person with it, has permissions
     * that the actor lacks.
     */
    async delete(actor: Actor, id: string, { ifMatch, now }: Conditions): Promise<Reply<undefined>> {
      await db.transaction(async () => {
        const taker = await authority.begin(actor, "settings.write", now);
        await repository.lockMembers(actor.workspaceId, id);
        const role = found(await repository.lock(actor.workspaceId, id));
        await requireOverHolders(taker, id, role);
        await tags.require(ifMatch, () => load(actor, id));
        if (role.type === "managed") throw managed();
        const [usage, keys] = [
          await repository.usage(actor.workspaceId, id),
          await repository.keysOf(actor.workspaceId, id),
        ];
        await repository.delete(actor.workspaceId, id);
        const { name, permissions } = role;
        const target = { type: "role", id, name } as const;
        const details = { permissions, members: usage?.members ?? 0 };
        await audit.record(actor, { action: "role.deleted", target, details }, now);
        for (const key of keys)
          await audit.record(
            actor,
            {
              action: "accessKey.revoked",
              target: { type: "accessKey", ...key },
              details: { role: { id, name } },
            },
            now,
          );
      });
      return { data: undefined };
    },

    /** Throws `RoleNotFound`. */
    usage: async (actor: Actor, id: string): Promise<RoleUsage> =>
      found(await repository.usage(actor.workspaceId, id)),

    /**
     * Returns the roles with these ids, under a shared lock, and the unknown ids. Throws `Forbidden` if one
     * has permissions that the actor lacks.
     */
    async grantable(
      actor: Actor,
      ids: readonly string[],
    ): Promise<{ roles: NamedRole[]; unknown: string[] }> {
      const found = await repository.lockShared(actor.workspaceId, ids);
      const granted = [...found.values()].flatMap((role) => role.permissions);
      authority.require(actor, granted, "A role that you assign has");
      return { roles: namedRoles(found), unknown: ids.filter((id) => !found.has(id)) };
    },

    /**
     * Returns the roles of a person or key. Throws `Forbidden` if they have permissions that the actor lacks.
     */
    async requireOver(actor: Actor, ids: readonly string[], what: string): Promise<NamedRole[]> {
      const found = await repository.lockShared(actor.workspaceId, ids);
      const theirs = [...found.values()].flatMap((role) => role.permissions);
      authority.require(actor, theirs, what);
      return namedRoles(found);
    },
  };
}

/** The target of an audit event about a role. */
export interface NamedRole {
  id: string;
  name: string;
}

const namedRoles = (roles: ReadonlyMap<string, { name: string }>): NamedRole[] =>
  [...roles].map(([id, { name }]) => ({ id, name }));

const isSameSet = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((each) => b.includes(each));

/** Returns the changed properties with their values before and after; undefined if nothing changed. */
function changesOf(
  before: { name: string; permissions: string[] },
  after: { name?: string; permissions?: string[] },
): Record<string, unknown> | undefined {
  const details = {
    ...(after.name !== undefined && after.name !== before.name
      ? { name: { before: before.name, after: after.name } }
      : {}),
    ...(after.permissions && !isSameSet(after.permissions, before.permissions)
      ? { permissions: { before: before.permissions, after: after.permissions } }
      : {}),
  };
  return Object.keys(details).length > 0 ? details : undefined;
}

export type RoleService = ReturnType<typeof createRoleService>;
