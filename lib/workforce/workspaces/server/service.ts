import type { Database } from "@/lib/platform/database/db";
import { newId } from "@/lib/platform/ids";
import type { Principal } from "@/lib/platform/security/permissions";
import type { Workspace } from "@/lib/workforce/workspaces/contract";
import type { WorkspaceRepository } from "@/lib/workforce/workspaces/server/repository";

/** Workspaces of a caller, and new ones. */
export function createWorkspaceService(db: Database, repository: WorkspaceRepository) {
  return {
    /**
     * Makes a workspace with the roles that come with the product and nobody in it. For whoever runs the server: there is
     * no way to it over the network. Undefined when the slug is taken.
     */
    async create(draft: Omit<Workspace, "id">, now: Date): Promise<Workspace | undefined> {
      const workspace = { id: newId(), ...draft };
      return (await db.transaction(() => repository.insert(workspace, now))) ? workspace : undefined;
    },

    async list(principal: Principal): Promise<{ results: Workspace[] }> {
      return { results: await repository.findFor(principal) };
    },
  };
}

export type WorkspaceService = ReturnType<typeof createWorkspaceService>;
