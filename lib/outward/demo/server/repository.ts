import type { Actor } from "@/lib/outward/demo/rules";
import type { Database } from "@/lib/platform/database/db";
import type { AgentId, AuthorizedWorkspaceId, PresenceSessionId, UserId } from "@/lib/platform/ids";

/** An agent of the demo that moves by itself. */
export interface CastRow extends Omit<Actor, "capacity"> {
  workspaceId: AuthorizedWorkspaceId;
  agentId: AgentId;
  userId: UserId;
  name: string;
  capacityMessaging: number;
  capacityEmail: number;
  /** The open session of this agent; null without one. */
  sessionId: PresenceSessionId | null;
  /** Whether that session needs a heartbeat. */
  isDue: boolean;
}

/** Agents that move. */
const castSize = 100;
/** Seconds after which a session of the demo needs a heartbeat. */
const beatAfter = 35;

/** SQL that adds a step of the demo if one is running. */
export const demoLook = `
  SELECT graphile_worker.add_job('demo.step', queue_name => 'demo', job_key => 'demo.step', max_attempts => 1)
  WHERE EXISTS (SELECT 1 FROM demo_simulations WHERE running)`;

export function createDemoRepository(db: Database) {
  return {
    /** Returns undefined for a workspace that is not a demo's. */
    async find(workspaceId: AuthorizedWorkspaceId): Promise<boolean | undefined> {
      const [row] = await db.query<{ running: boolean }>(
        "SELECT running FROM demo_simulations WHERE workspace_id = :workspaceId::uuid",
        { workspaceId },
      );
      return row?.running;
    },

    async set(workspaceId: AuthorizedWorkspaceId, running: boolean): Promise<void> {
      await db.query(
        "UPDATE demo_simulations SET running = :running::boolean WHERE workspace_id = :workspaceId::uuid",
        { workspaceId, running },
      );
    },

    /** Returns the agents that move, of running demos. People with a password are visitors, and move themselves. */
    cast(): Promise<CastRow[]> {
      return db.query<CastRow>(
        `SELECT a.workspace_id AS "workspaceId", a.id AS "agentId", u.id AS "userId", u.name,
           s.status::text AS status, s.messaging_count AS messaging, s.email_count AS email,
           CASE WHEN s.activity_expires_at <= now() THEN 'available' ELSE s.activity::text END AS activity,
           COALESCE(r.messaging_capacity, 4) AS "capacityMessaging", COALESCE(r.email_capacity, 8) AS "capacityEmail",
           p.id AS "sessionId",
           COALESCE(p.last_seen_at < now() - interval '${beatAfter} seconds', true) AS "isDue"
         FROM demo_simulations d
         CROSS JOIN LATERAL (
           SELECT a.* FROM agents a JOIN memberships m ON m.workspace_id = a.workspace_id AND m.user_id = a.user_id
             AND m.status = 'active'
           WHERE a.workspace_id = d.workspace_id AND NOT EXISTS (
             SELECT 1 FROM users v WHERE v.id = a.user_id AND v.password_hash IS NOT NULL)
           ORDER BY md5(a.id::text) LIMIT ${castSize}) a
         JOIN agent_states s ON s.workspace_id = a.workspace_id AND s.agent_id = a.id
         JOIN users u ON u.id = a.user_id
         LEFT JOIN capacity_rules r ON r.workspace_id = s.workspace_id
           AND CASE WHEN s.capacity_rule_id IS NULL THEN r.is_default ELSE r.id = s.capacity_rule_id END
         LEFT JOIN LATERAL (
           SELECT id, last_seen_at FROM presence_sessions p WHERE p.workspace_id = a.workspace_id
             AND p.agent_id = a.id AND p.ends_at > now() AND p.ended_at IS NULL LIMIT 1) p ON true
         WHERE d.running`,
      );
    },

    /** Sets the numbers of open conversations. */
    async setLoad(
      { workspaceId, agentId }: Pick<CastRow, "workspaceId" | "agentId">,
      { messaging, email }: { messaging: number; email: number },
      now: Date,
    ): Promise<void> {
      await db.query(
        `UPDATE agent_states SET messaging_count = :messaging::int, email_count = :email::int,
           assigned_count = :messaging::int + :email::int, workload_updated_at = :now::timestamptz,
           last_assigned_at = CASE WHEN :messaging::int > messaging_count OR :email::int > email_count
             THEN :now::timestamptz ELSE last_assigned_at END
         WHERE workspace_id = :workspaceId::uuid AND agent_id = :agentId::uuid`,
        { workspaceId, agentId, messaging, email, now },
      );
    },
  };
}

export type DemoRepository = ReturnType<typeof createDemoRepository>;
