// Not part of format.ts, which every page loads: the calendar package weighs 6 kB.
import { CalendarDate, getDayOfWeek, isWeekend } from "@internationalized/date";

const someMonday = new CalendarDate(2024, 1, 1);

/** Returns the first day of the week in the locale's region: 0 is Monday, 6 is Sunday. */
export function firstWeekday(locale: string): number {
  return (7 - getDayOfWeek(someMonday, locale)) % 7;
}

/** Returns the weekdays (0 is Monday) in the locale's order. */
export function weekOrder(locale: string): number[] {
  const first = firstWeekday(locale);
  return Array.from({ length: 7 }, (_, position) => (first + position) % 7);
}

/** Returns whether a weekday (0 is Monday) is a weekend day in the locale's region. */
export function isWeekendDay(locale: string, index: number): boolean {
  return isWeekend(someMonday.add({ days: index }), locale);
}
