import type { Database } from "@/lib/platform/database/db";
import type { AgentId, AuthorizedWorkspaceId, MediaId } from "@/lib/platform/ids";
import type { ContentType, MediaKind } from "@/lib/workforce/media/rules";

export interface MediaRow {
  workspaceId: string;
  agentId: string;
  id: MediaId;
  kind: MediaKind;
  contentType: ContentType | null;
  finishedAt: Date | null;
  revision: string | null;
}

/** The result of a processed upload and the revision it is stored under. */
export interface FinishedMedia {
  revision: string;
  contentType: ContentType;
  size: number;
  durationMs: number | null;
  finishedAt: Date;
}

const columns = `m.workspace_id AS "workspaceId", m.agent_id AS "agentId", m.id, m.kind::text AS kind,
  m.content_type AS "contentType", m.finished_at AS "finishedAt", m.revision`;

/** Name of the advisory lock, so that one instance sweeps at a time. */
const sweepLock = "rollcall.media.sweep";

export function createMediaRepository(db: Database) {
  return {
    async agentExists(workspaceId: AuthorizedWorkspaceId, agentId: AgentId): Promise<boolean> {
      const rows = await db.query(
        `SELECT 1 FROM agents WHERE workspace_id = :workspace::uuid AND id = :agent::uuid`,
        { workspace: workspaceId, agent: agentId },
      );
      return rows.length > 0;
    },

    /** Records an expected upload. Returns false if the agent was deleted. */
    async insert(
      workspaceId: AuthorizedWorkspaceId,
      agentId: AgentId,
      media: { id: MediaId; kind: MediaKind; now: Date },
    ): Promise<boolean> {
      const rows = await db.query(
        `INSERT INTO media (workspace_id, agent_id, id, kind, created_at, unused_since)
         SELECT a.workspace_id, a.id, :id::uuid, :kind::text::media_kind, :now::timestamptz, :now::timestamptz
         FROM agents a WHERE a.workspace_id = :workspace::uuid AND a.id = :agent::uuid RETURNING id`,
        { workspace: workspaceId, agent: agentId, ...media },
      );
      return rows.length > 0;
    },

    /**
     * Returns which of the files are uploads of this agent. `lock` protects them from deletion until the
     * transaction ends.
     */
    find(
      workspaceId: AuthorizedWorkspaceId,
      agentId: AgentId,
      ids: readonly string[],
      { lock = false }: { lock?: boolean } = {},
    ): Promise<MediaRow[]> {
      return db.query<MediaRow>(
        `SELECT ${columns} FROM media m
         WHERE m.workspace_id = :workspace::uuid AND m.agent_id = :agent::uuid AND m.id = ANY(:ids::uuid[])
         ORDER BY m.id ${lock ? "FOR NO KEY UPDATE" : ""}`,
        { workspace: workspaceId, agent: agentId, ids },
      );
    },

    /** Stores the result of an upload. Returns false if another request was first or the row was deleted. */
    async finish(workspaceId: AuthorizedWorkspaceId, id: MediaId, facts: FinishedMedia): Promise<boolean> {
      const rows = await db.query(
        `UPDATE media SET revision = :revision::uuid, content_type = :contentType::text, size = :size::int,
           duration_ms = :durationMs::int, finished_at = :finishedAt::timestamptz
         WHERE workspace_id = :workspace::uuid AND id = :id::uuid AND finished_at IS NULL RETURNING id`,
        { workspace: workspaceId, id, ...facts },
      );
      return rows.length > 0;
    },

    /** Records which of the agent's uploads are in use, and since when the others are unused. */
    async settle(workspaceId: AuthorizedWorkspaceId, agentId: AgentId, now: Date): Promise<void> {
      await db.query(
        `UPDATE media m SET unused_since = CASE WHEN used.yes THEN NULL ELSE :now::timestamptz END
         FROM (SELECT o.id, ${inUse("o")} AS yes FROM media o
               WHERE o.workspace_id = :workspace::uuid AND o.agent_id = :agent::uuid) used
         WHERE m.workspace_id = :workspace::uuid AND m.id = used.id AND used.yes = (m.unused_since IS NOT NULL)`,
        { workspace: workspaceId, agent: agentId, now },
      );
    },

    /** Runs `work` unless another instance is running it; then returns undefined. */
    exclusively: <T>(work: () => Promise<T>): Promise<T | undefined> => db.exclusively(sweepLock, work),

    /** Deletes up to `limit` uploads that have been unused since `before`; returns how many. */
    async deleteUnused(before: Date, limit: number): Promise<number> {
      const rows = await db.query(
        `DELETE FROM media m USING (
           SELECT workspace_id, id FROM media o WHERE o.unused_since < :before::timestamptz AND NOT ${inUse("o")}
           ORDER BY o.unused_since LIMIT :limit::int FOR UPDATE OF o SKIP LOCKED
         ) old
         WHERE m.workspace_id = old.workspace_id AND m.id = old.id RETURNING m.id`,
        { before, limit },
      );
      return rows.length;
    },

    /** Lists folders of deleted uploads in order, starting after `after`. */
    removals(after: string, limit: number): Promise<{ folder: string }[]> {
      return db.query(
        `SELECT folder FROM stored_file_removals WHERE folder > :after ORDER BY folder LIMIT :limit::int`,
        { after, limit },
      );
    },

    async forgetRemoval(folder: string): Promise<void> {
      await db.query(`DELETE FROM stored_file_removals WHERE folder = :folder`, { folder });
    },

    async workspaceIds(): Promise<string[]> {
      const rows = await db.query<{ id: string }>(`SELECT id FROM workspaces ORDER BY id`);
      return rows.map((row) => row.id);
    },

    /** Returns the rows of the given files in a workspace, by id. */
    async known(
      workspaceId: string,
      ids: readonly string[],
    ): Promise<Map<string, Pick<MediaRow, "finishedAt" | "revision">>> {
      const rows = await db.query<Pick<MediaRow, "id" | "finishedAt" | "revision">>(
        `SELECT id, finished_at AS "finishedAt", revision FROM media
         WHERE workspace_id = :workspace::uuid AND id = ANY(:ids::uuid[])`,
        { workspace: workspaceId, ids },
      );
      return new Map(rows.map((row) => [row.id, row]));
    },
  };
}

export type MediaRepository = ReturnType<typeof createMediaRepository>;

/** SQL: whether an upload is an agent's picture or one of their recordings. */
function inUse(media: string): string {
  return `(EXISTS (SELECT 1 FROM agents a WHERE a.workspace_id = ${media}.workspace_id
        AND a.id = ${media}.agent_id AND a.avatar_media_id = ${media}.id)
      OR EXISTS (SELECT 1 FROM drop_vms d WHERE d.workspace_id = ${media}.workspace_id
        AND d.agent_id = ${media}.agent_id AND d.media_id = ${media}.id))`;
}
