import { type Actor, type DemoQueue, type DemoSkill, deskTimes } from "@/lib/outward/demo/rules";
import type { Database } from "@/lib/platform/database/db";
import type { AgentId, AuthorizedWorkspaceId, PresenceSessionId, UserId } from "@/lib/platform/ids";

/** A simulated agent of the demo. */
export interface CastRow extends Actor {
  workspaceId: AuthorizedWorkspaceId;
  agentId: AgentId;
  userId: UserId;
  name: string;
  /** The agent's open session; null without one. */
  sessionId: PresenceSessionId | null;
  /** Whether that session needs a heartbeat. */
  isDue: boolean;
}

/** The live desk of a running demo: simulated conversations and offers. */
export interface DeskRow {
  workspaceId: AuthorizedWorkspaceId;
  /** Its open conversations. */
  open: number;
  queues: Omit<DemoQueue, "canTake">[];
  skills: DemoSkill[];
}

/** Prefix of the external ids of a live desk's conversations. */
export const livePrefix = "live-";
const isLive = `starts_with(c.external_id, '${livePrefix}')`;

/**
 * SQL: whether an agent's person is signed in. Only people with a password can be, and browsers keep
 * sessions.
 */
const isVisited = (agentId: string) => `EXISTS (
             SELECT 1 FROM agents a JOIN users u ON u.id = a.user_id AND u.password_hash IS NOT NULL
             JOIN presence_sessions p ON p.workspace_id = a.workspace_id AND p.agent_id = a.id AND p.ends_at > now()
             WHERE a.workspace_id = :workspaceId::uuid AND a.id = ${agentId})`;

/** Simulated agents. */
const castSize = 100;
/** Seconds after which a demo session needs a heartbeat. */
const beatAfter = 35;

/** SQL that adds a demo step if a demo is running. */
export const demoLook = `
  SELECT graphile_worker.add_job('demo.step', queue_name => 'demo', job_key => 'demo.step', max_attempts => 1)
  WHERE EXISTS (SELECT 1 FROM demo_simulations WHERE running)`;

export function createDemoRepository(db: Database) {
  return {
    /** Returns undefined if the workspace is not a demo. */
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

    /**
     * Returns the simulated agents of running demos. People with a password are visitors, who act themselves.
     */
    cast(): Promise<CastRow[]> {
      return db.query<CastRow>(
        `SELECT a.workspace_id AS "workspaceId", a.id AS "agentId", u.id AS "userId", u.name,
           s.status::text AS status,
           CASE WHEN s.activity_expires_at <= now() THEN 'available' ELSE s.activity::text END AS activity,
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
         LEFT JOIN LATERAL (
           SELECT id, last_seen_at FROM presence_sessions p WHERE p.workspace_id = a.workspace_id
             AND p.agent_id = a.id AND p.ends_at > now() AND p.ended_at IS NULL LIMIT 1) p ON true
         WHERE d.running`,
      );
    },

    /** Returns the desks of running demos, each with a few skills of its agents. */
    desks(): Promise<DeskRow[]> {
      return db.query<DeskRow>(
        `SELECT d.workspace_id AS "workspaceId",
           (SELECT count(*)::int FROM conversations c WHERE c.workspace_id = d.workspace_id AND c.state <> 'closed'
              AND ${isLive}) AS open,
           (SELECT coalesce(json_agg(json_build_object('id', q.id,
               'hasCalls', EXISTS (SELECT 1 FROM conversations c WHERE c.workspace_id = q.workspace_id
                 AND c.queue_id = q.id AND c.channel = 'voice')) ORDER BY q.id), '[]')
             FROM routing_queues q WHERE q.workspace_id = d.workspace_id) AS queues,
           (SELECT coalesce(json_agg(json_build_object('skillId', k.skill_id, 'valueIds', ARRAY(
               SELECT v.value_id FROM agent_skill_values v WHERE v.workspace_id = d.workspace_id
                 AND v.agent_id = k.agent_id AND v.skill_id = k.skill_id ORDER BY v.value_id LIMIT 1))
               ORDER BY k.skill_id), '[]')
             FROM (SELECT agent_id, skill_id FROM agent_skills WHERE workspace_id = d.workspace_id
               ORDER BY random() LIMIT 5) k) AS skills
         FROM demo_simulations d WHERE d.running`,
      );
    },

    /**
     * Returns conversations that an agent may close, and those that customers have abandoned. Includes old
     * calls, because nobody is on the phone for hours.
     */
    closable(workspaceId: AuthorizedWorkspaceId, now: Date): Promise<{ id: string; isLost: boolean }[]> {
      return db.query(
        `SELECT c.id, c.state = 'queued' AS "isLost" FROM conversations c
         WHERE c.workspace_id = :workspaceId::uuid AND (
           (c.state = 'queued' AND ${isLive} AND c.queued_at < :now::timestamptz - make_interval(secs =>
             CASE WHEN c.channel = 'voice' THEN ${deskTimes.callPatience} ELSE ${deskTimes.patience} END))
           OR (c.state = 'assigned' AND (${isLive} OR c.channel = 'voice')
             AND c.assigned_at < :now::timestamptz - interval '${deskTimes.handling} seconds'
             AND NOT ${isVisited("c.agent_id")}))
         ORDER BY c.id`,
        { workspaceId, now },
      );
    },

    /** Returns pending offers to agents who are not signed in. */
    async answerable(workspaceId: AuthorizedWorkspaceId, now: Date): Promise<string[]> {
      const rows = await db.query<{ id: string }>(
        `SELECT o.id FROM offers o
         WHERE o.workspace_id = :workspaceId::uuid AND o.state = 'pending' AND o.expires_at > :now::timestamptz
           AND o.created_at < :now::timestamptz - interval '${deskTimes.thinking} seconds'
           AND NOT ${isVisited("o.agent_id")}
         ORDER BY o.id`,
        { workspaceId, now },
      );
      return rows.map(({ id }) => id);
    },

    /** Deletes conversations of live desks that closed more than a day ago. */
    async sweepDesks(now: Date): Promise<void> {
      await db.query(
        `DELETE FROM conversations c USING demo_simulations d
         WHERE c.workspace_id = d.workspace_id AND c.state = 'closed' AND ${isLive}
           AND c.closed_at < :now::timestamptz - interval '1 day'`,
        { now },
      );
    },
  };
}

export type DemoRepository = ReturnType<typeof createDemoRepository>;
