import { zoneTable } from "./zone-table";

/**
 * Whether the value names a zone of the IANA database, or an alias of one, that the product's zone data has.
 *
 * Letter case does not matter, and the caller keeps the value as it was sent. Names that only JavaScript engines know
 * (`PST`, `SystemV/EST5`, `US/Pacific-New`) are refused, and so are offsets (`+02:00`, `GMT+2`): they have no
 * daylight-saving rules, so a schedule in one would be wrong for half of the year. `Etc/GMT+5` is a name of the database.
 */
export function isTimeZone(value: string): boolean {
  return zoneTable().find(value) !== undefined;
}
