import type { AuthorizedWorkspaceId } from "@/lib/platform/ids";

/** Assigns and offers waiting conversations. Implemented in lib/routing/matching (lib/services.ts). */
export interface Matcher {
  /**
   * Matches the workspace soon, without waiting for its next timer. Never throws. Call it after the commit.
   */
  wake(workspaceId: AuthorizedWorkspaceId): void;
}
