import type { Database } from "@/lib/db";
import { type CreationPage, creationArguments } from "@/lib/http/paged";
import type { AuthorizedWorkspaceId } from "@/lib/ids";

/** Reads roles. */
export function createRoleRepository(db: Database) {
  return {
    async list(workspaceId: AuthorizedWorkspaceId, page: CreationPage) {
      const { where, ...rest } = creationArguments(page);
      const [rows, total] = await Promise.all([
        db.prisma.role.findMany({ ...rest, where: { workspaceId, ...where } }),
        db.prisma.role.count({ where: { workspaceId } }),
      ]);
      return { rows, total };
    },

    find(workspaceId: AuthorizedWorkspaceId, id: string) {
      return db.prisma.role.findUnique({ where: { workspaceId_id: { workspaceId, id } } });
    },
  };
}

export type RoleRepository = ReturnType<typeof createRoleRepository>;
