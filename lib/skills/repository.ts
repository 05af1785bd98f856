import type { Database } from "@/lib/db";
import { type CreationPage, creationArguments } from "@/lib/http/paged";
import type { AuthorizedWorkspaceId } from "@/lib/ids";

const withValues = { values: { orderBy: { position: "asc" as const } } };

/** Reads skills. */
export function createSkillRepository(db: Database) {
  return {
    async list(workspaceId: AuthorizedWorkspaceId, page: CreationPage) {
      const { where, ...rest } = creationArguments(page);
      const [rows, total] = await Promise.all([
        db.prisma.skill.findMany({ ...rest, where: { workspaceId, ...where }, include: withValues }),
        db.prisma.skill.count({ where: { workspaceId } }),
      ]);
      return { rows, total };
    },

    find(workspaceId: AuthorizedWorkspaceId, id: string) {
      return db.prisma.skill.findUnique({
        where: { workspaceId_id: { workspaceId, id } },
        include: withValues,
      });
    },
  };
}

export type SkillRepository = ReturnType<typeof createSkillRepository>;
