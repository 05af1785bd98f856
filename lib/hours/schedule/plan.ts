import { DAY_MS, type MonthDay, monthDayOf, weekdayIndex, weekdays } from "@/lib/platform/time/calendar";
import { type Interval, mergeIntervals } from "@/lib/platform/time/interval";
import { MAX_OFFSET_MS, type ZoneClock, zoneClock } from "@/lib/platform/time/wall-clock";
import type { StoredHours, StoredSchedule } from "./stored";

export type Week = readonly (StoredHours | undefined)[];

export interface Plan {
  /** Hours by weekday, Monday first. */
  readonly week: Week;
  readonly clock: ZoneClock;
  readonly isHoliday: (day: number) => boolean;
}

const wholeDay: StoredHours = { from: 0, to: 0 };
const aroundTheClock: Week = weekdays.map(() => wholeDay);

export function weekOf(schedule: StoredSchedule | null | undefined): Week {
  return schedule ? weekdays.map((weekday) => schedule[weekday]) : aroundTheClock;
}

export function planOf(
  schedule: StoredSchedule | null | undefined,
  holidays: readonly MonthDay[],
  timezone: string,
): Plan {
  const dates = new Set(holidays.map(dateKey));
  return {
    week: weekOf(schedule),
    clock: zoneClock(timezone),
    isHoliday: (day) => dates.size > 0 && dates.has(dateKey(monthDayOf(day))),
  };
}

function dateKey({ month, day }: MonthDay): number {
  return month * 32 + day;
}

export function shiftOn({ week, clock, isHoliday }: Plan, day: number): Interval | null {
  const hours = week[weekdayIndex(day)];
  return hours && !isHoliday(day) ? clock.span(day, hours.from, hours.to) : null;
}

export function mergedShifts(plan: Plan, firstDay: number, lastDay: number): Interval[] {
  const shifts: Interval[] = [];
  for (let day = firstDay; day <= lastDay; day++) {
    const shift = shiftOn(plan, day);
    if (shift) shifts.push(shift);
  }
  return mergeIntervals(shifts);
}

/** Returns a lower bound for the start of any shift on or after the day. */
export function earliestStartOn(day: number): number {
  return day * DAY_MS - MAX_OFFSET_MS;
}

/** Returns the last local day whose shift may have started by this time. */
export function lastDayToStartBy(instantMs: number): number {
  return Math.floor((instantMs + MAX_OFFSET_MS) / DAY_MS);
}

/**
 * Returns the first local day whose shift may still be in progress: it ends by the end of the following day.
 */
export function firstDayToReach(instantMs: number): number {
  return Math.floor((instantMs - MAX_OFFSET_MS) / DAY_MS) - 1;
}
