import { DAY_MS } from "./calendar";
import { dayNumber } from "./year-calendar";

/** A yearly clock change: on the first given weekday on or after a date, in UTC. */
export interface YearlyChange {
  /** The date from which to search the weekday: month 1–12, day 1–31. */
  readonly month: number;
  readonly day: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  /** Time of day in milliseconds. */
  readonly time: number;
  /** The UTC offset after the change, in milliseconds. */
  readonly offset: number;
}

/** Changes that repeat every year from `fromYear` on, in order of the year. */
export interface YearlyRule {
  readonly fromYear: number;
  readonly changes: readonly YearlyChange[];
}

/** A clock change at a time (epoch milliseconds), with the UTC offset after it. */
export interface Transition {
  readonly at: number;
  readonly offset: number;
}

/** In any 11 years, a date falls on every weekday, so the earliest date among them is that of the rule. */
const YEARS_TO_SEE = 11;

/** Returns when a yearly change happens in a year, in epoch milliseconds. */
export function changeIn(year: number, { month, day, weekday, time }: YearlyChange): number {
  const earliest = dayNumber({ year, month, day });
  // 1970-01-01 was a Thursday.
  const distance = (((weekday - 4 - earliest) % 7) + 7) % 7;
  return (earliest + distance) * DAY_MS + time;
}

/** Tables of zones with yearly changes reach at least this year. */
const TABLES_REACH = 2037;

/**
 * Derives the yearly rule at the end of a table of transitions (ascending). Undefined if the clocks no longer
 * change.
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

/** Returns the yearly change that matches all transitions, if they agree in weekday, time and offset. */
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
