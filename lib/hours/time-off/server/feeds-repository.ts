import type { Database } from "@/lib/platform/database/db";
import { named } from "@/lib/platform/http/server/paged";
import type { AgentId, AuthorizedWorkspaceId, WorkspaceId } from "@/lib/platform/ids";
import type { Actor } from "@/lib/platform/security/permissions";

export interface FeedRow {
  id: string;
  agentId: AgentId;
  teamId: string | null;
  createdAt: Date;
  lastUsedAt: Date | null;
}

/** A feed whose address still works. */
export interface OpenFeed {
  id: string;
  workspaceId: WorkspaceId;
  agentId: AgentId;
  agentName: string;
  teamId: string | null;
  teamName: string | null;
}

const columns = named("f", ["id", "agentId", "teamId", "createdAt", "lastUsedAt"]);

/**
 * Excludes feeds `f` of agents whose person is not active, and feeds whose maker may no longer make them: for a team or
 * another agent, that takes `calendar.write`.
 */
const isOpen = `NOT EXISTS (SELECT 1 FROM memberships m WHERE m.workspace_id = f.workspace_id
      AND m.user_id = a.user_id AND m.status <> 'active')
    AND (f.actor_kind <> 'user' OR (f.team_id IS NULL AND f.actor_id = a.user_id) OR EXISTS (
      SELECT 1 FROM memberships m
      JOIN membership_roles r ON r.workspace_id = m.workspace_id AND r.user_id = m.user_id
      JOIN roles o ON o.workspace_id = r.workspace_id AND o.id = r.role_id
      WHERE m.workspace_id = f.workspace_id AND m.user_id = f.actor_id AND m.status = 'active'
        AND 'calendar.write' = ANY(o.permissions)))
    AND (f.actor_kind <> 'accessKey' OR EXISTS (
      SELECT 1 FROM access_keys k JOIN roles o ON o.workspace_id = k.workspace_id AND o.id = k.role_id
      WHERE k.workspace_id = f.workspace_id AND k.id = f.actor_id
        AND (k.expires_at IS NULL OR k.expires_at > :now::timestamptz)
        AND 'calendar.write' = ANY(o.permissions)))`;

export function createCalendarFeedRepository(db: Database) {
  return {
    /** Returns the feeds of an agent, oldest first. */
    list(workspaceId: AuthorizedWorkspaceId, agentId: AgentId): Promise<FeedRow[]> {
      return db.query<FeedRow>(
        `SELECT ${columns} FROM calendar_feeds f
         WHERE f.workspace_id = :workspaceId::uuid AND f.agent_id = :agentId::uuid ORDER BY f.created_at, f.id`,
        { workspaceId, agentId },
      );
    },

    /** Returns the name of a team and locks it against deletion. */
    async teamName(workspaceId: AuthorizedWorkspaceId, id: string): Promise<string | undefined> {
      const [row] = await db.query<{ name: string }>(
        "SELECT name FROM teams WHERE workspace_id = :workspaceId::uuid AND id = :id::uuid FOR KEY SHARE",
        { workspaceId, id },
      );
      return row?.name;
    },

    async insert(
      actor: Actor,
      feed: { id: string; agentId: AgentId; teamId: string | null; secretHash: Buffer },
      now: Date,
    ): Promise<void> {
      const { workspaceId, kind, id: actorId, name } = actor;
      await db.query(
        `INSERT INTO calendar_feeds (workspace_id, id, agent_id, team_id, secret_hash, actor_kind, actor_id,
           actor_name, created_at)
         VALUES (:workspaceId::uuid, :id::uuid, :agentId::uuid, :teamId::uuid, :secretHash::bytea,
           :kind::text::actor_kind, :actorId::uuid, :name::text, :now::timestamptz)`,
        { ...feed, workspaceId, kind, actorId, name, now },
      );
    },

    /** Returns whether there was such a feed. */
    async delete(workspaceId: AuthorizedWorkspaceId, agentId: AgentId, id: string): Promise<boolean> {
      const rows = await db.query(
        `DELETE FROM calendar_feeds WHERE workspace_id = :workspaceId::uuid AND agent_id = :agentId::uuid
           AND id = :id::uuid RETURNING id`,
        { workspaceId, agentId, id },
      );
      return rows.length > 0;
    },

    /** Returns the feed with this secret, and records its use at most once an hour. */
    async open(secretHash: Buffer, now: Date): Promise<OpenFeed | undefined> {
      const [row] = await db.query<OpenFeed>(
        `WITH found AS (
           SELECT f.id, f.workspace_id, f.agent_id, f.team_id, a.name AS agent_name, t.name AS team_name, f.last_used_at
           FROM calendar_feeds f JOIN agents a ON a.workspace_id = f.workspace_id AND a.id = f.agent_id
           LEFT JOIN teams t ON t.workspace_id = f.workspace_id AND t.id = f.team_id
           WHERE f.secret_hash = :secretHash::bytea AND ${isOpen}),
         used AS (
           UPDATE calendar_feeds f SET last_used_at = :now::timestamptz FROM found
           WHERE f.workspace_id = found.workspace_id AND f.id = found.id
             AND (found.last_used_at IS NULL OR found.last_used_at < :now::timestamptz - interval '1 hour'))
         SELECT ${named("f", ["id", "workspaceId", "agentId", "agentName", "teamId", "teamName"])} FROM found f`,
        { secretHash, now },
      );
      return row;
    },

    /** Returns the members of a team by name, at most `limit`. */
    members(
      workspaceId: WorkspaceId,
      teamId: string,
      limit: number,
    ): Promise<{ id: AgentId; name: string }[]> {
      return db.query<{ id: AgentId; name: string }>(
        `SELECT a.id, a.name FROM team_members m JOIN agents a ON a.workspace_id = m.workspace_id AND a.id = m.agent_id
         WHERE m.workspace_id = :workspaceId::uuid AND m.team_id = :teamId::uuid
         ORDER BY a.name_key, a.id LIMIT :limit::int`,
        { workspaceId, teamId, limit },
      );
    },

    /** Returns the names of types that are not private. */
    async openTypes(workspaceId: WorkspaceId): Promise<Map<string, string>> {
      const rows = await db.query<{ id: string; name: string }>(
        "SELECT id, name FROM time_off_types WHERE workspace_id = :workspaceId::uuid AND NOT is_private",
        { workspaceId },
      );
      return new Map(rows.map(({ id, name }) => [id, name]));
    },
  };
}

export type CalendarFeedRepository = ReturnType<typeof createCalendarFeedRepository>;
