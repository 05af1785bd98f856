import { minuteOfDay, type Weekday, wallTimeOf, weekdays } from "@/lib/platform/time/calendar";
import type { IntervalOfDay, WeeklySchedule, WeeklyScheduleInput } from "./contract";

/** Hours of the shift that starts on a weekday, in minutes of the day (0–1439). */
export interface StoredHours {
  readonly from: number;
  readonly to: number;
}

/** A weekly schedule as stored. Omitted days are days off; `{}` is seven days off. */
export type StoredSchedule = { readonly [day in Weekday]?: StoredHours | undefined };

/** Weekly hours in effect from a date on. An omitted day is a day off. */
export type StoredVersion = {
  /** Local date, as in `2026-03-01`; null for the first version. */
  readonly from: string | null;
  /** When that date starts in the agent's time zone, in epoch milliseconds. */
  readonly fromAt: number | null;
  readonly week: { readonly [day in Weekday]?: readonly StoredHours[] | undefined };
};

/** Returns a weekly schedule as the only version. */
export function toOnlyVersion(schedule: StoredSchedule): [StoredVersion] {
  const week: Partial<Record<Weekday, StoredHours[]>> = {};
  for (const weekday of weekdays) {
    const hours = schedule[weekday];
    if (hours) week[weekday] = [{ from: hours.from, to: hours.to }];
  }
  return [{ from: null, fromAt: null, week }];
}

/**
 * Returns the week in force at a time (epoch milliseconds), each day from the start of its first interval to the end of
 * its last one.
 */
export function foldedWeek(versions: readonly StoredVersion[], at: number): StoredSchedule {
  const current = versions.findLast(({ fromAt }, index) => index === 0 || (fromAt !== null && fromAt <= at));
  const week: Partial<Record<Weekday, StoredHours>> = {};
  for (const weekday of weekdays) {
    const intervals = current?.week[weekday] ?? [];
    const [first, last] = [intervals[0], intervals.at(-1)];
    if (first && last) week[weekday] = { from: first.from, to: last.to };
  }
  return week;
}

/** Converts a schedule from API to stored form. Days off are omitted. */
export function toStoredSchedule(schedule: WeeklyScheduleInput): StoredSchedule {
  const stored: Partial<Record<Weekday, StoredHours>> = {};
  for (const weekday of weekdays) {
    const hours = schedule[weekday];
    if (!hours) continue;
    const { from, to } = hours;
    stored[weekday] = { from: minuteOfDay(from), to: minuteOfDay(to) };
  }
  return stored;
}

/** Converts intervals from API to stored form. */
export function toStoredHours(intervals: readonly IntervalOfDay[]): StoredHours[] {
  return intervals.map(({ from, to }) => ({ from: minuteOfDay(from), to: minuteOfDay(to) }));
}

/** Converts intervals from stored to API form. */
export function toIntervals(stored: readonly StoredHours[]): IntervalOfDay[] {
  return stored.map(({ from, to }) => ({ from: wallTimeOf(from), to: wallTimeOf(to) }));
}

/** Converts a schedule from stored to API form, Monday first. */
export function toWeeklySchedule(stored: StoredSchedule): WeeklySchedule {
  const schedule: WeeklySchedule = {};
  for (const weekday of weekdays) {
    const hours = stored[weekday];
    if (hours) schedule[weekday] = { from: wallTimeOf(hours.from), to: wallTimeOf(hours.to) };
  }
  return schedule;
}
