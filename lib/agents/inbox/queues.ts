import type { AuthorizedWorkspaceId } from "@/lib/platform/ids";

/** The parts of queues that agents need. Implemented in lib/routing/queues (lib/services.ts). */
export interface QueueTeams {
  /**
   * Returns the primary teams of a queue; an empty list if all agents may take its conversations. Undefined
   * if the queue does not exist.
   */
  primaryTeams(workspaceId: AuthorizedWorkspaceId, queueId: string): Promise<string[] | undefined>;
}
