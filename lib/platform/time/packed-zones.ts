import { MINUTE_MS } from "./calendar";
import type { ZoneOffsets } from "./zone-offsets";
import { lastRule, type Transition } from "./zone-rule";
import { createZoneTable, type ZoneTable } from "./zone-table";

// Format: moment-timezone's data/packed/latest.json, https://momentjs.com/timezone/docs/#/data-formats/

interface PackedZones {
  version: string;
  zones: string[];
  links: string[];
  /** Per country, the ids of its zones. */
  countries: string[];
}

/**
 * The tables repeat yearly rules until 2499; the last irregular transition is in 2087 (Ramadan in Morocco).
 */
const READ_UNTIL = Date.UTC(2150, 0, 1);

/** Parses zone data in moment-timezone's packed format. Throws an Error that names the problem. */
export function readPackedZones(value: unknown): ZoneTable {
  if (!isPacked(value))
    throw new Error("is not packed time zone data with version, zones, links and countries");
  const zones = new Map<string, ZoneOffsets>();
  for (const packed of value.zones) {
    const fields = packed.split("|");
    zones.set(fields[0] ?? "", unpackZone(fields));
  }
  for (const link of value.links) {
    const [target = "", alias = ""] = link.split("|");
    const zone = zones.get(target);
    if (!zone || alias === "") throw new Error(`has a link to an unknown zone: ${link}`);
    zones.set(alias, zone);
  }
  if (!zones.has("UTC")) throw new Error("has no zone UTC");
  const ofCountries = value.countries.flatMap((country) => country.split("|")[1]?.split(" ") ?? []);
  const listed = [...new Set([...ofCountries, "UTC"])].filter((name) => zones.has(name));
  return createZoneTable(value.version, zones, listed);
}

function isPacked(value: unknown): value is PackedZones {
  if (typeof value !== "object" || value === null) return false;
  const { version, zones, links, countries } = value as Record<string, unknown>;
  const isList = (list: unknown) => Array.isArray(list) && list.every((each) => typeof each === "string");
  const isRelease = typeof version === "string" && /^\d{4}[a-z]{1,2}$/.test(version);
  return isRelease && isList(zones) && isList(links) && isList(countries);
}

/** Parses `name|abbreviations|offsets|offset indices|durations|population`. */
function unpackZone([name = "", , offsetList = "", indices = "", lengths = ""]: string[]): ZoneOffsets {
  // Packed offsets are minutes west of UTC. Adding 0 turns -0 into 0.
  const offsets = offsetList.split(" ").map((each) => Math.round(-sexagesimal(each) * MINUTE_MS) + 0);
  const first = offsets[sexagesimal(indices.charAt(0))];
  const transitions: Transition[] = [];
  let minutes = 0;
  for (const length of lengths === "" ? [] : lengths.split(" ")) {
    minutes += sexagesimal(length);
    if (minutes * MINUTE_MS >= READ_UNTIL) break;
    const offset = offsets[sexagesimal(indices.charAt(transitions.length + 1))];
    transitions.push({ at: Math.round(minutes * MINUTE_MS), offset: offset ?? Number.NaN });
  }
  const isRead = [first, transitions.at(-1)?.at ?? 0, ...transitions.map(({ offset }) => offset)].every(
    (each) => each !== undefined && Number.isFinite(each),
  );
  if (first === undefined || !isRead || name === "")
    throw new Error(`has a malformed zone: ${name || "(unnamed)"}`);
  const rule = lastRule(transitions);
  const irregularUntil = rule ? Date.UTC(rule.fromYear, 0, 1) : Number.POSITIVE_INFINITY;
  return { first, transitions: transitions.filter(({ at }) => at < irregularUntil), rule };
}

const digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWX";
const values = new Map([...digits].map((digit, value) => [digit.charCodeAt(0), value]));
const [minus, point] = ["-".charCodeAt(0), ".".charCodeAt(0)];

/** Parses a base-60 number with optional sign and fraction; NaN if invalid. */
function sexagesimal(text: string): number {
  const isNegative = text.charCodeAt(0) === minus;
  let value = 0;
  let unit = 1;
  let isFraction = false;
  if (text === "") return Number.NaN;
  for (let position = isNegative ? 1 : 0; position < text.length; position++) {
    const code = text.charCodeAt(position);
    if (code === point && !isFraction) {
      isFraction = true;
      continue;
    }
    const digit = values.get(code);
    if (digit === undefined) return Number.NaN;
    if (isFraction) unit /= 60;
    value = isFraction ? value + digit * unit : value * 60 + digit;
  }
  return isNegative ? -value : value;
}
