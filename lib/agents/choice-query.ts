import { type Condition, everybody } from "@/lib/agents/filter-query";
import { agentJoin } from "@/lib/agents/row-query";

// The text of the SQL that chooses the agents of one page: what each is sorted by, and how many match in all. No I/O.

/** The order of a list, and where in it to go on. */
export interface Ordering {
  /** The row of an agent that the order is over. */
  over: "a" | "s";
  /** The column of an agent's id in that row. */
  id: string;
  /** What is sorted by, and what each is called in the outcome. The last is the id. */
  columns: readonly string[];
  names: readonly string[];
  reverse: boolean;
  /** Parameters with the key of the last row of the page before. */
  after: readonly (string | undefined)[] | undefined;
  /** Rows wanted at most. */
  most: number;
}

/** Tables of a WITH, among them `counted` with a column `total`, and the query of the rows that are chosen, in order. */
export interface Choice {
  tables: string[];
  chosen: string;
}

/** A condition whose matches can be counted, and found by an index, before any agent is looked at. */
type Countable = Condition & Required<Pick<Condition, "ids" | "count">>;

const isCountable = (condition: Condition): condition is Countable =>
  condition.ids !== undefined && condition.count !== undefined;

/**
 * Agents for whom all conditions hold. The statement holds several ways to them, and takes the shorter one
 * (docs/decisions/0024-several-filters-at-once.md).
 */
export function choose(conditions: readonly Condition[], ordering: Ordering): Choice {
  const { tables, chosen } = wayOf(conditions, piecesOf(ordering));
  return { tables: [...conditions.flatMap((condition) => condition.tables ?? []), ...tables], chosen };
}

function wayOf(conditions: readonly Condition[], pieces: Pieces): Choice {
  const [first, ...others] = conditions;
  if (!first) return everyone(pieces);
  if (!conditions.every(isCountable)) return byFinding(first, others, pieces);
  return isCountable(first) && others.length === 0 ? byOne(first, pieces) : bySeveral(conditions, pieces);
}

type Pieces = ReturnType<typeof piecesOf>;

function piecesOf({ over, id, columns, names, reverse, after, most }: Ordering) {
  const selected = columns.map((column, index) => `${column} AS ${names[index]}`).join(", ");
  const onward = (of: readonly string[]) =>
    after ? [`(${of.join(", ")}) ${reverse ? "<" : ">"} (${after.join(", ")})`] : [];
  const ordered = (of: readonly string[]) =>
    `ORDER BY ${of.map((name) => `${name} ${reverse ? "DESC" : "ASC"}`).join(", ")} LIMIT ${most}`;
  /** Agents that match, with what they are sorted by. The row that is not needed is not read. */
  const matchesIn = (workspace: string, where: readonly string[]) => {
    const other = over === "a" ? /\bs\./ : /\ba\./;
    const single = over === "a" ? "agents a" : "agent_states s";
    const from = where.some((each) => other.test(each)) ? agentJoin : single;
    return `SELECT ${selected} FROM ${from} WHERE ${[workspace, ...where].join(" AND ")}`;
  };
  const matches = (...where: string[]) => matchesIn(`${over}.workspace_id = $1::uuid`, where);
  return {
    matches,
    /** The same by an index of all workspaces: not as an equation, which the index would be asked for. */
    matchesOfAll: (...where: string[]) =>
      matchesIn(`${over}.workspace_id IS NOT DISTINCT FROM $1::uuid`, where),
    /** Matches from where to go on, in order, as many as are wanted. */
    inOrder: (...where: string[]) => `${matches(...where, ...onward(columns))} ${ordered(columns)}`,
    /** The same out of a table of matches. */
    inOrderOf: (table: string) =>
      `SELECT * FROM ${table} ${onward(names)
        .map((condition) => `WHERE ${condition}`)
        .join("")} ${ordered(names)}`,
    /** In order, some `most × agents ÷ count` agents are looked at before the page is full; otherwise, `count`. */
    few: (count: string) => `(${count} * ${count} <= ${most} * agents)`,
    among: (ids: string) => `${id} = ANY(ARRAY(${ids}))`,
  };
}

/** One of several queries runs: that whose condition, which asks no row, is true. */
const oneOf = (ways: readonly { when: string; query: string }[]) =>
  ways
    .map(({ when, query }, nth) => `(SELECT * FROM (${query}) way_${nth} WHERE ${when})`)
    .join("\n      UNION ALL ");

function everyone({ inOrder }: Pieces): Choice {
  return { tables: [`counted AS MATERIALIZED (SELECT ${everybody} AS total)`], chosen: inOrder() };
}

/** Where many match, agents are gone through in order until the page is full; where few do, those few are sorted. */
function byOne({ holds, ids, count }: Countable, { inOrder, among, few }: Pieces): Choice {
  const isFew = `(SELECT ${few("total")} FROM counted)`;
  return {
    tables: [`counted AS MATERIALIZED (SELECT ${everybody} AS agents, ${count} AS total)`],
    chosen: oneOf([
      { when: `NOT ${isFew}`, query: inOrder(holds) },
      { when: isFew, query: inOrder(among(ids)) },
    ]),
  };
}

/**
 * If the narrowest leaves few, those are looked at for the others. Otherwise what all have in common is found, and so
 * counted, by indexes alone; and then it's as with one.
 */
function bySeveral(conditions: readonly Countable[], pieces: Pieces): Choice {
  const { matches, inOrder, inOrderOf, among, few } = pieces;
  const sizes = conditions.map((_, nth) => `size${nth}`);
  const least = `least(${sizes.join(", ")})`;
  const goes = (way: string) => `(SELECT way = ${way} FROM way)`;
  const allWide = "-1";
  const byEach = conditions.map(({ ids }, nth) => ({
    when: goes(`${nth}`),
    query: matches(among(ids), ...conditions.filter((_, other) => other !== nth).map(({ holds }) => holds)),
  }));
  const common = conditions.map(
    ({ ids }, nth) => `${nth > 0 ? "JOIN " : ""}(${ids}) with${nth}${nth > 0 ? " USING (id)" : ""}`,
  );
  const andFew = `(SELECT way = ${allWide} AND ${few("total")} FROM way, counted, sizes)`;
  const andMany = `(SELECT way = ${allWide} AND NOT ${few("total")} FROM way, counted, sizes)`;
  return {
    tables: [
      `sizes AS MATERIALIZED (SELECT ${everybody} AS agents,
        ${conditions.map(({ count }, nth) => `${count} AS ${sizes[nth]}`).join(", ")})`,
      `way AS MATERIALIZED (SELECT CASE WHEN NOT ${few(least)} THEN ${allWide}
        ELSE CASE ${least} ${sizes.map((size, nth) => `WHEN ${size} THEN ${nth}`).join(" ")} END END AS way FROM sizes)`,
      `matching AS MATERIALIZED (${oneOf(byEach)})`,
      `common AS MATERIALIZED (SELECT id FROM ${common.join(" ")} WHERE ${goes(allWide)})`,
      `counted AS MATERIALIZED (SELECT CASE way WHEN ${allWide} THEN (SELECT count(*) FROM common)
        ELSE (SELECT count(*) FROM matching) END AS total FROM way)`,
    ],
    chosen: oneOf([
      { when: "true", query: inOrderOf("matching") },
      { when: andMany, query: inOrder(...conditions.map(({ holds }) => holds)) },
      { when: andFew, query: inOrder(among("SELECT common.id FROM common")) },
    ]),
  };
}

/** Where counting is finding, the matches are found once, by the first condition, counted and sorted. */
function byFinding(first: Condition, others: readonly Condition[], pieces: Pieces): Choice {
  const { matches, matchesOfAll, inOrderOf, among } = pieces;
  const rest = others.map(({ holds }) => holds);
  const found = [first.ids ? among(first.ids) : first.holds, ...rest];
  const tables: string[] = [];
  let matching = matches(...found);
  const sooner = first.soonerForAll ?? first.soonerEach;
  if (sooner) {
    tables.push(`sooner AS MATERIALIZED (SELECT ${sooner} AS otherwise)`);
    const otherwise = "(SELECT otherwise FROM sooner)";
    matching = oneOf([
      { when: `NOT ${otherwise}`, query: matching },
      {
        when: otherwise,
        query: first.soonerForAll ? matchesOfAll(...found) : matches(first.holds, ...rest),
      },
    ]);
  }
  tables.push(
    `matching AS MATERIALIZED (${matching})`,
    "counted AS MATERIALIZED (SELECT count(*) AS total FROM matching)",
  );
  return { tables, chosen: inOrderOf("matching") };
}
