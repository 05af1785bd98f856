import type {
  CalendarExceptions,
  DayPlan,
  HolidayCalendar,
  RecurringHours,
  RotationMembership,
  RotationVersion,
  SharedShift,
  Travel,
  WeekVersion,
} from "@/lib/hours/calendar/data";
import type { AgentRow, RecurringRow, RotationRow, SharedRows } from "@/lib/hours/calendar/server/repository";
import type { StoredVersion } from "@/lib/hours/schedule/stored";
import { epochDay, weekdays } from "@/lib/platform/time/calendar";

// Converts stored rows to the engine's data.

/** What the hours of several agents refer to, by id. */
export interface SharedData {
  readonly calendars: ReadonlyMap<string, HolidayCalendar>;
  readonly rotations: ReadonlyMap<string, Rotation>;
  readonly shifts: readonly SharedShift[];
}

type Rotation = Omit<RotationMembership, "offset" | "from" | "until">;

export const noSharedData: SharedData = { calendars: new Map(), rotations: new Map(), shifts: [] };

/** Converts the versions of weekly hours; null means always. */
export function versionsOf(schedule: readonly StoredVersion[] | null): readonly WeekVersion[] | null {
  if (!schedule) return null;
  return schedule.map(({ from, week }) => ({
    from: from === null ? null : epochDay(from),
    week: weekdays.map((weekday): DayPlan => week[weekday] ?? []),
  }));
}

/** Converts the periods of travel. */
export function travelOf(stored: RecurringRow["travel"]): Travel[] {
  return stored.map(({ timezone, from, to }) => ({
    timezone,
    from: epochDay(from),
    to: epochDay(to),
  }));
}

export function sharedData({ calendars, rotations, shifts }: SharedRows): SharedData {
  return {
    calendars: new Map(calendars.map((calendar) => [calendar.id, calendar])),
    rotations: new Map(rotations.map((rotation) => [rotation.id, rotationOf(rotation)])),
    shifts: shifts.map(({ intervals: spans, ...shift }) => ({ ...shift, spans })),
  };
}

function rotationOf({ versions, ...rotation }: RotationRow): Rotation {
  return {
    ...rotation,
    versions: versions.map(
      ({ from, weeks }): RotationVersion => ({
        from,
        weeks: weeks.map((week) => weekdays.map((weekday) => week[weekday] ?? null)),
      }),
    ),
  };
}

export function recurringHours(row: RecurringRow, shared: SharedData): RecurringHours {
  return {
    timezone: row.timezone,
    travel: travelOf(row.travel),
    versions: versionsOf(row.schedule),
    holidays: row.holidays,
    calendars: row.calendarIds.flatMap((id) => shared.calendars.get(id) ?? []),
    rotations: row.memberships.flatMap(({ rotationId, ...membership }) => {
      const rotation = shared.rotations.get(rotationId);
      return rotation ? [{ ...rotation, ...membership }] : [];
    }),
    shifts: row.memberships.length > 0 ? shared.shifts : [],
  };
}

export function exceptionsOf({ overrides, timeOff }: AgentRow): CalendarExceptions {
  return {
    overrides: (overrides ?? []).map(({ day, intervals, note }) => ({
      day,
      spans: intervals,
      note: note ?? undefined,
    })),
    timeOff: (timeOff ?? []).map(({ publicNote, ...period }) => ({
      ...period,
      reason: publicNote ?? undefined,
    })),
  };
}
