import type { WeeklySchedule } from "@/lib/hours/schedule/contract";
import { type StoredSchedule, toStoredSchedule } from "@/lib/hours/schedule/stored";
import { weekdays } from "@/lib/platform/time/calendar";
import type { AgentCalendar, DayPlan, YearlyHoliday } from "./data";

/** Hours of the seed's shape: a shift a weekday, and yearly holidays. */
export interface SimpleHours {
  readonly timezone: string;
  /** Null means around the clock, except on holidays. */
  readonly weeklySchedule: StoredSchedule | null;
  readonly holidays: readonly YearlyHoliday[];
}

/** The hours in an agent's JSON. */
export interface AgentHours {
  readonly timezone: string;
  readonly weeklySchedule?: WeeklySchedule | null | undefined;
  readonly holidays: readonly YearlyHoliday[];
}

/** Returns the calendar of an agent as the API describes them. */
export function calendarOf({ timezone, weeklySchedule, holidays }: AgentHours): AgentCalendar {
  const stored = weeklySchedule ? toStoredSchedule(weeklySchedule) : null;
  return simpleCalendar({ timezone, weeklySchedule: stored, holidays });
}

const none: readonly never[] = [];
const dayOff: DayPlan = [];

/** Returns the calendar of an agent with only weekly hours and yearly holidays. */
export function simpleCalendar({ timezone, weeklySchedule, holidays }: SimpleHours): AgentCalendar {
  // Listed one by one: spreading costs several times as much, which matters for long lists of agents.
  return {
    timezone,
    travel: none,
    versions: weeklySchedule && [{ from: null, week: weekOf(weeklySchedule) }],
    holidays,
    calendars: none,
    rotations: none,
    shifts: none,
    overrides: none,
    timeOff: none,
  };
}

function weekOf(schedule: StoredSchedule): DayPlan[] {
  const week: DayPlan[] = [];
  for (const weekday of weekdays) {
    const hours = schedule[weekday];
    week.push(hours ? [hours] : dayOff);
  }
  return week;
}
