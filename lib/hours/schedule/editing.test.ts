import { describe, expect, it } from "vitest";
import { weekdays } from "@/lib/platform/time/calendar";
import { type WeeklySchedule, weeklyScheduleResponseSchema } from "./contract";
import {
  copyDay,
  type DayHours,
  endsNextDay,
  isSameWeek,
  isWholeDay,
  lengthOf,
  overlaps,
  presets,
  weeklyMinutes,
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

const daily = (text: string): WeeklySchedule =>
  Object.fromEntries(weekdays.map((weekday) => [weekday, hours(text)]));

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
    expect(weeklyMinutes({ monday: hours("09:00-17:00"), saturday: hours("22:00-06:30") })).toBe(990);
    expect(weeklyMinutes(daily("00:00-00:00"))).toBe(168 * 60);
  });

  it("count overlapping time once, across the end of the week as well", () => {
    const schedule = { sunday: hours("20:00-10:00"), monday: hours("08:00-16:00") };
    expect(overlaps(schedule)).toEqual([{ weekday: "sunday", next: "monday", minutes: 120 }]);
    expect(weeklyMinutes(schedule)).toBe((14 + 8 - 2) * 60);
  });

  it("do not overlap if one shift ends when the next starts", () => {
    expect(overlaps({ monday: hours("22:00-06:00"), tuesday: hours("06:00-14:00") })).toEqual([]);
    expect(overlaps(daily("09:00-09:00"))).toEqual([]);
  });

  it("overlap by at most the length of the shorter shift", () => {
    const schedule = { monday: hours("23:00-22:00"), tuesday: hours("01:00-02:00") };
    expect(weeklyMinutes(schedule)).toBe(23 * 60);
  });
});

describe("changing a week", () => {
  it("sets and clears a day, Monday first in any order", () => {
    const week = withDay({ friday: hours("09:00-17:00") }, "monday", hours("10:00-12:00"));
    expect(Object.keys(week)).toEqual(["monday", "friday"]);
    expect(withDay(week, "friday", undefined)).toEqual({ monday: hours("10:00-12:00") });
  });

  it("copies a day to others, including days off, without changing the original", () => {
    const week = { monday: hours("09:00-17:00"), tuesday: hours("10:00-18:00") };
    const copied = copyDay(week, "monday", ["tuesday", "wednesday"]);
    expect(copied).toEqual({
      monday: hours("09:00-17:00"),
      tuesday: hours("09:00-17:00"),
      wednesday: hours("09:00-17:00"),
    });
    expect(copied.wednesday).not.toBe(week.monday);
    expect(copyDay(week, "sunday", ["monday", "tuesday"])).toEqual({});
    expect(week.tuesday).toEqual(hours("10:00-18:00"));
  });

  it("compares two weeks", () => {
    expect(isSameWeek({}, {})).toBe(true);
    expect(isSameWeek(daily("09:00-17:00"), daily("09:00-17:00"))).toBe(true);
    expect(isSameWeek(daily("09:00-17:00"), withDay(daily("09:00-17:00"), "sunday", undefined))).toBe(false);
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
    expect(weeklyMinutes(always ?? {})).toBe(168 * 60);
    expect(off).toEqual({});
    expect(night?.monday).toEqual(hours("22:00-06:00"));
  });
});
