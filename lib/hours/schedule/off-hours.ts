import { DAY_MS, type MonthDay, monthDayOf } from "@/lib/platform/time/calendar";
import { clockChanges } from "@/lib/platform/time/clock-changes";
import { offsetAt } from "@/lib/platform/time/offset";
import { MAX_OFFSET_MS, wallClockAt } from "@/lib/platform/time/wall-clock";
import type { Holiday } from "./contract";
import { hoursBetween, isInHours, nextChange, type Shift, shiftsOn } from "./rules";
import type { StoredSchedule } from "./stored";

/** An agent's working hours as stored. */
export interface WorkingHours {
  readonly timezone: string;
  /** Null means around the clock, except on holidays. */
  readonly weeklySchedule: StoredSchedule | null;
  readonly holidays: readonly Holiday[];
}

/** Why an agent is out of hours. Times are epoch milliseconds. */
export interface OffHours {
  /** The holiday that keeps the agent off, and its local date (`YYYY-MM-DD`). */
  readonly holiday: { readonly name: string; readonly date: string } | undefined;
  /** When hours ended; undefined if they did not within `LOOK_BACK_MS`. */
  readonly since: number | undefined;
  /** When hours begin; undefined if they never do. */
  readonly until: number | undefined;
  /** When `holiday` may change; at most `until`. */
  readonly holidayUntil: number | undefined;
}

/**
 * Returns why an agent is out of hours at a time (epoch milliseconds); null in hours. `holiday` is the one that
 * removed the shift that would be in progress, that of the earlier date if there are two. Without such a shift,
 * it is the holiday of the local date.
 */
export function offHoursAt(hours: WorkingHours, at: number): OffHours | null {
  const { timezone, weeklySchedule, holidays } = hours;
  if (isInHours(weeklySchedule, holidays, timezone, at)) return null;
  const until = nextChange(weeklySchedule, holidays, timezone, at) ?? undefined;
  return {
    holiday: holidayAt(hours, at),
    since: hoursEndedAt(hours, at),
    until,
    holidayUntil: nextHolidayBoundary(hours, at, until) ?? until,
  };
}

/**
 * Returns a time before which no holiday matters to the hours, at most two days before the holiday; undefined
 * if there is none within 400 days. Not later than `at` while a holiday may matter.
 */
export function nextHolidayAt(hours: WorkingHours, at: number): number | undefined {
  if (hours.holidays.length === 0) return undefined;
  const first = localDay(hours.timezone, at) - 2;
  for (let day = first; day <= first + LOOK_AHEAD_DAYS; day++)
    if (holidayOn(hours, day)) return day * DAY_MS - MAX_OFFSET_MS;
  return undefined;
}

/** How far `since` and `holidayUntil` look. */
const LOOK_BACK_MS = 400 * DAY_MS;
const LOOK_AHEAD_DAYS = 404;

function holidayAt(hours: WorkingHours, at: number): OffHours["holiday"] {
  const today = localDay(hours.timezone, at);
  const removed = plannedShifts(hours, today - 2, today + 1).find(
    ({ start, end }) => start <= at && at < end,
  );
  const day = removed?.day ?? today;
  const holiday = holidayOn(hours, day);
  return holiday && { name: holiday.name, date: new Date(day * DAY_MS).toISOString().slice(0, 10) };
}

function localDay(timezone: string, at: number): number {
  return Math.floor(wallClockAt(timezone, at) / DAY_MS);
}

/** Shifts of the days as if there were no holidays. */
function plannedShifts({ weeklySchedule, timezone }: WorkingHours, from: number, to: number): Shift[] {
  return shiftsOn(weeklySchedule, [], timezone, from, to);
}

function holidayOn({ holidays }: WorkingHours, day: number): Holiday | undefined {
  const date = monthDayOf(day);
  return holidays.find((holiday) => isSameDate(holiday, date));
}

function isSameDate(one: MonthDay, other: MonthDay): boolean {
  return one.day === other.day && one.month === other.month;
}

function hoursEndedAt({ weeklySchedule, holidays, timezone }: WorkingHours, at: number): number | undefined {
  if (weeklySchedule && Object.keys(weeklySchedule).length === 0) return undefined;
  for (let span = 4 * DAY_MS; ; span = Math.min(4 * span, LOOK_BACK_MS)) {
    const last = hoursBetween(weeklySchedule, holidays, timezone, at - span, at).at(-1);
    if (last) return last.end;
    if (span === LOOK_BACK_MS) return undefined;
  }
}

/**
 * Returns the first time in (at, until) at which `holidayAt` may answer differently: a shift that a holiday
 * removed begins or ends, or the local date changes from or to a holiday.
 */
function nextHolidayBoundary(hours: WorkingHours, at: number, until: number | undefined): number | undefined {
  if (hours.holidays.length === 0) return undefined;
  const first = localDay(hours.timezone, at) - 2;
  let found = until ?? Number.POSITIVE_INFINITY;
  for (let day = first; day <= first + LOOK_AHEAD_DAYS; day++) {
    // Nothing of a later day is before this.
    if ((day - 1) * DAY_MS > found) break;
    if (!holidayOn(hours, day)) continue;
    for (const boundary of [...removedShift(hours, day), ...dateChanges(hours.timezone, day)])
      if (boundary > at && boundary < found) found = boundary;
  }
  return Number.isFinite(found) ? found : undefined;
}

function removedShift(hours: WorkingHours, day: number): number[] {
  return plannedShifts(hours, day, day).flatMap(({ start, end }) => [start, end]);
}

/**
 * Returns all times at which the local date may become this day or another. A clock change shortly after
 * midnight can show a date twice.
 */
function dateChanges(timezone: string, day: number): number[] {
  const from = (day - 1) * DAY_MS;
  const changes = clockChanges(timezone, from, 3).map(({ instant }) => instant);
  const offsets = [from, ...changes].map((instant) => offsetAt(timezone, instant));
  return [...changes, ...offsets.flatMap((offset) => [day * DAY_MS - offset, (day + 1) * DAY_MS - offset])];
}
