import { now as atNow, instantCast } from "@/lib/agents/agents/server/condition";
import type { AgentFilter } from "@/lib/agents/agents/server/filter.sql";
import { type AgentPage, listStatement, type PageRow } from "@/lib/agents/agents/server/list.sql";
import { agentJoin, agentWire, briefWire, wireJoins } from "@/lib/agents/agents/server/wire.sql";
import type { Database } from "@/lib/platform/database/db";
import type { AgentId, AuthorizedWorkspaceId } from "@/lib/platform/ids";

/** The position after a batch of the brief list. */
interface BriefKey {
  /** Epoch milliseconds. */
  createdAt: number;
  id: AgentId;
}

/** A constant: finding a prepared statement is slow if its long text is concatenated for each call. */
const showText = `SELECT ${agentWire} AS json, s.version FROM ${agentJoin} ${wireJoins}
  WHERE a.workspace_id = :workspaceId::uuid AND a.id = :agentId::uuid`;

/** Reads agents as API JSON. `publicUrl` is the base of URLs in responses. */
export function createListRepository(db: Database, publicUrl: string) {
  return {
    /** Returns an agent at `now` (epoch milliseconds) as API JSON, with its version. */
    async show(
      workspaceId: AuthorizedWorkspaceId,
      agentId: AgentId,
      now: number,
    ): Promise<{ json: string; version: number } | undefined> {
      const [row] = await db.query<{ json: string; version: number }>(showText, {
        workspaceId,
        agentId,
        now,
        publicUrl,
      });
      return row;
    },

    /** Returns agents in the order of `ids` as JSON objects separated by commas. Unknown ids are omitted. */
    async showMany(
      workspaceId: AuthorizedWorkspaceId,
      ids: readonly AgentId[],
      now: number,
    ): Promise<{ results: string; total: number }> {
      const [row] = await db.query<{ results: string; total: number }>(
        `SELECT coalesce(string_agg(${agentWire}, ',' ORDER BY asked.position), '') AS results,
           count(*)::int AS total
         FROM unnest(:ids::uuid[]) WITH ORDINALITY AS asked(id, position)
         JOIN agents a ON a.workspace_id = :workspaceId::uuid AND a.id = asked.id
         JOIN agent_states s ON s.workspace_id = a.workspace_id AND s.agent_id = a.id ${wireJoins}`,
        { workspaceId, now, publicUrl, ids },
      );
      return row ?? { results: "", total: 0 };
    },

    /** Reads one page and the total in one statement. */
    async list(workspaceId: AuthorizedWorkspaceId, filter: AgentFilter, page: AgentPage): Promise<PageRow> {
      const { text, params } = listStatement(workspaceId, filter, page, publicUrl);
      const [row] = await db.query<PageRow>(text, params);
      return row ?? { results: "", total: 0, next: null };
    },

    /**
     * Returns a value that changes whenever the brief list of all agents does. It combines a change counter
     * kept by triggers with the latest activity expiry that has passed, because an expiry writes nothing.
     */
    async fingerprint(workspaceId: AuthorizedWorkspaceId, now: number): Promise<string> {
      const [row] = await db.query<{ fingerprint: string }>(
        `SELECT concat(
           (SELECT coalesce(sum(n.amount), 0) FROM agent_counts n WHERE n.workspace_id = :workspaceId::uuid AND n.facet = 'change'),
           '.', (SELECT extract(epoch FROM max(s.activity_expires_at)) * 1000 FROM agent_states s
             WHERE s.workspace_id = :workspaceId::uuid AND s.activity_expires_at <= ${atNow})) AS fingerprint`,
        { workspaceId, now },
      );
      return row?.fingerprint ?? "";
    },

    /**
     * Reads a batch of brief agents after the given one, oldest first, as JSON objects separated by commas.
     */
    async brief(
      workspaceId: AuthorizedWorkspaceId,
      after: BriefKey | undefined,
      limit: number,
      now: number,
    ): Promise<{ pieces: string | null; count: number; last: [number, AgentId] | null }> {
      const [row] = await db.query<{ pieces: string | null; count: number; last: [number, AgentId] | null }>(
        `WITH batch AS (
           SELECT a.id, a.created_at, ${briefWire} AS piece FROM ${agentJoin}
           WHERE a.workspace_id = :workspaceId::uuid ${after ? `AND (a.created_at, a.id) > (${instantCast(":afterTime")}, :afterId::uuid)` : ""}
           ORDER BY a.created_at, a.id LIMIT ${limit})
         SELECT string_agg(piece, ',' ORDER BY created_at, id) AS pieces, count(*)::int AS count,
           (SELECT json_build_array((extract(epoch FROM created_at) * 1000)::bigint, id)
              FROM batch ORDER BY created_at DESC, id DESC LIMIT 1) AS last
         FROM batch`,
        { workspaceId, now, publicUrl, ...(after && { afterTime: after.createdAt, afterId: after.id }) },
      );
      return row ?? { pieces: null, count: 0, last: null };
    },
  };
}
