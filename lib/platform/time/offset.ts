import { MINUTE_MS } from "./calendar";
import { offsetIn } from "./zone-offsets";
import { zoneOf } from "./zone-table";

/**
 * How many milliseconds a zone's clocks are ahead of UTC at an instant (epoch milliseconds); negative west of it. By the
 * product's own zone data, whatever the runtime has. 0 for a zone that the data doesn't know: see zoneOf.
 */
export function offsetAt(timezone: string, instantMs: number): number {
  return offsetIn(zoneOf(timezone), instantMs);
}

/** The same in minutes, for what is shown. */
export function offsetMinutes(timezone: string, instantMs: number): number {
  return Math.round(offsetAt(timezone, instantMs) / MINUTE_MS);
}
