import { MINUTE_MS } from "@/lib/platform/time/calendar";
import type { Interval } from "@/lib/platform/time/interval";
import { zoneClock } from "@/lib/platform/time/wall-clock";

/** A range of time in steps of equal length; the last one may be shorter. Times are epoch milliseconds. */
export interface StepGrid extends Interval {
  readonly stepMs: number;
  readonly count: number;
}

/** Steps from `first` to before `last`. */
export interface StepRange {
  readonly first: number;
  readonly end: number;
}

/**
 * Returns the steps of local dates (epoch days, both included). A date on which clocks change has more or fewer of
 * them: 92 or 100 quarters of an hour.
 */
export function stepGrid(timezone: string, firstDay: number, lastDay: number, stepMinutes: number): StepGrid {
  const start = startOfDate(timezone, firstDay);
  const end = startOfDate(timezone, lastDay + 1);
  const stepMs = stepMinutes * MINUTE_MS;
  return { start, end, stepMs, count: Math.ceil((end - start) / stepMs) };
}

/** Returns when a local date starts; if the zone skipped it, when the next one starts. */
export function startOfDate(timezone: string, day: number): number {
  const clock = zoneClock(timezone);
  return (clock.span(day, 0, 0) ?? clock.span(day + 1, 0, 0))?.start ?? Number.NaN;
}

/** Returns when a step starts; for `count`, when the grid ends. */
export function stepStart({ start, end, stepMs }: StepGrid, step: number): number {
  return Math.min(start + step * stepMs, end);
}

/** Returns the steps that lie entirely within an interval. */
export function stepsWithin(grid: StepGrid, { start, end }: Interval): StepRange {
  return {
    first: Math.max(0, Math.ceil((start - grid.start) / grid.stepMs)),
    end: end >= grid.end ? grid.count : Math.floor((end - grid.start) / grid.stepMs),
  };
}

/** Returns the steps that share any time with an interval. */
export function stepsTouching(grid: StepGrid, { start, end }: Interval): StepRange {
  return {
    first: Math.max(0, Math.floor((start - grid.start) / grid.stepMs)),
    end: Math.min(grid.count, Math.ceil((end - grid.start) / grid.stepMs)),
  };
}
