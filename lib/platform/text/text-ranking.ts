import { foldText, wordsOf } from "@/lib/platform/text/text-folding";

/** How well a name fits what was typed; less is better. */
export const ranks = { start: 0, wordStarts: 1, inside: 2, elsewhere: 3 } as const;

const between = /[\s\p{P}\p{S}]+/u;

/**
 * How well `name` fits what was `typed`: it begins with it, each word begins a word of the name, or each word is somewhere in
 * it. Undefined when a word is missing. Case and accents don't matter.
 */
export function rankOf(name: string, typed: string): number | undefined {
  const wanted = wordsOf(typed);
  const folded = foldText(name);
  if (folded.startsWith(wanted.join(" "))) return ranks.start;
  const parts = folded.split(between);
  if (wanted.every((word) => parts.some((part) => part.startsWith(word)))) return ranks.wordStarts;
  return wanted.every((word) => folded.includes(word)) ? ranks.inside : undefined;
}

/** The same, where other words go with the name: what they are needed for fits less well than any name. */
export function rankOfEither(name: string, others: string, typed: string): number | undefined {
  const rank = rankOf(name, typed);
  if (rank !== undefined) return rank;
  return rankOf(`${name} ${others}`, typed) === undefined ? undefined : ranks.elsewhere;
}

/** The things that fit, the best first; those that fit equally well stay in their order. */
export function ranked<T>(items: readonly T[], rank: (item: T) => number | undefined): T[] {
  return items
    .map((item) => ({ item, rank: rank(item) ?? Number.POSITIVE_INFINITY }))
    .filter((each) => each.rank < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
