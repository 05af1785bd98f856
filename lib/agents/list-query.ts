import { type AgentFilter, conditions, everybody, instantCast, Parameters } from "@/lib/agents/filter-query";
import { agentJoin } from "@/lib/agents/row-query";
import type { agentSortKeys } from "@/lib/agents/values";
import { agentWire, wireJoins } from "@/lib/agents/wire-query";
import type { KeyPart } from "@/lib/http/page-token";
import type { Statement } from "@/lib/joint-query";
import { createTexts } from "@/lib/texts";

// The text of the SQL that reads one page of a list of agents. No I/O: `repository.ts` runs it.

export type AgentSortKey = (typeof agentSortKeys)[number];

/** Where in the list to go on, and how far. */
export interface AgentPage {
  sortBy: AgentSortKey;
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
  /** The last part is the id, which makes the order total (contract §4). */
  parts: readonly SortPart[];
}

const part = (column: string, type: string): SortPart => ({
  column,
  key: (of) => of,
  cast: (p) => `${p}::${type}`,
});

/** Each order has an index of the same columns. */
const sortOrders: Record<AgentSortKey, SortOrder> = {
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

/** Rows of a page at most (contract §4). Written into the statement, so that the planner knows that few are wanted. */
const longestPage = 100;

/**
 * One page as JSON text, the number of all that match, and the key to go on from, in one row of one statement: `results`,
 * `total`, `next`. The ids of the page are chosen first, by indexes; what is shown is built for those alone.
 *
 * Without a filter, and with filters whose matches can be counted beforehand, agents are gone through in order until the page
 * is full, or, where few match, those few are sorted: the statement holds both ways and takes the shorter one. Of several
 * filters, the narrowest leaves few that are looked at for the others, or all are wide, and what they have in common
 * is counted by indexes. Where counting is finding, the matches are found once, counted and sorted.
 */
export function listStatement(
  workspaceId: string,
  filter: AgentFilter,
  page: AgentPage,
  publicUrl: string,
): Statement<PageRow> {
  const { over, parts } = sortOrders[page.sortBy];
  const id = over === "a" ? "a.id" : "s.agent_id";
  const parameters = new Parameters();
  parameters.add(workspaceId);
  const now = instantCast(parameters.add(page.now));
  const wire = agentWire({ now, publicUrl: `${parameters.add(publicUrl)}::text` });
  const limit = `${parameters.add(page.limit)}::int`;
  const narrowed = conditions(filter, { parameters, now, id });
  const after = page.after?.map((key, index) => parts[index]?.cast(parameters.add(key)));

  const names = parts.map((_, index) => `k${index + 1}`);
  const columns = parts.map(({ column }) => column);
  const most = Math.max(longestPage, page.limit) + 1;
  const selected = columns.map((column, index) => `${column} AS ${names[index]}`).join(", ");
  const onward = (of: readonly string[]) =>
    after ? [`(${of.join(", ")}) ${page.reverse ? "<" : ">"} (${after.join(", ")})`] : [];
  const ordered = (of: readonly string[]) =>
    `ORDER BY ${of.map((name) => `${name} ${page.reverse ? "DESC" : "ASC"}`).join(", ")} LIMIT ${most}`;
  /** Agents that match, with what they are sorted by. The row that is not needed is not read. */
  const matches = (...where: string[]) => matchesIn(`${over}.workspace_id = $1::uuid`, where);
  const matchesIn = (workspace: string, where: readonly string[]) => {
    const other = over === "a" ? /\bs\./ : /\ba\./;
    const single = over === "a" ? "agents a" : "agent_states s";
    const from = where.some((each) => other.test(each)) ? agentJoin : single;
    return `SELECT ${selected} FROM ${from} WHERE ${[workspace, ...where].join(" AND ")}`;
  };
  const inOrder = (...where: string[]) => `${matches(...where, ...onward(columns))} ${ordered(columns)}`;
  // In order, some `most × agents ÷ count` agents are looked at before the page is full; otherwise, `count`.
  const few = (count: string) => `(${count} * ${count} <= ${most} * agents)`;
  const among = (ids: string) => `${id} = ANY(ARRAY(${ids}))`;

  const [first, ...others] = narrowed;
  const tables = narrowed.flatMap((each) => each.tables ?? []);
  let chosen: string;
  if (!first) {
    tables.push(`counted AS MATERIALIZED (SELECT ${everybody} AS total)`);
    chosen = inOrder();
  } else if (others.length === 0 && first.ids && first.count) {
    tables.push(`counted AS MATERIALIZED (SELECT ${everybody} AS agents, ${first.count} AS total)`);
    const many = `(SELECT NOT ${few("total")} FROM counted)`;
    chosen = `(SELECT * FROM (${inOrder(first.holds)}) gone_through WHERE ${many})
      UNION ALL (SELECT * FROM (${inOrder(among(first.ids))}) sorted WHERE NOT ${many})`;
  } else if (narrowed.every(({ ids, count }) => ids && count)) {
    const sizes = narrowed.map((_, index) => `size${index + 1}`);
    tables.push(
      `sizes AS MATERIALIZED (SELECT ${everybody} AS agents, ${narrowed.map(({ count }, index) => `${count} AS ${sizes[index]}`).join(", ")})`,
      // 0: all are wide. Otherwise the one that is narrowest.
      `way AS MATERIALIZED (SELECT CASE WHEN ${few(`least(${sizes.join(", ")})`)} THEN
         CASE least(${sizes.join(", ")}) ${sizes.map((size, index) => `WHEN ${size} THEN ${index + 1}`).join(" ")} END
         ELSE 0 END AS way FROM sizes)`,
    );
    const goes = (way: number) => `(SELECT way = ${way} FROM way)`;
    const byEach = narrowed.map(({ ids = "" }, index) => {
      const rest = narrowed.filter((_, other) => other !== index).map(({ holds }) => holds);
      return `(SELECT * FROM (${matches(among(ids), ...rest)}) by${index + 1} WHERE ${goes(index + 1)})`;
    });
    const common = narrowed.map(({ ids }, index) => `(${ids}) i${index + 1}`);
    const inEach = among("SELECT common.id FROM common");
    const holdsEach = narrowed.map(({ holds }) => holds);
    const further = onward(names).map((condition) => `WHERE ${condition}`);
    const many = `(SELECT way = 0 AND NOT ${few("total")} FROM way, counted, sizes)`;
    const some = `(SELECT way = 0 AND ${few("total")} FROM way, counted, sizes)`;
    tables.push(
      `matching AS MATERIALIZED (${byEach.join(" UNION ALL ")})`,
      `common AS MATERIALIZED (SELECT id FROM ${common[0]} ${common
        .slice(1)
        .map((each) => `JOIN ${each} USING (id)`)
        .join(" ")} WHERE ${goes(0)})`,
      `counted AS MATERIALIZED (SELECT CASE way WHEN 0 THEN (SELECT count(*) FROM common)
         ELSE (SELECT count(*) FROM matching) END AS total FROM way)`,
    );
    chosen = `(SELECT * FROM matching ${further.join("")} ${ordered(names)})
      UNION ALL (SELECT * FROM (${inOrder(...holdsEach)}) gone_through WHERE ${many})
      UNION ALL (SELECT * FROM (${inOrder(inEach)}) sorted WHERE ${some})`;
  } else {
    const rest = others.map(({ holds }) => holds);
    const found = [first.ids ? among(first.ids) : first.holds, ...rest];
    let matching = matches(...found);
    const sooner = first.soonerForAll ?? first.soonerEach;
    if (sooner) {
      tables.push(`way AS MATERIALIZED (SELECT ${sooner} AS other)`);
      const other = "(SELECT other FROM way)";
      const otherWay = first.soonerForAll
        ? // Not as an equation, which the index would be asked for.
          matchesIn(`${over}.workspace_id IS NOT DISTINCT FROM $1::uuid`, found)
        : matches(first.holds, ...rest);
      matching = `SELECT * FROM (${matching}) one_way WHERE NOT ${other}
        UNION ALL SELECT * FROM (${otherWay}) other_way WHERE ${other}`;
    }
    tables.push(
      `matching AS MATERIALIZED (${matching})`,
      "counted AS MATERIALIZED (SELECT count(*) AS total FROM matching)",
    );
    const further = onward(names).map((condition) => `WHERE ${condition}`);
    chosen = `SELECT * FROM matching ${further.join("")} ${ordered(names)}`;
  }
  tables.push(`chosen AS MATERIALIZED (
      SELECT *, row_number() OVER () AS place FROM (${chosen}) in_order LIMIT ${limit} + 1)`);
  const key = parts.map((each, index) => each.key(`last.${names[index]}`)).join(", ");
  const chosenId = `chosen.${names.at(-1)}`;
  const choice = `WITH ${tables.join(",\n    ")}`;
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
