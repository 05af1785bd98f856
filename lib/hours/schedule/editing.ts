import { type Weekday, weekdays } from "@/lib/platform/time/calendar";
import type { WeeklySchedule } from "./contract";

/** The hours of one day, as they go over the wire. */
export type DayHours = NonNullable<WeeklySchedule[Weekday]>;

const DAY_MINUTES = 24 * 60;
const WEEK_MINUTES = 7 * DAY_MINUTES;

/** Hours from one full hour to another. */
function hours(from: number, to: number): DayHours {
  return { from: { hour: from, minute: 0 }, to: { hour: to, minute: 0 } };
}

/** What a day gets that had no hours yet. */
export const usualHours = hours(9, 17);

/** A time of day in minutes (0–1439). */
export function minuteOfDay({ hour, minute }: DayHours["from"]): number {
  return hour * 60 + minute;
}

/** How long the shift is by the clock, in minutes: up to the next occurrence of `to`, so 1 to 1440. */
export function lengthOf({ from, to }: DayHours): number {
  const length = minuteOfDay(to) - minuteOfDay(from);
  return length > 0 ? length : length + DAY_MINUTES;
}

/** Whether the shift is the whole of its day, 00:00 to 00:00. */
export function isWholeDay({ from, to }: DayHours): boolean {
  return minuteOfDay(from) === 0 && minuteOfDay(to) === 0;
}

/** Whether the shift goes on after midnight. One that ends at midnight belongs to its day alone. */
export function endsNextDay({ from, to }: DayHours): boolean {
  return minuteOfDay(to) > 0 && minuteOfDay(to) <= minuteOfDay(from);
}

/** The schedule with other hours on one day; none for a day off. Days stay in the order of the week. */
export function withDay(
  schedule: WeeklySchedule,
  weekday: Weekday,
  day: DayHours | undefined,
): WeeklySchedule {
  return withDays(schedule, [weekday], day);
}

/** The schedule with what one day has on several others, a day off included. */
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

/** Whether two days have the same hours, or both none. */
export function isSameDay(a: DayHours | undefined, b: DayHours | undefined): boolean {
  if (!a || !b) return a === b;
  return minuteOfDay(a.from) === minuteOfDay(b.from) && minuteOfDay(a.to) === minuteOfDay(b.to);
}

/** Whether two schedules have the same hours on every day. */
export function isSameWeek(a: WeeklySchedule, b: WeeklySchedule): boolean {
  return weekdays.every((weekday) => isSameDay(a[weekday], b[weekday]));
}

/** The hours in a week by the clock, in minutes. Time that two shifts share counts once. */
export function weeklyMinutes(schedule: WeeklySchedule): number {
  const total = weekdays.reduce((sum, weekday) => {
    const day = schedule[weekday];
    return sum + (day ? lengthOf(day) : 0);
  }, 0);
  return Math.min(total - overlaps(schedule).reduce((sum, each) => sum + each.minutes, 0), WEEK_MINUTES);
}

/** A shift that has not ended when the next day's starts. */
export interface Overlap {
  readonly weekday: Weekday;
  readonly next: Weekday;
  readonly minutes: number;
}

/** The shifts that reach into the next day's, Sunday's into Monday's too. No shift is longer than a day, so none reaches further. */
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

/** A whole week to start from. */
export interface Preset {
  readonly id: "office" | "early" | "late" | "night" | "weekend" | "always" | "off";
  /** The days that have hours; the same ones on each. */
  readonly days: readonly Weekday[];
  readonly hours: DayHours | undefined;
  readonly schedule: WeeklySchedule;
}

/** The presets, for a week with these days of rest. */
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
