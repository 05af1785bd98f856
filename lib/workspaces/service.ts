import type { Principal } from "@/lib/auth/permissions";
import type { Workspace } from "@/lib/workspaces/contract";
import type { WorkspaceRepository } from "@/lib/workspaces/repository";

/** Workspaces of a caller. */
export function createWorkspaceService(repository: WorkspaceRepository) {
  return {
    async list(principal: Principal): Promise<{ results: Workspace[] }> {
      return { results: await repository.findFor(principal) };
    },
  };
}
