import { DAY_MS } from "./calendar";
import { dayNumber } from "./year-calendar";

/** One change of the clocks that comes every year: at a time of the first such weekday from a date on, all in UTC. */
export interface YearlyChange {
  /** The date from which the weekday is looked for: month 1–12, day 1–31. */
  readonly month: number;
  readonly day: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  /** Milliseconds of that day. */
  readonly time: number;
  /** Milliseconds ahead of UTC from then on. */
  readonly offset: number;
}

/** The changes of every year from `fromYear` on, in the order of the year. */
export interface YearlyRule {
  readonly fromYear: number;
  readonly changes: readonly YearlyChange[];
}

/** A change of a zone's clocks: an instant in epoch milliseconds, and how far ahead of UTC they are from then on. */
export interface Transition {
  readonly at: number;
  readonly offset: number;
}

/** Any 11 years in a row have each date on each weekday, so that the earliest date of a weekday in them is its rule's. */
const YEARS_TO_SEE = 11;

/** The instant at which a yearly change comes in a year, in epoch milliseconds. */
export function changeIn(year: number, { month, day, weekday, time }: YearlyChange): number {
  const earliest = dayNumber({ year, month, day });
  // 1970-01-01 was a Thursday.
  const distance = (((weekday - 4 - earliest) % 7) + 7) % 7;
  return (earliest + distance) * DAY_MS + time;
}

/** A table goes at least as far for zones that change their clocks every year; others have no rule. */
const TABLES_REACH = 2037;

/**
 * The rule that a table of transitions (ascending) ends with: what its last years have in common, with the first year from
 * which the table keeps to it. Undefined for zones that leave their clocks alone in the end.
 */
export function lastRule(transitions: readonly Transition[]): YearlyRule | undefined {
  const last = yearOf(transitions.at(-1));
  if (!(last >= TABLES_REACH)) return undefined;
  const years = byYear(transitions);
  const seen = Array.from({ length: YEARS_TO_SEE }, (_, index) => years.get(last - index) ?? []);
  const count = seen[0]?.length ?? 0;
  const changes = Array.from({ length: count }, (_, position) =>
    commonChange(seen.flatMap((year) => year[position] ?? [])),
  ).filter((change) => change !== undefined);
  const follows = (year: number) => {
    const found = years.get(year);
    return (
      found?.length === count &&
      changes.length === count &&
      changes.every((change, position) => {
        const { at, offset } = found[position] ?? {};
        return at === changeIn(year, change) && offset === change.offset;
      })
    );
  };
  let fromYear = last + 1;
  while (follows(fromYear - 1)) fromYear--;
  return last - fromYear + 1 >= YEARS_TO_SEE ? { fromYear, changes } : undefined;
}

function yearOf(transition: Transition | undefined): number {
  return transition ? new Date(transition.at).getUTCFullYear() : Number.NaN;
}

function byYear(transitions: readonly Transition[]): Map<number, Transition[]> {
  const years = new Map<number, Transition[]>();
  for (const transition of transitions) {
    const found = years.get(yearOf(transition));
    if (found) found.push(transition);
    else years.set(yearOf(transition), [transition]);
  }
  return years;
}

/** The same change in several years as a rule, when they agree in weekday, time and offset. */
function commonChange(found: readonly Transition[]): YearlyChange | undefined {
  const [first] = found;
  if (!first) return undefined;
  const timeOf = (at: number) => at - Math.floor(at / DAY_MS) * DAY_MS;
  const weekday = new Date(first.at).getUTCDay();
  const alike = found.every(
    ({ at, offset }) =>
      offset === first.offset && timeOf(at) === timeOf(first.at) && new Date(at).getUTCDay() === weekday,
  );
  if (!alike) return undefined;
  const dates = found
    .map(({ at }) => new Date(at))
    .map((at) => [at.getUTCMonth() + 1, at.getUTCDate()] as const);
  const [month, day] = dates.reduce((a, b) => (b[0] * 32 + b[1] < a[0] * 32 + a[1] ? b : a));
  return { month, day, weekday, time: timeOf(first.at), offset: first.offset };
}
