import { DAY_MS, type MonthDay } from "@/lib/platform/time/calendar";
import { type Interval, mergeIntervals, subtractIntervals } from "@/lib/platform/time/interval";
import { dateOf, dayNumber, monthLength } from "@/lib/platform/time/year-calendar";
import type { CompiledCalendar } from "./compile";
import type { DayPlan } from "./data";
import { plannedShifts, worksAlways } from "./hours";
import { inForce, memberFrom } from "./plan";
import { assertInstant, earliestStartOn, firstDayToReach } from "./window";

/**
 * Returns the next time after `instantMs` and before `untilMs` (epoch milliseconds) at which `isInHours` changes, or
 * null. Skips stretches in which nothing can change, and otherwise takes time linear in the distance.
 */
export function nextChange(calendar: CompiledCalendar, instantMs: number, untilMs: number): number | null {
  const timeOff = mergeIntervals(calendar.timeOff());
  const current = timeOff.find(({ start, end }) => start <= instantMs && instantMs < end);
  if (!current) return firstChange(calendar, timeOff, instantMs, untilMs);
  // Until the end of time off there are no hours.
  return firstChange(calendar, timeOff, current.end - 1, untilMs);
}

/** Like `nextChange`, but ignores time off. */
export function nextPlannedChange(
  calendar: CompiledCalendar,
  instantMs: number,
  untilMs: number,
): number | null {
  return firstChange(calendar, [], instantMs, untilMs);
}

function firstChange(
  calendar: CompiledCalendar,
  timeOff: readonly Interval[],
  instantMs: number,
  untilMs: number,
): number | null {
  assertInstant(instantMs);
  if (neverWorks(calendar) || (timeOff.length === 0 && worksAlways(calendar))) return null;
  let after = instantMs;
  let length = FIRST_DAYS;
  let day = firstDayToReach(calendar.hours, after);
  while (after < untilMs) {
    const settled = earliestStartOn(day + length);
    const planned = mergeIntervals(plannedShifts(calendar, day, day + length - 1));
    const hours = timeOff.length > 0 ? subtractIntervals(planned, timeOff) : planned;
    const change = firstBoundary(hours, after, settled);
    if (change !== null) return change < untilMs ? change : null;
    // Boundaries are whole milliseconds, so `settled - 1` makes one at `settled` count as later.
    after = Math.max(after, settled - 1);
    day = firstDayToReach(calendar.hours, after);
    length = Math.min(2 * length, MOST_DAYS);

    const uniform = uniformWeekOn(calendar, day);
    if (!uniform) continue;
    const event = nextException(calendar, day, uniform);
    if (event === null) return null;
    const landing = event - MARGIN_DAYS;
    if (landing <= day) continue;
    day = landing;
    after = earliestStartOn(event) - DAY_MS;
    length = 2 * MARGIN_DAYS;
  }
  return null;
}

/** Days to examine at first, and at most, before checking whether the rest can be skipped. */
const FIRST_DAYS = 5;
const MOST_DAYS = 64;

/**
 * After a skip the search resumes this long before the exception, to see the shifts that are in progress. Zones
 * can be 26 hours apart, and shifts can last two days where the zone changes.
 */
const MARGIN_DAYS = 6;

/** Returns the first start or end of an interval in (after, before). */
function firstBoundary(intervals: readonly Interval[], after: number, before: number): number | null {
  for (const { start, end } of intervals) {
    const boundary = start > after ? start : end;
    if (boundary > after) return boundary < before ? boundary : null;
  }
  return null;
}

/** Whether no date has a shift, so that there are no hours at all. */
export function neverWorks({ hours: { data }, exceptions }: CompiledCalendar): boolean {
  return (
    data.versions !== null &&
    data.rotations.length === 0 &&
    exceptions.overrides.every(({ spans }) => spans.length === 0) &&
    data.versions.every(({ week }) => week.every((plan) => plan.length === 0))
  );
}

type UniformWeek = "seamless" | "empty";

/**
 * Returns whether the weekly hours of a date have no boundaries: `seamless` or `empty`. A seamless week has whole
 * days with the same start time, each ending when the next starts, regardless of clock changes.
 */
function uniformWeekOn({ hours: { data } }: CompiledCalendar, day: number): UniformWeek | undefined {
  if (data.versions === null) return "seamless";
  const week = inForce(data.versions, day)?.week ?? [];
  if (week.every((plan) => plan.length === 0)) return "empty";
  const start = week[0]?.[0]?.from;
  return week.length === 7 && week.every((plan) => isWholeDay(plan, start)) ? "seamless" : undefined;
}

function isWholeDay(plan: DayPlan, start: number | undefined): boolean {
  const [span] = plan;
  return plan.length === 1 && span?.from === start && span?.to === start;
}

/** Returns the first day, from `day` on, on which something other than the weekly hours of `day` may matter. */
function nextException(
  { hours: { data }, exceptions }: CompiledCalendar,
  day: number,
  uniform: UniformWeek,
): number | null {
  const found: number[] = [];
  const within = (from: number, until: number) => until >= day && found.push(Math.max(from, day));
  for (const { from } of data.versions ?? []) if (from !== null && from > day) found.push(from);
  for (const rotation of data.rotations) within(memberFrom(rotation), rotation.until ?? NEVER);
  for (const { day: date } of exceptions.overrides) within(date, date);
  if (uniform === "seamless") {
    // In an empty week, none of these can change anything.
    for (const { from, to } of data.travel) within(from, to);
    for (const { startDay, endDay } of exceptions.timeOff) within(startDay, endDay + MARGIN_DAYS);
    for (const holiday of data.holidays) {
      const date = nextOccurrence(holiday, day);
      if (date !== null) found.push(date);
    }
    for (const { days } of data.calendars) for (const { day: date } of days) within(date, date);
  }
  return found.length > 0 ? Math.min(...found) : null;
}

const NEVER = Number.POSITIVE_INFINITY;

/** Returns the first occurrence of a yearly date from a day on; null if it never comes (29 February: 8 years). */
function nextOccurrence({ month, day: dayOfMonth }: MonthDay, day: number): number | null {
  const { year: first } = dateOf(day);
  for (let year = first; year <= first + 9; year++) {
    if (dayOfMonth > monthLength(year, month)) continue;
    const date = dayNumber({ year, month, day: dayOfMonth });
    if (date >= day) return date;
  }
  return null;
}
