import {
  agentsOf,
  type Condition,
  type Context,
  countOf,
  everybody,
  type Parameters,
  workspace,
} from "@/lib/agents/agents/server/condition";

import { foldText } from "@/lib/platform/text/text-folding";
import { beginningOfWord, ranks } from "@/lib/platform/text/text-ranking";

// The text of the SQL that finds agents by their name and their addresses. No I/O: `repository.ts` runs it.

/** `%text%` for LIKE, with its own signs taken literally. */
const containing = (text: string) => `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

/**
 * Whether a large part of all agents are in the workspace. Then an index over workspaces and texts spends nearly all its time on
 * passing by the workspace's other agents. Upon what PostgreSQL believes of the table: if it's wrong, only time is lost.
 */
const mostAreHere = `(SELECT c.reltuples < 4 * ${everybody} FROM pg_class c WHERE c.oid = 'agents'::regclass)`;

/**
 * Whether an index of trigrams may know nothing of a text: it would be gone through as a whole, with the texts of all workspaces.
 * It knows letters in threes, and under some locales of the database those of ASCII alone.
 */
const tellsLittle = (part: string) => !/[a-z0-9]{3}/.test(foldText(part));

/** Agents with a text in their name. */
export function byName(part: string, { parameters }: Context): Condition {
  const pattern = `${parameters.add(containing(foldText(part)))}::text`;
  if (!tellsLittle(part)) return { holds: `a.name_key LIKE ${pattern}`, soonerForAll: mostAreHere };
  // The index by name has what is asked for. As a value, so that the other index is not taken.
  const holds = (of: string) => `(${of}.name_key LIKE ${pattern}) IS TRUE`;
  const ids = `SELECT p.id FROM agents p WHERE p.${workspace} AND ${holds("p")}`;
  return { holds: holds("a"), ids, count: countOf(ids) };
}

/** Agents with a text in one of their addresses. */
export function byEmail(part: string, { parameters }: Context): Condition {
  const matches = `e.search_key LIKE ${parameters.add(containing(foldText(part)))}::text
         AND NOT EXISTS (SELECT 1 FROM invitations i WHERE i.${workspace}
           AND i.user_id = e.user_id AND lower(i.email) <> e.address)`;
  const people = `ARRAY(SELECT DISTINCT e.user_id FROM user_emails e WHERE ${matches} ORDER BY e.user_id)`;
  return {
    holds: `EXISTS (SELECT 1 FROM user_emails e WHERE e.user_id = a.user_id AND ${matches} OFFSET 0)`,
    ids: agentsOf(people),
    people,
    // Addresses belong to people, whatever workspaces they are in: what many have in common, `@example.com`, is found everywhere.
    soonerEach: tellsLittle(part)
      ? `NOT ${mostAreHere}`
      : `(SELECT 50 * ${everybody} < c.reltuples FROM pg_class c WHERE c.oid = 'user_emails'::regclass)`,
  };
}

/**
 * Agents with each word in their name or in one of their addresses. Those with the longest word, which tells most, are found by
 * either, in the way that is shorter for the size of the workspace, and are looked at for the others: each once, and counted.
 */
export function bySearch(words: readonly string[], context: Context): Condition[] {
  const [longest, ...others] = [...words].sort((a, b) => b.length - a.length);
  if (longest === undefined) return [];
  const { table, found } = withWord(longest, context);
  const each = others.map((word) => {
    const pattern = context.parameters.add(containing(word));
    return `(${inName("a", pattern)} OR ${byEmail(word, context).holds})`;
  });
  const matching = `SELECT a.id FROM ${found} f CROSS JOIN LATERAL (
        SELECT * FROM agents WHERE ${workspace} AND id = f.id OFFSET 0) a WHERE ${each.join(" AND ")}`;
  const ids = "SELECT id FROM searched";
  return [
    {
      tables: [
        table,
        `searched AS MATERIALIZED (${others.length > 0 ? matching : `SELECT id FROM ${found}`})`,
      ],
      // As a value: looked up in a table of hashes, however many.
      holds: `(a.id IN (${ids})) IS TRUE`,
      ids,
      count: countOf(ids),
    },
  ];
}

/** `rankOf` of `lib/platform/text/text-ranking` in SQL, for an agent that was found: what is not in the name is in an address. */
export function matchOf(words: readonly string[], parameters: Parameters): string {
  const each = (condition: (word: string) => string) => words.map(condition).join(" AND ");
  return `CASE WHEN starts_with(a.name_key, ${parameters.add(words.join(" "))}::text) THEN ${ranks.start}
    WHEN ${each((word) => `a.name_key ~ ${parameters.add(beginningOfWord(word))}::text`)} THEN ${ranks.wordStarts}
    WHEN ${each((word) => `strpos(a.name_key, ${parameters.add(word)}::text) > 0`)} THEN ${ranks.inside}
    ELSE ${ranks.elsewhere} END`;
}

/** Whether a text is in a name. As a value, so that the index by name answers it, not that of trigrams. */
const inName = (of: string, pattern: string) => `(${of}.name_key LIKE ${pattern}::text) IS TRUE`;

/** A table of the agents with a word in their name or in one of their addresses. */
function withWord(word: string, context: Context): { table: string; found: string } {
  const found = "with_word";
  const pattern = context.parameters.add(containing(word));
  const address = byEmail(word, context);
  const named = `SELECT p.id FROM agents p WHERE p.${workspace} AND ${inName("p", pattern)}`;
  const ways = [
    ...(tellsLittle(word)
      ? [named]
      : [
          `${named} AND NOT ${mostAreHere}`,
          `SELECT p.id FROM agents p WHERE ${mostAreHere}
           AND p.workspace_id IS NOT DISTINCT FROM $1::uuid AND p.name_key LIKE ${pattern}::text`,
        ]),
    `SELECT * FROM (${address.ids}) by_address WHERE NOT ${address.soonerEach}`,
    `SELECT a.id FROM agents a WHERE ${address.soonerEach} AND a.${workspace} AND ${address.holds}`,
  ];
  const all = ways.join("\n      UNION ALL ");
  return { table: `${found} AS MATERIALIZED (SELECT DISTINCT id FROM (${all}) all_ways)`, found };
}
