import { MINUTE_MS } from "./calendar";
import { offsetIn } from "./zone-offsets";
import { zoneOf } from "./zone-table";

/**
 * Returns a zone's UTC offset in milliseconds at a time (epoch milliseconds), negative west of Greenwich.
 * Uses our zone data, not the runtime's. 0 for an unknown zone (see `zoneOf`).
 */
export function offsetAt(timezone: string, instantMs: number): number {
  return offsetIn(zoneOf(timezone), instantMs);
}

/** Returns the offset in minutes, for display. */
export function offsetMinutes(timezone: string, instantMs: number): number {
  return Math.round(offsetAt(timezone, instantMs) / MINUTE_MS);
}
