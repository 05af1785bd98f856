import { DAY_MS, MINUTE_MS } from "./calendar";
import { offsetIn, transitionsIn } from "./zone-offsets";
import { zoneOf } from "./zone-table";

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

/** The changes of a zone's clocks in [fromMs, fromMs + days), earliest first. None for an unknown zone. */
export function clockChanges(timezone: string, fromMs: number, days: number): ClockChange[] {
  const zone = zoneOf(timezone);
  return transitionsIn(zone, fromMs, fromMs + days * DAY_MS).map(({ at, offset }) => {
    const before = offsetIn(zone, at - 1);
    return {
      instant: at,
      minutes: (offset - before) / MINUTE_MS,
      day: Math.floor((at + before) / DAY_MS),
      before: minuteOfDay(at + before),
      after: minuteOfDay(at + offset),
    };
  });
}

function minuteOfDay(wallMs: number): number {
  return Math.floor((wallMs - Math.floor(wallMs / DAY_MS) * DAY_MS) / MINUTE_MS);
}
