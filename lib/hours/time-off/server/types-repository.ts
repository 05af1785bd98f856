import type { TimeOffType as TimeOffTypeRow } from "@/lib/generated/prisma/client";
import type { Database } from "@/lib/platform/database/db";
import { isForeignKeyViolation } from "@/lib/platform/database/errors";
import { ApiError } from "@/lib/platform/http/errors";
import { refusingDuplicates } from "@/lib/platform/http/server/refusing";
import type { AuthorizedWorkspaceId } from "@/lib/platform/ids";

export type { TimeOffTypeRow };

export type TimeOffTypeColumns = Pick<TimeOffTypeRow, "name" | "nameKey" | "approval" | "isPrivate">;

const refusingSecondName = refusingDuplicates(
  "TimeOffTypeAlreadyExists",
  "The workspace already has a type with this name. Choose another name.",
);

export function createTimeOffTypeRepository(db: Database) {
  return {
    /** Returns all types in their order. */
    list(workspaceId: AuthorizedWorkspaceId): Promise<TimeOffTypeRow[]> {
      return db.prisma.timeOffType.findMany({
        where: { workspaceId },
        orderBy: [{ position: "asc" }, { createdAt: "asc" }, { id: "asc" }],
      });
    },

    find(workspaceId: AuthorizedWorkspaceId, id: string): Promise<TimeOffTypeRow | null> {
      return db.prisma.timeOffType.findUnique({ where: { workspaceId_id: { workspaceId, id } } });
    },

    /** Locks the list of types against other changes of it. */
    async lock(workspaceId: AuthorizedWorkspaceId): Promise<void> {
      await db.query("SELECT id FROM workspaces WHERE id = :workspaceId::uuid FOR NO KEY UPDATE", {
        workspaceId,
      });
    },

    /** Throws `TimeOffTypeAlreadyExists`. */
    async insert(
      workspaceId: AuthorizedWorkspaceId,
      id: string,
      columns: TimeOffTypeColumns & { position: number },
      now: Date,
    ): Promise<void> {
      const row = { ...columns, workspaceId, id, createdAt: now, updatedAt: now };
      await refusingSecondName(() => db.prisma.timeOffType.createMany({ data: [row] }));
    },

    /** Throws `TimeOffTypeAlreadyExists`. */
    async update(
      workspaceId: AuthorizedWorkspaceId,
      id: string,
      columns: Partial<TimeOffTypeColumns>,
      now: Date,
    ): Promise<void> {
      await refusingSecondName(() =>
        db.prisma.timeOffType.updateMany({
          where: { workspaceId, id },
          data: { ...columns, updatedAt: now },
        }),
      );
    },

    /** Numbers the types in the order of `ids`. */
    async arrange(workspaceId: AuthorizedWorkspaceId, ids: readonly string[]): Promise<void> {
      await db.query(
        `UPDATE time_off_types t SET position = n.place - 1
         FROM unnest(:ids::uuid[]) WITH ORDINALITY n(id, place)
         WHERE t.workspace_id = :workspaceId::uuid AND t.id = n.id AND t.position <> n.place - 1`,
        { workspaceId, ids },
      );
    },

    /** Throws `TimeOffTypeInUse`. */
    async delete(workspaceId: AuthorizedWorkspaceId, id: string): Promise<void> {
      try {
        await db.prisma.timeOffType.deleteMany({ where: { workspaceId, id } });
      } catch (error) {
        if (!isForeignKeyViolation(error)) throw error;
        throw new ApiError(
          "TimeOffTypeInUse",
          "Time off of this type exists. Keep the type, or change that time off first.",
          { cause: error },
        );
      }
    },
  };
}

export type TimeOffTypeRepository = ReturnType<typeof createTimeOffTypeRepository>;
