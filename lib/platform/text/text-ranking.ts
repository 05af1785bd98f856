import { foldText, wordsOf } from "@/lib/platform/text/text-folding";

/** Match quality of a name; lower is better. */
export const ranks = { start: 0, wordStarts: 1, inside: 2, elsewhere: 3 } as const;

const between = /[\s\p{P}\p{S}]+/u;

/**
 * Returns how well `name` matches `typed`: the name starts with it, each typed word starts a word of the
 * name, or each occurs anywhere in it. Undefined when a word is missing. Ignores case and accents.
 */
export function rankOf(name: string, typed: string): number | undefined {
  const wanted = wordsOf(typed);
  const folded = foldText(name);
  if (folded.startsWith(wanted.join(" "))) return ranks.start;
  const parts = folded.split(between);
  if (wanted.every((word) => parts.some((part) => part.startsWith(word)))) return ranks.wordStarts;
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
