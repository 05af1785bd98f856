import type { Role } from "@/lib/generated/prisma/client";
import type { Database } from "@/lib/platform/database/db";
import { type CreationPage, named, queryByCreation } from "@/lib/platform/http/server/paged";
import type { AuthorizedWorkspaceId } from "@/lib/platform/ids";
import type { Actor, Permission } from "@/lib/platform/security/permissions";

export interface RoleColumns {
  name: string;
  permissions: string[];
}

/** A role, locked exclusively. */
interface LockedRole extends RoleColumns {
  type: "organization" | "managed";
}

const inOrder = {
  from: "roles r",
  alias: "r",
  columns: named("r", ["workspaceId", "id", "type", "name", "permissions", "createdAt", "updatedAt"]),
};

export function createRoleRepository(db: Database) {
  return {
    list(workspaceId: AuthorizedWorkspaceId, page: CreationPage) {
      return queryByCreation<Role>(db.query, inOrder, workspaceId, page);
    },

    find(workspaceId: AuthorizedWorkspaceId, id: string) {
      return db.prisma.role.findUnique({ where: { workspaceId_id: { workspaceId, id } } });
    },

    /**
     * Locks people, roles and keys of the workspace against concurrent changes: the rules on supervisors and
     * permissions depend on many rows.
     */
    async lockWorkspace(workspaceId: AuthorizedWorkspaceId): Promise<void> {
      await db.query(`SELECT id FROM workspaces WHERE id = :workspace::uuid FOR NO KEY UPDATE`, {
        workspace: workspaceId,
      });
    },

    /** Returns the current permissions of a person or key; none for inactive people and expired keys. */
    async heldBy(
      workspaceId: AuthorizedWorkspaceId,
      { kind, id }: Pick<Actor, "kind" | "id">,
      now: Date,
    ): Promise<Permission[]> {
      const rows = await db.query<{ permission: Permission }>(
        `SELECT DISTINCT unnest(r.permissions) AS permission FROM roles r
         WHERE r.workspace_id = :workspace::uuid AND r.id IN (
           SELECT mr.role_id FROM membership_roles mr
             JOIN memberships m ON m.workspace_id = mr.workspace_id AND m.user_id = mr.user_id
             WHERE :isUser::boolean AND m.workspace_id = :workspace::uuid AND m.user_id = :id::uuid
               AND m.status = 'active'
           UNION ALL
           SELECT k.role_id FROM access_keys k
             WHERE NOT :isUser::boolean AND k.workspace_id = :workspace::uuid AND k.id = :id::uuid
               AND (k.expires_at IS NULL OR k.expires_at > :now::timestamptz))`,
        { workspace: workspaceId, id, isUser: kind === "user", now },
      );
      return rows.map((row) => row.permission);
    },

    /** Returns all permissions of the people with this role, from all their roles, regardless of their status. */
    async heldByMembers(workspaceId: AuthorizedWorkspaceId, id: string): Promise<string[]> {
      const rows = await db.query<{ permission: string }>(
        `SELECT DISTINCT unnest(r.permissions) AS permission
         FROM membership_roles held
         JOIN membership_roles mr ON mr.workspace_id = held.workspace_id AND mr.user_id = held.user_id
         JOIN roles r ON r.workspace_id = mr.workspace_id AND r.id = mr.role_id
         WHERE held.workspace_id = :workspace::uuid AND held.role_id = :id::uuid`,
        { workspace: workspaceId, id },
      );
      return rows.map((row) => row.permission);
    },

    /** Returns the access keys with this role. */
    keysOf(workspaceId: AuthorizedWorkspaceId, id: string): Promise<{ id: string; name: string }[]> {
      return db.prisma.accessKey.findMany({
        where: { workspaceId, roleId: id },
        select: { id: true, name: true },
        orderBy: { id: "asc" },
      });
    },

    /** Locks a role against changes and new grants; undefined if it does not exist. */
    async lock(workspaceId: AuthorizedWorkspaceId, id: string): Promise<LockedRole | undefined> {
      const [row] = await db.query<LockedRole>(
        `SELECT type::text AS type, name, permissions FROM roles
         WHERE workspace_id = :workspace::uuid AND id = :id::uuid FOR UPDATE`,
        { workspace: workspaceId, id },
      );
      return row;
    },

    /** Locks the members with this role, in id order. Call it before locking the role. */
    async lockMembers(workspaceId: AuthorizedWorkspaceId, id: string): Promise<void> {
      await db.query(
        `SELECT user_id FROM memberships WHERE workspace_id = :workspace::uuid AND user_id IN (
           SELECT user_id FROM membership_roles WHERE workspace_id = :workspace::uuid AND role_id = :id::uuid)
         ORDER BY user_id FOR UPDATE`,
        { workspace: workspaceId, id },
      );
    },

    async insert(
      workspaceId: AuthorizedWorkspaceId,
      id: string,
      columns: RoleColumns,
      now: Date,
    ): Promise<void> {
      await db.prisma.role.createMany({
        data: [{ ...columns, type: "organization", workspaceId, id, createdAt: now, updatedAt: now }],
      });
    },

    async update(
      workspaceId: AuthorizedWorkspaceId,
      id: string,
      columns: Partial<RoleColumns>,
      now: Date,
    ): Promise<void> {
      await db.prisma.role.updateMany({ where: { workspaceId, id }, data: { ...columns, updatedAt: now } });
    },

    /** Deletes a role, its grants, and the access keys that use it. */
    async delete(workspaceId: AuthorizedWorkspaceId, id: string): Promise<void> {
      await db.prisma.membershipRole.deleteMany({ where: { workspaceId, roleId: id } });
      await db.prisma.accessKey.deleteMany({ where: { workspaceId, roleId: id } });
      await db.prisma.role.deleteMany({ where: { workspaceId, id } });
    },

    /** Returns how many people and keys have a role; undefined if it does not exist. */
    async usage(
      workspaceId: AuthorizedWorkspaceId,
      id: string,
    ): Promise<{ members: number; membersWithoutOther: number; accessKeys: number } | undefined> {
      const [row] = await db.query<{ members: number; membersWithoutOther: number; accessKeys: number }>(
        `SELECT held.members, held.alone AS "membersWithoutOther",
           (SELECT count(*)::int FROM access_keys k
              WHERE k.workspace_id = r.workspace_id AND k.role_id = r.id) AS "accessKeys"
         FROM roles r CROSS JOIN LATERAL (
           SELECT count(*)::int AS members, count(*) FILTER (WHERE NOT EXISTS (
               SELECT 1 FROM membership_roles o
               WHERE o.workspace_id = mr.workspace_id AND o.user_id = mr.user_id AND o.role_id <> mr.role_id))::int AS alone
           FROM membership_roles mr WHERE mr.workspace_id = r.workspace_id AND mr.role_id = r.id) held
         WHERE r.workspace_id = :workspace::uuid AND r.id = :id::uuid`,
        { workspace: workspaceId, id },
      );
      return row;
    },

    /**
     * Returns the roles with these ids under a shared lock, so that they can't change while being granted.
     */
    async lockShared(
      workspaceId: AuthorizedWorkspaceId,
      ids: readonly string[],
    ): Promise<Map<string, RoleColumns>> {
      const rows = await db.query<RoleColumns & { id: string }>(
        `SELECT id, name, permissions FROM roles WHERE workspace_id = :workspace::uuid AND id = ANY(:ids::uuid[])
         ORDER BY id FOR SHARE`,
        { workspace: workspaceId, ids },
      );
      return new Map(rows.map((row) => [row.id, row]));
    },
  };
}

export type RoleRepository = ReturnType<typeof createRoleRepository>;
