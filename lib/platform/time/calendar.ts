/** Milliseconds in a minute of a clock. */
export const MINUTE_MS = 60_000;

/** Milliseconds in a day of 24 hours. A local day can be shorter or longer: never use this to step through one. */
export const DAY_MS = 86_400_000;

const longestMonths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The most days the month (1–12) ever has: 29 for February. 0 for a number that is no month. */
export function longestMonth(month: number): number {
  return longestMonths[month - 1] ?? 0;
}

/** The days of the week, Monday first as in ISO 8601. */
export const weekdays = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const;

/** A day of the week. */
export type Weekday = (typeof weekdays)[number];

/** The weekday of a calendar day counted from 1970-01-01: 0 is Monday, 6 is Sunday. */
export function weekdayIndex(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** A date of every year. `month` is 1–12, `day` is 1–31. 29 February comes in leap years alone. */
export interface MonthDay {
  readonly month: number;
  readonly day: number;
}

/** Month and day of month of a calendar day counted from 1970-01-01. */
export function monthDayOf(day: number): MonthDay {
  const date = new Date(day * DAY_MS);
  return { month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}
