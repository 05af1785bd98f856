import { type CalendarDate, GregorianCalendar, parseDate, toCalendar } from "@internationalized/date";

/** The day that `2026-05-31` names; null for what names none. */
export function dateOf(iso: string | null | undefined): CalendarDate | null {
  if (!iso) return null;
  try {
    return parseDate(iso);
  } catch {
    return null;
  }
}

const gregorian = new GregorianCalendar();

/** A day of whichever calendar as `2026-05-31`. */
export function isoOf(date: CalendarDate): string {
  return toCalendar(date, gregorian).toString();
}
