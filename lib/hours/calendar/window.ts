import { DAY_MS } from "@/lib/platform/time/calendar";
import { MAX_OFFSET_MS } from "@/lib/platform/time/wall-clock";
import type { CompiledHours } from "./compile";

// Bounds on the dates that can affect a time. They hold for all time zones.

const FIRST_INSTANT_MS = Date.parse("0001-01-01T00:00:00Z");
const LAST_INSTANT_MS = Date.parse("9999-12-31T23:59:59.999Z");

/** Throws a `RangeError` outside the years 1 to 9999. */
export function assertInstant(instantMs: number): void {
  if (!(instantMs >= FIRST_INSTANT_MS && instantMs <= LAST_INSTANT_MS))
    throw new RangeError(`${instantMs} is not an instant of the years 1 to 9999 in epoch milliseconds`);
}

/** Returns a lower bound for the start of any shift on or after the day. */
export function earliestStartOn(day: number): number {
  return day * DAY_MS - MAX_OFFSET_MS;
}

/** Returns the last local day whose shifts may have started by a time. */
export function lastDayToStartBy(instantMs: number): number {
  return Math.floor((instantMs + MAX_OFFSET_MS) / DAY_MS);
}

/**
 * Returns the first local day whose shifts may be in progress at a time: they end by the end of the following
 * day, or when the next date starts in another zone, which can be 26 hours behind.
 */
export function firstDayToReach({ changesZone }: CompiledHours, instantMs: number): number {
  return Math.floor((instantMs - MAX_OFFSET_MS) / DAY_MS) - (changesZone ? 3 : 1);
}
