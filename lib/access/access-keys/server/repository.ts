import type { AccessKey } from "@/lib/generated/prisma/client";
import type { Database } from "@/lib/platform/database/db";
import { type CreationPage, named, queryByCreation } from "@/lib/platform/http/server/paged";
import type { AccessKeyId, AuthorizedWorkspaceId, RoleId } from "@/lib/platform/ids";

/** A new access key. Only its hash is stored. */
export interface AccessKeyInsert {
  id: AccessKeyId;
  name: string;
  roleId: RoleId;
  keyHash: Buffer;
  expiresAt: Date | null;
  now: Date;
}

const shown = {
  id: true,
  name: true,
  roleId: true,
  expiresAt: true,
  lastUsedAt: true,
  createdAt: true,
} as const;

const inOrder = {
  from: "access_keys k",
  alias: "k",
  columns: named("k", ["id", "name", "roleId", "expiresAt", "lastUsedAt", "createdAt"]),
};

/** Reads and writes the access keys of a workspace. Authentication by key is in `lib/access/auth`. */
export function createAccessKeyRepository(db: Database) {
  return {
    list(workspaceId: AuthorizedWorkspaceId, page: CreationPage) {
      return queryByCreation<Pick<AccessKey, keyof typeof shown>>(db.query, inOrder, workspaceId, page);
    },

    find(workspaceId: AuthorizedWorkspaceId, id: AccessKeyId) {
      return db.prisma.accessKey.findUnique({
        where: { workspaceId_id: { workspaceId, id } },
        select: shown,
      });
    },

    insert(workspaceId: AuthorizedWorkspaceId, { now, keyHash, ...key }: AccessKeyInsert) {
      return db.prisma.accessKey.create({
        data: { ...key, keyHash: Uint8Array.from(keyHash), workspaceId, createdAt: now, updatedAt: now },
        select: shown,
      });
    },

    /** Locks a key for a change. Returns false when it does not exist. */
    async lock(workspaceId: AuthorizedWorkspaceId, id: AccessKeyId): Promise<boolean> {
      const rows = await db.query(
        `SELECT id FROM access_keys WHERE workspace_id = :workspace::uuid AND id = :id::uuid FOR UPDATE`,
        { workspace: workspaceId, id },
      );
      return rows.length > 0;
    },

    async rename(
      workspaceId: AuthorizedWorkspaceId,
      id: AccessKeyId,
      name: string,
      now: Date,
    ): Promise<void> {
      await db.prisma.accessKey.updateMany({
        where: { workspaceId, id },
        data: { name, updatedAt: now },
      });
    },

    async delete(workspaceId: AuthorizedWorkspaceId, id: AccessKeyId): Promise<void> {
      await db.prisma.accessKey.deleteMany({ where: { workspaceId, id } });
    },
  };
}

export type AccessKeyRepository = ReturnType<typeof createAccessKeyRepository>;
