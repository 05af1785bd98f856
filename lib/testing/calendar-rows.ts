import type { AgentCalendar, DayPlan, RotationMembership, TimeOff } from "@/lib/hours/calendar/data";
import type { StoredVersion } from "@/lib/hours/schedule/stored";
import { newId } from "@/lib/platform/ids";
import { DAY_MS, isoDate, type Weekday, weekdays } from "@/lib/platform/time/calendar";
import { combineRows, makeAgent, type Rows } from "./factories";

const dateOf = (day: number) => new Date(day * DAY_MS);

/** Returns the rows of a type of time off, which `makeCalendar` refers to. */
export function makeTimeOffType(workspaceId: string, id: string): Pick<Rows, "timeOffTypes"> {
  const at = new Date(0);
  const type = { workspaceId, id, name: id, nameKey: id, approval: "required" as const, isPrivate: false };
  return { timeOffTypes: [{ ...type, position: 9, createdAt: at, updatedAt: at }] };
}

/**
 * Creates an agent with a calendar. Returns it as stored too: with ids of the database, and without what the tables
 * do not accept, such as overlapping time off.
 */
export function makeCalendar(
  { workspaceId, id, timeOffTypeId, ...agent }: CalendarAgent,
  given: AgentCalendar,
  state?: Parameters<typeof makeAgent>[1],
): { rows: Partial<Rows>; calendar: AgentCalendar } {
  const base = { workspaceId, createdAt: new Date(0), updatedAt: new Date(0) };
  const calendar = storable(given);
  const { rotations, shifts, calendars, overrides, timeOff } = calendar;
  const rows = combineRows([
    makeAgent(
      {
        ...agent,
        workspaceId,
        id,
        timezone: calendar.timezone,
        schedule: calendar.versions?.map(storedVersion) ?? null,
        holidays: calendar.holidays.map((holiday) => ({ ...holiday })),
        travel: calendar.travel.map((stay) => ({
          timezone: stay.timezone,
          from: isoDate(stay.from),
          to: isoDate(stay.to),
        })),
      },
      state,
    ),
    {
      agentOverrides: overrides.map(({ day, spans, note }) => ({
        ...base,
        agentId: id,
        date: dateOf(day),
        intervals: spans.map((span) => ({ ...span })),
        note: note ?? null,
      })),
      holidayCalendars: calendars.map((one) => ({ ...base, id: one.id, name: one.name, nameKey: one.id })),
      holidayCalendarDays: calendars.flatMap((one) =>
        one.days.map(({ day, name }) => ({ workspaceId, calendarId: one.id, date: dateOf(day), name })),
      ),
      agentHolidayCalendars: calendars.map((one) => ({ workspaceId, agentId: id, calendarId: one.id })),
      timeOff: timeOff.map(({ reason, ...period }) => ({
        ...base,
        id: period.id,
        agentId: id,
        typeId: timeOffTypeId,
        state: "approved" as const,
        startDate: dateOf(period.startDay),
        endDate: dateOf(period.endDay),
        startMinute: period.startMinute,
        endMinute: period.endMinute,
        publicNote: reason ?? null,
      })),
      shifts: shifts.map(({ spans, ...shift }) => ({
        ...base,
        ...shift,
        nameKey: shift.id,
        colour: "blue",
        intervals: spans.map((span) => ({ ...span })),
      })),
      rotations: rotations.map((one) => ({
        ...base,
        id: one.id,
        name: one.name,
        nameKey: one.id,
        timezone: one.timezone,
        startDate: dateOf(one.startDay),
      })),
      rotationVersions: rotations.flatMap((one) =>
        one.versions.map(({ from, weeks }) => ({
          workspaceId,
          rotationId: one.id,
          fromDate: dateOf(from ?? one.startDay),
          weeks: weeks.map((week) => byWeekday(week)),
        })),
      ),
      rotationMembers: rotations.map((one) => ({
        workspaceId,
        id: newId(),
        rotationId: one.id,
        agentId: id,
        offset: one.offset,
        fromDate: one.from === null ? null : dateOf(one.from),
        untilDate: one.until === null ? null : dateOf(one.until),
      })),
    },
  ]);
  return { rows, calendar };
}

interface CalendarAgent extends Omit<Parameters<typeof makeAgent>[0], "schedule" | "holidays" | "travel"> {
  workspaceId: string;
  id: string;
  timeOffTypeId: string;
}

function byWeekday<Value>(week: readonly (Value | null)[]): { [day in Weekday]?: Value } {
  return Object.fromEntries(
    weekdays.flatMap((weekday, index) => {
      const value = week[index];
      return value === null || value === undefined ? [] : [[weekday, value]];
    }),
  );
}

function storedVersion({ from, week }: NonNullable<AgentCalendar["versions"]>[number]): StoredVersion {
  const days = byWeekday<DayPlan>(week.map((plan) => (plan.length > 0 ? plan : null)));
  return {
    from: from === null ? null : isoDate(from),
    fromAt: from === null ? null : from * DAY_MS,
    week: days,
  };
}

function storable(given: AgentCalendar): AgentCalendar {
  const shiftIds = new Map<string, string>();
  for (const { id, spans } of given.shifts) if (spans.length > 0) shiftIds.set(id, newId());
  const one = given.rotations.find(({ from, until }) => from === null || until === null || from <= until);
  return {
    ...given,
    calendars: given.calendars.map((calendar) => ({
      ...calendar,
      id: newId(),
      days: [...new Map(calendar.days.map((day) => [day.day, day])).values()],
    })),
    shifts: given.shifts.flatMap((shift) => {
      const id = shiftIds.get(shift.id);
      return id === undefined ? [] : [{ ...shift, id }];
    }),
    rotations: one ? [{ ...one, id: newId(), versions: versionsFromStart(one, shiftIds) }] : [],
    timeOff: apart(given.timeOff),
  };
}

/** The first version starts with the rotation. */
function versionsFromStart({ versions, startDay }: RotationMembership, shiftIds: Map<string, string>) {
  const first = versions.findLastIndex(({ from }) => from === null || from <= startDay);
  return versions.slice(Math.max(0, first)).map(({ from, weeks }, index) => ({
    from: index === 0 ? startDay : from,
    weeks: weeks.map((week) => week.map((id) => (id === null ? null : (shiftIds.get(id) ?? null)))),
  }));
}

function apart(given: readonly TimeOff[]): TimeOff[] {
  const kept: (TimeOff & { start: number; end: number })[] = [];
  for (const one of given) {
    const start = one.startDay * 1440 + (one.startMinute ?? 0);
    const end = one.endDay * 1440 + (one.endMinute ?? 1440);
    if (start < end && kept.every((other) => end <= other.start || other.end <= start))
      kept.push({ ...one, id: newId(), start, end });
  }
  return kept.map(({ start: _, end: __, ...one }) => one);
}
