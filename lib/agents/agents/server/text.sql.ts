import {
  agentsOf,
  type Condition,
  countOf,
  everybody,
  workspace,
} from "@/lib/agents/agents/server/condition";
import type { Values } from "@/lib/platform/database/bind";
import { foldText } from "@/lib/platform/text/text-folding";
import { beginningOfWord, ranks } from "@/lib/platform/text/text-ranking";

// SQL conditions that search agents by name and email address. Builds text only; `repository.ts` runs it.

/** Returns `%text%` for LIKE, with `%`, `_` and `\` escaped. */
const containing = (text: string) => `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

/**
 * SQL: whether this workspace has more than a quarter of all agents. Then an index on workspace and text
 * would have to check most rows. Uses PostgreSQL's row estimate; a wrong estimate costs only time.
 */
const holdsLargeShare = `(SELECT c.reltuples < 4 * ${everybody} FROM pg_class c WHERE c.oid = 'agents'::regclass)`;

/**
 * Returns whether a trigram index can't help: without three consecutive ASCII letters or digits (other
 * letters depend on the locale), the whole index would be scanned, across all workspaces.
 */
const tellsLittle = (part: string) => !/[a-z0-9]{3}/.test(foldText(part));

/** Matches agents whose name contains a text. */
export function byName(part: string): Condition {
  const values = { name: containing(foldText(part)) };
  if (!tellsLittle(part))
    return { values, holds: "a.name_key LIKE :name::text", preferGlobalIndex: holdsLargeShare };
  // The index on names covers this. `IS TRUE` keeps PostgreSQL from choosing the trigram index.
  const holds = (of: string) => inName(of, ":name");
  const ids = `SELECT p.id FROM agents p WHERE p.${workspace} AND ${holds("p")}`;
  return { values, holds: holds("a"), ids, count: countOf(ids) };
}

/** Matches agents with an email address that contains a text. */
export function byEmail(part: string, parameter = "email"): Condition {
  const matches = `e.search_key LIKE :${parameter}::text
         AND NOT EXISTS (SELECT 1 FROM invitations i WHERE i.${workspace}
           AND i.user_id = e.user_id AND lower(i.email) <> e.address)`;
  const people = `ARRAY(SELECT DISTINCT e.user_id FROM user_emails e WHERE ${matches} ORDER BY e.user_id)`;
  return {
    values: { [parameter]: containing(foldText(part)) },
    holds: `EXISTS (SELECT 1 FROM user_emails e WHERE e.user_id = a.user_id AND ${matches} OFFSET 0)`,
    ids: agentsOf(people),
    people,
    // Addresses belong to people across workspaces: a common part such as `@example.com` matches people
    // everywhere.
    preferScan: tellsLittle(part)
      ? `NOT ${holdsLargeShare}`
      : `(SELECT 50 * ${everybody} < c.reltuples FROM pg_class c WHERE c.oid = 'user_emails'::regclass)`,
  };
}

/**
 * Matches agents with every word in their name or an email address. Finds agents by the longest word, the
 * most selective one, then filters them by the others.
 */
export function bySearch(words: readonly string[]): Condition[] {
  const [longest, ...others] = [...words].sort((a, b) => b.length - a.length);
  if (longest === undefined) return [];
  const { table, found, values } = withWord(longest);
  const each = others.map((word, index) => {
    const address = byEmail(word, `word${index}`);
    Object.assign(values, address.values);
    return `(${inName("a", `:word${index}`)} OR ${address.holds})`;
  });
  const matching = `SELECT a.id FROM ${found} f CROSS JOIN LATERAL (
        SELECT * FROM agents WHERE ${workspace} AND id = f.id OFFSET 0) a WHERE ${each.join(" AND ")}`;
  const ids = "SELECT id FROM searched";
  return [
    {
      values,
      tables: [
        table,
        `searched AS MATERIALIZED (${others.length > 0 ? matching : `SELECT id FROM ${found}`})`,
      ],
      // `IS TRUE` makes PostgreSQL use a hashed subplan.
      holds: `(a.id IN (${ids})) IS TRUE`,
      ids,
      count: countOf(ids),
    },
  ];
}

/**
 * `rankOf` of `lib/platform/text/text-ranking` as SQL, for agents that match the search. A word that is not
 * in the name must be in an address.
 */
export function matchOf(words: readonly string[]): { rank: string; values: Values } {
  const each = (condition: (nth: number) => string) => words.map((_, nth) => condition(nth)).join(" AND ");
  const values = [
    ["phrase", words.join(" ")],
    ...words.map((word, nth) => [`beginning${nth}`, beginningOfWord(word)]),
    ...words.map((word, nth) => [`part${nth}`, word]),
  ];
  const rank = `CASE WHEN starts_with(a.name_key, :phrase::text) THEN ${ranks.start}
    WHEN ${each((nth) => `a.name_key ~ :beginning${nth}::text`)} THEN ${ranks.wordStarts}
    WHEN ${each((nth) => `strpos(a.name_key, :part${nth}::text) > 0`)} THEN ${ranks.inside}
    ELSE ${ranks.elsewhere} END`;
  return { rank, values: Object.fromEntries(values) };
}

/**
 * SQL: whether the name contains the search text. `IS TRUE` makes PostgreSQL use the index on names instead
 * of the trigram index.
 */
const inName = (of: string, pattern: string) => `(${of}.name_key LIKE ${pattern}::text) IS TRUE`;

/** Returns a table of the agents with a word in their name or an email address. */
function withWord(word: string) {
  const found = "with_word";
  const address = byEmail(word, "longest");
  const named = tellsLittle(word) ? inName("p", ":longest") : "p.name_key LIKE :longest::text";
  const ways = [
    `SELECT p.id FROM agents p WHERE p.${workspace} AND ${named}`,
    `SELECT * FROM (${address.ids}) by_address WHERE NOT ${address.preferScan}`,
    `SELECT a.id FROM agents a WHERE ${address.preferScan} AND a.${workspace} AND ${address.holds}`,
  ];
  const all = ways.join("\n      UNION ALL ");
  return {
    table: `${found} AS MATERIALIZED (SELECT DISTINCT id FROM (${all}) all_ways)`,
    found,
    values: { ...address.values },
  };
}
