import type { Database } from "@/lib/platform/database/db";
import { refusingDuplicates } from "@/lib/platform/http/server/refusing";
import type { AuthorizedWorkspaceId, UserId, ViewId } from "@/lib/platform/ids";
import { foldText } from "@/lib/platform/text/text-folding";

export interface ViewColumns {
  name: string;
  search: string;
}

/** The person and workspace that views belong to. */
export interface Owner {
  workspaceId: AuthorizedWorkspaceId;
  userId: UserId;
}

const refusingSecondName = refusingDuplicates(
  "ViewAlreadyExists",
  "You already have a view with this name. Case and accents don't count. Choose another name.",
);

export function createViewRepository(db: Database) {
  return {
    list({ workspaceId, userId }: Owner) {
      return db.prisma.savedView.findMany({ where: { workspaceId, userId } });
    },

    find({ workspaceId, userId }: Owner, id: ViewId) {
      return db.prisma.savedView.findUnique({
        where: { workspaceId_userId_id: { workspaceId, userId, id } },
      });
    },

    /**
     * Counts the person's views. Locks the membership, so that no other view can be created until the
     * transaction ends.
     */
    async count({ workspaceId, userId }: Owner): Promise<number> {
      await db.query(
        `SELECT user_id FROM memberships WHERE workspace_id = :workspaceId::uuid AND user_id = :userId::uuid FOR NO KEY UPDATE`,
        { workspaceId, userId },
      );
      return await db.prisma.savedView.count({ where: { workspaceId, userId } });
    },

    /** Throws `ViewAlreadyExists` if the name is taken. */
    insert(owner: Owner, id: ViewId, columns: ViewColumns, now: Date) {
      const data = { ...owner, id, ...columns, nameKey: foldText(columns.name) };
      return refusingSecondName(() =>
        db.prisma.savedView.create({ data: { ...data, createdAt: now, updatedAt: now } }),
      );
    },

    /** Locks a view. Returns false if it does not exist. */
    async lock({ workspaceId, userId }: Owner, id: ViewId): Promise<boolean> {
      const rows = await db.query(
        `SELECT id FROM saved_views
         WHERE workspace_id = :workspaceId::uuid AND user_id = :userId::uuid AND id = :id::uuid FOR UPDATE`,
        { workspaceId, userId, id },
      );
      return rows.length > 0;
    },

    /** Throws `ViewAlreadyExists` if the name is taken. */
    async update(owner: Owner, id: ViewId, columns: Partial<ViewColumns>, now: Date): Promise<void> {
      const key = columns.name === undefined ? {} : { nameKey: foldText(columns.name) };
      await refusingSecondName(() =>
        db.prisma.savedView.updateMany({
          where: { ...owner, id },
          data: { ...columns, ...key, updatedAt: now },
        }),
      );
    },

    async delete(owner: Owner, id: ViewId): Promise<void> {
      await db.prisma.savedView.deleteMany({ where: { ...owner, id } });
    },
  };
}

export type ViewRepository = ReturnType<typeof createViewRepository>;
