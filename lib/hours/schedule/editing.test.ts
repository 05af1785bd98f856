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

/** Hours such as "09:00-17:00". */
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

describe("a day's hours", () => {
  it("last until the next time the clock shows their end", () => {
    expect(lengthOf(hours("09:00-17:30"))).toBe(510);
    expect(lengthOf(hours("22:00-06:00"))).toBe(480);
    expect(lengthOf(hours("00:00-00:00"))).toBe(1440);
    expect(lengthOf(hours("09:00-09:00"))).toBe(1440);
    expect(lengthOf(hours("16:00-00:00"))).toBe(480);
  });

  it("go on into the next day when they end after midnight, not when they end at it", () => {
    expect(endsNextDay(hours("22:00-06:00"))).toBe(true);
    expect(endsNextDay(hours("09:00-09:00"))).toBe(true);
    expect(endsNextDay(hours("16:00-00:00"))).toBe(false);
    expect(endsNextDay(hours("00:00-00:00"))).toBe(false);
    expect(endsNextDay(hours("09:00-17:00"))).toBe(false);
  });

  it("are the whole day from midnight to midnight alone", () => {
    expect(isWholeDay(hours("00:00-00:00"))).toBe(true);
    expect(isWholeDay(hours("09:00-09:00"))).toBe(false);
  });
});

describe("a week's hours", () => {
  it("are the sum of its days", () => {
    expect(weeklyMinutes({})).toBe(0);
    expect(weeklyMinutes({ monday: hours("09:00-17:00"), saturday: hours("22:00-06:30") })).toBe(990);
    expect(weeklyMinutes(daily("00:00-00:00"))).toBe(168 * 60);
  });

  it("count shared time once, over the end of the week too", () => {
    const schedule = { sunday: hours("20:00-10:00"), monday: hours("08:00-16:00") };
    expect(overlaps(schedule)).toEqual([{ weekday: "sunday", next: "monday", minutes: 120 }]);
    expect(weeklyMinutes(schedule)).toBe((14 + 8 - 2) * 60);
  });

  it("see no overlap where one shift ends as the next begins", () => {
    expect(overlaps({ monday: hours("22:00-06:00"), tuesday: hours("06:00-14:00") })).toEqual([]);
    expect(overlaps(daily("09:00-09:00"))).toEqual([]);
  });

  it("share no more than the whole of the shorter shift", () => {
    const schedule = { monday: hours("23:00-22:00"), tuesday: hours("01:00-02:00") };
    expect(weeklyMinutes(schedule)).toBe(23 * 60);
  });
});

describe("changing a week", () => {
  it("sets and clears a day, Monday first whatever the order", () => {
    const week = withDay({ friday: hours("09:00-17:00") }, "monday", hours("10:00-12:00"));
    expect(Object.keys(week)).toEqual(["monday", "friday"]);
    expect(withDay(week, "friday", undefined)).toEqual({ monday: hours("10:00-12:00") });
  });

  it("copies a day to others, a day off too, and leaves the original alone", () => {
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

  it("tells whether two weeks are the same", () => {
    expect(isSameWeek({}, {})).toBe(true);
    expect(isSameWeek(daily("09:00-17:00"), daily("09:00-17:00"))).toBe(true);
    expect(isSameWeek(daily("09:00-17:00"), withDay(daily("09:00-17:00"), "sunday", undefined))).toBe(false);
  });
});

describe("presets", () => {
  const byId = (weekend: Parameters<typeof presets>[0]) =>
    Object.fromEntries(presets(weekend).map((preset) => [preset.id, preset.schedule]));

  it("are schedules that the API takes", () => {
    for (const { schedule } of presets(["saturday", "sunday"]))
      expect(weeklyScheduleResponseSchema.safeParse(schedule).success).toBe(true);
  });

  it("follow the weekend that they are made for", () => {
    expect(Object.keys(byId(["saturday", "sunday"]).office ?? {})).toEqual(weekdays.slice(0, 5));
    expect(byId(["saturday", "sunday"]).office?.monday).toEqual(hours("09:00-17:00"));
    expect(Object.keys(byId(["friday", "saturday"]).office ?? {})).toContain("sunday");
    expect(Object.keys(byId(["friday", "saturday"]).weekend ?? {})).toEqual(["friday", "saturday"]);
  });

  it("have a week around the clock and a week off", () => {
    const { always, off, night } = byId(["saturday", "sunday"]);
    expect(weeklyMinutes(always ?? {})).toBe(168 * 60);
    expect(off).toEqual({});
    expect(night?.monday).toEqual(hours("22:00-06:00"));
  });
});
