import { type Weekday, weekdays } from "@/lib/platform/time/calendar";
import type { WeeklySchedule } from "./contract";

/** Hours of one day, in API form. */
export type DayHours = NonNullable<WeeklySchedule[Weekday]>;

const DAY_MINUTES = 24 * 60;
const WEEK_MINUTES = 7 * DAY_MINUTES;

function hours(from: number, to: number): DayHours {
  return { from: { hour: from, minute: 0 }, to: { hour: to, minute: 0 } };
}

/** Default for a day that gets hours for the first time. */
export const usualHours = hours(9, 17);

/** Returns minutes since midnight (0–1439). */
export function minuteOfDay({ hour, minute }: DayHours["from"]): number {
  return hour * 60 + minute;
}

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

/** Returns the schedule with new hours for one day; undefined is a day off. Keeps weekday order. */
export function withDay(
  schedule: WeeklySchedule,
  weekday: Weekday,
  day: DayHours | undefined,
): WeeklySchedule {
  return withDays(schedule, [weekday], day);
}

/** Returns the schedule with one day's hours, or day off, copied to other days. */
export function copyDay(
  schedule: WeeklySchedule,
  source: Weekday,
  targets: readonly Weekday[],
): WeeklySchedule {
  return withDays(schedule, targets, schedule[source]);
}

function withDays(
  schedule: WeeklySchedule,
  targets: readonly Weekday[],
  day: DayHours | undefined,
): WeeklySchedule {
  const changed: WeeklySchedule = {};
  for (const weekday of weekdays) {
    const next = targets.includes(weekday) ? day : schedule[weekday];
    if (next) changed[weekday] = { from: { ...next.from }, to: { ...next.to } };
  }
  return changed;
}

/** Returns whether both days have the same hours or are both off. */
export function isSameDay(a: DayHours | undefined, b: DayHours | undefined): boolean {
  if (!a || !b) return a === b;
  return minuteOfDay(a.from) === minuteOfDay(b.from) && minuteOfDay(a.to) === minuteOfDay(b.to);
}

export function isSameWeek(a: WeeklySchedule, b: WeeklySchedule): boolean {
  return weekdays.every((weekday) => isSameDay(a[weekday], b[weekday]));
}

/** Returns the scheduled minutes per week. Overlaps count once. */
export function weeklyMinutes(schedule: WeeklySchedule): number {
  const total = weekdays.reduce((sum, weekday) => {
    const day = schedule[weekday];
    return sum + (day ? lengthOf(day) : 0);
  }, 0);
  return Math.min(total - overlaps(schedule).reduce((sum, each) => sum + each.minutes, 0), WEEK_MINUTES);
}

/** A shift that ends after the next day's shift starts. */
export interface Overlap {
  readonly weekday: Weekday;
  readonly next: Weekday;
  readonly minutes: number;
}

/**
 * Returns shifts that overlap with the next day's, Sunday with Monday included. A shift lasts at most a day,
 * so it reaches no further.
 */
export function overlaps(schedule: WeeklySchedule): Overlap[] {
  return weekdays.flatMap((weekday, index) => {
    const next = weekdays[(index + 1) % 7] ?? weekday;
    const day = schedule[weekday];
    const following = schedule[next];
    if (!day || !following) return [];
    const end = minuteOfDay(day.from) + lengthOf(day) - DAY_MINUTES;
    const minutes = Math.min(end - minuteOfDay(following.from), lengthOf(following));
    return minutes > 0 ? [{ weekday, next, minutes }] : [];
  });
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
    schedule: withDays({}, days, day),
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
