import { DAY_MS, MINUTE_MS, wallTimeOf, weekdayIndex } from "@/lib/platform/time/calendar";
import { wallClockAt } from "@/lib/platform/time/wall-clock";
import type { CompiledCalendar } from "./compile";
import { type Shift, shiftsOn } from "./hours";

/** Returns the first day of the week of a local epoch day. */
export function weekStart(day: number, firstWeekday: number): number {
  return day - ((weekdayIndex(day) - firstWeekday + 7) % 7);
}

/**
 * Returns every shift that may be visible in the week from `firstDay` on, in any time zone. Zones are up to
 * 26 hours apart, so it includes adjacent days.
 */
export function shiftsAround(calendar: CompiledCalendar, firstDay: number): Shift[] {
  return shiftsOn(calendar, firstDay - 3, firstDay + 9);
}

/** A shift on the week strip, in days from the start of the week: 0.5 is noon of the first day. */
export interface Bar {
  /** Local day on which the shift starts, as days since 1970-01-01. */
  readonly day: number;
  readonly start: number;
  readonly end: number;
}

/** Returns the shifts at their wall-clock times in a zone, clipped to the week from `firstDay` on. */
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

/** Returns the position of a time on the strip, in days; null outside the week. */
export function positionOf(instantMs: number, timezone: string, firstDay: number): number | null {
  const position = wallClockAt(timezone, instantMs) / DAY_MS - firstDay;
  return position >= 0 && position < 7 ? position : null;
}

export interface WallMoment {
  /** Days since 1970-01-01. */
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

export function wallMoment(timezone: string, instantMs: number): WallMoment {
  const wall = wallClockAt(timezone, instantMs);
  const day = Math.floor(wall / DAY_MS);
  const minutes = Math.floor((wall - day * DAY_MS) / MINUTE_MS);
  return { day, ...wallTimeOf(minutes) };
}
