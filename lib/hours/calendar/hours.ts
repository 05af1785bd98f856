import { DAY_MS, MINUTE_MS } from "@/lib/platform/time/calendar";
import {
  clipIntervals,
  type Interval,
  mergeIntervals,
  subtractIntervals,
} from "@/lib/platform/time/interval";
import { MAX_OFFSET_MS } from "@/lib/platform/time/wall-clock";
import type { CompiledCalendar, PlannedShift } from "./compile";
import type { Span } from "./data";
import type { Because } from "./plan";
import type { TimeOffPeriod } from "./time-off";
import { assertInstant, firstDayToReach, lastDayToStartBy } from "./window";

/**
 * Returns whether an agent is in working hours at a time (epoch milliseconds): a shift is in progress and no time
 * off covers it. Throws `RangeError` outside the years 1 to 9999. Unknown time zones count as UTC.
 */
export function isInHours(calendar: CompiledCalendar, instantMs: number): boolean {
  return isPlannedAt(calendar, instantMs) && !calendar.timeOff().some((period) => covers(period, instantMs));
}

/** Like `isInHours`, but ignores time off. */
export function isPlannedAt(calendar: CompiledCalendar, instantMs: number): boolean {
  assertInstant(instantMs);
  if (worksAlways(calendar)) return true;
  const { changesZone } = calendar.hours;
  const last = lastDayToStartBy(instantMs);
  for (let day = firstDayToReach(calendar.hours, instantMs); day <= last; day++) {
    const spans = calendar.spansOn(day);
    if (spans.length === 0 || !(changesZone || spans.some((span) => mayCover(day, span, instantMs))))
      continue;
    for (const shift of calendar.dayOn(day).shifts) if (covers(shift, instantMs)) return true;
  }
  return false;
}

/** Returns whether a span can be in progress in any zone: a cheap test before reading the zone's clock. */
function mayCover(day: number, { from, to }: Span, instantMs: number): boolean {
  const start = day * DAY_MS + from * MINUTE_MS;
  const end = (to > from ? day : day + 1) * DAY_MS + to * MINUTE_MS;
  return start - MAX_OFFSET_MS <= instantMs && instantMs < end + MAX_OFFSET_MS;
}

/** Returns the planned shifts in progress at a time, before time off, in the order of their dates. */
export function runningShifts(calendar: CompiledCalendar, instantMs: number): PlannedShift[] {
  const days = { from: firstDayToReach(calendar.hours, instantMs), to: lastDayToStartBy(instantMs) };
  return plannedShifts(calendar, days.from, days.to).filter((shift) => covers(shift, instantMs));
}

/** Returns the shifts of the given local days as planned, before time off. */
export function plannedShifts(calendar: CompiledCalendar, firstDay: number, lastDay: number): PlannedShift[] {
  const shifts: PlannedShift[] = [];
  for (let day = firstDay; day <= lastDay; day++)
    if (calendar.spansOn(day).length > 0) for (const shift of calendar.dayOn(day).shifts) shifts.push(shift);
  return shifts;
}

/** Returns whether only time off can interrupt the hours. */
export function worksAlways({ hours: { data }, exceptions }: CompiledCalendar): boolean {
  return (
    data.versions === null &&
    data.holidays.length === 0 &&
    data.calendars.length === 0 &&
    data.rotations.length === 0 &&
    data.travel.length === 0 &&
    exceptions.overrides.length === 0
  );
}

/**
 * Returns working hours in [startMs, endMs) (epoch milliseconds): sorted, half-open intervals, merged where they
 * overlap or touch. Runs in time linear in the length of the range. Errors: see `isInHours`.
 */
export function hoursBetween(calendar: CompiledCalendar, startMs: number, endMs: number): Interval[] {
  return subtractIntervals(plannedBetween(calendar, startMs, endMs), calendar.timeOff());
}

/** Like `hoursBetween`, but ignores time off. */
export function plannedBetween(calendar: CompiledCalendar, startMs: number, endMs: number): Interval[] {
  assertInstant(startMs);
  assertInstant(endMs);
  const bounds = { start: startMs, end: endMs };
  if (startMs >= endMs) return [];
  if (worksAlways(calendar)) return [bounds];
  const [first, last] = [firstDayToReach(calendar.hours, startMs), lastDayToStartBy(endMs)];
  return clipIntervals(mergeIntervals(plannedShifts(calendar, first, last)), bounds);
}

/** A shift, or what time off leaves of it: when it starts and ends (epoch milliseconds), and where it comes from. */
export interface Shift extends Interval {
  /** The local epoch day on which it starts, and its wall-clock times on that day. */
  readonly day: number;
  readonly span: Span;
  readonly source: Because["source"];
  /** The rotation. */
  readonly sourceId?: string | undefined;
  readonly shiftId?: string | undefined;
  /** The name of the shared shift or the note of the override. */
  readonly name?: string | undefined;
  /** The id of the time off that shortens it. */
  readonly cutBy?: string | undefined;
}

/**
 * Returns the shifts that start on the given local days (since 1970-01-01), by day and wall-clock time. Time off in
 * the middle of a shift leaves two parts. Omits shifts that time off covers completely.
 */
export function shiftsOn(calendar: CompiledCalendar, firstDay: number, lastDay: number): Shift[] {
  return plannedShifts(calendar, firstDay, lastDay).flatMap((shift) => {
    const cuts = calendar.timeOff().filter((period) => overlap(period, shift));
    if (cuts.length === 0) return [shiftOf(shift)];
    return subtractIntervals([shift], cuts).map((part) => ({
      ...shiftOf(shift),
      ...part,
      cutBy: cutterOf(cuts, part)?.id,
    }));
  });
}

/** Converts a planned shift to the form of `shiftsOn`. */
export function shiftOf({ day, span, start, end, because }: PlannedShift): Shift {
  const { source, id: sourceId, shiftId, name } = because;
  return { day, span, start, end, source, sourceId, shiftId, name };
}

/** Returns the time off that cuts a part of a shift: the one at its end, otherwise the one at its start. */
function cutterOf(cuts: readonly TimeOffPeriod[], part: Interval): TimeOffPeriod | undefined {
  return (
    cuts.find((period) => period.start <= part.end && part.end < period.end) ??
    cuts.find((period) => period.start < part.start && part.start <= period.end)
  );
}

function covers({ start, end }: Interval, at: number): boolean {
  return start <= at && at < end;
}

function overlap(one: Interval, other: Interval): boolean {
  return one.start < other.end && other.start < one.end;
}
