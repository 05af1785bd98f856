import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

// The reference for tests of lib/platform/time: TZif files of Debian's tzdata, parsed by RFC 9636 and POSIX.
// Shares no data or code with it. scripts/testing/collect-tzif.ts creates the archive.

interface Archive {
  release: string;
  zones: { names: string[]; tzif: string }[];
}

const archive: Archive = JSON.parse(
  gunzipSync(readFileSync(new URL("tzif.json.gz", import.meta.url))).toString(),
);

interface Zone {
  first: number;
  /** Seconds since 1970. */
  times: number[];
  /** Seconds ahead of UTC after each time. */
  offsets: number[];
  footer: string;
}

const zones = new Map<string, Zone>();
for (const { names, tzif } of archive.zones) {
  const zone = parse(Buffer.from(tzif, "hex"));
  for (const name of names) zones.set(name.toLowerCase(), zone);
}

/** The IANA release of the files. */
export const tzifRelease = archive.release;

/** All names with a file. */
export const tzifNames = archive.zones.flatMap(({ names }) => names);

function parse(file: Buffer): Zone {
  const counts = (at: number) =>
    Array.from({ length: 6 }, (_, index) => file.readInt32BE(at + 20 + 4 * index));
  const [ut = 0, std = 0, leap = 0, time = 0, type = 0, char = 0] = counts(0);
  // The first block has 32-bit times for old readers.
  const second = 44 + time * 5 + type * 6 + char + leap * 8 + std + ut;
  const [ut2 = 0, std2 = 0, leap2 = 0, count = 0, types = 0, chars = 0] = counts(second);
  const start = second + 44;
  const kinds = start + count * 9;
  const offsetOf = (index: number) => file.readInt32BE(kinds + 6 * index);
  return {
    first: offsetOf(0),
    times: Array.from({ length: count }, (_, index) => Number(file.readBigInt64BE(start + 8 * index))),
    offsets: Array.from({ length: count }, (_, index) => offsetOf(file.readUInt8(start + 8 * count + index))),
    footer: file
      .subarray(kinds + types * 6 + chars + leap2 * 12 + std2 + ut2)
      .toString()
      .trim(),
  };
}

function zoneNamed(name: string): Zone {
  const zone = zones.get(name.toLowerCase());
  if (!zone) throw new Error(`There is no TZif file for ${name}.`);
  return zone;
}

/** Returns the UTC offset in milliseconds at a time (epoch milliseconds). */
export function tzifOffset(name: string, instantMs: number): number {
  const zone = zoneNamed(name);
  const seconds = Math.floor(instantMs / 1000);
  if (seconds >= (zone.times.at(-1) ?? Number.NEGATIVE_INFINITY) && zone.footer !== "")
    return footerOffset(zone.footer, seconds) * 1000;
  let low = 0;
  let high = zone.times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((zone.times[middle] ?? 0) <= seconds) low = middle + 1;
    else high = middle;
  }
  return (zone.offsets[low - 1] ?? zone.first) * 1000;
}

/** Returns the transition times in the file (epoch milliseconds). */
export function tzifTimes(name: string): number[] {
  return zoneNamed(name).times.map((time) => time * 1000);
}

const name = "(?:<[^>]+>|[A-Za-z]+)";
const clock = "[+-]?\\d+(?::\\d+){0,2}";
const posix = new RegExp(`^${name}(${clock})(?:${name}(${clock})?,M(.+),M(.+))?$`);

function duration(text: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = text.replace(/^[+-]/, "").split(":").map(Number);
  return (text.startsWith("-") ? -1 : 1) * ((hours * 60 + minutes) * 60 + seconds);
}

/**
 * Parses `EST5EDT,M3.2.0,M11.1.0`: offsets west of UTC, then start and end of daylight saving time in the
 * time before each.
 */
function footerOffset(text: string, seconds: number): number {
  const [, west, summerWest, start, end] = posix.exec(text) ?? [];
  if (west === undefined) throw new Error(`A footer that can't be read: ${text}`);
  const winter = 0 - duration(west);
  if (start === undefined || end === undefined) return winter;
  const summer = summerWest === undefined ? winter + 3600 : 0 - duration(summerWest);
  const year = new Date((seconds + winter) * 1000).getUTCFullYear();
  const from = ruleTime(year, start) - winter;
  const to = ruleTime(year, end) - summer;
  const isSummer = from < to ? seconds >= from && seconds < to : seconds >= from || seconds < to;
  return isSummer ? summer : winter;
}

/**
 * Parses `3.2.0/2`: month, week (5 is the last), weekday (0 is Sunday), time. Returns local seconds since
 * 1970.
 */
function ruleTime(year: number, rule: string): number {
  const [date = "", time = "2"] = rule.split("/");
  const [month = 1, week = 1, weekday = 0] = date.split(".").map(Number);
  const first = new Date(Date.UTC(year, month - 1, 1)).getUTCDay();
  let day = 1 + ((weekday - first + 7) % 7) + 7 * (week - 1);
  while (day > new Date(Date.UTC(year, month, 0)).getUTCDate()) day -= 7;
  return Date.UTC(year, month - 1, day) / 1000 + duration(time);
}
