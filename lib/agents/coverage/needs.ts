import { type StepGrid, startOfDate, stepsTouching } from "@/lib/agents/coverage/grid";
import { type Scope, scopeKey } from "@/lib/agents/coverage/roster";
import { weekdayIndex } from "@/lib/platform/time/calendar";
import { clipIntervals, type Interval } from "@/lib/platform/time/interval";
import { zoneClock } from "@/lib/platform/time/wall-clock";

/** How many agents must be scheduled, on weekdays or one date. Minutes are wall-clock minutes of the day. */
export interface Need extends Scope {
  readonly id: string;
  /** Monday is 0. */
  readonly weekdays: readonly number[];
  /** The local epoch day; null for a weekly need. */
  readonly day: number | null;
  readonly from: number;
  /** Not later than `from`: on the next date. */
  readonly to: number;
  readonly minimum: number;
}

/** When a need applies. */
export interface NeedPeriod extends Interval {
  readonly need: Need;
}

/**
 * Returns when needs apply on local dates (epoch days, both included), clipped to these dates. On a date with needs
 * of its own, the weekly needs of the same scope don't apply.
 */
export function needPeriods(
  needs: readonly Need[],
  timezone: string,
  firstDay: number,
  lastDay: number,
): NeedPeriod[] {
  const bounds = { start: startOfDate(timezone, firstDay), end: startOfDate(timezone, lastDay + 1) };
  const clock = zoneClock(timezone);
  const periods: NeedPeriod[] = [];
  for (const own of byScope(needs).values()) {
    const dated = new Set(own.map(({ day }) => day));
    // A need of the date before can last until the first date.
    for (let day = firstDay - 1; day <= lastDay; day++)
      for (const need of own) {
        const applies = dated.has(day) ? need.day === day : need.weekdays.includes(weekdayIndex(day));
        const span = applies ? clock.span(day, need.from, need.to) : null;
        if (span) for (const part of clipIntervals([span], bounds)) periods.push({ ...part, need });
      }
  }
  return periods;
}

/** Returns the largest minimum that applies during any part of each step. */
export function neededPerStep(grid: StepGrid, periods: readonly NeedPeriod[]): number[] {
  const needed = new Array<number>(grid.count).fill(0);
  for (const period of periods) {
    const { first, end } = stepsTouching(grid, period);
    for (let step = first; step < end; step++)
      needed[step] = Math.max(needed[step] ?? 0, period.need.minimum);
  }
  return needed;
}

function byScope(needs: readonly Need[]): Map<string, Need[]> {
  const found = new Map<string, Need[]>();
  for (const need of needs) {
    const key = scopeKey(need);
    const others = found.get(key);
    if (others) others.push(need);
    else found.set(key, [need]);
  }
  return found;
}
