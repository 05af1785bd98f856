import { type Condition, everybody } from "@/lib/agents/agents/server/condition";

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
  /** Whether an index has this order; otherwise all that match are sorted. */
  isIndexed: boolean;
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
type Countable = Condition & { ids: string };

const isCountable = (condition: Condition): condition is Countable =>
  condition.ids !== undefined && (condition.kept ?? condition.count) !== undefined;

/**
 * Agents for whom all conditions hold. The statement holds several ways to them, and takes the shorter one
 * (docs/decisions/0024-several-filters-at-once.md).
 */
export function choose(conditions: readonly Condition[], ordering: Ordering): Choice {
  const { tables, chosen } = wayOf(conditions, ordering.isIndexed, piecesOf(ordering));
  return { tables: [...conditions.flatMap((condition) => condition.tables ?? []), ...tables], chosen };
}

function wayOf(conditions: readonly Condition[], isIndexed: boolean, pieces: Pieces): Choice {
  const toFind =
    conditions.find((condition) => !isCountable(condition)) ?? (isIndexed ? undefined : conditions[0]);
  if (toFind) return byFinding(toFind, conditions, pieces);
  const [first, ...others] = conditions.filter(isCountable);
  if (!first) return everyone(pieces);
  return others.length === 0 ? byOne(first, pieces) : bySeveral([first, ...others], pieces);
}

/** What agents are found by. */
type Found = Pick<Countable, "ids" | "people">;

/** A FROM, and the rows of an agent that it has. */
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
  /** An agent's row, looked up by its key and in no other way; `*` is more than other indexes have. */
  const rowOf = (of: "a" | "s", key: string) => `CROSS JOIN LATERAL (
        SELECT * FROM ${rows[of].table} WHERE workspace_id = $1::uuid AND ${rows[of].id} = ${key} OFFSET 0) ${of}`;
  const selected = columns.map((column, index) => `${column} AS ${names[index]}`).join(", ");
  const onward = (of: readonly string[]) =>
    after ? [`(${of.join(", ")}) ${reverse ? "<" : ">"} (${after.join(", ")})`] : [];
  const ordered = (of: readonly string[]) =>
    `ORDER BY ${of.map((name) => `${name} ${reverse ? "DESC" : "ASC"}`).join(", ")} LIMIT ${most}`;
  /** What agents are sorted by, of those in `from` who match. The row that is not needed is not read. */
  const query = ({ sql, rows }: From, where: readonly string[]) => {
    const join = !rows.includes(other) && where.some((each) => needsOther.test(each)) ? rowOf(other, id) : "";
    const conditions = where.length > 0 ? `WHERE ${where.join(" AND ")}` : "";
    return `SELECT ${selected} FROM ${sql} ${join} ${conditions}`;
  };
  const all: From = { sql: `${rows[over].table} ${over}`, rows: over };
  /** Beginning with agents, whose index may tell who matches, whatever row the order is over. */
  const withState = over === "s" ? rowOf("s", "a.id") : "";
  const ofAgents: From = { sql: `agents a ${withState}`, rows: over === "s" ? "as" : "a" };
  /** Agents found by a condition, or in a table of ids. */
  const among = ({ ids, people }: Found): From =>
    people
      ? {
          sql: `unnest(${people}) AS found(id) CROSS JOIN LATERAL (
        SELECT * FROM agents WHERE workspace_id = $1::uuid AND user_id = found.id OFFSET 0) a ${withState}`,
          rows: ofAgents.rows,
        }
      : { sql: `unnest(ARRAY(${ids})) AS found(id) ${rowOf(over, "found.id")}`, rows: over };
  const inOrder = (from: From, where: readonly string[]) =>
    `${query(from, [...where, ...onward(columns)])} ${ordered(columns)}`;
  return {
    /** Agents who match, all of them. */
    matches: (...where: string[]) => query(ofAgents, ["a.workspace_id = $1::uuid", ...where]),
    /** The same by an index of all workspaces: not as an equation, which the index would be asked for. */
    matchesOfAll: (...where: string[]) =>
      query(ofAgents, ["a.workspace_id IS NOT DISTINCT FROM $1::uuid", ...where]),
    /** Of agents found by a condition, those for whom others hold, too. */
    matchesAmong: (condition: Found, ...where: string[]) => query(among(condition), where),
    /** Agents from where to go on, in order, as many as are wanted: of all who match. */
    inOrder: (...where: string[]) => inOrder(all, [`${over}.workspace_id = $1::uuid`, ...where]),
    /** The same, of agents found by a condition. */
    inOrderAmong: (condition: Found) => inOrder(among(condition), []),
    /** The same, out of a table of matches. */
    inOrderOf: (matching: string) =>
      `SELECT * FROM ${matching} ${onward(names)
        .map((condition) => `WHERE ${condition}`)
        .join("")} ${ordered(names)}`,
    /** In order, some `most × agents ÷ count` agents are looked at before the page is full; otherwise, `count`. */
    few: (count: string) => `(${count} * ${count} <= ${most} * agents)`,
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

/** No condition is narrow. */
const allWide = "-1";

/**
 * The tables `sizes`, with the number of all agents, and `way`: which condition is the narrowest, if it leaves few. What is
 * kept count of is asked first, and nothing is counted when that tells of few already.
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

/** By each condition, if it's the narrowest: its agents, looked at for all the others. */
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
 * If the narrowest leaves few, those are looked at for the others. Otherwise what all have in common is found, and so
 * counted, by indexes alone; and then it's as with one.
 */
function bySeveral(conditions: readonly Countable[], pieces: Pieces): Choice {
  const { inOrder, inOrderOf, inOrderAmong, few } = pieces;
  // Not to be planned as a loop in a loop: a full join never is.
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
 * Where counting is finding, the matches are found once, counted and sorted: by that condition, or by another that is known to
 * leave few.
 */
function byFinding(first: Condition, conditions: readonly Condition[], pieces: Pieces): Choice {
  const { matches, matchesOfAll, matchesAmong, inOrderOf, few } = pieces;
  const { ids, holds } = first;
  const rest = conditions.filter((condition) => condition !== first).map((condition) => condition.holds);
  const known = conditions.filter(isCountable).filter(({ kept }) => kept !== undefined);
  const usual = ids ? matchesAmong({ ...first, ids }, ...rest) : matches(holds, ...rest);
  const sooner = first.soonerForAll ?? first.soonerEach;
  const otherwise = "(SELECT otherwise FROM sooner)";
  const ways = sooner
    ? [
        { when: `NOT ${otherwise}`, query: usual },
        { when: otherwise, query: (first.soonerForAll ? matchesOfAll : matches)(holds, ...rest) },
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
      ...(sooner ? [`sooner AS MATERIALIZED (SELECT ${sooner} AS otherwise)`] : []),
      ...(known.length > 0 ? narrowest(known, few) : []),
      `matching AS MATERIALIZED (${oneOf(all)})`,
      "counted AS MATERIALIZED (SELECT count(*) AS total FROM matching)",
    ],
    chosen: inOrderOf("matching"),
  };
}
