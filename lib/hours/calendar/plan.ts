import { monthDayOf, weekdayIndex } from "@/lib/platform/time/calendar";
import type { DayPlan, HolidayCalendar, RecurringHours, RotationMembership, SharedShift } from "./data";

/** Why a date has its plan. */
export interface Because {
  readonly source: "weekly" | "rotation" | "override" | "holiday" | "always";
  /** The rotation, or the holiday calendar unless the holiday is the agent's own. */
  readonly id?: string | undefined;
  /** The shared shift of a rotation. */
  readonly shiftId?: string | undefined;
  /** The name of the shift or holiday, or the note of the override. */
  readonly name?: string | undefined;
}

/** A plan with its reason. */
export interface ReasonedPlan {
  readonly plan: DayPlan;
  readonly because: Because;
}

/** Looks up by local epoch day what recurring hours say about a date. */
export interface Planner {
  readonly zoneOn: (day: number) => string;
  /** The spans of the date, ignoring holidays. */
  readonly spansOn: (day: number) => DayPlan;
  /** The same with their reason. */
  readonly baseOn: (day: number) => ReasonedPlan;
  /** The first holiday of the date: own ones before those of calendars. */
  readonly holidayOn: (day: number) => Because | undefined;
  /** Whether the shift of the date takes place even on holidays. */
  readonly worksOnHolidays: (day: number) => boolean;
}

const wholeDay: DayPlan = [{ from: 0, to: 0 }];
const dayOff: DayPlan = [];
const always: ReasonedPlan = { plan: wholeDay, because: { source: "always" } };
const weekly: Because = { source: "weekly" };

export function createPlanner(data: RecurringHours): Planner {
  const { timezone, travel, versions, rotations } = data;
  const shifts = new Map<string, SharedShift>();
  if (rotations.length > 0) for (const shift of data.shifts) shifts.set(shift.id, shift);

  const rotationOn = (day: number) => rotations.find((rotation) => isMember(rotation, day));
  const shiftOn = (rotation: RotationMembership, day: number) => shifts.get(shiftIdOn(rotation, day) ?? "");

  return {
    zoneOn(day) {
      const ofRotation = rotations.length > 0 ? rotationOn(day)?.timezone : null;
      if (ofRotation) return ofRotation;
      if (travel.length === 0) return timezone;
      return travel.find(({ from, to }) => from <= day && day <= to)?.timezone ?? timezone;
    },
    spansOn(day) {
      const rotation = rotations.length > 0 ? rotationOn(day) : undefined;
      if (rotation) return shiftOn(rotation, day)?.spans ?? dayOff;
      return weeklyPlan(versions, day);
    },
    baseOn(day) {
      const rotation = rotations.length > 0 ? rotationOn(day) : undefined;
      if (rotation) {
        const shift = shiftOn(rotation, day);
        const because = {
          source: "rotation",
          id: rotation.id,
          shiftId: shift?.id,
          name: shift?.name ?? rotation.name,
        } as const;
        return { plan: shift?.spans ?? dayOff, because };
      }
      if (!versions) return always;
      return { plan: weeklyPlan(versions, day), because: weekly };
    },
    holidayOn: holidayLookup(data),
    worksOnHolidays(day) {
      const rotation = rotations.length > 0 ? rotationOn(day) : undefined;
      return rotation !== undefined && (shiftOn(rotation, day)?.worksOnHolidays ?? false);
    },
  };
}

function weeklyPlan(versions: RecurringHours["versions"], day: number): DayPlan {
  if (!versions) return wholeDay;
  return inForce(versions, day)?.week[weekdayIndex(day)] ?? dayOff;
}

/** Returns the version in force on a date. Versions must be ascending. */
export function inForce<Version extends { readonly from: number | null }>(
  versions: readonly Version[],
  day: number,
): Version | undefined {
  for (let index = versions.length - 1; index >= 0; index--) {
    const version = versions[index];
    if (version && (version.from === null || version.from <= day)) return version;
  }
  return undefined;
}

/** Returns the first date of a membership. */
export function memberFrom({ startDay, from }: RotationMembership): number {
  return Math.max(startDay, from ?? startDay);
}

function isMember(rotation: RotationMembership, day: number): boolean {
  return memberFrom(rotation) <= day && (rotation.until === null || day <= rotation.until);
}

function shiftIdOn(rotation: RotationMembership, day: number): string | null {
  const weeks = inForce(rotation.versions, day)?.weeks ?? [];
  if (weeks.length === 0) return null;
  return weeks[rotationWeek(rotation, day, weeks.length)]?.[weekdayIndex(day)] ?? null;
}

/** Returns which of a rotation's `count` weeks a member is in on a date; 0 is the first. */
export function rotationWeek(
  { startDay, offset }: Pick<RotationMembership, "startDay" | "offset">,
  day: number,
  count: number,
): number {
  const passed = (monday(day) - monday(startDay)) / 7 + offset;
  return ((passed % count) + count) % count;
}

function monday(day: number): number {
  return day - weekdayIndex(day);
}

function holidayLookup({ holidays, calendars }: RecurringHours): Planner["holidayOn"] {
  if (calendars.length === 0 && holidays.length === 0) return () => undefined;
  return (day) => {
    // Not a map: the caller caches the answer for each date.
    const date = holidays.length > 0 ? monthDayOf(day) : undefined;
    const own = date && holidays.find((holiday) => holiday.day === date.day && holiday.month === date.month);
    if (own) return { source: "holiday", name: own.name };
    for (const calendar of calendars) {
      const found = datedHolidays(calendar).get(day);
      if (found) return found;
    }
    return undefined;
  };
}

/** By calendar, because thousands of agents share one. */
const dated = new WeakMap<HolidayCalendar, ReadonlyMap<number, Because>>();

/** Returns the first holiday of each date of a calendar. */
function datedHolidays(calendar: HolidayCalendar): ReadonlyMap<number, Because> {
  const known = dated.get(calendar);
  if (known) return known;
  const { id, days } = calendar;
  const found = new Map<number, Because>();
  for (const { day, name } of days) if (!found.has(day)) found.set(day, { source: "holiday", id, name });
  dated.set(calendar, found);
  return found;
}
