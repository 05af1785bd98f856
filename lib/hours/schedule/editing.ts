import { minuteOfDay, type Weekday, wallTimeOf, weekdays } from "@/lib/platform/time/calendar";
import { mergeIntervals } from "@/lib/platform/time/interval";
import type { IntervalOfDay, IntervalWeek, WeeklySchedule } from "./contract";

/** Hours without a break, in API form. */
export type DayHours = IntervalOfDay;

/** The intervals of one day; empty means off. */
export type DayIntervals = readonly DayHours[];

/** The most intervals that a day can have. */
export const maxIntervals = 8;

const DAY_MINUTES = 24 * 60;
const WEEK_MINUTES = 7 * DAY_MINUTES;

function hours(from: number, to: number): DayHours {
  return { from: { hour: from, minute: 0 }, to: { hour: to, minute: 0 } };
}

/** Default for a day that gets hours for the first time. */
export const usualHours = hours(9, 17);

/** Returns the scheduled length in minutes, until the next occurrence of `to`: 1 to 1440. */
export function lengthOf({ from, to }: DayHours): number {
  const length = minuteOfDay(to) - minuteOfDay(from);
  return length > 0 ? length : length + DAY_MINUTES;
}

/** Returns whether the shift covers its whole day, 00:00 to 00:00. */
export function isWholeDay({ from, to }: DayHours): boolean {
  return minuteOfDay(from) === 0 && minuteOfDay(to) === 0;
}

/** Returns whether the shift continues past midnight. One that ends at midnight does not. */
export function endsNextDay({ from, to }: DayHours): boolean {
  return minuteOfDay(to) > 0 && minuteOfDay(to) <= minuteOfDay(from);
}

/** Returns the intervals of a weekday. */
export function intervalsOn(week: IntervalWeek, weekday: Weekday): DayIntervals {
  return week[weekday] ?? [];
}

/** Returns a week with an interval a day. */
export function weekOf(schedule: WeeklySchedule): IntervalWeek {
  const week: IntervalWeek = {};
  for (const weekday of weekdays) {
    const hours = schedule[weekday];
    if (hours) week[weekday] = [hours];
  }
  return week;
}

/** Returns each day from the start of its first interval to the end of its last one. */
export function foldedSchedule(week: IntervalWeek): WeeklySchedule {
  const schedule: WeeklySchedule = {};
  for (const weekday of weekdays) {
    const sorted = inOrder(intervalsOn(week, weekday));
    const [first, last] = [sorted[0], sorted.at(-1)];
    if (first && last) schedule[weekday] = { from: first.from, to: last.to };
  }
  return schedule;
}

/** Returns the week with other intervals on one day; none is a day off. Keeps weekday order. */
export function withDay(week: IntervalWeek, weekday: Weekday, intervals: DayIntervals): IntervalWeek {
  return withDays(week, [weekday], intervals);
}

/** Returns the week with one day's intervals, or day off, copied to other days. */
export function copyDay(week: IntervalWeek, source: Weekday, targets: readonly Weekday[]): IntervalWeek {
  return withDays(week, targets, intervalsOn(week, source));
}

function withDays(week: IntervalWeek, targets: readonly Weekday[], intervals: DayIntervals): IntervalWeek {
  const changed: IntervalWeek = {};
  for (const weekday of weekdays) {
    const next = targets.includes(weekday) ? intervals : intervalsOn(week, weekday);
    if (next.length > 0)
      changed[weekday] = next.map(({ from, to }) => ({ from: { ...from }, to: { ...to } }));
  }
  return changed;
}

/** Returns the intervals by their start. */
export function inOrder(intervals: DayIntervals): DayHours[] {
  return intervals.toSorted((one, other) => minuteOfDay(one.from) - minuteOfDay(other.from));
}

/** Returns whether both days have the same hours, in any order. */
export function isSameDay(one: DayIntervals, other: DayIntervals): boolean {
  const others = inOrder(other);
  return (
    one.length === other.length &&
    inOrder(one).every(({ from, to }, index) => {
      const match = others[index];
      return (
        match !== undefined &&
        minuteOfDay(from) === minuteOfDay(match.from) &&
        minuteOfDay(to) === minuteOfDay(match.to)
      );
    })
  );
}

export function isSameWeek(one: IntervalWeek, other: IntervalWeek): boolean {
  return weekdays.every((weekday) => isSameDay(intervalsOn(one, weekday), intervalsOn(other, weekday)));
}

/** Returns the scheduled minutes per week. Overlaps count once. */
export function weeklyMinutes(week: IntervalWeek): number {
  const spans = weekdays.flatMap((weekday, index) =>
    intervalsOn(week, weekday).map((hours) => {
      const start = index * DAY_MINUTES + minuteOfDay(hours.from);
      return { start, end: start + lengthOf(hours) };
    }),
  );
  // The part after the end of the week belongs to its start.
  const wrapped = spans.flatMap(({ start, end }) =>
    end > WEEK_MINUTES
      ? [
          { start, end: WEEK_MINUTES },
          { start: 0, end: end - WEEK_MINUTES },
        ]
      : [{ start, end }],
  );
  return mergeIntervals(wrapped.toSorted((one, other) => one.start - other.start)).reduce(
    (sum, { start, end }) => sum + end - start,
    0,
  );
}

/** Returns, by index, the earlier interval of the same day that each one overlaps. */
export function clashes(intervals: DayIntervals): (DayHours | undefined)[] {
  const before = new Map<DayHours, DayHours>();
  const sorted = inOrder(intervals);
  for (const [index, hours] of sorted.entries()) {
    const previous = sorted[index - 1];
    if (previous && minuteOfDay(previous.from) + lengthOf(previous) > minuteOfDay(hours.from))
      before.set(hours, previous);
  }
  return intervals.map((hours) => before.get(hours));
}

/** Returns an interval to add: after the last one if there is room, otherwise before the first one. */
export function nextInterval(intervals: DayIntervals): DayHours {
  const sorted = inOrder(intervals);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (!first || !last) return usualHours;
  const end = minuteOfDay(last.from) + lengthOf(last);
  const free = DAY_MINUTES - end;
  if (free >= 60) {
    const pause = free >= 120 ? 60 : 0;
    const from = end + pause;
    return wallHours(from, Math.min(from + 4 * 60, DAY_MINUTES));
  }
  const start = minuteOfDay(first.from);
  if (start < 60) return usualHours;
  return wallHours(Math.max(start - 5 * 60, 0), Math.max(start - 60, 60));
}

const wallHours = (from: number, to: number): DayHours => ({
  from: wallTimeOf(from % DAY_MINUTES),
  to: wallTimeOf(to % DAY_MINUTES),
});

/** A day's hours that end after the next day's start. */
export interface Overlap {
  readonly weekday: Weekday;
  readonly next: Weekday;
  readonly minutes: number;
}

/**
 * Returns the days that overlap with the next one, Sunday with Monday included. Hours last at most a day, so they
 * reach no further.
 */
export function overlaps(week: IntervalWeek): Overlap[] {
  return weekdays.flatMap((weekday, index) => {
    const next = weekdays[(index + 1) % 7] ?? weekday;
    const last = inOrder(intervalsOn(week, weekday)).at(-1);
    const following = inOrder(intervalsOn(week, next))[0];
    if (!last || !following) return [];
    const end = minuteOfDay(last.from) + lengthOf(last) - DAY_MINUTES;
    const minutes = Math.min(end - minuteOfDay(following.from), lengthOf(following));
    return minutes > 0 ? [{ weekday, next, minutes }] : [];
  });
}

/** Returns whether hours of a week overlap, on the same day or with those of the next day. */
export function hasOverlaps(week: IntervalWeek): boolean {
  return (
    overlaps(week).length > 0 || weekdays.some((weekday) => clashes(intervalsOn(week, weekday)).some(Boolean))
  );
}

/** A template for a whole week. */
export interface Preset {
  readonly id: "office" | "early" | "late" | "night" | "weekend" | "always" | "off";
  /** The days that have hours. */
  readonly days: readonly Weekday[];
  readonly hours: DayHours | undefined;
  readonly schedule: WeeklySchedule;
}

export function presets(weekend: readonly Weekday[]): Preset[] {
  const working = weekdays.filter((weekday) => !weekend.includes(weekday));
  const preset = (id: Preset["id"], days: readonly Weekday[], day?: DayHours): Preset => ({
    id,
    days,
    hours: day,
    schedule: day ? Object.fromEntries(days.map((weekday) => [weekday, day])) : {},
  });
  return [
    preset("office", working, usualHours),
    preset("early", working, hours(6, 14)),
    preset("late", working, hours(14, 22)),
    preset("night", working, hours(22, 6)),
    preset("weekend", weekend, usualHours),
    preset("always", weekdays, hours(0, 0)),
    preset("off", []),
  ];
}
