import { DAY_MS, weekdayIndex } from "./calendar";

/** A date of the Gregorian calendar. `month` is 1–12, `day` is 1–31. */
export interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** A date as a calendar day counted from 1970-01-01. */
export function dayNumber({ year, month, day }: CalendarDate): number {
  return Date.UTC(year, month - 1, day) / DAY_MS;
}

/** The date of a calendar day counted from 1970-01-01. */
export function dateOf(day: number): CalendarDate {
  const date = new Date(day * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** How many days the month (1–12) has in that year. */
export function monthLength(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** The first year from this one on that has a 29 February. */
export function nextLeapYear(year: number): number {
  let leap = year;
  while (monthLength(leap, 2) < 29) leap++;
  return leap;
}

/** So many months later or, if negative, earlier: on the same day, or on the last one of a month that is too short. */
export function addMonths(day: number, months: number): number {
  const date = dateOf(day);
  const total = date.year * 12 + date.month - 1 + months;
  const year = Math.floor(total / 12);
  const month = total - year * 12 + 1;
  return dayNumber({ year, month, day: Math.min(date.day, monthLength(year, month)) });
}

/**
 * The weeks of a month as a calendar shows them: rows of seven calendar days counted from 1970-01-01, null where the week
 * belongs to another month. `firstWeekday` is the weekday (0 is Monday) of the first column.
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
