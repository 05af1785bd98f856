import type { Spans } from "@/lib/availability/spans/contract";
import { DAY_MS, MINUTE_MS } from "@/lib/platform/time/calendar";
import { wallClockAt, zoneClock } from "@/lib/platform/time/wall-clock";

type Span = Spans["results"][number];

/** A local day, in epoch milliseconds; `end` is exclusive. It lasts 23 to 25 hours where clocks change. */
export interface LocalDay {
  /** Days since 1970-01-01. */
  day: number;
  start: number;
  end: number;
}

/** Returns the epoch day of a time (epoch milliseconds) in a zone. */
export function dayAt(timezone: string, instant: number): number {
  return Math.floor(wallClockAt(timezone, instant) / DAY_MS);
}

/** Returns the bounds of a local day. A day that the zone skipped has a length of zero. */
export function localDay(timezone: string, day: number): LocalDay {
  const clock = zoneClock(timezone);
  const span = clock.span(day, 0, 0);
  if (span) return { day, ...span };
  const after = clock.span(day + 1, 0, 0)?.start ?? 0;
  return { day, start: after, end: after };
}

/** Returns the nearest day in this direction that the zone did not skip. */
export function neighborDay(timezone: string, day: number, step: 1 | -1): number {
  const next = day + step;
  return zoneClock(timezone).isSkipped(next) ? neighborDay(timezone, next, step) : next;
}

/** A mark on the time axis: the local minute of the day, and its place from 0 to 1. */
export interface Tick {
  minute: number;
  place: number;
}

/** Returns a mark every `hours` local hours, except at the start of the day. Skipped times have no mark. */
export function ticksOf(timezone: string, { day, start, end }: LocalDay, hours: number): Tick[] {
  const ticks: Tick[] = [];
  for (let minute = hours * 60; minute < 1440; minute += hours * 60) {
    const instant = zoneClock(timezone).span(day, minute, 0)?.start;
    if (instant === undefined || instant >= end) continue;
    const wall = wallClockAt(timezone, instant) - day * DAY_MS;
    if (wall === minute * MINUTE_MS) ticks.push({ minute, place: (instant - start) / (end - start) });
  }
  return ticks;
}

/** A part of the day with one value, in epoch milliseconds. */
export interface Block<Value extends string> {
  value: Value;
  from: number;
  to: number;
}

/** Returns the values of one property over a day. Adjacent equal values are merged into one block. */
export function blocksOf<Property extends "status" | "activity">(
  spans: readonly Span[],
  property: Property,
  readAt: number,
): Block<Span[Property]>[] {
  const blocks: Block<Span[Property]>[] = [];
  for (const span of spans) {
    const [from, to] = [Date.parse(span.from), span.to === undefined ? readAt : Date.parse(span.to)];
    const last = blocks.at(-1);
    if (last && last.value === span[property] && last.to === from) last.to = to;
    else blocks.push({ value: span[property], from, to });
  }
  return blocks;
}

/**
 * Returns the minutes between the local clock times of two instants (epoch milliseconds), so that durations
 * match the times next to them.
 */
export function minutesBetween(from: number, to: number): number {
  return Math.floor(to / MINUTE_MS) - Math.floor(from / MINUTE_MS);
}

/** Returns the minutes of each value, in the order of `values`. Values without time are left out. */
export function totalsOf<Value extends string>(
  blocks: readonly Block<Value>[],
  values: readonly Value[],
): { value: Value; minutes: number }[] {
  return values.flatMap((value) => {
    const held = blocks.filter((block) => block.value === value);
    if (held.length === 0) return [];
    return [{ value, minutes: held.reduce((sum, { from, to }) => sum + minutesBetween(from, to), 0) }];
  });
}
