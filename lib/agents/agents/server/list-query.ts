import { choose } from "@/lib/agents/agents/server/choice-query";
import { instantCast, Parameters } from "@/lib/agents/agents/server/condition";
import { type AgentFilter, conditions } from "@/lib/agents/agents/server/filter-query";
import { matchOf } from "@/lib/agents/agents/server/text-query";
import { agentWire, wireJoins } from "@/lib/agents/agents/server/wire-query";
import type { agentOrders } from "@/lib/agents/agents/values";
import type { Statement } from "@/lib/platform/database/joint-query";
import { createTexts } from "@/lib/platform/database/texts";
import type { KeyPart } from "@/lib/platform/http/server/page-token";
import { wordsOf } from "@/lib/platform/text/text-folding";

// The text of the SQL that reads one page of a list of agents. No I/O: `repository.ts` runs it.

type AgentOrder = (typeof agentOrders)[number];

/** Where in the list to go on, and how far. */
export interface AgentPage {
  sortBy: AgentOrder;
  reverse: boolean;
  limit: number;
  /** The key of the last row of the page before. */
  after: readonly KeyPart[] | undefined;
  /** Epoch milliseconds; what has run out by then is over. */
  now: number;
}

/** One part of a sort order: the column, and how its value goes into a page token and comes back. */
interface SortPart {
  column: string;
  key: (column: string) => string;
  cast: (parameter: string) => string;
}

interface SortOrder {
  /** The row of an agent that the order is over. */
  over: "a" | "s";
  /** No index has it: it is made of the search. */
  isComputed?: true;
  /** The last part is the id, which makes the order total (docs/contract.md §4). */
  parts: readonly SortPart[];
}

const part = (column: string, type: string): SortPart => ({
  column,
  key: (of) => of,
  cast: (p) => `${p}::${type}`,
});

/** Each order has an index of the same columns. */
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

/** The best match comes first, and those that match equally well by name. */
function byMatch(words: readonly string[], parameters: Parameters): SortOrder {
  const { name } = sortOrders;
  if (words.length === 0) return name;
  return {
    over: name.over,
    isComputed: true,
    parts: [part(matchOf(words, parameters), "int"), ...name.parts],
  };
}

/** The one row of a page. */
export interface PageRow {
  /** JSON texts with commas between. */
  results: string;
  /** How many match in all. */
  total: number;
  /** The key to go on from; null on the last page. */
  next: KeyPart[] | null;
}

/** By what is chosen: a text of 11,000 letters that is made anew is gone through anew to find it prepared. */
const texts = createTexts();

/** Rows of a page at most (docs/contract.md §4). Written into the statement, so that the planner knows that few are wanted. */
const longestPage = 100;

/**
 * One page as JSON text, the number of all that match, and the key to go on from, in one row of one statement: `results`,
 * `total`, `next`. The ids of the page are chosen first, by indexes; what is shown is built for those alone.
 */
export function listStatement(
  workspaceId: string,
  filter: AgentFilter,
  page: AgentPage,
  publicUrl: string,
): Statement<PageRow> {
  const parameters = new Parameters();
  parameters.add(workspaceId);
  const now = instantCast(parameters.add(page.now));
  const wire = agentWire({ now, publicUrl: `${parameters.add(publicUrl)}::text` });
  const limit = `${parameters.add(page.limit)}::int`;
  const { over, parts, isComputed } =
    page.sortBy === "match" ? byMatch(wordsOf(filter.search ?? ""), parameters) : sortOrders[page.sortBy];
  const id = over === "a" ? "a.id" : "s.agent_id";
  const narrowed = conditions(filter, { parameters, now, id });
  const after = page.after?.map((key, index) => parts[index]?.cast(parameters.add(key)));

  const names = parts.map((_, index) => `k${index + 1}`);
  const { tables, chosen } = choose(narrowed, {
    over,
    id,
    columns: parts.map(({ column }) => column),
    names,
    reverse: page.reverse,
    isIndexed: !isComputed,
    after,
    most: Math.max(longestPage, page.limit) + 1,
  });
  const key = parts.map((each, index) => each.key(`last.${names[index]}`)).join(", ");
  const chosenId = `chosen.${names.at(-1)}`;
  const choice = `WITH ${tables.map((table) => `${table},\n    `).join("")}chosen AS MATERIALIZED (
      SELECT *, row_number() OVER () AS place FROM (${chosen}) in_order LIMIT ${limit} + 1)`;
  // All else follows from the parts of the order, whose columns the choice names.
  const text = texts.of(
    choice,
    () => `${choice}
    SELECT total::int AS total,
      (SELECT coalesce(string_agg(${wire}, ',' ORDER BY chosen.place), '')
         FROM chosen
         JOIN agents a ON a.workspace_id = $1::uuid AND a.id = ${chosenId}
         JOIN agent_states s ON s.workspace_id = $1::uuid AND s.agent_id = ${chosenId}
         ${wireJoins}
         WHERE chosen.place <= ${limit}) AS results,
      (SELECT json_build_array(${key}) FROM chosen last
         WHERE last.place = ${limit} AND EXISTS (SELECT 1 FROM chosen WHERE chosen.place > ${limit})) AS next
    FROM counted`,
  );
  return { text, params: parameters.values };
}
