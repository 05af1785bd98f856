import type { PlannerRow } from "@/lib/agents/coverage/planner-contract";
import { type CompiledCalendar, compileCalendar } from "@/lib/hours/calendar/compile";
import type { DateOverride, Span, TimeOff } from "@/lib/hours/calendar/data";
import { shiftsOn } from "@/lib/hours/calendar/hours";
import { timeOffRange } from "@/lib/hours/calendar/time-off";
import { DAY_MS, epochDay, MINUTE_MS, minuteOfDay } from "@/lib/platform/time/calendar";
import { type Interval, mergeIntervals } from "@/lib/platform/time/interval";
import { wallClockAt, zoneClock } from "@/lib/platform/time/wall-clock";

export type RowShift = PlannerRow["shifts"][number];
type RowTimeOff = PlannerRow["timeOff"][number];

/** Returns the zone in which an agent's date is read. */
export function zoneOn({ timezone, timezones }: PlannerRow, date: string): string {
  return timezones?.[date] ?? timezone;
}

/** Returns when a shift is. */
export function intervalOfShift({ start, end }: RowShift): Interval {
  return { start: Date.parse(start), end: Date.parse(end) };
}

/** Whether an interval is, in part, in a period. */
export function isShown(period: Interval, { start, end }: Interval): boolean {
  return start < period.end && end > period.start;
}

/** Returns the shifts that start on a date, by start. */
export function shiftsOfDate({ shifts }: PlannerRow, date: string): RowShift[] {
  return shifts.filter((shift) => shift.date === date);
}

/** Returns the wall-clock minutes of a shift in its zone. */
export function spanOf(row: PlannerRow, { date, start, end }: RowShift): Span {
  const minute = (instant: string) => {
    const wall = wallClockAt(zoneOn(row, date), Date.parse(instant));
    return Math.floor((((wall % DAY_MS) + DAY_MS) % DAY_MS) / MINUTE_MS);
  };
  return { from: minute(start), to: minute(end) };
}

/** Returns the start and end of a span on a date; null if a clock change skips it. */
export function intervalOf(row: PlannerRow, date: string, { from, to }: Span): Interval | null {
  return zoneClock(zoneOn(row, date)).span(epochDay(date), from, to);
}

const minuteOf = (time: RowTimeOff["startTime"]) => (time ? minuteOfDay(time) : null);

function timeOffOf({ id, startDate, endDate, startTime, endTime }: RowTimeOff): TimeOff {
  return {
    id,
    startDay: epochDay(startDate),
    startMinute: minuteOf(startTime),
    endDay: epochDay(endDate),
    endMinute: minuteOf(endTime),
  };
}

/** Returns a calendar that has the hours of a row as overrides, except on `replaced.date`. */
export function calendarOf(
  row: PlannerRow,
  replaced?: { date: string; spans: readonly Span[] },
): CompiledCalendar {
  const overrides = new Map<string, Span[]>();
  for (const shift of row.shifts)
    overrides.set(shift.date, [...(overrides.get(shift.date) ?? []), spanOf(row, shift)]);
  if (replaced) overrides.set(replaced.date, [...replaced.spans]);
  return compileCalendar({
    timezone: row.timezone,
    travel: Object.entries(row.timezones ?? {}).map(([date, timezone]) => {
      const day = epochDay(date);
      return { timezone, from: day, to: day };
    }),
    versions: [],
    holidays: [],
    calendars: [],
    rotations: [],
    shifts: [],
    overrides: [...overrides].map(
      ([date, spans]): DateOverride => ({
        day: epochDay(date),
        spans: spans.toSorted((one, other) => one.from - other.from),
      }),
    ),
    timeOff: row.timeOff.filter(({ state }) => state === "approved").map(timeOffOf),
  });
}

/** Approved or requested time off, with its interval. */
export interface Absence extends Interval {
  timeOff: RowTimeOff;
}

/** Returns the approved and requested time off of a row. */
export function absencesOf(row: PlannerRow): Absence[] {
  const shown = row.timeOff.filter(({ state }) => state === "approved" || state === "requested");
  // Most rows have none, and compiling a calendar is the costliest part of a row.
  if (shown.length === 0) return [];
  const calendar = calendarOf(row);
  return shown.flatMap((timeOff) => {
    const range = timeOffRange(calendar, timeOffOf(timeOff));
    return range ? [{ ...range, timeOff }] : [];
  });
}

/** Returns the row with an override of a date. */
export function withOverride(
  row: PlannerRow,
  date: string,
  spans: readonly Span[],
  note?: string | undefined,
): PlannerRow {
  const day = epochDay(date);
  const fresh = shiftsOn(calendarOf(row, { date, spans }), day, day).map(
    ({ start, end, cutBy }): RowShift => ({
      date,
      start: new Date(start).toISOString(),
      end: new Date(end).toISOString(),
      source: "override",
      ...(note ? { name: note } : {}),
      ...(cutBy ? { cutBy } : {}),
    }),
  );
  const others = row.shifts.filter((shift) => shift.date !== date);
  const shifts = [...others, ...fresh].sort((one, other) => Date.parse(one.start) - Date.parse(other.start));
  return { ...row, shifts };
}

/** Returns the agent's working hours, merged. */
export function hoursOf({ shifts }: PlannerRow): Interval[] {
  return mergeIntervals(shifts.map(intervalOfShift));
}

/** Returns the dates of a row's holidays as epoch days, with the holiday. */
export function holidaysOf(row: PlannerRow): { day: number; date: string; name: string }[] {
  return row.holidays.map(({ date, name }) => ({ day: epochDay(date), date, name }));
}
