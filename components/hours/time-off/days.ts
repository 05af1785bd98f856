import { DAY_MS, earlyEnd, epochDay, isoDate, MINUTE_MS, wallTimeOf } from "@/lib/platform/time/calendar";
import type { WallTime } from "@/lib/platform/time/format";
import { wallClockAt } from "@/lib/platform/time/wall-clock";

const DAY_MINUTES = 1440;

/** The dates of time off, with times unless it covers whole days. */
export interface OffTime {
  startDate: string;
  endDate: string;
  startTime?: WallTime | undefined;
  endTime?: WallTime | undefined;
}

/** The part of a day to take off. */
export type DayPart = "all" | "morning" | "afternoon" | "times";

/** Minutes of a date on the wall clock; more than 1440 on the next date. */
export interface Minutes {
  from: number;
  to: number;
}

/** Returns when shifts take place on the wall clock of the date on which they start. */
export function minutesOn(
  date: string,
  shifts: readonly { date: string; start: string; end: string }[],
  timezone: string,
): Minutes[] {
  const midnight = epochDay(date) * DAY_MS;
  const minute = (instant: string) => (wallClockAt(timezone, Date.parse(instant)) - midnight) / MINUTE_MS;
  return shifts
    .filter((shift) => shift.date === date)
    .map(({ start, end }) => ({ from: minute(start), to: minute(end) }))
    .sort((a, b) => a.from - b.from);
}

/** Precision of the middle of a working day, in minutes. */
const STEP = 15;

/** Returns the minute that splits the work in two halves. If a break separates them, returns its start. */
export function middleOf(shifts: readonly Minutes[]): number {
  let left = shifts.reduce((sum, { from, to }) => sum + to - from, 0) / 2;
  for (const { from, to } of shifts) {
    if (left <= to - from) return Math.round((from + left) / STEP) * STEP;
    left -= to - from;
  }
  return DAY_MINUTES / 2;
}

const placed = (date: string, minutes: number) => {
  const days = Math.floor(minutes / DAY_MINUTES);
  return { date: isoDate(epochDay(date) + days), time: wallTimeOf(minutes - days * DAY_MINUTES) };
};

/** Returns half of a date: half of its shifts, or before or after noon without shifts. */
export function halfOf(date: string, half: "morning" | "afternoon", shifts: readonly Minutes[]): OffTime {
  const middle = middleOf(shifts);
  const [first] = shifts;
  const last = shifts.at(-1);
  const from = half === "morning" ? (first?.from ?? 0) : middle;
  const to = half === "morning" ? middle : (last?.to ?? DAY_MINUTES);
  const start = placed(date, from);
  // Without an end time, it lasts until the end of the date. Midnight would be on the next date.
  if (to === DAY_MINUTES) return { startDate: start.date, endDate: date, startTime: start.time };
  const end = placed(date, to);
  return { startDate: start.date, endDate: end.date, startTime: start.time, endTime: end.time };
}

/** Returns whether the end is after the start. */
export const endsLater = (time: OffTime): boolean => earlyEnd(time) === undefined;
