import type { Weekday } from "@/lib/platform/time/calendar";
import {
  DAY_MS,
  MINUTE_MS,
  type MonthDay,
  monthDayOf,
  weekdayIndex,
  weekdays,
} from "@/lib/platform/time/calendar";
import { clipIntervals, type Interval, mergeIntervals } from "@/lib/platform/time/interval";
import { MAX_OFFSET_MS, type MinuteRange, type ZoneClock, zoneClock } from "@/lib/platform/time/wall-clock";
import type { WeeklySchedule, WeeklyScheduleInput } from "./contract";

/** The hours of the shift that starts on a weekday, in minutes of the wall-clock day (0–1439). */
interface StoredHours {
  readonly from: number;
  readonly to: number;
}

/** A weekly schedule as it is stored. A day left out is a day off; `{}` is seven days off. */
export type StoredSchedule = { readonly [day in Weekday]?: StoredHours | undefined };

/** The stored form of a schedule that came over the wire. Days that are null are left out, like the absent ones. */
export function toStoredSchedule(schedule: WeeklyScheduleInput): StoredSchedule {
  const stored: Partial<Record<Weekday, StoredHours>> = {};
  for (const weekday of weekdays) {
    const hours = schedule[weekday];
    if (!hours) continue;
    stored[weekday] = {
      from: hours.from.hour * 60 + hours.from.minute,
      to: hours.to.hour * 60 + hours.to.minute,
    };
  }
  return stored;
}

/** The wire form of a stored schedule, Monday first. */
export function toWeeklySchedule(stored: StoredSchedule): WeeklySchedule {
  const schedule: WeeklySchedule = {};
  for (const weekday of weekdays) {
    const hours = stored[weekday];
    if (hours) schedule[weekday] = { from: toWallTime(hours.from), to: toWallTime(hours.to) };
  }
  return schedule;
}

function toWallTime(minutes: number): { hour: number; minute: number } {
  return { hour: Math.floor(minutes / 60), minute: minutes % 60 };
}

/**
 * Whether an agent with this schedule is in hours at an instant (epoch milliseconds).
 *
 * A shift starts on each local date whose weekday has hours, and runs from `from` to the next occurrence of `to`
 * on the wall clock; `from` equal to `to` is a whole day. On a holiday no shift starts, while one begun the evening
 * before runs to its end. A wall-clock time that does not exist moves forward by the gap, of one that
 * exists twice the first is meant; a shift of which that leaves nothing does not take place, nor does one on a date
 * that the zone skipped as a whole.
 *
 * Without a schedule (null) the agent is in hours around the clock: each local date is one shift from 00:00 to
 * 00:00, and a holiday takes that local date away.
 *
 * Throws a RangeError for an instant outside the years 1 to 9999. A time zone that the zone data doesn't know counts as
 * UTC. Source: docs/contract.md §3, `weeklySchedule` and `holidays`.
 */
export function isInHours(
  schedule: StoredSchedule | null | undefined,
  holidays: readonly MonthDay[],
  timezone: string,
  instantMs: number,
): boolean {
  assertInstant(instantMs);
  if (!schedule && holidays.length === 0) return true;
  const plan: Plan = {
    week: weekOf(schedule),
    clock: zoneClock(timezone),
    // Of the few days that matter here, looking through the list is cheaper than making a set of it.
    isHoliday: (day) => {
      const date = monthDayOf(day);
      return holidays.some((holiday) => holiday.day === date.day && holiday.month === date.month);
    },
  };
  const last = lastDayToStartBy(instantMs);
  for (let day = firstDayToReach(instantMs); day <= last; day++) {
    const hours = plan.week[weekdayIndex(day)];
    if (!hours) continue;
    const wallStart = day * DAY_MS + hours.from * MINUTE_MS;
    const wallEnd = (hours.to > hours.from ? day : day + 1) * DAY_MS + hours.to * MINUTE_MS;
    if (instantMs < wallStart - MAX_OFFSET_MS || instantMs >= wallEnd + MAX_OFFSET_MS) continue;
    const shift = shiftOn(plan, day);
    if (shift && shift.start <= instantMs && instantMs < shift.end) return true;
  }
  return false;
}

/** A local date whose shifts may go on at an instant. Together, those of a zone tell its agents in hours: see openDays. */
export interface OpenDay {
  readonly timezone: string;
  readonly weekday: Weekday;
  readonly date: MonthDay;
  /** The minutes of the date that have come by the instant. */
  readonly come: readonly MinuteRange[];
  /** The minutes of the day after that have. */
  readonly comeNext: readonly MinuteRange[];
}

/**
 * What of an instant (epoch milliseconds) decides who is in hours, for whoever asks about many agents at once: an agent
 * is in hours just when, on one of the days of their zone, the shift has started and not ended. That is: the date is
 * no holiday of theirs, the weekday has hours, `from` is among the minutes that have come, and `to` is not, among those of
 * the day after where `to` is not later than `from`. Without a schedule, each date is one shift from 00:00 to 00:00;
 * without holidays as well, the agent is always in hours. Each zone has a day at any instant.
 *
 * The answer is that of isInHours, whose errors this has, too.
 */
export function openDays(timezones: readonly string[], instantMs: number): OpenDay[] {
  assertInstant(instantMs);
  const found: OpenDay[] = [];
  const last = lastDayToStartBy(instantMs);
  for (const timezone of timezones) {
    const clock = zoneClock(timezone);
    for (let day = firstDayToReach(instantMs); day <= last; day++) {
      const come = clock.minutesCome(day, instantMs);
      const comeNext = clock.minutesCome(day + 1, instantMs);
      // On the former nothing has started, on the latter everything has ended.
      if (come.length === 0 || (isWholeDay(come) && isWholeDay(comeNext)) || clock.isSkipped(day)) continue;
      const weekday = weekdays[weekdayIndex(day)];
      if (weekday) found.push({ timezone, weekday, date: monthDayOf(day), come, comeNext });
    }
  }
  return found;
}

function isWholeDay([range]: readonly MinuteRange[]): boolean {
  return range?.first === 0 && range.last === 24 * 60 - 1;
}

/**
 * The times in hours within [startMs, endMs) (epoch milliseconds): sorted, half-open, clipped to the bounds;
 * shifts that overlap or touch are one interval. Empty when the bounds are. Takes time in proportion to their distance.
 *
 * What counts as in hours, and errors: see isInHours.
 */
export function hoursBetween(
  schedule: StoredSchedule | null | undefined,
  holidays: readonly MonthDay[],
  timezone: string,
  startMs: number,
  endMs: number,
): Interval[] {
  assertInstant(startMs);
  assertInstant(endMs);
  const bounds = { start: startMs, end: endMs };
  if (startMs >= endMs) return [];
  if (!schedule && holidays.length === 0) return [bounds];
  const plan = planOf(schedule, holidays, timezone);
  return clipIntervals(mergedShifts(plan, firstDayToReach(startMs), lastDayToStartBy(endMs)), bounds);
}

/** A shift as it takes place: the local day it starts on (counted from 1970-01-01), and its real time. */
export interface Shift extends Interval {
  readonly day: number;
}

/**
 * The shifts that start on the local days from `firstDay` to `lastDay` (counted from 1970-01-01), each for itself, in the
 * order of these days. What takes place, and errors: see isInHours.
 */
export function shiftsOn(
  schedule: StoredSchedule | null | undefined,
  holidays: readonly MonthDay[],
  timezone: string,
  firstDay: number,
  lastDay: number,
): Shift[] {
  const plan = planOf(schedule, holidays, timezone);
  const shifts: Shift[] = [];
  for (let day = firstDay; day <= lastDay; day++) {
    const shift = shiftOn(plan, day);
    if (shift) shifts.push({ day, ...shift });
  }
  return shifts;
}

/**
 * The next instant, strictly after the given one (epoch milliseconds), at which isInHours changes its answer; null
 * when it never will.
 *
 * "Never" is exact, because the search ends where nothing new can come: the time-zone data is irregular at most
 * until 2087 (Morocco), later transitions follow yearly rules, a year is one of 14 calendars (the weekday of 1 January;
 * leap or not), and any 40 years in a row contain all 14.
 *
 * Errors: see isInHours.
 */
export function nextChange(
  schedule: StoredSchedule | null | undefined,
  holidays: readonly MonthDay[],
  timezone: string,
  instantMs: number,
): number | null {
  assertInstant(instantMs);
  const plan = planOf(schedule, holidays, timezone);
  if (!plan.week.some(Boolean)) return null;
  const seamless = isSeamless(plan.week);
  if (seamless && holidays.length === 0) return null;

  const lastDay = lastDayToStartBy(Math.max(instantMs, IRREGULAR_UNTIL_MS)) + LONGEST_CALENDAR_CYCLE_DAYS;
  let after = instantMs;
  let length = 5;
  for (let day = firstDayToReach(after); day <= lastDay; ) {
    const settled = earliestStartOn(day + length);
    const change = firstBoundary(mergedShifts(plan, day, day + length - 1), after, settled);
    if (change !== null) return change;
    // Boundaries are whole milliseconds, so that "later than the millisecond before" admits the one at `settled`.
    after = settled - 1;
    day = firstDayToReach(after);
    length = Math.min(2 * length, 64);
    if (!seamless) continue;

    const holiday = nextHoliday(plan, day, lastDay);
    if (holiday === null) return null;
    const landing = holiday - HOLIDAY_MARGIN_DAYS;
    if (landing <= day) continue;
    day = landing;
    after = earliestStartOn(holiday) - DAY_MS;
    length = 2 * HOLIDAY_MARGIN_DAYS;
  }
  return null;
}

/** From here on the zones' transitions follow yearly rules without exceptions: see nextChange. */
const IRREGULAR_UNTIL_MS = Date.UTC(2100, 0, 1);

/** 40 years hold each of the 14 calendars a year can have; one more for the rest of a year begun. */
const LONGEST_CALENDAR_CYCLE_DAYS = 41 * 366;

/** How long before a holiday a search resumes that has leapt over whole days: they have to be seen to go on. */
const HOLIDAY_MARGIN_DAYS = 5;

type Week = readonly (StoredHours | undefined)[];

interface Plan {
  /** Hours by weekday, Monday first. */
  readonly week: Week;
  readonly clock: ZoneClock;
  readonly isHoliday: (day: number) => boolean;
}

const wholeDay: StoredHours = { from: 0, to: 0 };
const aroundTheClock: Week = weekdays.map(() => wholeDay);

function weekOf(schedule: StoredSchedule | null | undefined): Week {
  return schedule ? weekdays.map((weekday) => schedule[weekday]) : aroundTheClock;
}

function planOf(
  schedule: StoredSchedule | null | undefined,
  holidays: readonly MonthDay[],
  timezone: string,
): Plan {
  const dates = new Set(holidays.map(dateKey));
  return {
    week: weekOf(schedule),
    clock: zoneClock(timezone),
    isHoliday: (day) => dates.size > 0 && dates.has(dateKey(monthDayOf(day))),
  };
}

function dateKey({ month, day }: MonthDay): number {
  return month * 32 + day;
}

function shiftOn({ week, clock, isHoliday }: Plan, day: number): Interval | null {
  const hours = week[weekdayIndex(day)];
  return hours && !isHoliday(day) ? clock.span(day, hours.from, hours.to) : null;
}

function mergedShifts(plan: Plan, firstDay: number, lastDay: number): Interval[] {
  const shifts: Interval[] = [];
  for (let day = firstDay; day <= lastDay; day++) {
    const shift = shiftOn(plan, day);
    if (shift) shifts.push(shift);
  }
  return mergeIntervals(shifts);
}

/** The first start or end of an interval in (after, before). */
function firstBoundary(intervals: readonly Interval[], after: number, before: number): number | null {
  for (const { start, end } of intervals) {
    const boundary = start > after ? start : end;
    if (boundary > after) return boundary < before ? boundary : null;
  }
  return null;
}

/** No shift of the day, nor of a later one, starts before this instant. */
function earliestStartOn(day: number): number {
  return day * DAY_MS - MAX_OFFSET_MS;
}

/** The last local day of which a shift may have started by the instant. */
function lastDayToStartBy(instantMs: number): number {
  return Math.floor((instantMs + MAX_OFFSET_MS) / DAY_MS);
}

/** The first local day of which a shift may still go on at the instant: it ends by the end of the day after. */
function firstDayToReach(instantMs: number): number {
  return Math.floor((instantMs - MAX_OFFSET_MS) / DAY_MS) - 1;
}

/**
 * Whether holidays alone can make a hole. No shift is longer than a day, so the days of such a week are all whole ones
 * from the same time: each ends at the very instant at which the next starts, whatever the clocks do.
 */
function isSeamless(week: Week): boolean {
  const start = week[0]?.from;
  return week.every((hours) => hours && hours.from === start && hours.to === start);
}

/** The first holiday from one day to another; null when there is none. */
function nextHoliday({ isHoliday }: Plan, from: number, to: number): number | null {
  for (let day = from; day <= to; day++) if (isHoliday(day)) return day;
  return null;
}

const FIRST_INSTANT_MS = Date.parse("0001-01-01T00:00:00Z");
const LAST_INSTANT_MS = Date.parse("9999-12-31T23:59:59.999Z");

function assertInstant(instantMs: number): void {
  if (!(instantMs >= FIRST_INSTANT_MS && instantMs <= LAST_INSTANT_MS))
    throw new RangeError(`${instantMs} is not an instant of the years 1 to 9999 in epoch milliseconds`);
}
