export const MINUTE_MS = 60_000;

/** Milliseconds in 24 hours. Local days can be shorter or longer, so never step through them with this. */
export const DAY_MS = 86_400_000;

/**
 * Returns whether the API accepts an ISO date: years 1970 to 2199. While a year is being typed, a field has dates such
 * as 0002-06-16.
 */
export function isAcceptedDate(date: string | null): date is string {
  return date !== null && date >= "1970-01-01" && date <= "2199-12-31";
}

const longestMonths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Returns the maximum number of days of a month (1–12): 29 for February. 0 for an invalid month. */
export function longestMonth(month: number): number {
  return longestMonths[month - 1] ?? 0;
}

/** Starts with Monday, as in ISO 8601. */
export const weekdays = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const;

export type Weekday = (typeof weekdays)[number];

/** Returns the weekday of an epoch day (days since 1970-01-01): 0 is Monday, 6 is Sunday. */
export function weekdayIndex(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** Converts a date such as `2026-03-09` to an epoch day. */
export function epochDay(date: string): number {
  return Date.parse(date) / DAY_MS;
}

/** Converts an epoch day to a date such as `2026-03-09`. */
export function isoDate(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Returns minutes since midnight (0–1439) of a wall-clock time. */
export function minuteOfDay({ hour, minute }: { hour: number; minute: number }): number {
  return hour * 60 + minute;
}

/** Returns the wall-clock time of minutes since midnight (0–1439). */
export function wallTimeOf(minutes: number): { hour: number; minute: number } {
  return { hour: Math.floor(minutes / 60), minute: minutes % 60 };
}

/** A yearly date: month 1–12, day 1–31. February 29 occurs in leap years only. */
export interface MonthDay {
  readonly month: number;
  readonly day: number;
}

/** Returns month and day of an epoch day. */
export function monthDayOf(day: number): MonthDay {
  const date = new Date(day * DAY_MS);
  return { month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

interface WallTime {
  hour: number;
  minute: number;
}

/** Dates, the last one included, with times unless it covers whole days. */
interface DateRange {
  startDate: string;
  endDate: string;
  startTime?: WallTime | undefined;
  endTime?: WallTime | undefined;
}

const minutesOf = (time: WallTime | undefined, fallback: number) => (time ? minuteOfDay(time) : fallback);

/** Returns which property must be later if the end is not after the start. */
export function earlyEnd({
  startDate,
  endDate,
  startTime,
  endTime,
}: DateRange): "endDate" | "endTime" | undefined {
  if (startDate < endDate) return undefined;
  if (startDate > endDate) return "endDate";
  if (minutesOf(startTime, 0) < minutesOf(endTime, 24 * 60)) return undefined;
  return endTime ? "endTime" : "endDate";
}
