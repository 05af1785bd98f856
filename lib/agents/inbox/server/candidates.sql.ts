import { avatarUrl } from "@/lib/agents/agents/server/wire.sql";
import { type SubjectFilter, subjects } from "@/lib/agents/inbox/server/subjects.sql";
import type { Activity, AgentStatus } from "@/lib/availability/declared/contract";
import {
  activityAt,
  capacityOf,
  openOn,
  type Question,
  valuesIn,
  verdictSql,
} from "@/lib/availability/effective/server/verdict.sql";
import type { Channel, Code } from "@/lib/availability/effective/values";
import type { Statement } from "@/lib/platform/database/bind";
import type { KeyPart } from "@/lib/platform/http/server/page-token";
import type { StoredInstant } from "@/lib/platform/http/wire";

/** An agent on a page. */
export interface CandidateRow {
  id: string;
  name: string;
  avatarUrl: string | null;
  status: AgentStatus;
  activity: Activity;
  open: number;
  offered: number;
  capacity: number | null;
  lastAssignedAt: StoredInstant | null;
  /** Sort key. */
  key: KeyPart[];
}

/** The single row that the statement returns. */
export interface CandidatesRow {
  /** One more than the page has, if there is another page. */
  results: CandidateRow[];
  /** Agents by first code; `open` for those whose channel is open. */
  counts: { [code in Code | "open"]?: number };
}

export interface CandidatesPage {
  limit: number;
  /** Sort key of the previous page's last row. */
  after: readonly KeyPart[] | undefined;
}

/** Earlier than any real time, and exact in JSON. */
const NEVER = -9_000_000_000_000_000;

/**
 * The order of `compareCandidates` as one number: unlimited agents by load, then others by used share of
 * capacity. `taken` counts open and offered conversations. Below 2^26, quotients of whole numbers are equal
 * as floating-point numbers only if they are equal.
 */
const load = (taken: string, capacity: string) => `CASE WHEN ${capacity} IS NULL
      THEN ${taken} - 1e9::double precision ELSE (${taken} + 1)::double precision / nullif(${capacity}, 0) END`;

/**
 * Returns the statement for one page of candidates and all counts. It evaluates each matching agent once,
 * sorts the available ones, and reads names only for the page.
 */
export function candidatesStatement(
  workspaceId: string,
  question: Question,
  channel: Channel,
  filter: SubjectFilter,
  { limit, after }: CandidatesPage,
  publicUrl: string,
): Statement<CandidatesRow> {
  const verdict = verdictSql(question);
  const onward = after
    ? "WHERE (load, assigned, id) > (:load::double precision, :assigned::double precision::bigint, :id::uuid)"
    : "";
  const offered = verdict.offered(channel);
  const taken = `(${openOn(channel)} + ${offered})`;
  const { from, leftOut } = subjects(filter, verdict);
  const tables = [
    ...verdict.tables,
    `judged AS MATERIALIZED (
      SELECT s.agent_id, ${openOn(channel)}, s.capacity_rule_id, s.last_assigned_at,
        ${verdict.firstCode(channel)} AS code FROM ${from})`,
    `able AS MATERIALIZED (
      SELECT s.agent_id AS id, ${load(taken, capacityOf(channel))} AS load,
        coalesce((extract(epoch FROM s.last_assigned_at) * 1000)::bigint, ${NEVER}) AS assigned
      FROM judged s WHERE s.code IS NULL)`,
    `chosen AS MATERIALIZED (
      SELECT * FROM (SELECT * FROM able ${onward} ORDER BY load, assigned, id LIMIT 101) first
      LIMIT :limit::int + 1)`,
    `counted AS (SELECT coalesce(code, 'open') AS code, count(*) AS agents FROM judged GROUP BY 1
      ${leftOut ? `UNION ALL ${leftOut}` : ""})`,
    "summed AS (SELECT code, sum(agents) AS agents FROM counted GROUP BY code)",
  ];
  const text = `WITH ${tables.join(",\n    ")}
    SELECT coalesce((SELECT json_object_agg(code, agents) FROM summed), '{}') AS counts,
      coalesce((SELECT json_agg(json_build_object('id', a.id, 'name', a.name,
          'avatarUrl', (${avatarUrl})::json, 'status', s.status, 'activity', ${activityAt},
          'open', ${openOn(channel)}, 'offered', ${offered}, 'capacity', ${capacityOf(channel)},
          'lastAssignedAt', s.last_assigned_at, 'key', json_build_array(c.load, c.assigned, c.id))
          ORDER BY c.load, c.assigned, c.id)
        FROM chosen c
        JOIN agents a ON a.workspace_id = :workspaceId::uuid AND a.id = c.id
        JOIN agent_states s ON s.workspace_id = :workspaceId::uuid AND s.agent_id = c.id), '[]') AS results`;
  const [loaded, assigned, id] = after ?? [];
  return {
    text,
    params: valuesIn(text, {
      workspaceId,
      publicUrl,
      limit,
      ...verdict.values,
      ...filter,
      load: loaded,
      assigned,
      id,
    }),
  };
}
