import { foldText, wordsOf } from "@/lib/platform/text/text-folding";

/** Match quality of a name; lower is better. */
export const ranks = { start: 0, wordStarts: 1, inside: 2, elsewhere: 3 } as const;

/**
 * Whitespace, punctuation and symbols that remain after folding, in a form that works in regular expressions
 * of both JavaScript and PostgreSQL.
 */
const between =
  "\\u0020-\\u002F\\u003A-\\u0040\\u005B-\\u0060\\u007B-\\u007E\\u00A1-\\u00BF\\u00D7\\u00F7\\u060C\\u061B\\u061F\\u066A-\\u066D\\u06D4\\u0964\\u0965\\u2010-\\u205E\\u20A0-\\u20CF\\u2100-\\u2BFF\\u3001-\\u303F\\u30FB";

/** Matches a folded word at the start of any word of a text. Works in JavaScript and PostgreSQL. */
export const beginningOfWord = (word: string) =>
  `(^|[${between}])${word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}`;

/**
 * Returns how well `name` matches `typed`: the name starts with it, each typed word starts a word of the
 * name, or each occurs anywhere in it. Undefined if a word is missing. Ignores case and accents.
 */
export function rankOf(name: string, typed: string): number | undefined {
  const wanted = wordsOf(typed);
  const folded = foldText(name);
  if (folded.startsWith(wanted.join(" "))) return ranks.start;
  if (wanted.every((word) => new RegExp(beginningOfWord(word)).test(folded))) return ranks.wordStarts;
  return wanted.every((word) => folded.includes(word)) ? ranks.inside : undefined;
}

/**
 * Like `rankOf`, but also searches `others` (such as an email address), which ranks below any match in the
 * name alone.
 */
export function rankOfEither(name: string, others: string, typed: string): number | undefined {
  const rank = rankOf(name, typed);
  if (rank !== undefined) return rank;
  return rankOf(`${name} ${others}`, typed) === undefined ? undefined : ranks.elsewhere;
}

/** Returns the matching items, best first. The sort is stable. */
export function ranked<T>(items: readonly T[], rank: (item: T) => number | undefined): T[] {
  return items
    .map((item) => ({ item, rank: rank(item) ?? Number.POSITIVE_INFINITY }))
    .filter((each) => each.rank < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
