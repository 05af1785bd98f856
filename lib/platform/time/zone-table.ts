import type { ZoneOffsets } from "./zone-offsets";

/** The zones of one release of the IANA database. */
export interface ZoneTable {
  /** Such as "2026f". */
  readonly release: string;
  /** All names, aliases too, as the database spells them. */
  readonly names: readonly string[];
  /** Those of the names that are worth offering: of a city in a country, and UTC. */
  readonly listed: readonly string[];
  /** The zone of a name or an alias, in any letter case; undefined when there is none. */
  readonly find: (name: string) => ZoneOffsets | undefined;
}

/** Makes a table of the zones by their names. */
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

/** Kept on the global object: a bundler may load this module more than once in one process. */
const shared = globalThis as { rollcallZones?: ZoneTable | (() => ZoneTable) };

/** Gives this process, or this page, the zone data that everything in it goes by. */
export function provideZones(table: ZoneTable): void {
  shared.rollcallZones = table;
}

/** The same with data that is read when it is first asked for. */
export function provideZonesLater(read: () => ZoneTable): void {
  shared.rollcallZones = read;
}

/** Whether zone data has been provided. */
export function hasZones(): boolean {
  return shared.rollcallZones !== undefined;
}

/** The zone data of this process or page. Throws an Error when none has been provided. */
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
 * The zone of a name. A name that the zone data does not have stands for UTC, so that one row with such a name spoils no
 * list; who shows its time says so (see isTimeZone).
 */
export function zoneOf(name: string): ZoneOffsets {
  return zoneTable().find(name) ?? utc;
}

/** Letters of a release, in the order of the year: releases come about every two months, and their names give no month. */
const MONTHS_PER_LETTER = 2;

/**
 * Whether a release such as "2026f" is over a year old at an instant (epoch milliseconds). When it came out is estimated
 * from its letter: "a" in January, "b" in March, "f" in November and later ones in December.
 */
export function isOldRelease(release: string, now: number): boolean {
  const [, year = "", letter = ""] = /^(\d{4})([a-z])/.exec(release) ?? [];
  const month = Math.min((letter.charCodeAt(0) - 97) * MONTHS_PER_LETTER, 11);
  return now >= Date.UTC(Number(year) + 1, month, 1);
}
