import { type StepGrid, type StepRange, stepsWithin } from "@/lib/agents/coverage/grid";
import type { Cohort, RosterAgent } from "@/lib/agents/coverage/roster";
import { type CompiledCalendar, replacedShifts } from "@/lib/hours/calendar/compile";
import { hoursBetween, plannedBetween } from "@/lib/hours/calendar/hours";
import { firstDayToReach, lastDayToStartBy } from "@/lib/hours/calendar/window";
import { clipIntervals, type Interval, mergeIntervals } from "@/lib/platform/time/interval";

/** How many agents of a group are in hours, and how many are off because of time off or a holiday, in each step. */
export interface GroupCount {
  readonly scheduled: number[];
  readonly off: number[];
}

/**
 * Counts agents in each step of the grid, by group. An agent counts if a step lies entirely within their hours. An
 * agent can be in several groups; `groupsOf` returns their indexes, which are below `groupCount`.
 */
export function countCoverage(
  cohorts: readonly Cohort[],
  grid: StepGrid,
  groupCount: number,
  groupsOf: (agent: RosterAgent) => readonly number[],
): GroupCount[] {
  const changes = () => Array.from({ length: groupCount }, () => new Int32Array(grid.count + 1));
  const [scheduled, offered] = [changes(), changes()];
  for (const { calendar, agents } of cohorts) {
    const weights = new Map<number, number>();
    for (const agent of agents)
      for (const group of groupsOf(agent)) weights.set(group, (weights.get(group) ?? 0) + 1);
    if (weights.size === 0) continue;
    const hours = hoursBetween(calendar, grid.start, grid.end);
    const inHours = wholeSteps(grid, hours);
    const otherwise = hasAbsence(calendar, grid)
      ? wholeSteps(grid, hoursWithoutAbsence(calendar, grid.start, grid.end))
      : inHours;
    for (const [group, weight] of weights) {
      add(scheduled[group], inHours, weight);
      add(offered[group], otherwise, weight);
    }
  }
  return scheduled.map((change, group) => {
    const present = running(change);
    const all = running(offered[group] ?? change);
    return { scheduled: present, off: all.map((count, step) => count - (present[step] ?? 0)) };
  });
}

/** Returns the hours that an agent would have without time off and holidays. */
export function hoursWithoutAbsence(calendar: CompiledCalendar, start: number, end: number): Interval[] {
  const removed: Interval[] = [];
  for (const day of holidays(calendar, { start, end })) removed.push(...replacedShifts(calendar, day));
  const planned = plannedBetween(calendar, start, end);
  return removed.length > 0
    ? mergeIntervals([...planned, ...clipIntervals(removed, { start, end })])
    : planned;
}

function hasAbsence(calendar: CompiledCalendar, { start, end }: Interval): boolean {
  return (
    calendar.timeOff().some((period) => period.start < end && period.end > start) ||
    !holidays(calendar, { start, end }).next().done
  );
}

/** Yields the local days that are off because of a holiday. */
function* holidays(calendar: CompiledCalendar, { start, end }: Interval): Generator<number> {
  const { data } = calendar.hours;
  if (data.holidays.length === 0 && data.calendars.length === 0) return;
  const last = lastDayToStartBy(end);
  for (let day = firstDayToReach(calendar.hours, start); day <= last; day++)
    if (calendar.dayOn(day).because.source === "holiday") yield day;
}

function wholeSteps(grid: StepGrid, hours: readonly Interval[]): StepRange[] {
  return hours.map((interval) => stepsWithin(grid, interval)).filter(({ first, end }) => first < end);
}

function add(changes: Int32Array | undefined, ranges: readonly StepRange[], weight: number): void {
  if (!changes) return;
  for (const { first, end } of ranges) {
    changes[first] = (changes[first] ?? 0) + weight;
    changes[end] = (changes[end] ?? 0) - weight;
  }
}

/** Returns the running sums of the changes. Drops the last change, which is after all steps. */
function running(changes: Int32Array): number[] {
  let sum = 0;
  return Array.from(changes.subarray(0, -1), (change) => {
    sum += change;
    return sum;
  });
}
