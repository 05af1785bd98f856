import type { Principal } from "@/lib/auth/permissions";
import type { Database } from "@/lib/db";
import type { Workspace } from "@/lib/workspaces/contract";

/** Reads workspaces. */
export function createWorkspaceRepository(db: Database) {
  return {
    /** The workspaces that this caller may enter, by name. */
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
  };
}

export type WorkspaceRepository = ReturnType<typeof createWorkspaceRepository>;
