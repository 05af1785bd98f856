import type { Heartbeat } from "@/lib/availability/presence/contract";
import {
  graceMs,
  lastingMs,
  type PresenceSince,
  type PresenceState,
  type SessionTimes,
} from "@/lib/availability/presence/rules";
import { sessionLimit } from "@/lib/availability/presence/values";
import type { Database } from "@/lib/platform/database/db";
import type { AgentId, AuthorizedWorkspaceId, PresenceSessionId } from "@/lib/platform/ids";

export interface AgentKey {
  workspaceId: AuthorizedWorkspaceId;
  agentId: AgentId;
}

export interface SessionKey extends AgentKey {
  id: PresenceSessionId;
}

export interface SessionRow extends SessionTimes {
  id: PresenceSessionId;
  device: Heartbeat["device"];
  visible: boolean;
}

/** The data that an agent's presence depends on. Times are epoch milliseconds of the database's clock. */
export interface PresenceRow {
  /** The policy; null for the default. */
  mode: "off" | "gate" | "sync" | null;
  idleAfterMinutes: number | null;
  /** Undefined if the agent never had a session. */
  recorded: (PresenceSince & { lastSeenAt: number | null }) | undefined;
  /** Includes expired sessions that are not deleted yet. Oldest first. */
  sessions: SessionRow[];
  now: number;
}

/** The result of a heartbeat in an open session. */
export interface Beaten {
  endsAt: number;
  /** Whether the agent was recorded as idle and the heartbeat's input ended that. */
  woke: boolean;
}

type StoredRow = Omit<PresenceRow, "recorded" | "sessions"> & {
  state: PresenceState | null;
  since: number;
  lastSeenAt: number | null;
  sessions: SessionRow[] | null;
};

const epoch = (column: string) => `round(extract(epoch FROM ${column}) * 1000)::double precision`;
const instant = (name: string) => `to_timestamp(:${name}::double precision / 1000)`;

/** Number of agents per sweep. */
const sweepLimit = 1_000;

/**
 * Returns SQL that selects the agents whose recorded presence may be outdated: sessions have expired, or all
 * have become idle.
 */
const dueText = (clock: string) => `
  SELECT workspace_id, agent_id FROM presence_sessions WHERE ends_at <= ${clock}
  UNION
  SELECT p.workspace_id, p.agent_id
  FROM availability_policies a JOIN agent_presence p ON p.workspace_id = a.workspace_id AND p.state = 'present'
  WHERE a.presence <> 'off' AND a.idle_after_minutes IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM presence_sessions s WHERE s.workspace_id = p.workspace_id AND s.agent_id = p.agent_id
      AND s.last_input_at > ${clock} - a.idle_after_minutes * interval '1 minute')`;

/** SQL that adds a sweep job if any presence needs recording. */
export const sweepLook = `
  SELECT graphile_worker.add_job('presence.sweep', queue_name => 'presence', job_key => 'presence.sweep',
    max_attempts => 3)
  WHERE EXISTS (${dueText("now()")})`;

/**
 * Reads and writes sessions and recorded presence. `clock` is the SQL expression for the current time: the
 * database's clock, except in tests.
 */
export function createPresenceRepository(db: Database, clock = "clock_timestamp()") {
  const time = `date_trunc('milliseconds', ${clock})`;

  const beatText = `
    WITH clock AS MATERIALIZED (SELECT ${time} AS now)
    UPDATE presence_sessions s SET device = b.device::presence_device, visible = b.visible, last_seen_at = clock.now,
      ended_at = NULL, ends_at = clock.now + interval '${lastingMs} ms',
      last_input_at = CASE WHEN b.input THEN clock.now ELSE s.last_input_at END
    FROM clock, unnest(:workspaces::uuid[], :ids::uuid[], :agents::uuid[], :devices::text[], :visible::boolean[],
      :input::boolean[]) AS b(workspace_id, id, agent_id, device, visible, input)
    WHERE s.workspace_id = b.workspace_id AND s.id = b.id AND s.agent_id = b.agent_id AND s.ends_at > clock.now
    RETURNING s.workspace_id AS "workspaceId", s.id, s.agent_id AS "agentId", ${epoch("s.ends_at")} AS "endsAt",
      b.input AND EXISTS (SELECT 1 FROM agent_presence p WHERE p.workspace_id = s.workspace_id
        AND p.agent_id = s.agent_id AND p.state = 'idle') AS woke`;

  const startText = `
    WITH clock AS MATERIALIZED (SELECT ${instant("now")} AS now),
    replaced AS (
      DELETE FROM presence_sessions s USING clock WHERE s.workspace_id = :workspace::uuid AND s.agent_id = :agent::uuid
        AND s.id <> :id::uuid AND (s.ends_at <= clock.now OR s.id IN (
          SELECT o.id FROM presence_sessions o WHERE o.workspace_id = :workspace::uuid AND o.agent_id = :agent::uuid
            AND o.id <> :id::uuid AND o.ends_at > clock.now
          ORDER BY o.started_at DESC, o.id DESC OFFSET ${sessionLimit - 1})))
    INSERT INTO presence_sessions AS s (workspace_id, id, agent_id, device, visible, last_input_at, started_at,
      last_seen_at, ended_at, ends_at)
    SELECT :workspace::uuid, :id::uuid, :agent::uuid, :device::text::presence_device, :visible::boolean, clock.now,
      clock.now, clock.now, NULL, clock.now + interval '${lastingMs} ms' FROM clock
    ON CONFLICT (workspace_id, id) DO UPDATE SET device = excluded.device, visible = excluded.visible,
      last_input_at = excluded.last_input_at, last_seen_at = excluded.last_seen_at, ended_at = NULL,
      ends_at = excluded.ends_at,
      started_at = CASE WHEN s.ends_at <= excluded.last_seen_at THEN excluded.started_at ELSE s.started_at END
    WHERE s.agent_id = excluded.agent_id
    RETURNING ${epoch("s.ends_at")} AS "endsAt"`;

  const findText = `
    SELECT a.presence::text AS mode, a.idle_after_minutes AS "idleAfterMinutes", p.state::text AS state,
      ${epoch("p.since")} AS since, ${epoch("p.last_seen_at")} AS "lastSeenAt", ${epoch(time)} AS now,
      (SELECT json_agg(json_build_object('id', s.id, 'device', s.device, 'visible', s.visible,
          'startedAt', ${epoch("s.started_at")}, 'lastInputAt', ${epoch("s.last_input_at")},
          'lastSeenAt', ${epoch("s.last_seen_at")}, 'endsAt', ${epoch("s.ends_at")})
          ORDER BY s.started_at, s.id)
        FROM presence_sessions s WHERE s.workspace_id = g.workspace_id AND s.agent_id = g.id) AS sessions
    FROM agents g LEFT JOIN agent_presence p ON p.workspace_id = g.workspace_id AND p.agent_id = g.id
    LEFT JOIN availability_policies a ON a.workspace_id = g.workspace_id
    WHERE g.workspace_id = :workspace::uuid AND g.id = :agent::uuid`;

  return {
    /**
     * Extends open sessions in one statement. Returns one result per heartbeat; undefined if the session is
     * not open or belongs to another agent.
     */
    async beat(beats: readonly (SessionKey & Heartbeat)[]): Promise<(Beaten | undefined)[]> {
      const rows = await db.query<SessionKey & Beaten>(beatText, {
        workspaces: beats.map(({ workspaceId }) => workspaceId),
        ids: beats.map(({ id }) => id),
        agents: beats.map(({ agentId }) => agentId),
        devices: beats.map(({ device }) => device),
        visible: beats.map(({ visible }) => visible),
        input: beats.map(({ input }) => input),
      });
      const keyOf = (key: SessionKey) => `${key.workspaceId} ${key.id} ${key.agentId}`;
      const byKey = new Map(rows.map((row) => [keyOf(row), row]));
      return beats.map((key) => byKey.get(keyOf(key)));
    },

    /**
     * Starts a session at `now`. Deletes the agent's expired sessions and the oldest above the limit. Returns
     * when the session expires; undefined if the id belongs to another agent. Lock the agent's presence
     * first.
     */
    async start(
      { workspaceId, agentId, id }: SessionKey,
      { device, visible }: Heartbeat,
      now: number,
    ): Promise<number | undefined> {
      const [row] = await db.query<{ endsAt: number }>(startText, {
        workspace: workspaceId,
        agent: agentId,
        id,
        device,
        visible,
        now,
      });
      return row?.endsAt;
    },

    /** Ends a session after a grace period. Returns false if the agent has no such session. */
    async end({ workspaceId, agentId, id }: SessionKey): Promise<boolean> {
      const rows = await db.query(
        `WITH clock AS MATERIALIZED (SELECT ${time} AS now)
         UPDATE presence_sessions s SET ended_at = COALESCE(s.ended_at, clock.now),
           ends_at = CASE WHEN s.ended_at IS NULL THEN clock.now + interval '${graceMs} ms' ELSE s.ends_at END
         FROM clock WHERE s.workspace_id = :workspace::uuid AND s.id = :id::uuid AND s.agent_id = :agent::uuid
           AND s.ends_at > clock.now
         RETURNING s.id`,
        { workspace: workspaceId, agent: agentId, id },
      );
      return rows.length > 0;
    },

    /** Returns undefined if the agent does not exist. */
    async find({ workspaceId, agentId }: AgentKey): Promise<PresenceRow | undefined> {
      const [row] = await db.query<StoredRow>(findText, { workspace: workspaceId, agent: agentId });
      if (!row) return undefined;
      const { state, since, lastSeenAt, sessions, ...rest } = row;
      return {
        ...rest,
        recorded: state === null ? undefined : { state, since, lastSeenAt },
        sessions: sessions ?? [],
      };
    },

    /** Locks an agent's recorded presence until the transaction ends. Inserts it as absent if missing. */
    async lock({ workspaceId, agentId }: AgentKey): Promise<void> {
      await db.query(
        `INSERT INTO agent_presence AS p (workspace_id, agent_id, state, since)
         SELECT workspace_id, id, 'absent', ${time} FROM agents
         WHERE workspace_id = :workspace::uuid AND id = :agent::uuid
         ON CONFLICT (workspace_id, agent_id) DO UPDATE SET state = p.state RETURNING 1 AS locked`,
        { workspace: workspaceId, agent: agentId },
      );
    },

    /** Records a change of state. `lastSeenAt` is the time of the last heartbeat. */
    async record(
      { workspaceId, agentId }: AgentKey,
      { state, since }: PresenceSince,
      lastSeenAt: number | null,
    ): Promise<void> {
      await db.query(
        `UPDATE agent_presence SET state = :state::text::presence_state, since = ${instant("since")},
           last_seen_at = ${instant("lastSeenAt")}
         WHERE workspace_id = :workspace::uuid AND agent_id = :agent::uuid`,
        { workspace: workspaceId, agent: agentId, state, since, lastSeenAt },
      );
    },

    /** Deletes sessions that had expired at `now`. */
    async removeExpired({ workspaceId, agentId }: AgentKey, now: number): Promise<void> {
      await db.query(
        `DELETE FROM presence_sessions WHERE workspace_id = :workspace::uuid AND agent_id = :agent::uuid
           AND ends_at <= ${instant("now")}`,
        { workspace: workspaceId, agent: agentId, now },
      );
    },

    /** Returns agents of all workspaces whose recorded presence may be outdated. */
    due(): Promise<AgentKey[]> {
      return db.query(
        `SELECT workspace_id AS "workspaceId", agent_id AS "agentId" FROM (${dueText(clock)}) due LIMIT ${sweepLimit}`,
      );
    },
  };
}

export type PresenceRepository = ReturnType<typeof createPresenceRepository>;
