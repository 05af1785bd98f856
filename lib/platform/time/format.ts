import { DAY_MS, MINUTE_MS, minuteOfDay } from "./calendar";
import { wallClockAt } from "./wall-clock";

/** A time of day: hour 0–23, minute 0–59. */
export interface WallTime {
  readonly hour: number;
  readonly minute: number;
}

/** Creating a formatter costs a hundred times more than using one. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = formatters.get(key);
  if (known) return known;
  // Schedules and holidays use the Gregorian calendar in every locale.
  const made = new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC", calendar: "gregory" });
  formatters.set(key, made);
  return made;
}

/** Formats a time of day with the locale's digits and 12 or 24 hours: "9:00 AM", "09:00". */
export function formatWallTime(locale: string, { hour, minute }: WallTime): string {
  const instant = minuteOfDay({ hour, minute }) * MINUTE_MS;
  return formatter(locale, { timeStyle: "short" }).format(instant);
}

/** Format options. Without time zone name, because Intl would print that of the UTC it is given. */
export interface InstantOptions extends Omit<Intl.DateTimeFormatOptions, "timeZone" | "timeZoneName"> {
  timeStyle?: "short" | "medium";
}

/** Formats a time (epoch milliseconds) in a time zone, using our zone data instead of the runtime's. */
export function formatInstant(
  locale: string,
  instantMs: number,
  timezone: string,
  options: InstantOptions,
): string {
  return formatter(locale, options).format(wallClockAt(timezone, instantMs));
}

/** Formats an epoch day (days since 1970-01-01). */
export function formatDay(locale: string, day: number, options: Intl.DateTimeFormatOptions): string {
  return formatter(locale, options).format(day * DAY_MS);
}

/** Formats a range of epoch days, both inclusive: "23 – 29 November 2026". */
export function formatDays(
  locale: string,
  first: number,
  last: number,
  options: Intl.DateTimeFormatOptions,
): string {
  return formatter(locale, options).formatRange(first * DAY_MS, last * DAY_MS);
}

/** Returns the name of a weekday: 0 is Monday, 6 is Sunday. */
export function weekdayName(
  locale: string,
  index: number,
  width: "long" | "short" | "narrow" = "long",
): string {
  // Epoch day 4 was a Monday.
  return formatDay(locale, 4 + index, { weekday: width });
}

/** Returns the standalone name of a month (1–12). */
export function monthName(locale: string, month: number, width: "long" | "short" = "long"): string {
  return formatter(locale, { month: width }).format(Date.UTC(2000, month - 1, 1));
}

/** Formats a year with the locale's digits. */
export function yearName(locale: string, year: number): string {
  return formatter(locale, { year: "numeric" }).format(Date.UTC(year, 6, 1));
}

/** Formats a yearly date, such as "25 December". */
export function formatMonthDay(
  locale: string,
  { month, day }: { month: number; day: number },
  width: "long" | "short" = "long",
): string {
  // 2000 was a leap year, so February 29 works.
  return formatter(locale, { day: "numeric", month: width }).format(Date.UTC(2000, month - 1, day));
}

/** Outdated zone ids that browsers still use, and the current ones. */
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

/** Returns the current id of a zone, such as "Asia/Kathmandu" for "Asia/Katmandu". */
export function currentZoneId(timezone: string): string {
  return renamed[timezone] ?? timezone;
}

/** Returns a readable zone name: "America/St Johns". */
export function zoneName(timezone: string): string {
  return currentZoneId(timezone).replaceAll("_", " ");
}

/** Returns whether the locale writes the month before the day, as in "December 25". */
export function isMonthFirst(locale: string): boolean {
  const parts = formatter(locale, { day: "numeric", month: "long" })
    .formatToParts(0)
    .map(({ type }) => type);
  return parts.indexOf("month") < parts.indexOf("day");
}
