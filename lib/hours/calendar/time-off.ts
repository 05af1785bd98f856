import type { Interval } from "@/lib/platform/time/interval";
import { zoneClock } from "@/lib/platform/time/wall-clock";
import type { TimeOff } from "./data";

/** Approved time off as a half-open range of epoch milliseconds. */
export interface TimeOffPeriod extends Interval {
  readonly id: string;
  readonly timeOff: TimeOff;
}

/** What time off depends on: the zone and the planned shifts of each date. */
interface Calendar {
  readonly dayOn: (day: number) => { readonly zone: string; readonly shifts: readonly Interval[] };
}

/** How far apart dates can be that overlap because their zones differ. */
const DATES_APART = 2;

/**
 * Returns when time off keeps an agent from working; null if its dates or times don't exist. Whole dates begin
 * when a shift of an earlier date has ended, and end when the last shift that starts on them would.
 */
export function timeOffRange(calendar: Calendar, timeOff: TimeOff): Interval | null {
  const isWhole = timeOff.startMinute === null && timeOff.endMinute === null;
  const { start, end } = isWhole ? wholeDates(calendar, timeOff) : partOfDates(calendar, timeOff);
  return start < end ? { start, end } : null;
}

/** Returns the ranges of all time off, ascending. */
export function resolveTimeOff(calendar: Calendar, list: readonly TimeOff[]): TimeOffPeriod[] {
  return list
    .flatMap((timeOff) => {
      const range = timeOffRange(calendar, timeOff);
      return range ? [{ ...range, id: timeOff.id, timeOff }] : [];
    })
    .sort((one, other) => one.start - other.start);
}

function wholeDates(calendar: Calendar, { startDay, endDay }: TimeOff): Interval {
  let start = Number.POSITIVE_INFINITY;
  for (let day = startDay; day <= Math.min(endDay, startDay + DATES_APART); day++)
    start = Math.min(start, dateOn(calendar, day)?.start ?? start);
  let end = Number.NEGATIVE_INFINITY;
  for (let day = Math.max(startDay, endDay - DATES_APART); day <= endDay; day++) {
    end = Math.max(end, dateOn(calendar, day)?.end ?? end);
    for (const shift of calendar.dayOn(day).shifts) end = Math.max(end, shift.end);
  }
  return { start: endOfRunning(calendar, startDay, start), end };
}

/** Returns when the shifts of earlier dates that are in progress at a time end; that time if there are none. */
function endOfRunning(calendar: Calendar, firstDay: number, at: number): number {
  let end = at;
  for (let day = firstDay - DATES_APART - 1; day < firstDay; day++)
    for (const shift of calendar.dayOn(day).shifts) if (shift.start < at && shift.end > end) end = shift.end;
  return end;
}

function partOfDates(calendar: Calendar, { startDay, startMinute, endDay, endMinute }: TimeOff): Interval {
  return {
    start: instantOf(calendar, startDay, startMinute ?? 0),
    end: endMinute === null ? endOfDate(calendar, endDay) : instantOf(calendar, endDay, endMinute),
  };
}

function dateOn(calendar: Calendar, day: number): Interval | null {
  return zoneClock(calendar.dayOn(day).zone).span(day, 0, 0);
}

/** Returns the instant of a wall-clock time; on a date that the zone skipped, the start of the next one. */
function instantOf(calendar: Calendar, day: number, minute: number): number {
  const clock = zoneClock(calendar.dayOn(day).zone);
  return (clock.span(day, minute, minute) ?? clock.span(day + 1, 0, 0))?.start ?? Number.NaN;
}

function endOfDate(calendar: Calendar, day: number): number {
  return dateOn(calendar, day)?.end ?? instantOf(calendar, day, 0);
}
