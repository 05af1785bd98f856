import { choose } from "@/lib/agents/agents/server/choice.sql";
import { instantCast } from "@/lib/agents/agents/server/condition";
import { type AgentFilter, conditions } from "@/lib/agents/agents/server/filter.sql";
import { matchOf } from "@/lib/agents/agents/server/text.sql";
import { agentWire, wireJoins } from "@/lib/agents/agents/server/wire.sql";
import type { agentOrders } from "@/lib/agents/agents/values";
import type { Statement, Values } from "@/lib/platform/database/bind";
import { createTexts } from "@/lib/platform/database/texts";
import type { KeyPart } from "@/lib/platform/http/server/page-token";
import { wordsOf } from "@/lib/platform/text/text-folding";

// SQL that reads one page of the agent list. Builds text only; `repository.ts` runs it.

type AgentOrder = (typeof agentOrders)[number];

/** The position and size of a page. */
export interface AgentPage {
  sortBy: AgentOrder;
  reverse: boolean;
  limit: number;
  /** Sort key of the previous page's last row. */
  after: readonly KeyPart[] | undefined;
  /** Epoch milliseconds. Activities that end by then count as expired. */
  now: number;
}

/** One column of a sort order, and how its value is converted to a page token and back. */
interface SortPart {
  column: string;
  key: (column: string) => string;
  cast: (parameter: string) => string;
}

interface SortOrder {
  /** The table that the sort columns belong to: `agents a` or `agent_states s`. */
  over: "a" | "s";
  /** Depends on the search text, so no index has this order. */
  isComputed?: true;
  /** Values for the parameters that the sort columns use. */
  values?: Values;
  /** The last part is the id, which makes the order total (docs/contract.md §4). */
  parts: readonly SortPart[];
}

const part = (column: string, type: string): SortPart => ({
  column,
  key: (of) => of,
  cast: (p) => `${p}::${type}`,
});

/** Each order has an index on the same columns. */
const sortOrders: Record<Exclude<AgentOrder, "match">, SortOrder> = {
  createdAt: {
    over: "a",
    parts: [
      {
        column: "a.created_at",
        key: (of) => `(extract(epoch FROM ${of}) * 1000)::bigint`,
        cast: instantCast,
      },
      part("a.id", "uuid"),
    ],
  },
  name: { over: "a", parts: [part("a.name_key", "text"), part("a.name", "text"), part("a.id", "uuid")] },
  assignedCount: { over: "s", parts: [part("s.assigned_count", "int"), part("s.agent_id", "uuid")] },
  statusAssignedCount: {
    over: "s",
    parts: [
      part("s.status", "text::agent_status"),
      part("s.assigned_count", "int"),
      part("s.agent_id", "uuid"),
    ],
  },
};

/** Returns the order by relevance: best match first, then by name. */
function byMatch(words: readonly string[]): SortOrder {
  const { name } = sortOrders;
  if (words.length === 0) return name;
  const { rank, values } = matchOf(words);
  return { over: name.over, isComputed: true, values, parts: [part(rank, "int"), ...name.parts] };
}

/** The single row that the statement returns. */
export interface PageRow {
  /** The agents as JSON, separated by commas. */
  results: string;
  /** Number of agents that match, on all pages. */
  total: number;
  /** Sort key for the next page; null on the last page. */
  next: KeyPart[] | null;
}

/**
 * Keeps the statement texts by selection: finding a prepared statement is slow if its 11,000 characters are
 * concatenated again.
 */
const texts = createTexts();

/**
 * Maximum page size (docs/contract.md §4). A literal in the statement, so that the planner expects few rows.
 */
const longestPage = 100;

/**
 * Returns the statement for one page: the agents as JSON, the total and the key of the next page in one row.
 * It selects ids by index first and builds JSON only for those.
 */
export function listStatement(
  workspaceId: string,
  filter: AgentFilter,
  page: AgentPage,
  publicUrl: string,
): Statement<PageRow> {
  const order = page.sortBy === "match" ? byMatch(wordsOf(filter.search ?? "")) : sortOrders[page.sortBy];
  const { over, parts } = order;
  const id = over === "a" ? "a.id" : "s.agent_id";
  const narrowed = conditions(filter, id);
  const limit = ":limit::int";
  const names = parts.map((_, index) => `k${index + 1}`);
  const { tables, chosen } = choose(narrowed, {
    over,
    id,
    columns: parts.map(({ column }) => column),
    names,
    reverse: page.reverse,
    isIndexed: !order.isComputed,
    after: page.after && parts.map((each, index) => each.cast(`:after${index}`)),
    most: Math.max(longestPage, page.limit) + 1,
  });
  const key = parts.map((each, index) => each.key(`last.${names[index]}`)).join(", ");
  const chosenId = `chosen.${names.at(-1)}`;
  const choice = `WITH ${tables.map((table) => `${table},\n    `).join("")}chosen AS MATERIALIZED (
      SELECT *, row_number() OVER () AS place FROM (${chosen}) in_order LIMIT ${limit} + 1)`;
  // The rest of the statement depends only on the sort order, whose columns are part of `choice`.
  const text = texts.of(
    choice,
    () => `${choice}
    SELECT total::int AS total,
      (SELECT coalesce(string_agg(${agentWire}, ',' ORDER BY chosen.place), '')
         FROM chosen
         JOIN agents a ON a.workspace_id = :workspaceId::uuid AND a.id = ${chosenId}
         JOIN agent_states s ON s.workspace_id = :workspaceId::uuid AND s.agent_id = ${chosenId}
         ${wireJoins}
         WHERE chosen.place <= ${limit}) AS results,
      (SELECT json_build_array(${key}) FROM chosen last
         WHERE last.place = ${limit} AND EXISTS (SELECT 1 FROM chosen WHERE chosen.place > ${limit})) AS next
    FROM counted`,
  );
  const params = Object.assign(
    { workspaceId, now: page.now, publicUrl, limit: page.limit },
    order.values,
    ...narrowed.map((condition) => condition.values),
    Object.fromEntries(page.after?.map((key, index) => [`after${index}`, key]) ?? []),
  );
  return { text, params };
}
