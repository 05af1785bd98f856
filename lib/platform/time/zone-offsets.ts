import { DAY_MS } from "./calendar";
import { changeIn, type Transition, type YearlyRule } from "./zone-rule";

/** UTC offsets of a zone and their changes, in milliseconds. */
export interface ZoneOffsets {
  /** The offset before the first transition. */
  readonly first: number;
  /** Ascending; without those that `rule` covers. */
  readonly transitions: readonly Transition[];
  readonly rule?: YearlyRule | undefined;
}

/** Average length of a year. */
const YEAR_MS = 365.2425 * DAY_MS;

/** Returns the UTC offset in milliseconds at a time (epoch milliseconds). */
export function offsetIn({ first, transitions, rule }: ZoneOffsets, instantMs: number): number {
  if (rule && instantMs >= Date.UTC(rule.fromYear, 0, 1)) {
    const year = new Date(instantMs).getUTCFullYear();
    for (let index = rule.changes.length - 1; index >= 0; index--) {
      const change = rule.changes[index];
      if (change && changeIn(year, change) <= instantMs) return change.offset;
    }
    const previous = rule.changes.at(-1);
    if (previous && year > rule.fromYear) return previous.offset;
  }
  let low = 0;
  let high = transitions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((transitions[middle]?.at ?? 0) <= instantMs) low = middle + 1;
    else high = middle;
  }
  return transitions[low - 1]?.offset ?? first;
}

/** Returns the transitions in [fromMs, untilMs) that change the offset, ascending. */
export function transitionsIn(zone: ZoneOffsets, fromMs: number, untilMs: number): Transition[] {
  const { transitions, rule } = zone;
  const found = transitions.filter(({ at }) => at >= fromMs && at < untilMs);
  if (rule) {
    const start = Math.max(rule.fromYear, Math.floor(1970 + fromMs / YEAR_MS) - 1);
    const end = Math.floor(1970 + untilMs / YEAR_MS) + 1;
    for (let year = start; year <= end; year++)
      for (const change of rule.changes) {
        const at = changeIn(year, change);
        if (at >= fromMs && at < untilMs) found.push({ at, offset: change.offset });
      }
  }
  return found.filter(({ at, offset }) => offset !== offsetIn(zone, at - 1));
}
