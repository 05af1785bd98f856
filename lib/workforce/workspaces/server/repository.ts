import { managedRoles } from "@/lib/access/roles/rules";
import type { Database } from "@/lib/platform/database/db";
import type { Principal } from "@/lib/platform/security/permissions";
import type { Workspace } from "@/lib/workforce/workspaces/contract";

export function createWorkspaceRepository(db: Database) {
  return {
    /** Returns the workspaces that the caller has access to, sorted by name. */
    findFor(principal: Principal): Promise<Workspace[]> {
      return db.prisma.workspace.findMany({
        where:
          principal.kind === "user"
            ? { memberships: { some: { userId: principal.id, status: "active" } } }
            : { accessKeys: { some: { id: principal.id } } },
        select: { id: true, name: true, slug: true, timezone: true },
        orderBy: [{ name: "asc" }, { id: "asc" }],
      });
    },

    /** Inserts a workspace with the built-in roles. Returns false if the slug is taken. */
    async insert(workspace: Workspace, now: Date): Promise<boolean> {
      const times = { createdAt: now, updatedAt: now };
      const { count } = await db.prisma.workspace.createMany({
        data: [{ ...workspace, ...times }],
        skipDuplicates: true,
      });
      if (count === 0) return false;
      await db.prisma.role.createMany({
        data: managedRoles.map((role) => ({
          ...role,
          permissions: [...role.permissions],
          workspaceId: workspace.id,
          type: "managed" as const,
          ...times,
        })),
      });
      return true;
    },
  };
}

export type WorkspaceRepository = ReturnType<typeof createWorkspaceRepository>;
