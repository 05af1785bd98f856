import type { IntervalOfDay, IntervalWeek } from "@/lib/hours/schedule/contract";
import { epochDay, minuteOfDay, weekdays } from "@/lib/platform/time/calendar";
import type { AgentCalendar, DayPlan, Span, WeekVersion, YearlyHoliday } from "./data";

/** Weekly hours in API form with the date from which they apply, as in `2026-03-01`. */
export interface DatedWeek {
  readonly effectiveFrom?: string | undefined;
  readonly week: IntervalWeek;
}

/** Converts an interval from API form. */
export function spanOf({ from, to }: IntervalOfDay): Span {
  return { from: minuteOfDay(from), to: minuteOfDay(to) };
}

/** Converts versions of weekly hours from API form. Intervals keep their order. */
export function weekVersions(versions: readonly DatedWeek[]): WeekVersion[] {
  return versions.map(({ effectiveFrom, week }) => ({
    from: effectiveFrom === undefined ? null : epochDay(effectiveFrom),
    week: weekdays.map((weekday): DayPlan => (week[weekday] ?? []).map(spanOf)),
  }));
}

const none: readonly never[] = [];

/** Returns the calendar of an agent with only a week (none: always working) and yearly holidays. */
export function weeklyCalendar({
  timezone,
  week,
  holidays,
}: {
  timezone: string;
  week: IntervalWeek | undefined;
  holidays: readonly YearlyHoliday[];
}): AgentCalendar {
  return {
    timezone,
    travel: none,
    versions: week ? weekVersions([{ week }]) : null,
    holidays,
    calendars: none,
    rotations: none,
    shifts: none,
    overrides: none,
    timeOff: none,
  };
}
