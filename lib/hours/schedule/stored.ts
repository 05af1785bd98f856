import { type Weekday, weekdays } from "@/lib/platform/time/calendar";
import type { WeeklySchedule, WeeklyScheduleInput } from "./contract";

/** Hours of the shift that starts on a weekday, in minutes of the day (0–1439). */
export interface StoredHours {
  readonly from: number;
  readonly to: number;
}

/** A weekly schedule as stored. Omitted days are days off; `{}` is seven days off. */
export type StoredSchedule = { readonly [day in Weekday]?: StoredHours | undefined };

/** Converts a schedule from API to stored form. Days off are omitted. */
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

/** Converts a schedule from stored to API form, Monday first. */
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
