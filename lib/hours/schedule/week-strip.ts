import { DAY_MS, MINUTE_MS, type MonthDay, weekdayIndex } from "@/lib/platform/time/calendar";
import { wallClockAt } from "@/lib/platform/time/wall-clock";
import { type Shift, type StoredSchedule, shiftsOn } from "./rules";

/** The week that an instant lies in on the wall clock of a zone: its first day, counted from 1970-01-01. */
export function weekOf(timezone: string, instantMs: number, firstWeekday: number): number {
  const day = Math.floor(wallClockAt(timezone, instantMs) / DAY_MS);
  return day - ((weekdayIndex(day) - firstWeekday + 7) % 7);
}

/**
 * Every shift that can be seen in the week from `firstDay` on, on whichever wall clock: those of the week and, since the
 * clocks of the world are up to 26 hours apart, of the days around it.
 */
export function shiftsAround(
  schedule: StoredSchedule | null | undefined,
  holidays: readonly MonthDay[],
  timezone: string,
  firstDay: number,
): Shift[] {
  return shiftsOn(schedule, holidays, timezone, firstDay - 3, firstDay + 9);
}

/** A shift on the strip of a week, in days from the start of the week: 0.5 is noon of the first day. */
export interface Bar {
  /** The day the shift starts on in its own zone, counted from 1970-01-01. */
  readonly day: number;
  readonly start: number;
  readonly end: number;
}

/** The shifts as the wall clock of a zone shows them, cut off at the ends of the week from `firstDay` on. */
export function barsOf(shifts: readonly Shift[], timezone: string, firstDay: number): Bar[] {
  const position = (instant: number) => wallClockAt(timezone, instant) / DAY_MS - firstDay;
  return shifts
    .map(({ day, start, end }) => ({
      day,
      start: Math.max(position(start), 0),
      end: Math.min(position(end), 7),
    }))
    .filter(({ start, end }) => start < end);
}

/** Where an instant is on that strip, in days; null outside of the week. */
export function positionOf(instantMs: number, timezone: string, firstDay: number): number | null {
  const position = wallClockAt(timezone, instantMs) / DAY_MS - firstDay;
  return position >= 0 && position < 7 ? position : null;
}

/** A moment on a wall clock. */
export interface WallMoment {
  /** The calendar day, counted from 1970-01-01. */
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

/** What the clock of a zone shows at an instant. */
export function wallMoment(timezone: string, instantMs: number): WallMoment {
  const wall = wallClockAt(timezone, instantMs);
  const day = Math.floor(wall / DAY_MS);
  const minutes = Math.floor((wall - day * DAY_MS) / MINUTE_MS);
  return { day, hour: Math.floor(minutes / 60), minute: minutes % 60 };
}
