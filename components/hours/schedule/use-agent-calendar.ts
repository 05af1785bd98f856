"use client";

import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import type { AgentCalendar, RotationMembership, SharedShift, TimeOff } from "@/lib/hours/calendar/data";
import { type DatedWeek, spanOf, weekVersions } from "@/lib/hours/calendar/weekly";
import {
  agentHolidayCalendarsQuery,
  allHolidayCalendarsQuery,
} from "@/lib/hours/holiday-calendars/client/queries";
import type { HolidayCalendar } from "@/lib/hours/holiday-calendars/contract";
import type { Holiday } from "@/lib/hours/schedule/contract";
import { allRotationsQuery, allShiftsQuery } from "@/lib/hours/shifts/client/collections";
import type { Shift } from "@/lib/hours/shifts/contract";
import type { Rotation } from "@/lib/hours/shifts/rotations-contract";
import { allTimeOffQuery } from "@/lib/hours/time-off/client/queries";
import type { TimeOff as TimeOffOfApi } from "@/lib/hours/time-off/contract";
import { overridesQuery, travelQuery } from "@/lib/hours/weeks/client/queries";
import { epochDay, isoDate, minuteOfDay, weekdays } from "@/lib/platform/time/calendar";

/** Hours that can be unsaved. */
export interface EditedHours {
  readonly timezone: string;
  /** Null means always. */
  readonly versions: readonly DatedWeek[] | null;
  readonly holidays: readonly Holiday[];
}

/** How many days away a shift or time off can be that affects a date. */
const margin = 3;

/**
 * Returns everything that determines an agent's hours on the given local epoch days: the edited hours as passed,
 * everything else as saved.
 */
export function useAgentCalendar(
  workspaceId: string,
  agentId: string,
  edited: EditedHours,
  { first, last }: { first: number; last: number },
) {
  const range = { from: isoDate(first - margin), to: isoDate(last + margin) };
  const [travel, overrides, assigned, calendars, rotations, shifts, timeOff] = useQueries({
    queries: [
      travelQuery(workspaceId, agentId),
      overridesQuery(workspaceId, agentId, range),
      agentHolidayCalendarsQuery(workspaceId, agentId),
      allHolidayCalendarsQuery(workspaceId),
      allRotationsQuery(workspaceId),
      allShiftsQuery(workspaceId),
      allTimeOffQuery(workspaceId, { ...range, agentIds: [agentId], states: ["approved"] }),
    ],
  });
  const all = [travel, overrides, assigned, calendars, rotations, shifts, timeOff];
  const failed = all.find(({ error }) => error);
  const data = useMemo((): AgentCalendar | undefined => {
    if (
      !travel.data ||
      !overrides.data ||
      !assigned.data ||
      !calendars.data ||
      !rotations.data ||
      !shifts.data ||
      !timeOff.data
    )
      return undefined;
    const { calendarIds } = assigned.data.data;
    return {
      timezone: edited.timezone,
      travel: travel.data.data.travel.map(({ timezone, from, to }) => ({
        timezone,
        from: epochDay(from),
        to: epochDay(to),
      })),
      versions: edited.versions && weekVersions(edited.versions),
      holidays: edited.holidays,
      calendars: calendarsOf(calendars.data, calendarIds),
      rotations: rotations.data.flatMap((rotation) => membershipsOf(rotation, agentId)),
      shifts: shifts.data.map(sharedShift),
      overrides: overrides.data.results.map(({ date, intervals, note }) => ({
        day: epochDay(date),
        spans: intervals.map(spanOf),
        note,
      })),
      timeOff: timeOff.data.map(timeOffOf),
    };
  }, [
    edited.timezone,
    edited.versions,
    edited.holidays,
    travel.data,
    overrides.data,
    assigned.data,
    calendars.data,
    rotations.data,
    shifts.data,
    timeOff.data,
    agentId,
  ]);
  return {
    data,
    error: failed?.error ?? null,
    refetch: () => Promise.all(all.filter(({ error }) => error).map((query) => query.refetch())),
  };
}

const calendarsOf = (all: readonly HolidayCalendar[], ids: readonly string[]) =>
  all
    .filter(({ id }) => ids.includes(id))
    .map(({ id, name, days }) => ({
      id,
      name,
      days: days.map((each) => ({ day: epochDay(each.date), name: each.name })),
    }));

function membershipsOf(rotation: Rotation, agentId: string): RotationMembership[] {
  const { id, name, timezone, startDate, versions, members } = rotation;
  return members
    .filter((member) => member.agentId === agentId)
    .map(({ offset, from, until }) => ({
      id,
      name,
      timezone: timezone ?? null,
      startDay: epochDay(startDate),
      offset,
      from: from === undefined ? null : epochDay(from),
      until: until === undefined ? null : epochDay(until),
      versions: versions.map((version, index) => ({
        from: index === 0 ? null : epochDay(version.from),
        weeks: version.weeks.map((week) => weekdays.map((weekday) => week[weekday] ?? null)),
      })),
    }));
}

const sharedShift = ({ id, name, intervals, worksOnHolidays }: Shift): SharedShift => ({
  id,
  name,
  spans: intervals.map(spanOf),
  worksOnHolidays,
});

const minutesOf = (time: TimeOffOfApi["startTime"]) => (time ? minuteOfDay(time) : null);

const timeOffOf = (each: TimeOffOfApi): TimeOff => ({
  id: each.id,
  typeId: each.typeId,
  startDay: epochDay(each.startDate),
  startMinute: minutesOf(each.startTime),
  endDay: epochDay(each.endDate),
  endMinute: minutesOf(each.endTime),
  reason: each.publicNote,
});
