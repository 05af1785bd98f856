import type { StoredSchedule } from "@/lib/hours/schedule/stored";
import { type Weekday, weekdays } from "@/lib/platform/time/calendar";

const workdays: readonly Weekday[] = ["monday", "tuesday", "wednesday", "thursday", "friday"];

/** Returns hours such as "09:00-17:30" for each of these days. */
function hours(days: readonly Weekday[], span: string): StoredSchedule {
  const [from = 0, to = 0] = span.split("-").map((time) => {
    const [hour = 0, minute = 0] = time.split(":").map(Number);
    return hour * 60 + minute;
  });
  return Object.fromEntries(days.map((day) => [day, { from, to }]));
}

/** Weekly schedules by everyday name. */
export const schedules = {
  day: hours(workdays, "09:00-17:30"),
  office: { ...hours(workdays, "08:00-17:00"), friday: { from: 8 * 60, to: 14 * 60 } },
  early: hours(workdays, "06:00-14:00"),
  late: hours(workdays, "14:00-22:00"),
  evening: hours(["tuesday", "wednesday", "thursday", "friday", "saturday"], "16:30-00:30"),
  overnight: hours(["sunday", "monday", "tuesday", "wednesday", "thursday"], "22:00-06:00"),
  partTime: hours(["monday", "wednesday", "thursday"], "09:00-13:00"),
  mornings: hours(workdays, "08:15-12:45"),
  weekend: hours(["friday", "saturday", "sunday"], "08:00-20:00"),
  sundayToThursday: hours(["sunday", "monday", "tuesday", "wednesday", "thursday"], "09:00-17:00"),
  mixed: {
    monday: { from: 7 * 60, to: 15 * 60 },
    tuesday: { from: 12 * 60, to: 20 * 60 },
    thursday: { from: 22 * 60, to: 6 * 60 },
    saturday: { from: 9 * 60 + 45, to: 13 * 60 + 15 },
  },
  dayAndNight: hours(weekdays, "00:00-00:00"),
  onCallDay: hours(["wednesday"], "00:00-00:00"),
  never: {},
  always: null,
} satisfies Record<string, StoredSchedule | null>;

export type ScheduleName = keyof typeof schedules;

/** Agents per hundred with each schedule. */
const shares: readonly (readonly [ScheduleName, number])[] = [
  ["day", 30],
  ["office", 11],
  ["early", 9],
  ["late", 9],
  ["evening", 6],
  ["overnight", 8],
  ["partTime", 6],
  ["mornings", 4],
  ["weekend", 4],
  ["mixed", 3],
  ["dayAndNight", 1],
  ["onCallDay", 1],
  ["never", 1],
  ["always", 7],
];

/** A hundred schedules in realistic proportions. */
export const commonSchedules: readonly ScheduleName[] = shares.flatMap(([name, share]) =>
  Array.from({ length: share }, () => name),
);
