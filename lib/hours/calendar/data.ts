/*
 * The data from which an agent's hours are computed; survives JSON. Days are local epoch days (days since
 * 1970-01-01), times are wall-clock minutes of the day.
 */

/** Wall-clock minutes (0–1439). `to` is on the next date if it is not later than `from`; equal means a whole day. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The shifts that start on one date, ascending and not overlapping; empty means off. */
export type DayPlan = readonly Span[];

/** Weekly hours that are in force from a date on. */
export interface WeekVersion {
  /** Null for the first version. */
  readonly from: number | null;
  /** Seven plans, Monday first. */
  readonly week: readonly DayPlan[];
}

/** A period whose dates are read in another zone; both ends inclusive. */
export interface Travel {
  readonly timezone: string;
  readonly from: number;
  readonly to: number;
}

/** A yearly holiday: month 1–12, day 1–31. February 29 applies in leap years only. */
export interface YearlyHoliday {
  readonly name: string;
  readonly month: number;
  readonly day: number;
}

/** A list of dates that are off. */
export interface HolidayCalendar {
  readonly id: string;
  readonly name: string;
  readonly days: readonly { readonly day: number; readonly name: string }[];
}

/** A named shift that rotations refer to. */
export interface SharedShift {
  readonly id: string;
  readonly name: string;
  readonly spans: DayPlan;
  readonly worksOnHolidays: boolean;
}

/** Weeks of a rotation that are in force from a date on. */
export interface RotationVersion {
  /** Null for the first version. */
  readonly from: number | null;
  /** Each week has seven entries, Monday first: the id of a shared shift, or null for a day off. */
  readonly weeks: readonly (readonly (string | null)[])[];
}

/** An agent's membership in a rotation. */
export interface RotationMembership {
  /** The rotation. */
  readonly id: string;
  readonly name: string;
  /** The zone of the member's dates; null means the agent's own. */
  readonly timezone: string | null;
  /** The first date of the rotation; its week is week 0. */
  readonly startDay: number;
  /** The number of weeks that this member is ahead. */
  readonly offset: number;
  /** The dates of the membership, both inclusive; null means unlimited. */
  readonly from: number | null;
  readonly until: number | null;
  /** Ascending. */
  readonly versions: readonly RotationVersion[];
}

/** Hours that repeat; many agents can share them. */
export interface RecurringHours {
  readonly timezone: string;
  readonly travel: readonly Travel[];
  /** Ascending. Null means always: the whole of every date. */
  readonly versions: readonly WeekVersion[] | null;
  readonly holidays: readonly YearlyHoliday[];
  readonly calendars: readonly HolidayCalendar[];
  /** At most one should be in force on a date; if there are several, the first one applies. */
  readonly rotations: readonly RotationMembership[];
  /** All shifts to which the rotations refer. */
  readonly shifts: readonly SharedShift[];
}

/** Replaces everything else on a date, except time off. */
export interface DateOverride {
  readonly day: number;
  readonly spans: DayPlan;
  readonly note?: string | undefined;
}

/**
 * Approved time off. Without minutes it covers whole dates, with the shifts that start on them. With one of them it
 * is a range of wall-clock times; a null minute then means the start of the first or the end of the last date.
 */
export interface TimeOff {
  readonly id: string;
  readonly typeId?: string | undefined;
  readonly startDay: number;
  readonly startMinute: number | null;
  readonly endDay: number;
  readonly endMinute: number | null;
  readonly reason?: string | undefined;
}

/** What an agent doesn't share with others. */
export interface CalendarExceptions {
  readonly overrides: readonly DateOverride[];
  readonly timeOff: readonly TimeOff[];
}

/** All that an agent's hours depend on. */
export interface AgentCalendar extends RecurringHours, CalendarExceptions {}

/** Local epoch days, both inclusive. */
export interface Days {
  readonly from: number;
  readonly to: number;
}
