import { tzifOffset } from "./tzif";

// Wall clocks for tests, minute by minute and without code or data of lib/platform/time.

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Returns the wall-clock time as a number: the milliseconds of the same date and time in UTC. */
export function wallClock(zone: string, instant: number): number {
  return instant + tzifOffset(zone, instant);
}

/** Evenly spaced times and the wall-clock time at each. */
export interface Walk {
  begin: number;
  step: number;
  walls: Float64Array;
}

/**
 * Samples the wall clock. Reads it every hour and at every step only in hours with a clock change. Steps are
 * half minutes where the offset has odd seconds (Africa/Monrovia until January 1972: −0:44:30).
 */
export function walk(zone: string, from: number, to: number): Walk {
  const begin = Math.floor(from / HOUR) * HOUR;
  const hours = Math.ceil((to - begin) / HOUR);
  const oddSeconds =
    wallClock(zone, begin) % MINUTE !== 0 || wallClock(zone, begin + hours * HOUR) % MINUTE !== 0;
  const step = oddSeconds ? MINUTE / 2 : MINUTE;
  const perHour = HOUR / step;
  const walls = new Float64Array(hours * perHour);
  let wall = wallClock(zone, begin);
  for (let hour = 0; hour < hours; hour++) {
    const start = begin + hour * HOUR;
    const next = wallClock(zone, start + HOUR);
    for (let index = 0; index < perHour; index++)
      walls[hour * perHour + index] =
        next - wall === HOUR ? wall + index * step : wallClock(zone, start + index * step);
    wall = next;
  }
  return { begin, step, walls };
}

/** Returns when the wall clock first shows a time; if it never does, the time moved forward by the gap. */
export function firstShown({ begin, step, walls }: Walk, wanted: number): number | null {
  const index = walls.indexOf(wanted);
  if (index >= 0) return begin + index * step;
  for (let later = 1; later < walls.length; later++) {
    const before = walls[later - 1] ?? 0;
    const after = walls[later] ?? 0;
    if (!(before < wanted && wanted < after)) continue;
    const gap = after - before - step;
    const moved = walls.indexOf(wanted + gap);
    return moved < 0 ? null : begin + moved * step;
  }
  return null;
}

const transitionsByZone = new Map<string, number[]>();

/** Returns the zone's offset changes from 1970 to 2040, by bisection between samples ten days apart. */
export function transitions(zone: string): number[] {
  const known = transitionsByZone.get(zone);
  if (known) return known;
  const offset = (instant: number) => wallClock(zone, instant) - instant;
  const found: number[] = [];
  const end = Date.UTC(2040, 11, 1);
  for (let low = Date.UTC(1970, 0, 10), before = offset(low); low < end; low += 10 * DAY) {
    const after = offset(low + 10 * DAY);
    if (after !== before) {
      let [left, right] = [low, low + 10 * DAY];
      while (right - left > SECOND) {
        const middle = Math.floor((left + right) / 2 / SECOND) * SECOND;
        if (offset(middle) === before) left = middle;
        else right = middle;
      }
      found.push(right);
    }
    before = after;
  }
  transitionsByZone.set(zone, found);
  return found;
}
