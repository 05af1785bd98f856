import type { Weekday } from "@/lib/platform/time/calendar";
import {
  DAY_MS,
  MINUTE_MS,
  type MonthDay,
  monthDayOf,
  weekdayIndex,
  weekdays,
} from "@/lib/platform/time/calendar";
import { clipIntervals, type Interval } from "@/lib/platform/time/interval";
import { MAX_OFFSET_MS, type MinuteRange, zoneClock } from "@/lib/platform/time/wall-clock";
import {
  earliestStartOn,
  firstDayToReach,
  lastDayToStartBy,
  mergedShifts,
  type Plan,
  planOf,
  shiftOn,
  type Week,
  weekOf,
} from "./plan";
import type { StoredSchedule } from "./stored";

/**
 * Returns whether an agent is in working hours at a time (epoch milliseconds), by the shifts of `shiftsOn`.
 * Throws `RangeError` outside the years 1 to 9999. Unknown time zones count as UTC. Source: `weeklySchedule`
 * and `holidays` in docs/contract.md §3.
 */
export function isInHours(
  schedule: StoredSchedule | null | undefined,
  holidays: readonly MonthDay[],
  timezone: string,
  instantMs: number,
): boolean {
  assertInstant(instantMs);
  if (!schedule && holidays.length === 0) return true;
  const plan: Plan = {
    week: weekOf(schedule),
    clock: zoneClock(timezone),
    // A linear search beats building a set, because only a few days are checked.
    isHoliday: (day) => {
      const date = monthDayOf(day);
      return holidays.some((holiday) => holiday.day === date.day && holiday.month === date.month);
    },
  };
  const last = lastDayToStartBy(instantMs);
  for (let day = firstDayToReach(instantMs); day <= last; day++) {
    const hours = plan.week[weekdayIndex(day)];
    if (!hours) continue;
    const wallStart = day * DAY_MS + hours.from * MINUTE_MS;
    const wallEnd = (hours.to > hours.from ? day : day + 1) * DAY_MS + hours.to * MINUTE_MS;
    if (instantMs < wallStart - MAX_OFFSET_MS || instantMs >= wallEnd + MAX_OFFSET_MS) continue;
    const shift = shiftOn(plan, day);
    if (shift && shift.start <= instantMs && instantMs < shift.end) return true;
  }
  return false;
}

/** A local date whose shifts may be in progress at a time; see `openDays`. */
export interface OpenDay {
  readonly timezone: string;
  readonly weekday: Weekday;
  readonly date: MonthDay;
  /** Minutes of the date that have passed. */
  readonly come: readonly MinuteRange[];
  /** Minutes of the following day that have passed. */
  readonly comeNext: readonly MinuteRange[];
}

/**
 * Returns the days on which shifts may be in progress, so that SQL can check many agents like `isInHours`. On
 * one of these days the date must be no holiday, `from` must be in `come`, and `to` must not be in `come` (in
 * `comeNext` if `to` is not later than `from`).
 */
export function openDays(timezones: readonly string[], instantMs: number): OpenDay[] {
  assertInstant(instantMs);
  const found: OpenDay[] = [];
  const last = lastDayToStartBy(instantMs);
  for (const timezone of timezones) {
    const clock = zoneClock(timezone);
    for (let day = firstDayToReach(instantMs); day <= last; day++) {
      const come = clock.minutesCome(day, instantMs);
      const comeNext = clock.minutesCome(day + 1, instantMs);
      // Days on which nothing has started, or everything has ended.
      if (come.length === 0 || (isWholeDay(come) && isWholeDay(comeNext)) || clock.isSkipped(day)) continue;
      const weekday = weekdays[weekdayIndex(day)];
      if (weekday) found.push({ timezone, weekday, date: monthDayOf(day), come, comeNext });
    }
  }
  return found;
}

function isWholeDay([range]: readonly MinuteRange[]): boolean {
  return range?.first === 0 && range.last === 24 * 60 - 1;
}

/**
 * Returns working hours in [startMs, endMs) (epoch milliseconds): sorted, half-open intervals, merged where
 * they overlap or touch. Runs in time linear in the length of the range. Rules and errors: see `isInHours`.
 */
export function hoursBetween(
  schedule: StoredSchedule | null | undefined,
  holidays: readonly MonthDay[],
  timezone: string,
  startMs: number,
  endMs: number,
): Interval[] {
  assertInstant(startMs);
  assertInstant(endMs);
  const bounds = { start: startMs, end: endMs };
  if (startMs >= endMs) return [];
  if (!schedule && holidays.length === 0) return [bounds];
  const plan = planOf(schedule, holidays, timezone);
  return clipIntervals(mergedShifts(plan, firstDayToReach(startMs), lastDayToStartBy(endMs)), bounds);
}

/** A shift as it takes place, with the local day on which it starts (days since 1970-01-01). */
export interface Shift extends Interval {
  readonly day: number;
}

/**
 * Returns the shifts that start on the given local days (since 1970-01-01): from `from` to the next `to`;
 * none on a holiday or a skipped date; without a schedule, 00:00 to 00:00. Nonexistent times move forward, of
 * two equal ones the first counts, and empty shifts are dropped.
 */
export function shiftsOn(
  schedule: StoredSchedule | null | undefined,
  holidays: readonly MonthDay[],
  timezone: string,
  firstDay: number,
  lastDay: number,
): Shift[] {
  const plan = planOf(schedule, holidays, timezone);
  const shifts: Shift[] = [];
  for (let day = firstDay; day <= lastDay; day++) {
    const shift = shiftOn(plan, day);
    if (shift) shifts.push({ day, ...shift });
  }
  return shifts;
}

/**
 * Returns the next time (epoch milliseconds) after the given one at which `isInHours` changes, or null if it
 * never does. Null is exact: zone data is irregular until 2087 (Morocco) at most, and after that any 40 years
 * contain all 14 possible calendars.
 */
export function nextChange(
  schedule: StoredSchedule | null | undefined,
  holidays: readonly MonthDay[],
  timezone: string,
  instantMs: number,
): number | null {
  assertInstant(instantMs);
  const plan = planOf(schedule, holidays, timezone);
  if (!plan.week.some(Boolean)) return null;
  const seamless = isSeamless(plan.week);
  if (seamless && holidays.length === 0) return null;

  const lastDay = lastDayToStartBy(Math.max(instantMs, IRREGULAR_UNTIL_MS)) + LONGEST_CALENDAR_CYCLE_DAYS;
  let after = instantMs;
  let length = 5;
  for (let day = firstDayToReach(after); day <= lastDay; ) {
    const settled = earliestStartOn(day + length);
    const change = firstBoundary(mergedShifts(plan, day, day + length - 1), after, settled);
    if (change !== null) return change;
    // Boundaries are whole milliseconds, so `settled - 1` makes one at `settled` count as later.
    after = settled - 1;
    day = firstDayToReach(after);
    length = Math.min(2 * length, 64);
    if (!seamless) continue;

    const holiday = nextHoliday(plan, day, lastDay);
    if (holiday === null) return null;
    const landing = holiday - HOLIDAY_MARGIN_DAYS;
    if (landing <= day) continue;
    day = landing;
    after = earliestStartOn(holiday) - DAY_MS;
    length = 2 * HOLIDAY_MARGIN_DAYS;
  }
  return null;
}

/** From here on, all zones follow yearly rules; see `nextChange`. */
const IRREGULAR_UNTIL_MS = Date.UTC(2100, 0, 1);

/** 40 years contain all 14 calendars; one more for the current year. */
const LONGEST_CALENDAR_CYCLE_DAYS = 41 * 366;

/**
 * After skipping whole days, the search resumes this long before a holiday, to see that the shift is in
 * progress.
 */
const HOLIDAY_MARGIN_DAYS = 5;

/** Returns the first start or end of an interval in (after, before). */
function firstBoundary(intervals: readonly Interval[], after: number, before: number): number | null {
  for (const { start, end } of intervals) {
    const boundary = start > after ? start : end;
    if (boundary > after) return boundary < before ? boundary : null;
  }
  return null;
}

/**
 * Whether only holidays can interrupt the working hours. A shift lasts at most a day, so such a week has
 * whole days with the same start time, each ending when the next starts, regardless of clock changes.
 */
function isSeamless(week: Week): boolean {
  const start = week[0]?.from;
  return week.every((hours) => hours && hours.from === start && hours.to === start);
}

/** Returns the first holiday in a range of days, or null. */
function nextHoliday({ isHoliday }: Plan, from: number, to: number): number | null {
  for (let day = from; day <= to; day++) if (isHoliday(day)) return day;
  return null;
}

const FIRST_INSTANT_MS = Date.parse("0001-01-01T00:00:00Z");
const LAST_INSTANT_MS = Date.parse("9999-12-31T23:59:59.999Z");

function assertInstant(instantMs: number): void {
  if (!(instantMs >= FIRST_INSTANT_MS && instantMs <= LAST_INSTANT_MS))
    throw new RangeError(`${instantMs} is not an instant of the years 1 to 9999 in epoch milliseconds`);
}
