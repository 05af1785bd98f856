import { localDay, neighborDay } from "@/components/availability/timeline/day";
import { epochDay, isoDate, weekdayIndex } from "@/lib/platform/time/calendar";
import type { Interval } from "@/lib/platform/time/interval";

export const lengths = ["week", "day"] as const;
export type Length = (typeof lengths)[number];

/** Local days in a zone, both inclusive, with the instants at which they start and end. */
export interface Period extends Interval {
  readonly timezone: string;
  readonly first: number;
  readonly last: number;
  /** Each day with its bounds. Omits days that the zone skipped. */
  readonly days: readonly { readonly day: number; readonly start: number; readonly end: number }[];
}

/** Returns the epoch day of an ISO date; null if it is invalid or outside of 1971 to 2198, the range of the API. */
export function dayOfIso(iso: string | null | undefined): number | null {
  if (!iso || !/^\d{4}-\d{2}-\d{2}$/.test(iso)) return null;
  const day = epochDay(iso);
  return Number.isInteger(day) && isoDate(day) === iso && iso >= "1971-01-01" && iso < "2199-01-01"
    ? day
    : null;
}

/** Returns the week (Monday to Sunday) or day that contains a date. */
export function periodAround(day: number, length: Length, timezone: string): Period {
  const first = length === "week" ? day - weekdayIndex(day) : day;
  const last = length === "week" ? first + 6 : first;
  const days = [];
  for (let each = first; each <= last; each++) {
    const bounds = localDay(timezone, each);
    if (bounds.start < bounds.end) days.push(bounds);
  }
  const start = days[0]?.start ?? 0;
  return { timezone, first, last, days, start, end: days.at(-1)?.end ?? start };
}

/** Returns a date in the next or previous period. */
export function stepped({ first, timezone }: Period, length: Length, step: 1 | -1): number {
  return length === "week" ? first + 7 * step : neighborDay(timezone, first, step);
}
