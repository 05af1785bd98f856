import { DAY_MS, MINUTE_MS } from "./calendar";
import type { Interval } from "./interval";
import { offsetAt } from "./offset";
import { offsetIn, type ZoneOffsets } from "./zone-offsets";
import { zoneOf } from "./zone-table";

/**
 * The largest offset ever used is below this (Manila before 1845: −15:56; Juneau before 1867: +15:02). A
 * wall-clock time is therefore within this distance of the same time in UTC.
 */
export const MAX_OFFSET_MS = 16 * 3_600_000;

/** The wall clock of a zone. Days are local epoch days (days since 1970-01-01). */
export interface ZoneClock {
  /**
   * Returns the interval from minute `from` to minute `to` of the day (0–1439), on the next day if `to` is not
   * later. A time in a gap moves forward by the gap; the first of two equal times counts (Temporal's
   * "compatible"). Null if nothing remains or the zone skipped the day, as Samoa skipped 2011-12-30.
   */
  readonly span: (day: number, from: number, to: number) => Interval | null;
  /** Whether the zone skipped the whole day; see `span`. */
  readonly isSkipped: (day: number) => boolean;
}

/** Returns the local date at a time (epoch milliseconds): `YYYY-MM-DD`. */
export function localDate(timezone: string, instantMs: number): string {
  return new Date(wallClockAt(timezone, instantMs)).toISOString().slice(0, 10);
}

/**
 * Returns the local time in a zone, encoded as if it were UTC (epoch milliseconds). Divided by `DAY_MS` and
 * rounded down, it is the local epoch day.
 */
export function wallClockAt(timezone: string, instantMs: number): number {
  return instantMs + offsetAt(timezone, instantMs);
}

/** Maximum number of cached days of a zone: the most that is asked for at once, several times over. */
const MAX_DAYS = 1_000;

/** By zone, not by name: clients can send names in any case. */
const clocks = new WeakMap<ZoneOffsets, ZoneClock>();

/** Returns the clock of a zone, or UTC for an unknown zone (see `zoneOf`). */
export function zoneClock(timezone: string): ZoneClock {
  const zone = zoneOf(timezone);
  const known = clocks.get(zone);
  if (known) return known;
  const clock = createZoneClock(zone);
  clocks.set(zone, clock);
  return clock;
}

function createZoneClock(zone: ZoneOffsets): ZoneClock {
  const offsetAtMidnight = cached((utcDay) => offsetIn(zone, utcDay * DAY_MS));

  /**
   * The offset during every span that starts on the day, or null if there are several. Such a span lies
   * between the UTC midnights `day - 1` and `day + 3`. No zone ever changed and reverted between two
   * midnights, so equal offsets at all four mean no change. This fast path is a hundred times faster.
   */
  const steadyOffset = cached((day) => {
    const offset = offsetAtMidnight(day - 1);
    for (let next = day; next <= day + 3; next++) if (offsetAtMidnight(next) !== offset) return null;
    return offset;
  });

  /**
   * Converts a local time (encoded as UTC) to real time. Only the offsets a day before and after are
   * candidates. If both fit, the first counts; if neither does, the time is in a gap and moves forward.
   */
  function resolve(wallMs: number): number {
    const before = offsetIn(zone, wallMs - DAY_MS);
    const after = offsetIn(zone, wallMs + DAY_MS);
    const instants = [before, after]
      .filter((offset) => offsetIn(zone, wallMs - offset) === offset)
      .map((offset) => wallMs - offset);
    return instants.length > 0 ? Math.min(...instants) : wallMs - before;
  }

  const localDay = (instantMs: number) => Math.floor((instantMs + offsetIn(zone, instantMs)) / DAY_MS);

  const isSkipped = cached((day) => {
    if (steadyOffset(day) !== null) return false;
    const lastMinute = (day + 1) * DAY_MS - MINUTE_MS;
    return localDay(resolve(day * DAY_MS)) !== day && localDay(resolve(lastMinute)) !== day;
  });

  return {
    span(day, from, to) {
      const wallStart = day * DAY_MS + from * MINUTE_MS;
      const wallEnd = (to > from ? day : day + 1) * DAY_MS + to * MINUTE_MS;
      const offset = steadyOffset(day);
      if (offset !== null) return { start: wallStart - offset, end: wallEnd - offset };
      if (isSkipped(day)) return null;
      const start = resolve(wallStart);
      const end = resolve(wallEnd);
      return start < end ? { start, end } : null;
    },
    isSkipped,
  };
}

/** Memoizes a function of the day, with a bounded cache. */
function cached<T>(compute: (day: number) => T): (day: number) => T {
  const answers = new Map<number, T>();
  return (day) => {
    const known = answers.get(day);
    if (known !== undefined) return known;
    if (answers.size >= MAX_DAYS) answers.clear();
    const answer = compute(day);
    answers.set(day, answer);
    return answer;
  };
}
