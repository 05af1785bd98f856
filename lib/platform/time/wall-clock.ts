import { DAY_MS, MINUTE_MS } from "./calendar";
import type { Interval } from "./interval";
import { offsetAt } from "./offset";
import { offsetIn } from "./zone-offsets";
import { type ZoneTable, zoneOf, zoneTable } from "./zone-table";

/**
 * No zone was ever further from UTC than this (Manila before 1845: −15:56; Juneau before 1867: +15:02). So
 * the instant of a wall-clock time lies within this distance of the same figures read as UTC.
 */
export const MAX_OFFSET_MS = 16 * 3_600_000;

/** Minutes of a wall-clock day (0–1439), from the first to the last, both of them included. */
export interface MinuteRange {
  readonly first: number;
  readonly last: number;
}

const LAST_MINUTE = 1439;

/** The wall clocks of one time zone. Days are local calendar days counted from 1970-01-01. */
export interface ZoneClock {
  /**
   * The stretch of real time from one wall-clock time to the next occurrence of another: minutes of the day
   * (0–1439), `from` on the day given, `to` on that day or, when it is not later than `from`, on the day after.
   *
   * A time that does not exist moves forward by the gap; of a time that exists twice the first is meant (what
   * Temporal calls "compatible"). Null when nothing is left between the two, and when the zone skipped the day as
   * a whole (Samoa went from 29 to 31 December 2011): on a day that never came nothing starts.
   */
  readonly span: (day: number, from: number, to: number) => Interval | null;
  /**
   * The minutes of the day that have come by an instant (epoch milliseconds), in ascending ranges that don't touch.
   * Times that don't exist or exist twice: see `span`. On a day with a gap there may be several ranges, since a time in
   * the gap moves forward, beyond times that are later on the clock.
   */
  readonly minutesCome: (day: number, instantMs: number) => readonly MinuteRange[];
  /** Whether the zone skipped the day as a whole: see `span`. */
  readonly isSkipped: (day: number) => boolean;
}

/** The date on the wall clock of a zone at an instant (epoch milliseconds): `YYYY-MM-DD`. */
export function localDate(timezone: string, instantMs: number): string {
  return new Date(wallClockAt(timezone, instantMs)).toISOString().slice(0, 10);
}

/**
 * What the wall clock of a zone shows at an instant (epoch milliseconds), given as if its figures were UTC. Divided by
 * `DAY_MS` and rounded down it is the local calendar day counted from 1970-01-01.
 */
export function wallClockAt(timezone: string, instantMs: number): number {
  return instantMs + offsetAt(timezone, instantMs);
}

/**
 * Bounds of the caches. A zone name comes from requests in any mixture of case, so it must not fill memory; an
 * entry costs about 10 µs to make again.
 */
const MAX_ZONES = 1_000;
const MAX_DAYS = 20_000;

const zones = new Map<string, ZoneClock>();
let remembered: ZoneTable | undefined;

/** The clock of an IANA zone (see isTimeZone); of an unknown one that of UTC (see zoneOf). */
export function zoneClock(timezone: string): ZoneClock {
  const table = zoneTable();
  if (table !== remembered) zones.clear();
  remembered = table;
  const known = zones.get(timezone);
  if (known) return known;
  if (zones.size >= MAX_ZONES) zones.clear();
  const clock = createZoneClock(timezone);
  zones.set(timezone, clock);
  return clock;
}

function createZoneClock(timezone: string): ZoneClock {
  const zone = zoneOf(timezone);
  const offsetAtMidnight = cached((utcDay) => offsetIn(zone, utcDay * DAY_MS));

  /**
   * The offset in force during everything that starts on the day, when there is just one; else null.
   *
   * A shift starts and ends within [day, day + 2) by the wall clock, so in reality within MAX_OFFSET_MS of that:
   * between the UTC midnights of the day before and three days after. Is the offset the same at all of these, the zone
   * is taken to keep it in between (none ever left an offset and came back between two UTC midnights), and the
   * wall clock is then UTC shifted. Everything else asks for the offsets around, which costs a hundred times more.
   */
  const steadyOffset = cached((day) => {
    const offset = offsetAtMidnight(day - 1);
    for (let next = day; next <= day + 3; next++) if (offsetAtMidnight(next) !== offset) return null;
    return offset;
  });

  /**
   * The instant at which the wall clock shows these figures, given as if they were UTC. Only the offsets before and after
   * can lead there. Of two instants the first is meant; where neither shows the figures, they lie in a gap, and with the
   * offset before it they move forward by just the gap.
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

  /**
   * The day in stretches of minutes that are the same distance from UTC. One that begins and ends at a distance is taken
   * to keep it in between: no zone ever left an offset and came back within a day.
   */
  const stretches = cached((day) => {
    const steady = steadyOffset(day);
    if (steady !== null) return [{ first: 0, last: LAST_MINUTE, offset: steady }];
    const offsetOf = (minute: number) => {
      const wall = day * DAY_MS + minute * MINUTE_MS;
      return wall - resolve(wall);
    };
    const found: (MinuteRange & { offset: number })[] = [];
    for (let first = 0; first <= LAST_MINUTE; ) {
      const offset = offsetOf(first);
      let last = LAST_MINUTE;
      if (offsetOf(last) !== offset) {
        let low = first;
        while (last - low > 1) {
          const middle = Math.floor((low + last) / 2);
          if (offsetOf(middle) === offset) low = middle;
          else last = middle;
        }
        last = low;
      }
      found.push({ first, last, offset });
      first = last + 1;
    }
    return found;
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
    minutesCome(day, instantMs) {
      const come: MinuteRange[] = [];
      for (const { first, last: end, offset } of stretches(day)) {
        const last = Math.min(end, Math.floor((instantMs + offset - day * DAY_MS) / MINUTE_MS));
        if (last < first) continue;
        const before = come.at(-1);
        if (before?.last === first - 1) come[come.length - 1] = { first: before.first, last };
        else come.push({ first, last });
      }
      return come;
    },
    isSkipped,
  };
}

/** Remembers the answers for a limited number of days. */
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
