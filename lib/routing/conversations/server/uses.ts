import type { Database } from "@/lib/platform/database/db";
import { ApiError } from "@/lib/platform/http/errors";
import type { RoutingUses } from "@/lib/workforce/routing";

/** Counts queues, conversations and coverage needs that refer to teams and skills. */
export function createRoutingUses(db: Database): RoutingUses {
  return {
    async ofTeam(workspaceId, teamId) {
      const [row] = await db.query<{ queues: number; waiting: number; needs: number }>(
        `WITH named AS MATERIALIZED (SELECT DISTINCT t.queue_id FROM routing_queue_teams t
           WHERE t.workspace_id = :workspace::uuid AND t.team_id = :team::uuid)
         SELECT (SELECT count(*)::int FROM named) AS queues,
           (SELECT count(*)::int FROM named n JOIN conversations c ON c.workspace_id = :workspace::uuid
              AND c.queue_id = n.queue_id AND c.state IN ('queued', 'offered')) AS waiting,
           (SELECT count(*)::int FROM coverage_needs WHERE workspace_id = :workspace::uuid
              AND team_id = :team::uuid) AS needs`,
        { workspace: workspaceId, team: teamId },
      );
      return row ?? { queues: 0, waiting: 0, needs: 0 };
    },

    async requireNotOnlyTeam(workspaceId, teamId) {
      // A separate statement: after waiting for a lock, the same statement would still see the old teams.
      await db.query(
        `SELECT id FROM routing_queues WHERE workspace_id = :workspace::uuid AND id IN (
           SELECT queue_id FROM routing_queue_teams WHERE workspace_id = :workspace::uuid AND team_id = :team::uuid)
         ORDER BY id FOR NO KEY UPDATE`,
        { workspace: workspaceId, team: teamId },
      );
      const [queue] = await db.query<{ name: string }>(
        `SELECT q.name FROM routing_queue_teams t
         JOIN routing_queues q ON q.workspace_id = t.workspace_id AND q.id = t.queue_id
         WHERE t.workspace_id = :workspace::uuid AND t.team_id = :team::uuid AND t.kind = 'primary'
           AND NOT EXISTS (SELECT 1 FROM routing_queue_teams o WHERE o.workspace_id = t.workspace_id
             AND o.queue_id = t.queue_id AND o.kind = 'primary' AND o.team_id <> t.team_id)
         ORDER BY q.created_at, q.id LIMIT 1`,
        { workspace: workspaceId, team: teamId },
      );
      if (queue)
        throw new ApiError(
          "TeamInUse",
          `The queue ${queue.name} has no other team, so it would take all agents. Give the queue another team, or delete it first.`,
        );
    },

    async ofSkill(workspaceId, skillId) {
      const [row] = await db.query<{ waiting: number; needs: number }>(
        `SELECT count(*)::int AS waiting,
           (SELECT count(*)::int FROM coverage_needs WHERE workspace_id = :workspace::uuid
              AND skill_id = :skill::uuid) AS needs
         FROM conversations
         WHERE workspace_id = :workspace::uuid AND state <> 'closed' AND state IN ('queued', 'offered')
           AND required_skills @> jsonb_build_array(jsonb_build_object('skillId', :skill::text))`,
        { workspace: workspaceId, skill: skillId },
      );
      return row ?? { waiting: 0, needs: 0 };
    },
  };
}
