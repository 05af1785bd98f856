import { Temporal } from "temporal-polyfill";
import { DAY_MS, MINUTE_MS } from "./calendar";

/** One time that the clocks of a zone are put forward or back. */
export interface ClockChange {
  /** Epoch milliseconds. */
  readonly instant: number;
  /** By how many minutes the clocks go forward; negative when they go back. */
  readonly minutes: number;
  /** The local calendar day, counted from 1970-01-01, on which the clocks are changed. */
  readonly day: number;
  /** What the clocks show at that instant before and after, in minutes of the day (0–1439). */
  readonly before: number;
  readonly after: number;
}

/** The changes of a zone's clocks in [fromMs, fromMs + days), earliest first. Throws a RangeError for an unknown zone. */
export function clockChanges(timezone: string, fromMs: number, days: number): ClockChange[] {
  const end = fromMs + days * DAY_MS;
  const changes: ClockChange[] = [];
  // A change at the very start counts, and the search looks strictly later than where it stands.
  let at = Temporal.Instant.fromEpochMilliseconds(fromMs - 1).toZonedDateTimeISO(timezone);
  for (;;) {
    const next = at.getTimeZoneTransition("next");
    if (!next || next.epochMilliseconds >= end) return changes;
    at = next;
    const instant = next.epochMilliseconds;
    const offsetAfter = next.offsetNanoseconds / 1e6;
    const offsetBefore =
      Temporal.Instant.fromEpochMilliseconds(instant - 1).toZonedDateTimeISO(timezone).offsetNanoseconds /
      1e6;
    if (offsetAfter === offsetBefore) continue;
    const wallBefore = instant + offsetBefore;
    changes.push({
      instant,
      minutes: (offsetAfter - offsetBefore) / MINUTE_MS,
      day: Math.floor(wallBefore / DAY_MS),
      before: minuteOfDay(wallBefore),
      after: minuteOfDay(instant + offsetAfter),
    });
  }
}

function minuteOfDay(wallMs: number): number {
  return Math.floor((wallMs - Math.floor(wallMs / DAY_MS) * DAY_MS) / MINUTE_MS);
}
