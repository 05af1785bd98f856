import type { SpanPoint } from "@/lib/availability/spans/rules";
import type { Database } from "@/lib/platform/database/db";
import { type StoredInstant, timestamp } from "@/lib/platform/http/wire";
import type { AgentId, AuthorizedWorkspaceId } from "@/lib/platform/ids";

type PointRow = Omit<SpanPoint, "from" | "activityExpiresAt"> & {
  from: StoredInstant;
  activityExpiresAt: StoredInstant | null;
};

/** Reads spans. The database writes them itself (docs/decisions/0035-spans.md). */
export function createSpanRepository(db: Database) {
  return {
    /**
     * Returns the points of an agent in [from, to), preceded by the last one before, in order of time. Times
     * are epoch milliseconds. At most `limit`. Returns undefined if the agent does not exist.
     */
    async between(
      workspaceId: AuthorizedWorkspaceId,
      agentId: AgentId,
      from: number,
      to: number,
      limit: number,
    ): Promise<SpanPoint[] | undefined> {
      const rows = await db.query<{ agent: string } & PointRow>(
        `SELECT a.id AS agent, p.from_at AS "from", p.status::text AS status, p.activity::text AS activity,
           p.activity_expires_at AS "activityExpiresAt", p.activity_text AS "activityText", p.cause::text AS cause
         FROM agents a LEFT JOIN agent_spans p ON p.workspace_id = a.workspace_id AND p.agent_id = a.id
           AND p.from_at < to_timestamp(:to::double precision / 1000)
           AND p.from_at >= COALESCE(
             (SELECT max(e.from_at) FROM agent_spans e WHERE e.workspace_id = a.workspace_id AND e.agent_id = a.id
                AND e.from_at <= to_timestamp(:from::double precision / 1000)),
             to_timestamp(:from::double precision / 1000))
         WHERE a.workspace_id = :workspaceId::uuid AND a.id = :agentId::uuid ORDER BY p.from_at
         LIMIT :limit::int`,
        { workspaceId, agentId, from, to, limit },
      );
      if (rows.length === 0) return undefined;
      return rows
        .filter((row) => row.from !== null)
        .map(({ agent: _, ...point }) => ({
          ...point,
          from: epoch(point.from),
          activityExpiresAt: point.activityExpiresAt === null ? null : epoch(point.activityExpiresAt),
        }));
    },
  };
}

const epoch = (instant: StoredInstant) => Date.parse(timestamp(instant));

export type SpanRepository = ReturnType<typeof createSpanRepository>;
