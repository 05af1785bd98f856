import type { Database } from "@/lib/db";
import { type CreationPage, creationArguments } from "@/lib/http/paged";
import type { AuthorizedWorkspaceId } from "@/lib/ids";

const withAgents = { agents: { select: { agentId: true }, orderBy: { agentId: "asc" as const } } };

/** Reads capacity rules. */
export function createCapacityRepository(db: Database) {
  return {
    async list(workspaceId: AuthorizedWorkspaceId, page: CreationPage) {
      const { where, ...rest } = creationArguments(page);
      const [rows, total] = await Promise.all([
        db.prisma.capacityRule.findMany({ ...rest, where: { workspaceId, ...where }, include: withAgents }),
        db.prisma.capacityRule.count({ where: { workspaceId } }),
      ]);
      return { rows, total };
    },

    find(workspaceId: AuthorizedWorkspaceId, id: string) {
      return db.prisma.capacityRule.findUnique({
        where: { workspaceId_id: { workspaceId, id } },
        include: withAgents,
      });
    },
  };
}

export type CapacityRepository = ReturnType<typeof createCapacityRepository>;
