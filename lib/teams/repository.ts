import type { Database } from "@/lib/db";
import { type CreationPage, creationArguments } from "@/lib/http/paged";
import type { AuthorizedWorkspaceId } from "@/lib/ids";

/** Reads teams. */
export function createTeamRepository(db: Database) {
  return {
    async list(workspaceId: AuthorizedWorkspaceId, page: CreationPage) {
      const { where, ...rest } = creationArguments(page);
      const [rows, total] = await Promise.all([
        db.prisma.team.findMany({ ...rest, where: { workspaceId, ...where } }),
        db.prisma.team.count({ where: { workspaceId } }),
      ]);
      return { rows, total };
    },

    /** A team with its members, the longest first. */
    find(workspaceId: AuthorizedWorkspaceId, id: string) {
      return db.prisma.team.findUnique({
        where: { workspaceId_id: { workspaceId, id } },
        include: {
          members: {
            select: { agentId: true, memberSince: true, pending: true },
            orderBy: [{ memberSince: "asc" }, { agentId: "asc" }],
          },
        },
      });
    },
  };
}

export type TeamRepository = ReturnType<typeof createTeamRepository>;
