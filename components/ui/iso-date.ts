import { type CalendarDate, GregorianCalendar, parseDate, toCalendar } from "@internationalized/date";

/** Parses an ISO date such as `2026-05-31`; returns null if it is not valid. */
export function dateOf(iso: string | null | undefined): CalendarDate | null {
  if (!iso) return null;
  try {
    return parseDate(iso);
  } catch {
    return null;
  }
}

const gregorian = new GregorianCalendar();

/** Formats a date of any calendar as an ISO date such as `2026-05-31`. */
export function isoOf(date: CalendarDate): string {
  return toCalendar(date, gregorian).toString();
}
