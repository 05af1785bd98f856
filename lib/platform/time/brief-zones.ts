import type { ZoneOffsets } from "./zone-offsets";
import type { YearlyChange } from "./zone-rule";
import { createZoneTable, type ZoneTable } from "./zone-table";

/**
 * Compact zone data for pages: ids with the same offsets since a given time share an entry. Times and offsets
 * are in seconds; the first offset also applies to earlier times.
 */
export interface BriefZones {
  release: string;
  zones: BriefZone[];
}

interface BriefZone {
  /** Ids separated by spaces: those to offer, then the others. */
  names: [listed: string, others: string];
  /** The first offset, then pairs of transition time and new offset. */
  offsets: number[];
  /** The first year of the rule, then the fields of each yearly change. */
  rule?: [fromYear: number, ...changes: number[][]];
}

/** Returns the part of a table that matters from `sinceMs` (epoch milliseconds) on. */
export function briefZones(table: ZoneTable, sinceMs: number): BriefZones {
  const listed = new Set(table.listed);
  const found = new Map<string, BriefZone>();
  for (const name of table.names) {
    const zone = table.find(name);
    if (!zone) continue;
    const clocks = briefOffsets(zone, sinceMs);
    const key = JSON.stringify(clocks);
    const alike = found.get(key) ?? { names: ["", ""], ...clocks };
    const list = listed.has(name) ? 0 : 1;
    alike.names[list] += `${alike.names[list] === "" ? "" : " "}${name}`;
    found.set(key, alike);
  }
  return { release: table.release, zones: [...found.values()] };
}

/** Restores a table from its compact form. */
export function readBriefZones({ release, zones }: BriefZones): ZoneTable {
  const all = new Map<string, ZoneOffsets>();
  const listed: string[] = [];
  const split = (names: string) => (names === "" ? [] : names.split(" "));
  for (const { names, ...clocks } of zones) {
    const zone = fullOffsets(clocks);
    listed.push(...split(names[0]));
    for (const name of [...split(names[0]), ...split(names[1])]) all.set(name, zone);
  }
  return createZoneTable(release, all, listed);
}

function briefOffsets({ first, transitions, rule }: ZoneOffsets, sinceMs: number): Omit<BriefZone, "names"> {
  const index = transitions.findLastIndex(({ at }) => at <= sinceMs);
  const offsets = [(transitions[index]?.offset ?? first) / 1_000];
  for (const { at, offset } of transitions.slice(index + 1)) offsets.push(at / 1_000, offset / 1_000);
  if (!rule) return { offsets };
  // Start an older rule in the year of `sinceMs`, so that zones with the same rule share an entry.
  const fromYear = Math.max(rule.fromYear, new Date(sinceMs).getUTCFullYear());
  const changes = rule.changes.map(({ month, day, weekday, time, offset }) => [
    month,
    day,
    weekday,
    time / 1_000,
    offset / 1_000,
  ]);
  return {
    offsets: fromYear > rule.fromYear ? [(rule.changes.at(-1)?.offset ?? first) / 1_000] : offsets,
    rule: [fromYear, ...changes],
  };
}

function fullOffsets({ offsets, rule }: Omit<BriefZone, "names">): ZoneOffsets {
  const [first = 0, ...pairs] = offsets.map((seconds) => seconds * 1_000);
  const transitions = [];
  for (let index = 0; index + 1 < pairs.length; index += 2)
    transitions.push({ at: pairs[index] ?? 0, offset: pairs[index + 1] ?? 0 });
  if (!rule) return { first, transitions };
  const [fromYear, ...changes] = rule;
  return {
    first,
    transitions,
    rule: {
      fromYear,
      changes: changes.map(
        ([month = 0, day = 0, weekday = 0, time = 0, offset = 0]): YearlyChange => ({
          month,
          day,
          weekday,
          time: time * 1_000,
          offset: offset * 1_000,
        }),
      ),
    },
  };
}
