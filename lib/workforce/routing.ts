import type { AuthorizedWorkspaceId } from "@/lib/platform/ids";

/** The parts of routing that team and skill services need. Implemented in lib/routing (lib/services.ts). */
export interface RoutingUses {
  /** Counts the queues that name a team, and the conversations waiting in them. */
  ofTeam(workspaceId: AuthorizedWorkspaceId, teamId: string): Promise<{ queues: number; waiting: number }>;
  /**
   * Throws `TeamInUse` if a queue has no other primary team: without one, it would take all agents. Lock the
   * team first. The result stays valid until the transaction ends.
   */
  requireNotOnlyTeam(workspaceId: AuthorizedWorkspaceId, teamId: string): Promise<void>;
  /** Counts the waiting conversations that require a skill. */
  ofSkill(workspaceId: AuthorizedWorkspaceId, skillId: string): Promise<{ waiting: number }>;
}
