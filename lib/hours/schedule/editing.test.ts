import { describe, expect, it } from "vitest";
import { weekdays } from "@/lib/platform/time/calendar";
import { type IntervalWeek, intervalWeekSchema, weeklyScheduleResponseSchema } from "./contract";
import {
  clashes,
  copyDay,
  type DayHours,
  endsNextDay,
  foldedSchedule,
  isSameWeek,
  isWholeDay,
  lengthOf,
  nextInterval,
  overlaps,
  presets,
  weeklyMinutes,
  weekOf,
  withDay,
} from "./editing";

/** Parses hours such as "09:00-17:00". */
function hours(text: string): DayHours {
  const [from, to] = text.split("-").map((time) => {
    const [hour = 0, minute = 0] = time.split(":").map(Number);
    return { hour, minute };
  });
  if (!from || !to) throw new Error(text);
  return { from, to };
}

/** Parses the intervals of a day such as "09:00-12:00 13:00-17:00". */
const day = (text: string): DayHours[] => text.split(" ").map(hours);

const daily = (text: string): IntervalWeek =>
  Object.fromEntries(weekdays.map((weekday) => [weekday, day(text)]));

describe("hours of a day", () => {
  it("last until the clock next shows their end", () => {
    expect(lengthOf(hours("09:00-17:30"))).toBe(510);
    expect(lengthOf(hours("22:00-06:00"))).toBe(480);
    expect(lengthOf(hours("00:00-00:00"))).toBe(1440);
    expect(lengthOf(hours("09:00-09:00"))).toBe(1440);
    expect(lengthOf(hours("16:00-00:00"))).toBe(480);
  });

  it("reach into the next day if they end after midnight, but not at midnight", () => {
    expect(endsNextDay(hours("22:00-06:00"))).toBe(true);
    expect(endsNextDay(hours("09:00-09:00"))).toBe(true);
    expect(endsNextDay(hours("16:00-00:00"))).toBe(false);
    expect(endsNextDay(hours("00:00-00:00"))).toBe(false);
    expect(endsNextDay(hours("09:00-17:00"))).toBe(false);
  });

  it("are a whole day only from midnight to midnight", () => {
    expect(isWholeDay(hours("00:00-00:00"))).toBe(true);
    expect(isWholeDay(hours("09:00-09:00"))).toBe(false);
  });
});

describe("hours of a week", () => {
  it("are the sum of their days", () => {
    expect(weeklyMinutes({})).toBe(0);
    expect(weeklyMinutes({ monday: day("09:00-17:00"), saturday: day("22:00-06:30") })).toBe(990);
    expect(weeklyMinutes(daily("00:00-00:00"))).toBe(168 * 60);
  });

  it("count overlapping time once, across the end of the week as well", () => {
    const schedule = { sunday: day("20:00-10:00"), monday: day("08:00-16:00") };
    expect(overlaps(schedule)).toEqual([{ weekday: "sunday", next: "monday", minutes: 120 }]);
    expect(weeklyMinutes(schedule)).toBe((14 + 8 - 2) * 60);
  });

  it("do not overlap if one shift ends when the next starts", () => {
    expect(overlaps({ monday: day("22:00-06:00"), tuesday: day("06:00-14:00") })).toEqual([]);
    expect(overlaps(daily("09:00-09:00"))).toEqual([]);
  });

  it("count the intervals of a day, without the breaks between them", () => {
    expect(weeklyMinutes({ monday: day("09:00-12:00 13:00-17:00") })).toBe(7 * 60);
    expect(weeklyMinutes({ monday: day("13:00-17:00 09:00-14:00") })).toBe(8 * 60);
  });

  it("overlap the next day only with the last interval", () => {
    const week = { monday: day("20:00-02:00 08:00-12:00"), tuesday: day("13:00-15:00 01:00-03:00") };
    expect(overlaps(week)).toEqual([{ weekday: "monday", next: "tuesday", minutes: 60 }]);
    expect(intervalWeekSchema.safeParse(week).success).toBe(false);
  });

  it("overlap by at most the length of the shorter shift", () => {
    const schedule = { monday: day("23:00-22:00"), tuesday: day("01:00-02:00") };
    expect(weeklyMinutes(schedule)).toBe(23 * 60);
  });
});

describe("changing a week", () => {
  it("sets and clears a day, Monday first in any order", () => {
    const week = withDay({ friday: day("09:00-17:00") }, "monday", day("10:00-12:00"));
    expect(Object.keys(week)).toEqual(["monday", "friday"]);
    expect(withDay(week, "friday", [])).toEqual({ monday: day("10:00-12:00") });
  });

  it("copies a day to others, including days off, without changing the original", () => {
    const week = { monday: day("09:00-17:00"), tuesday: day("10:00-18:00") };
    const copied = copyDay(week, "monday", ["tuesday", "wednesday"]);
    expect(copied).toEqual({
      monday: day("09:00-17:00"),
      tuesday: day("09:00-17:00"),
      wednesday: day("09:00-17:00"),
    });
    expect(copied.wednesday).not.toBe(week.monday);
    expect(copyDay(week, "sunday", ["monday", "tuesday"])).toEqual({});
    expect(week.tuesday).toEqual(day("10:00-18:00"));
  });

  it("compares days regardless of the order of their intervals", () => {
    const week = { monday: day("09:00-12:00 13:00-17:00") };
    expect(isSameWeek(week, { monday: day("13:00-17:00 09:00-12:00") })).toBe(true);
    expect(isSameWeek(week, { monday: day("09:00-12:00") })).toBe(false);
  });

  it("converts a week to one interval a day and back", () => {
    const folded = foldedSchedule({ monday: day("13:00-17:00 09:00-12:00"), friday: day("22:00-06:00") });
    expect(folded).toEqual({ monday: hours("09:00-17:00"), friday: hours("22:00-06:00") });
    expect(weekOf(folded)).toEqual({ monday: day("09:00-17:00"), friday: day("22:00-06:00") });
  });

  it("compares two weeks", () => {
    expect(isSameWeek({}, {})).toBe(true);
    expect(isSameWeek(daily("09:00-17:00"), daily("09:00-17:00"))).toBe(true);
    expect(isSameWeek(daily("09:00-17:00"), withDay(daily("09:00-17:00"), "sunday", []))).toBe(false);
  });
});

describe("intervals of a day", () => {
  it("clash with the earlier one that they overlap, but may touch it", () => {
    expect(clashes(day("13:00-17:00 09:00-14:00"))).toEqual([hours("09:00-14:00"), undefined]);
    expect(clashes(day("09:00-12:00 12:00-17:00"))).toEqual([undefined, undefined]);
    expect(clashes(day("22:00-06:00 23:00-23:30"))).toEqual([undefined, hours("22:00-06:00")]);
  });

  it("are added after a break, where there is room without a clash", () => {
    expect(nextInterval([])).toEqual(hours("09:00-17:00"));
    expect(nextInterval(day("09:00-12:00"))).toEqual(hours("13:00-17:00"));
    expect(nextInterval(day("09:00-21:00"))).toEqual(hours("22:00-00:00"));
    expect(nextInterval(day("14:00-00:00"))).toEqual(hours("09:00-13:00"));
    for (const text of ["09:00-12:00", "09:00-22:30", "14:00-00:00", "22:00-06:00", "01:00-00:00"]) {
      const intervals = [...day(text), nextInterval(day(text))];
      expect(clashes(intervals), text).toEqual([undefined, undefined]);
    }
  });
});

describe("presets", () => {
  const byId = (weekend: Parameters<typeof presets>[0]) =>
    Object.fromEntries(presets(weekend).map((preset) => [preset.id, preset.schedule]));

  it("are valid schedules for the API", () => {
    for (const { schedule } of presets(["saturday", "sunday"]))
      expect(weeklyScheduleResponseSchema.safeParse(schedule).success).toBe(true);
  });

  it("respect the given weekend", () => {
    expect(Object.keys(byId(["saturday", "sunday"]).office ?? {})).toEqual(weekdays.slice(0, 5));
    expect(byId(["saturday", "sunday"]).office?.monday).toEqual(hours("09:00-17:00"));
    expect(Object.keys(byId(["friday", "saturday"]).office ?? {})).toContain("sunday");
    expect(Object.keys(byId(["friday", "saturday"]).weekend ?? {})).toEqual(["friday", "saturday"]);
  });

  it("include a week around the clock and a week off", () => {
    const { always, off, night } = byId(["saturday", "sunday"]);
    expect(weeklyMinutes(weekOf(always ?? {}))).toBe(168 * 60);
    expect(off).toEqual({});
    expect(night?.monday).toEqual(hours("22:00-06:00"));
  });
});
