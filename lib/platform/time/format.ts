import { CalendarDate, getDayOfWeek, isWeekend } from "@internationalized/date";
import { DAY_MS, MINUTE_MS } from "./calendar";
import { wallClockAt } from "./wall-clock";

/** A time on a wall clock: hour 0–23, minute 0–59. */
export interface WallTime {
  readonly hour: number;
  readonly minute: number;
}

/** Formatters cost a hundred times more to make than to use. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = formatters.get(key);
  if (known) return known;
  // Schedules and holidays are by the Gregorian calendar, whichever the locale would rather use.
  const made = new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC", calendar: "gregory" });
  formatters.set(key, made);
  return made;
}

/** A time of day in the figures of the locale and with its 12 or 24 hours: "9:00 AM", "09:00". */
export function formatWallTime(locale: string, { hour, minute }: WallTime): string {
  const instant = (hour * 60 + minute) * MINUTE_MS;
  return formatter(locale, { timeStyle: "short" }).format(instant);
}

/** Parts of a time; a zone's name is none of them, for Intl would name the one it is given. */
export interface InstantOptions extends Omit<Intl.DateTimeFormatOptions, "timeZone" | "timeZoneName"> {
  timeStyle?: "short" | "medium";
}

/** What the clocks of a zone show at an instant (epoch milliseconds), by the zone data and not by the runtime's own. */
export function formatInstant(
  locale: string,
  instantMs: number,
  timezone: string,
  options: InstantOptions,
): string {
  return formatter(locale, options).format(wallClockAt(timezone, instantMs));
}

/** A calendar day counted from 1970-01-01, with the parts of a date that are asked for. */
export function formatDay(locale: string, day: number, options: Intl.DateTimeFormatOptions): string {
  return formatter(locale, options).format(day * DAY_MS);
}

/** A stretch of calendar days counted from 1970-01-01, both included: "23 – 29 November 2026". */
export function formatDays(
  locale: string,
  first: number,
  last: number,
  options: Intl.DateTimeFormatOptions,
): string {
  return formatter(locale, options).formatRange(first * DAY_MS, last * DAY_MS);
}

/** The name of a weekday: 0 is Monday, 6 is Sunday. */
export function weekdayName(
  locale: string,
  index: number,
  width: "long" | "short" | "narrow" = "long",
): string {
  // 1970-01-05 was a Monday.
  return formatDay(locale, 4 + index, { weekday: width });
}

/** The name of a month (1–12) standing alone. */
export function monthName(locale: string, month: number, width: "long" | "short" = "long"): string {
  return formatter(locale, { month: width }).format(Date.UTC(2000, month - 1, 1));
}

/** A year in the figures of the locale: "2026". */
export function yearName(locale: string, year: number): string {
  return formatter(locale, { year: "numeric" }).format(Date.UTC(year, 6, 1));
}

/** A date of every year, such as "25 December". */
export function formatMonthDay(
  locale: string,
  { month, day }: { month: number; day: number },
  width: "long" | "short" = "long",
): string {
  // A leap year, so that 29 February is a date in it.
  return formatter(locale, { day: "numeric", month: width }).format(Date.UTC(2000, month - 1, day));
}

/** 2024-01-01 was a Monday. */
const someMonday = new CalendarDate(2024, 1, 1);

/** The day on which a week starts where the locale is from: 0 is Monday, 6 is Sunday. */
export function firstWeekday(locale: string): number {
  return (7 - getDayOfWeek(someMonday, locale)) % 7;
}

/** The weekdays (0 is Monday) in the order in which the locale writes them. */
export function weekOrder(locale: string): number[] {
  const first = firstWeekday(locale);
  return Array.from({ length: 7 }, (_, position) => (first + position) % 7);
}

/** Whether a weekday (0 is Monday) belongs to the weekend where the locale is from. */
export function isWeekendDay(locale: string, index: number): boolean {
  return isWeekend(someMonday.add({ days: index }), locale);
}

/** Names that browsers still give to zones whose city is spelled otherwise by now. */
const renamed: Record<string, string> = {
  "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
  "America/Godthab": "America/Nuuk",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Atlantic/Faeroe": "Atlantic/Faroe",
  "Europe/Kiev": "Europe/Kyiv",
  "Pacific/Enderbury": "Pacific/Kanton",
  "Pacific/Ponape": "Pacific/Pohnpei",
  "Pacific/Truk": "Pacific/Chuuk",
};

/** The id that a zone goes by today: browsers list "Asia/Katmandu", people look for "Asia/Kathmandu". Both are the same zone. */
export function currentZoneId(timezone: string): string {
  return renamed[timezone] ?? timezone;
}

/** The name of a zone to be read: "America/St Johns". */
export function zoneName(timezone: string): string {
  return currentZoneId(timezone).replaceAll("_", " ");
}

/** Whether the locale writes the month before the day, as in "December 25". */
export function isMonthFirst(locale: string): boolean {
  const parts = formatter(locale, { day: "numeric", month: "long" })
    .formatToParts(0)
    .map(({ type }) => type);
  return parts.indexOf("month") < parts.indexOf("day");
}
