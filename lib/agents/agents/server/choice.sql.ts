import { type Condition, everybody } from "@/lib/agents/agents/server/condition";

// SQL that selects the agents of one page and counts all matches. Builds text only; `repository.ts` runs it.

/** The sort order of a list and the position to continue from. */
export interface Ordering {
  /** The table that the sort columns belong to: `agents a` or `agent_states s`. */
  over: "a" | "s";
  /** The column with the agent's id in that table. */
  id: string;
  /** Sort columns and their aliases in the result. The last one is the id. */
  columns: readonly string[];
  names: readonly string[];
  reverse: boolean;
  /** Whether an index has this order; otherwise all matches are sorted. */
  isIndexed: boolean;
  /** Expressions of the sort key that the previous page ended with. */
  after: readonly string[] | undefined;
  /** Maximum number of rows. */
  most: number;
}

/** Common table expressions, including `counted(total)`, and the query that returns the page in order. */
export interface Choice {
  tables: string[];
  chosen: string;
}

/** A condition whose matches an index can count and find without reading agents. */
type Countable = Condition & { ids: string };

const isCountable = (condition: Condition): condition is Countable =>
  condition.ids !== undefined && (condition.kept ?? condition.count) !== undefined;

/**
 * Returns a query for the agents that meet all conditions. The statement holds several strategies and picks
 * the cheapest at run time (docs/decisions/0024-several-filters-at-once.md).
 */
export function choose(conditions: readonly Condition[], ordering: Ordering): Choice {
  const { tables, chosen } = wayOf(conditions, ordering.isIndexed, piecesOf(ordering));
  return {
    tables: [...new Set(conditions.flatMap((condition) => condition.tables ?? [])), ...tables],
    chosen,
  };
}

function wayOf(conditions: readonly Condition[], isIndexed: boolean, pieces: Pieces): Choice {
  const toFind =
    conditions.find((condition) => !isCountable(condition)) ?? (isIndexed ? undefined : conditions[0]);
  if (toFind) return byFinding(toFind, conditions, pieces);
  const [first, ...others] = conditions.filter(isCountable);
  if (!first) return everyone(pieces);
  return others.length === 0 ? byOne(first, pieces) : bySeveral([first, ...others], pieces);
}

type Found = Pick<Countable, "ids" | "people">;

/** A FROM clause and the agent tables it provides. */
interface From {
  sql: string;
  rows: "a" | "s" | "as";
}

type Pieces = ReturnType<typeof piecesOf>;

function piecesOf({ over, id, columns, names, reverse, after, most }: Ordering) {
  const rows = {
    a: { table: "agents", id: "id" },
    s: { table: "agent_states", id: "agent_id" },
  };
  const other = over === "a" ? "s" : "a";
  const needsOther = new RegExp(`\\b${other}\\.`);
  /**
   * Looks up an agent's row by primary key. `SELECT *` keeps PostgreSQL from using other indexes, which lack
   * columns.
   */
  const rowOf = (of: "a" | "s", key: string) => `CROSS JOIN LATERAL (
        SELECT * FROM ${rows[of].table} WHERE workspace_id = :workspaceId::uuid AND ${rows[of].id} = ${key} OFFSET 0) ${of}`;
  const selected = columns.map((column, index) => `${column} AS ${names[index]}`).join(", ");
  const onward = (of: readonly string[]) =>
    after ? [`(${of.join(", ")}) ${reverse ? "<" : ">"} (${after.join(", ")})`] : [];
  const ordered = (of: readonly string[]) =>
    `ORDER BY ${of.map((name) => `${name} ${reverse ? "DESC" : "ASC"}`).join(", ")} LIMIT ${most}`;
  /** Selects the sort columns of matching agents. Joins the second table only if a condition needs it. */
  const query = ({ sql, rows }: From, where: readonly string[]) => {
    const join = !rows.includes(other) && where.some((each) => needsOther.test(each)) ? rowOf(other, id) : "";
    const conditions = where.length > 0 ? `WHERE ${where.join(" AND ")}` : "";
    return `SELECT ${selected} FROM ${sql} ${join} ${conditions}`;
  };
  const all: From = { sql: `${rows[over].table} ${over}`, rows: over };
  /** Starts at `agents`, whose indexes may answer the conditions, whichever table the sort columns are in. */
  const withState = over === "s" ? rowOf("s", "a.id") : "";
  const ofAgents: From = { sql: `agents a ${withState}`, rows: over === "s" ? "as" : "a" };
  /** Agents found by a condition's ids or people. */
  const among = ({ ids, people }: Found): From =>
    people
      ? {
          sql: `unnest(${people}) AS found(id) CROSS JOIN LATERAL (
        SELECT * FROM agents WHERE workspace_id = :workspaceId::uuid AND user_id = found.id OFFSET 0) a ${withState}`,
          rows: ofAgents.rows,
        }
      : { sql: `unnest(ARRAY(${ids})) AS found(id) ${rowOf(over, "found.id")}`, rows: over };
  const inOrder = (from: From, where: readonly string[]) =>
    `${query(from, [...where, ...onward(columns)])} ${ordered(columns)}`;
  return {
    /** All agents that match. */
    matches: (...where: string[]) => query(ofAgents, ["a.workspace_id = :workspaceId::uuid", ...where]),
    /**
     * As `matches`, but lets PostgreSQL use an index across workspaces: with `=` it would prefer one on
     * `workspace_id`.
     */
    matchesByGlobalIndex: (...where: string[]) =>
      query(ofAgents, ["a.workspace_id IS NOT DISTINCT FROM :workspaceId::uuid", ...where]),
    /** Agents found by one condition that also meet the others. */
    matchesAmong: (condition: Found, ...where: string[]) => query(among(condition), where),
    /** The page in order, from all agents that match. */
    inOrder: (...where: string[]) => inOrder(all, [`${over}.workspace_id = :workspaceId::uuid`, ...where]),
    /** The page in order, from agents found by one condition. */
    inOrderAmong: (condition: Found) => inOrder(among(condition), []),
    /** Returns the page in order, from a table of matches. */
    inOrderOf: (matching: string) =>
      `SELECT * FROM ${matching} ${onward(names)
        .map((condition) => `WHERE ${condition}`)
        .join("")} ${ordered(names)}`,
    /**
     * Whether sorting the matches is cheaper than an ordered scan: the scan reads about `most × agents ÷
     * count` agents to fill the page, sorting reads `count`.
     */
    few: (count: string) => `(${count} * ${count} <= ${most} * agents)`,
  };
}

/**
 * Combines queries of which only one runs. The `when` conditions read no rows, so the others cost nothing.
 */
const oneOf = (ways: readonly { when: string; query: string }[]) =>
  ways
    .map(({ when, query }, nth) => `(SELECT * FROM (${query}) way_${nth} WHERE ${when})`)
    .join("\n      UNION ALL ");

function everyone({ inOrder }: Pieces): Choice {
  return { tables: [`counted AS MATERIALIZED (SELECT ${everybody} AS total)`], chosen: inOrder() };
}

/** If many agents match, scans them in order until the page is full; if few match, finds and sorts them. */
function byOne(condition: Countable, { inOrder, inOrderAmong, few }: Pieces): Choice {
  const isFew = `(SELECT ${few("total")} FROM counted)`;
  return {
    tables: [
      `counted AS MATERIALIZED (SELECT ${everybody} AS agents, ${condition.kept ?? condition.count} AS total)`,
    ],
    chosen: oneOf([
      { when: `NOT ${isFew}`, query: inOrder(condition.holds) },
      { when: isFew, query: inOrderAmong(condition) },
    ]),
  };
}

/** Value of `way.way` when no condition is selective. */
const allWide = "-1";

/**
 * Returns two tables: `sizes`, with the number of all agents, and `way`, the most selective condition if few
 * agents meet it. Uses maintained counts first, and counts nothing if one of them is already small.
 */
function narrowest(conditions: readonly Condition[], few: Pieces["few"]): string[] {
  const size = (nth: number) => `size${nth}`;
  const numbers = conditions.map((_, nth) => nth);
  const kept = numbers.filter((nth) => conditions[nth]?.kept);
  const counted = numbers.filter((nth) => conditions[nth]?.count);
  const least = (of: readonly number[]) => `least(${of.map(size).join(", ")})`;
  const columns = (of: readonly number[], sql: (nth: number) => string) =>
    of.map((nth) => `, ${sql(nth)} AS ${size(nth)}`).join("");
  const unlessFew = (count: string) =>
    kept.length > 0 ? `CASE WHEN NOT ${few(least(kept))} THEN ${count} END` : count;
  const all = [...kept, ...counted];
  return [
    `kept AS MATERIALIZED (SELECT ${everybody} AS agents${columns(kept, (nth) => `${conditions[nth]?.kept}`)})`,
    `sizes AS MATERIALIZED (SELECT kept.*${columns(counted, (nth) => unlessFew(`${conditions[nth]?.count}`))}
      FROM kept)`,
    `way AS MATERIALIZED (SELECT CASE WHEN NOT ${few(least(all))} THEN ${allWide}
      ELSE CASE ${least(all)} ${all.map((nth) => `WHEN ${size(nth)} THEN ${nth}`).join(" ")} END END AS way FROM sizes)`,
  ];
}

const goes = (way: string | number) => `(SELECT way = ${way} FROM way)`;

/**
 * For each condition, the query to run if it is the most selective: finds its agents and filters them by the
 * other conditions.
 */
const byNarrowest = (
  narrow: readonly Countable[],
  all: readonly Condition[],
  { matchesAmong }: Pieces,
): { when: string; query: string }[] =>
  narrow.map((condition, nth) => ({
    when: goes(nth),
    query: matchesAmong(condition, ...all.filter((each) => each !== condition).map(({ holds }) => holds)),
  }));

/**
 * If the most selective condition matches few agents, filters those by the others. Otherwise intersects the
 * ids of all conditions by index, which also counts them, and continues as with one condition.
 */
function bySeveral(conditions: readonly Countable[], pieces: Pieces): Choice {
  const { inOrder, inOrderOf, inOrderAmong, few } = pieces;
  // Full joins, because PostgreSQL never plans them as nested loops.
  const inEach = conditions.map(
    ({ ids }, nth) => `${nth > 0 ? "FULL JOIN " : ""}(${ids}) in${nth}${nth > 0 ? " USING (id)" : ""}`,
  );
  const inAll = `num_nonnulls(${conditions.map((_, nth) => `in${nth}.id`).join(", ")}) = ${conditions.length}`;
  const allAreWide = (total: string) => `(SELECT way = ${allWide} AND ${total} FROM way, counted, sizes)`;
  return {
    tables: [
      ...narrowest(conditions, few),
      `matching AS MATERIALIZED (${oneOf(byNarrowest(conditions, conditions, pieces))})`,
      `common AS MATERIALIZED (SELECT id FROM ${inEach.join(" ")} WHERE ${inAll} AND ${goes(allWide)})`,
      `counted AS MATERIALIZED (SELECT CASE way WHEN ${allWide} THEN (SELECT count(*) FROM common)
        ELSE (SELECT count(*) FROM matching) END AS total FROM way)`,
    ],
    chosen: oneOf([
      { when: "true", query: inOrderOf("matching") },
      {
        when: allAreWide(`NOT ${few("total")}`),
        query: inOrder(...conditions.map(({ holds }) => holds)),
      },
      { when: allAreWide(few("total")), query: inOrderAmong({ ids: "SELECT common.id FROM common" }) },
    ]),
  };
}

/**
 * If matches can't be counted without finding them, finds them once, then counts and sorts. Starts with this
 * condition, or with another that matches few agents.
 */
function byFinding(first: Condition, conditions: readonly Condition[], pieces: Pieces): Choice {
  const { matches, matchesByGlobalIndex, matchesAmong, inOrderOf, few } = pieces;
  const { ids, holds } = first;
  const rest = conditions.filter((condition) => condition !== first).map((condition) => condition.holds);
  const known = conditions.filter(isCountable).filter(({ kept }) => kept !== undefined);
  const usual = ids ? matchesAmong({ ...first, ids }, ...rest) : matches(holds, ...rest);
  const preferAlternative = first.preferGlobalIndex ?? first.preferScan;
  const preferred = "(SELECT preferred FROM alternative)";
  const ways = preferAlternative
    ? [
        { when: `NOT ${preferred}`, query: usual },
        {
          when: preferred,
          query: (first.preferGlobalIndex ? matchesByGlobalIndex : matches)(holds, ...rest),
        },
      ]
    : [{ when: "true", query: usual }];
  const all =
    known.length === 0
      ? ways
      : [
          ...ways.map(({ when, query }) => ({ when: `${goes(allWide)} AND ${when}`, query })),
          ...byNarrowest(known, conditions, pieces),
        ];
  return {
    tables: [
      ...(preferAlternative
        ? [`alternative AS MATERIALIZED (SELECT ${preferAlternative} AS preferred)`]
        : []),
      ...(known.length > 0 ? narrowest(known, few) : []),
      `matching AS MATERIALIZED (${oneOf(all)})`,
      "counted AS MATERIALIZED (SELECT count(*) AS total FROM matching)",
    ],
    chosen: inOrderOf("matching"),
  };
}
