import { zoneTable } from "./zone-table";

/**
 * Returns whether a value is an id or alias in the zone data, ignoring case. Rejects offsets (`+02:00`,
 * `GMT+2`), which have no daylight saving time, and names only JavaScript engines know (`PST`). `Etc/GMT+5`
 * is an IANA id and accepted.
 */
export function isTimeZone(value: string): boolean {
  return zoneTable().find(value) !== undefined;
}
