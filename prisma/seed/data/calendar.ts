import type { StoredHours } from "@/lib/hours/schedule/stored";
import type { shiftColours } from "@/lib/hours/shifts/values";
import type { Weekday } from "@/lib/platform/time/calendar";

interface ShiftData {
  name: string;
  colour: (typeof shiftColours)[number];
  /** Minutes of the day. */
  intervals: readonly StoredHours[];
  worksOnHolidays: boolean;
}

interface RotationData {
  name: string;
  team: string;
  timezone: string;
  /** Names of shifts by weekday, one object per week. */
  weeks: readonly { readonly [day in Weekday]?: string }[];
  /** Members besides the demo agent. They are spread over the weeks. */
  members: number;
}

interface NeedData {
  team: string;
  /** Monday is 0; undefined for tomorrow only. */
  weekdays?: readonly number[];
  fromMinute: number;
  toMinute: number;
  minimum: number;
}

export interface CalendarData {
  shifts: readonly ShiftData[];
  rotations: readonly RotationData[];
  needs: readonly NeedData[];
  /** Public holidays by place, for some of the agents of the country. */
  holidayCalendars: readonly { name: string; country: string; region?: string; agents: number }[];
  /** A calendar of the workspace's own, with a day in the next weeks. */
  companyDays: { name: string; day: string; agents: number };
}

/** The types that every workspace starts with. */
export const timeOffTypes = [
  { name: "Vacation", approval: "required", isPrivate: false },
  { name: "Sick", approval: "automatic", isPrivate: true },
  { name: "Training", approval: "required", isPrivate: false },
  { name: "Other", approval: "required", isPrivate: true },
] as const;

const HOUR = 60;
const workdays = [0, 1, 2, 3, 4];

export const northwindCalendar: CalendarData = {
  shifts: [
    {
      name: "Early",
      colour: "yellow",
      intervals: [{ from: 6 * HOUR, to: 14 * HOUR }],
      worksOnHolidays: false,
    },
    {
      name: "Late",
      colour: "orange",
      intervals: [
        { from: 14 * HOUR, to: 18 * HOUR },
        { from: 18 * HOUR + 30, to: 22 * HOUR },
      ],
      worksOnHolidays: false,
    },
    {
      name: "Night",
      colour: "violet",
      intervals: [{ from: 22 * HOUR, to: 6 * HOUR }],
      worksOnHolidays: true,
    },
    {
      name: "On call",
      colour: "teal",
      intervals: [{ from: 8 * HOUR, to: 20 * HOUR }],
      worksOnHolidays: true,
    },
  ],
  rotations: [
    {
      name: "Care around the clock",
      team: "Customer Care Europe",
      timezone: "Europe/Berlin",
      weeks: [
        { monday: "Early", tuesday: "Early", wednesday: "Early", thursday: "Early", friday: "Early" },
        { tuesday: "Late", wednesday: "Late", thursday: "Late", friday: "Late", saturday: "Late" },
        { monday: "Night", tuesday: "Night", wednesday: "Night", thursday: "Night", sunday: "Night" },
      ],
      members: 5,
    },
    {
      name: "Second line",
      team: "Technical Support",
      timezone: "Europe/Berlin",
      weeks: [
        { monday: "Early", tuesday: "Early", wednesday: "Early", thursday: "Early", friday: "Early" },
        { monday: "Late", tuesday: "Late", wednesday: "Late", thursday: "Late", saturday: "On call" },
      ],
      members: 4,
    },
  ],
  needs: [
    {
      team: "Customer Care Europe",
      weekdays: workdays,
      fromMinute: 9 * HOUR,
      toMinute: 17 * HOUR,
      minimum: 4,
    },
    { team: "Technical Support", weekdays: workdays, fromMinute: 10 * HOUR, toMinute: 16 * HOUR, minimum: 2 },
    // The team is empty, so this one is always missed.
    { team: "Peak Season", fromMinute: 10 * HOUR, toMinute: 14 * HOUR, minimum: 2 },
  ],
  holidayCalendars: [
    { name: "Bavaria", country: "DE", region: "BY", agents: 4 },
    { name: "United States", country: "US", agents: 5 },
  ],
  companyDays: { name: "Northwind", day: "Company day", agents: 4 },
};
