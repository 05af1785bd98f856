import { DAY_MS, isoDate } from "@/lib/platform/time/calendar";
import { clockChanges } from "@/lib/platform/time/clock-changes";
import { offsetAt } from "@/lib/platform/time/offset";
import { MAX_OFFSET_MS, wallClockAt } from "@/lib/platform/time/wall-clock";
import { type CompiledCalendar, type PlannedShift, replacedShifts } from "./compile";
import { isPlannedAt, plannedBetween } from "./hours";
import { neverWorks, nextPlannedChange } from "./next-change";

/** Why an agent is out of hours. Times are epoch milliseconds. */
export interface OffHours {
  /** The holiday that keeps the agent off, and its local date (`YYYY-MM-DD`). */
  readonly holiday: { readonly name: string; readonly date: string } | undefined;
  /** When hours ended; undefined if they did not within 400 days. */
  readonly since: number | undefined;
  /** When hours begin; undefined if they don't before the given time. */
  readonly until: number | undefined;
  /** When `holiday` may change; at most `until`. */
  readonly holidayUntil: number | undefined;
}

/** How far answers about an agent's hours look back, and usually ahead. */
export const LOOK_MS = 400 * DAY_MS;
const LOOK_AHEAD_DAYS = 404;

/**
 * Returns why an agent is out of hours at a time (epoch milliseconds); null in hours. Ignores time off. `holiday`
 * is the one that removed the shift that would be in progress; of two such shifts, that of the earlier date.
 * Without such a shift, it is the holiday of the local date.
 */
export function offHoursAt(calendar: CompiledCalendar, at: number, untilMs = at + LOOK_MS): OffHours | null {
  if (isPlannedAt(calendar, at)) return null;
  const until = nextPlannedChange(calendar, at, untilMs) ?? undefined;
  return {
    holiday: holidayAt(calendar, at),
    since: hoursEndedAt(calendar, at),
    until,
    holidayUntil: nextHolidayBoundary(calendar, at, until) ?? until,
  };
}

/** Returns the reason code of `offHoursAt`; null in hours. */
export function hoursCodeAt(calendar: CompiledCalendar, at: number): "outOfHours" | "holiday" | null {
  if (isPlannedAt(calendar, at)) return null;
  return holidayAt(calendar, at) ? "holiday" : "outOfHours";
}

/**
 * Returns a time before which no holiday matters to the hours, at most two days before the holiday; undefined if
 * there is none within 400 days. Not later than `at` while a holiday may matter.
 */
export function nextHolidayAt(calendar: CompiledCalendar, at: number): number | undefined {
  if (!hasHolidays(calendar)) return undefined;
  const { changesZone, planner } = calendar.hours;
  const first = localDateAt(calendar, at) - (changesZone ? 4 : 2);
  for (let day = first; day <= first + LOOK_AHEAD_DAYS; day++)
    if (planner.holidayOn(day)) return day * DAY_MS - MAX_OFFSET_MS;
  return undefined;
}

function hasHolidays({ hours: { data } }: CompiledCalendar): boolean {
  return data.holidays.length > 0 || data.calendars.length > 0;
}

/** Whether a holiday decides about the date: no override, and no shift that takes place anyway. */
function isHoliday({ dayOn }: CompiledCalendar, day: number): boolean {
  return dayOn(day).because.source === "holiday";
}

function holidayAt(calendar: CompiledCalendar, at: number): OffHours["holiday"] {
  if (!hasHolidays(calendar)) return undefined;
  const today = localDateAt(calendar, at);
  const day = removedShift(calendar, today, at)?.day ?? today;
  const { source, name } = calendar.dayOn(day).because;
  return source === "holiday" ? { name: name ?? "", date: isoDate(day) } : undefined;
}

/** Returns the shift of the earliest date that would be in progress if it were not for a holiday. */
function removedShift(calendar: CompiledCalendar, today: number, at: number): PlannedShift | undefined {
  const reach = calendar.hours.changesZone ? 2 : 0;
  for (let day = today - 2 - reach; day <= today + 1 + reach; day++) {
    if (!isHoliday(calendar, day)) continue;
    const shift = replacedShifts(calendar, day).find(({ start, end }) => start <= at && at < end);
    if (shift) return shift;
  }
  return undefined;
}

/**
 * Returns the local date at a time. Where travel makes two dates overlap it is the earlier one; where it leaves a
 * gap, the last one that has begun.
 */
export function localDateAt({ hours }: CompiledCalendar, at: number): number {
  const shown = (zone: string) => Math.floor(wallClockAt(zone, at) / DAY_MS);
  if (!hours.changesZone) return shown(hours.data.timezone);
  const around = Math.floor(at / DAY_MS);
  let begun = around - 2;
  for (let day = around - 1; day <= around + 1; day++) {
    const date = shown(hours.planner.zoneOn(day));
    if (date === day) return day;
    if (date > day) begun = day;
  }
  return begun;
}

function hoursEndedAt(calendar: CompiledCalendar, at: number): number | undefined {
  if (neverWorks(calendar)) return undefined;
  for (let span = 4 * DAY_MS; ; span = Math.min(4 * span, LOOK_MS)) {
    const last = plannedBetween(calendar, at - span, at).at(-1);
    if (last) return last.end;
    if (span === LOOK_MS) return undefined;
  }
}

/**
 * Returns the first time in (at, until) at which `holidayAt` may answer differently: a shift that a holiday removed
 * begins or ends, or the local date changes from or to a holiday.
 */
function nextHolidayBoundary(
  calendar: CompiledCalendar,
  at: number,
  until: number | undefined,
): number | undefined {
  if (!hasHolidays(calendar)) return undefined;
  const reach = calendar.hours.changesZone ? 3 : 0;
  const first = localDateAt(calendar, at) - 2 - reach;
  let found = until ?? Number.POSITIVE_INFINITY;
  for (let day = first; day <= first + LOOK_AHEAD_DAYS + reach; day++) {
    // Boundaries of later days can't be earlier than this one.
    if ((day - 1 - reach) * DAY_MS > found) break;
    if (!isHoliday(calendar, day)) continue;
    const removed = replacedShifts(calendar, day).flatMap(({ start, end }) => [start, end]);
    for (const boundary of [...removed, ...dateChangesAround(calendar, day)])
      if (boundary > at && boundary < found) found = boundary;
  }
  return Number.isFinite(found) ? found : undefined;
}

/** Returns all times at which the local date may become this day or another. */
function dateChangesAround({ hours }: CompiledCalendar, day: number): number[] {
  const zone = hours.planner.zoneOn(day);
  const changes = dateChanges(zone, day);
  if (!hours.changesZone) return changes;
  for (let near = day - 3; near <= day + 3; near++) {
    const other = hours.planner.zoneOn(near);
    if (other !== zone) changes.push(...dateChanges(other, near));
  }
  return changes;
}

/**
 * Returns all times at which the zone's date may become this day or another. A clock change shortly after midnight
 * can show a date twice.
 */
function dateChanges(timezone: string, day: number): number[] {
  const from = (day - 1) * DAY_MS;
  const changes = clockChanges(timezone, from, 3).map(({ instant }) => instant);
  const offsets = [from, ...changes].map((instant) => offsetAt(timezone, instant));
  return [...changes, ...offsets.flatMap((offset) => [day * DAY_MS - offset, (day + 1) * DAY_MS - offset])];
}
