import { DAY_MS, weekdayIndex } from "./calendar";

/** A Gregorian date: month 1–12, day 1–31. */
export interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Converts a date to an epoch day (days since 1970-01-01). */
export function dayNumber({ year, month, day }: CalendarDate): number {
  return Date.UTC(year, month - 1, day) / DAY_MS;
}

/** Converts an epoch day to a date. */
export function dateOf(day: number): CalendarDate {
  const date = new Date(day * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** Returns the number of days in a month (1–12). */
export function monthLength(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Returns the first leap year that is not before `year`. */
export function nextLeapYear(year: number): number {
  let leap = year;
  while (monthLength(leap, 2) < 29) leap++;
  return leap;
}

/** Adds months to an epoch day. Clamps to the last day of a shorter month. */
export function addMonths(day: number, months: number): number {
  const date = dateOf(day);
  const total = date.year * 12 + date.month - 1 + months;
  const year = Math.floor(total / 12);
  const month = total - year * 12 + 1;
  return dayNumber({ year, month, day: Math.min(date.day, monthLength(year, month)) });
}

/**
 * Returns the weeks of a month as rows of seven epoch days, null for days of other months. `firstWeekday` (0
 * is Monday) is the first column.
 */
export function monthWeeks(year: number, month: number, firstWeekday: number): (number | null)[][] {
  const first = dayNumber({ year, month, day: 1 });
  const length = monthLength(year, month);
  const lead = (weekdayIndex(first) - firstWeekday + 7) % 7;
  return Array.from({ length: Math.ceil((lead + length) / 7) }, (_, row) =>
    Array.from({ length: 7 }, (_, column) => {
      const offset = row * 7 + column - lead;
      return offset >= 0 && offset < length ? first + offset : null;
    }),
  );
}
