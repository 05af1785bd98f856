import type { AuthorizedWorkspaceId } from "@/lib/platform/ids";

/**
 * What refers to teams and skills: queues, conversations and coverage needs. Implemented in lib/routing
 * (lib/services.ts).
 */
export interface RoutingUses {
  /** Counts the queues that name a team, the conversations waiting in them, and the coverage needs of the team. */
  ofTeam(
    workspaceId: AuthorizedWorkspaceId,
    teamId: string,
  ): Promise<{ queues: number; waiting: number; needs: number }>;
  /**
   * Throws `TeamInUse` if a queue has no other primary team: without one, it would take all agents. Lock the
   * team first. The result stays valid until the transaction ends.
   */
  requireNotOnlyTeam(workspaceId: AuthorizedWorkspaceId, teamId: string): Promise<void>;
  /** Counts the waiting conversations that require a skill, and the coverage needs of the skill. */
  ofSkill(workspaceId: AuthorizedWorkspaceId, skillId: string): Promise<{ waiting: number; needs: number }>;
}
