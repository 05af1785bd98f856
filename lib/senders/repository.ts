import type { Database } from "@/lib/db";
import { type CreationPage, creationArguments } from "@/lib/http/paged";
import type { AuthorizedWorkspaceId } from "@/lib/ids";

/** Reads sender profiles. */
export function createSenderRepository(db: Database) {
  return {
    async list(workspaceId: AuthorizedWorkspaceId, page: CreationPage) {
      const { where, ...rest } = creationArguments(page);
      const [rows, total] = await Promise.all([
        db.prisma.senderProfile.findMany({ ...rest, where: { workspaceId, ...where } }),
        db.prisma.senderProfile.count({ where: { workspaceId } }),
      ]);
      return { rows, total };
    },

    find(workspaceId: AuthorizedWorkspaceId, id: string) {
      return db.prisma.senderProfile.findUnique({ where: { workspaceId_id: { workspaceId, id } } });
    },
  };
}

export type SenderRepository = ReturnType<typeof createSenderRepository>;
