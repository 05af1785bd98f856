import type { SenderProfile } from "@/lib/generated/prisma/client";
import type { Database } from "@/lib/platform/database/db";
import { type CreationPage, named, queryByCreation } from "@/lib/platform/http/server/paged";
import type { AuthorizedWorkspaceId } from "@/lib/platform/ids";

/** Columns of a sender profile. `null` clears the signature. */
export interface SenderColumns {
  name: string;
  emailUsername: string;
  emailDomain: string;
  signature: string | null;
}

const inOrder = {
  from: "sender_profiles p",
  alias: "p",
  columns: named("p", [
    "workspaceId",
    "id",
    "name",
    "emailUsername",
    "emailDomain",
    "signature",
    "createdAt",
    "updatedAt",
  ]),
};

export function createSenderRepository(db: Database) {
  return {
    list(workspaceId: AuthorizedWorkspaceId, page: CreationPage) {
      return queryByCreation<SenderProfile>(db.query, inOrder, workspaceId, page);
    },

    find(workspaceId: AuthorizedWorkspaceId, id: string) {
      return db.prisma.senderProfile.findUnique({ where: { workspaceId_id: { workspaceId, id } } });
    },

    /** Locks a profile against changes and new references. Returns false if there is none. */
    async lock(workspaceId: AuthorizedWorkspaceId, id: string): Promise<boolean> {
      const rows = await db.query(
        `SELECT id FROM sender_profiles WHERE workspace_id = :workspace::uuid AND id = :id::uuid FOR UPDATE`,
        { workspace: workspaceId, id },
      );
      return rows.length > 0;
    },

    async insert(
      workspaceId: AuthorizedWorkspaceId,
      id: string,
      columns: SenderColumns,
      now: Date,
    ): Promise<void> {
      await db.prisma.senderProfile.createMany({
        data: [{ ...columns, workspaceId, id, createdAt: now, updatedAt: now }],
      });
    },

    async update(
      workspaceId: AuthorizedWorkspaceId,
      id: string,
      columns: Partial<SenderColumns>,
      now: Date,
    ): Promise<void> {
      await db.prisma.senderProfile.updateMany({
        where: { workspaceId, id },
        data: { ...columns, updatedAt: now },
      });
    },

    /** Deletes a profile that no agent refers to. */
    async delete(workspaceId: AuthorizedWorkspaceId, id: string): Promise<void> {
      await db.prisma.senderProfile.deleteMany({ where: { workspaceId, id } });
    },

    /** Returns how many agents use the profile as their default sender; undefined if it does not exist. */
    async usage(workspaceId: AuthorizedWorkspaceId, id: string): Promise<{ agents: number } | undefined> {
      const [row] = await db.query<{ agents: number }>(
        `SELECT (SELECT count(*)::int FROM agents a
             WHERE a.workspace_id = p.workspace_id AND a.default_sender_id = p.id) AS agents
         FROM sender_profiles p WHERE p.workspace_id = :workspace::uuid AND p.id = :id::uuid`,
        { workspace: workspaceId, id },
      );
      return row;
    },
  };
}

export type SenderRepository = ReturnType<typeof createSenderRepository>;
