import { DAY_MS, MINUTE_MS } from "./calendar";
import { offsetIn, transitionsIn } from "./zone-offsets";
import { zoneOf } from "./zone-table";

/** One forward or backward change of a zone's clocks. */
export interface ClockChange {
  /** Epoch milliseconds. */
  readonly instant: number;
  /** Minutes forward; negative for backward. */
  readonly minutes: number;
  /** The local epoch day of the change. */
  readonly day: number;
  /** Local minutes of the day (0–1439) before and after the change. */
  readonly before: number;
  readonly after: number;
}

/** Returns the clock changes in [fromMs, fromMs + days), ascending. None for an unknown zone. */
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
