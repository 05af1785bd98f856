import type { Database } from "@/lib/platform/database/db";
import type { Cursor } from "@/lib/platform/events/server/cursor";
import type { StoredInstant } from "@/lib/platform/http/wire";

/** An event as it is stored, with its cursor. */
export interface EventRow {
  workspaceId: string;
  cursor: Cursor;
  type: string;
  occurredAt: StoredInstant;
  resourceType: string;
  resourceId: string;
  version: number | null;
  /** The agent whom an offer asks. */
  agentId: string | null;
  actorKind: "user" | "accessKey" | "system" | null;
  actorId: string | null;
  actorName: string | null;
  cause: string | null;
  changes: Record<string, { before?: unknown; after?: unknown }> | null;
}

/** The readable part of the log at the time of the read. */
export interface Extent {
  /** Everything before it has been read, and nothing will be added before it. */
  end: Cursor;
  /** Events before this position may be missing, because they are too old. */
  kept: number;
  /** No event has a higher position. A cursor with a higher one is from another database. */
  newest: number;
}

/** The result of one read of the log. */
export interface LogPart extends Extent {
  rows: EventRow[];
}

export interface EventFilter {
  types: readonly string[];
  agentIds: readonly string[] | undefined;
}

/** Position of one workspace's reader. */
export interface Place {
  workspaceId: string;
  after: Cursor;
}

/** Maximum number of rows per statement of `removeExpired`. */
const batch = 5_000;

type Row = Omit<EventRow, "cursor"> & {
  position: string | null;
  id: string;
  upto: string;
  newest: string;
  kept: string;
};

/**
 * All events below the oldest running transaction are complete: transactions that commit later have higher
 * positions.
 */
const extentText = `
  SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS upto,
    pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS newest,
    COALESCE((SELECT m.position FROM event_marks m WHERE m.at <= :keptSince::timestamptz
      ORDER BY m.at DESC LIMIT 1), 0) AS kept`;

const columns = `e.position, e.id, e.type, e.occurred_at AS "occurredAt", e.resource_type AS "resourceType",
  e.resource_id AS "resourceId", e.version, e.agent_id AS "agentId", e.actor_kind::text AS "actorKind", e.actor_id AS "actorId",
  e.actor_name AS "actorName", e.cause::text AS cause, e.changes`;

const pageText = `
  SELECT x.upto, x.newest, x.kept, :workspace::uuid AS "workspaceId", found.*
  FROM (${extentText}) x
  LEFT JOIN LATERAL (
    SELECT ${columns} FROM events e
    WHERE e.workspace_id = :workspace::uuid AND (e.position, e.id) > (:position::bigint, :id::bigint)
      AND e.position < x.upto AND e.type = ANY(:types::text[])
      AND (COALESCE(e.agent_id, CASE e.resource_type WHEN 'agent' THEN e.resource_id END)
        = ANY(:agentIds::uuid[])) IS NOT FALSE
    ORDER BY e.position, e.id LIMIT :limit::int) found ON true
  ORDER BY found.position, found.id`;

const pollText = `
  SELECT x.upto, x.newest, x.kept, found.*
  FROM (${extentText}) x
  LEFT JOIN LATERAL (
    SELECT w.workspace_id AS "workspaceId", of_one.*
    FROM unnest(:workspaces::uuid[], :positions::bigint[], :ids::bigint[]) AS w (workspace_id, position, id)
    CROSS JOIN LATERAL (
      SELECT ${columns} FROM events e
      WHERE e.workspace_id = w.workspace_id AND (e.position, e.id) > (w.position, w.id) AND e.position < x.upto
      ORDER BY e.position, e.id LIMIT :limit::int) of_one) found ON true
  ORDER BY found.position, found.id`;

/** Deletes a batch from each workspace. Finds the workspaces by index, because there is no foreign key. */
const removeText = `
  WITH RECURSIVE workspace AS (
    (SELECT e.workspace_id FROM events e ORDER BY e.workspace_id LIMIT 1)
    UNION ALL
    SELECT (SELECT e.workspace_id FROM events e WHERE e.workspace_id > w.workspace_id
      ORDER BY e.workspace_id LIMIT 1)
    FROM workspace w WHERE w.workspace_id IS NOT NULL),
  old AS (
    SELECT found.* FROM workspace w CROSS JOIN LATERAL (
      (SELECT e.workspace_id, e.position, e.id FROM events e
       WHERE e.workspace_id = w.workspace_id AND e.position < :kept::bigint
       ORDER BY e.position LIMIT :limit::int)
      UNION ALL
      (SELECT e.workspace_id, e.position, e.id FROM events e
       WHERE e.workspace_id = w.workspace_id AND e.position > :newest::bigint LIMIT :limit::int)) found)
  DELETE FROM events e USING old o
  WHERE e.workspace_id = o.workspace_id AND e.position = o.position AND e.id = o.id
  RETURNING 1 AS removed`;

/** Reads the log. Triggers write it (docs/decisions/0038-event-log-without-notify.md). */
export function createEventRepository(db: Database) {
  const extentOf = ({ upto, newest, kept }: Row): Extent => ({
    end: { position: Number(upto), id: 0 },
    newest: Number(newest),
    kept: Number(kept),
  });

  function partOf(rows: Row[]): LogPart {
    const [first] = rows;
    if (!first) throw new Error("the log returned no row");
    return { ...extentOf(first), rows: rows.flatMap((row) => eventOf(row) ?? []) };
  }

  return {
    /**
     * Returns the next `limit` events of a workspace. `keptSince` is the time since which events are kept. If there
     * are fewer, everything before `end` was read.
     */
    async page(
      workspaceId: string,
      after: Cursor,
      { types, agentIds }: EventFilter,
      { limit, keptSince }: { limit: number; keptSince: Date },
    ): Promise<LogPart> {
      return partOf(
        await db.query<Row>(pageText, {
          workspace: workspaceId,
          position: after.position,
          id: after.id,
          types,
          agentIds: agentIds ?? null,
          limit,
          keptSince,
        }),
      );
    },

    /** Returns the next events of several workspaces, at most `limit` of each. */
    async poll(places: readonly Place[], limit: number, keptSince: Date): Promise<LogPart> {
      return partOf(
        await db.query<Row>(pollText, {
          workspaces: places.map(({ workspaceId }) => workspaceId),
          positions: places.map(({ after }) => after.position),
          ids: places.map(({ after }) => after.id),
          limit,
          keptSince,
        }),
      );
    },

    /** Returns the end of the log. */
    async extent(keptSince: Date): Promise<Extent> {
      const [row] = await db.query<Row>(extentText, { keptSince });
      if (!row) throw new Error("the log returned no row");
      return extentOf(row);
    },

    /** Records the current position of the log, for `removeExpired` a day later. */
    async mark(at: Date): Promise<void> {
      await db.query(
        `INSERT INTO event_marks (at, position)
         SELECT :at::timestamptz, pg_snapshot_xmin(pg_current_snapshot())::text::bigint
         ON CONFLICT (at) DO NOTHING`,
        { at },
      );
    },

    /**
     * Deletes events that are too old, events that a restored backup brought from the earlier database, and
     * marks that are no longer needed. Returns the number of deleted events.
     */
    async removeExpired(keptSince: Date): Promise<number> {
      const extent = await this.extent(keptSince);
      let removed = 0;
      for (;;) {
        const { length } = await db.query(removeText, {
          kept: extent.kept,
          newest: extent.newest,
          limit: batch,
        });
        removed += length;
        if (length < batch) break;
      }
      await db.query(
        `DELETE FROM event_marks m WHERE m.position > :newest::bigint
           OR m.at < (SELECT max(k.at) FROM event_marks k WHERE k.at <= :keptSince::timestamptz)`,
        { newest: extent.newest, keptSince },
      );
      return removed;
    },
  };
}

function eventOf({ position, id, upto: _, newest: __, kept: ___, ...event }: Row): EventRow | undefined {
  return position === null ? undefined : { ...event, cursor: { position: Number(position), id: Number(id) } };
}

/** Returns the agent whom an event is about, if it is about one. */
export const agentOf = ({ agentId, resourceType, resourceId }: EventRow): string | undefined =>
  agentId ?? (resourceType === "agent" ? resourceId : undefined);

/** Returns whether events after this cursor may be missing, or it belongs to another database. */
export const isLost = (cursor: Cursor, { kept, newest }: Extent): boolean =>
  cursor.position > newest || cursor.position < kept;

export type EventRepository = ReturnType<typeof createEventRepository>;
