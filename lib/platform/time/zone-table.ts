import type { ZoneOffsets } from "./zone-offsets";

/** The zones of one release of the IANA database. */
export interface ZoneTable {
  readonly release: string;
  /** All ids including aliases, with IANA's spelling. */
  readonly names: readonly string[];
  /** Ids to offer in a list: those of a country, and UTC. */
  readonly listed: readonly string[];
  /** Returns a zone by id or alias, ignoring case. */
  readonly find: (name: string) => ZoneOffsets | undefined;
}

export function createZoneTable(
  release: string,
  zones: ReadonlyMap<string, ZoneOffsets>,
  listed: readonly string[],
): ZoneTable {
  const folded = new Map([...zones].map(([name, zone]) => [name.toLowerCase(), zone]));
  return {
    release,
    names: [...zones.keys()],
    listed,
    find: (name) => zones.get(name) ?? folded.get(name.toLowerCase()),
  };
}

/** On the global object, because a bundler may load this module twice. */
const shared = globalThis as { rollcallZones?: ZoneTable | (() => ZoneTable) };

/** Sets the zone data of this process or page. */
export function provideZones(table: ZoneTable): void {
  shared.rollcallZones = table;
}

/** Like `provideZones`, but loads the data on first use. */
export function provideZonesLater(read: () => ZoneTable): void {
  shared.rollcallZones = read;
}

export function hasZones(): boolean {
  return shared.rollcallZones !== undefined;
}

/** Returns the current zone data. Throws an Error if none was provided. */
export function zoneTable(): ZoneTable {
  let zones = shared.rollcallZones;
  if (!zones) throw new Error("No time zone data has been provided yet.");
  if (typeof zones === "function") {
    zones = zones();
    shared.rollcallZones = zones;
  }
  return zones;
}

const utc: ZoneOffsets = { first: 0, transitions: [] };

/**
 * Returns a zone by id. Falls back to UTC for an unknown id, so that one bad row does not break a list; check
 * with `isTimeZone` before showing such a time.
 */
export function zoneOf(name: string): ZoneOffsets {
  return zoneTable().find(name) ?? utc;
}

/** Average number of months between releases. */
const MONTHS_PER_LETTER = 2;

/**
 * Returns whether a release such as "2026f" is over a year old at `now` (epoch milliseconds). Its month is
 * estimated from the letter: "a" is January, "b" March, "f" November, later ones December.
 */
export function isOldRelease(release: string, now: number): boolean {
  const [, year = "", letter = ""] = /^(\d{4})([a-z])/.exec(release) ?? [];
  const month = Math.min((letter.charCodeAt(0) - 97) * MONTHS_PER_LETTER, 11);
  return now >= Date.UTC(Number(year) + 1, month, 1);
}
