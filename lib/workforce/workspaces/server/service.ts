import type { Database } from "@/lib/platform/database/db";
import { newId } from "@/lib/platform/ids";
import type { Principal } from "@/lib/platform/security/permissions";
import type { Workspace } from "@/lib/workforce/workspaces/contract";
import type { WorkspaceRepository } from "@/lib/workforce/workspaces/server/repository";

export function createWorkspaceService(db: Database, repository: WorkspaceRepository) {
  return {
    /**
     * Creates an empty workspace with the built-in roles. Only for server operators; no API route uses it.
     * Returns undefined if the slug is taken.
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
