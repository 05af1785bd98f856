import { describe, expect, it } from "vitest";
import type { StoredSchedule } from "@/lib/hours/schedule/stored";
import { DAY_MS, weekdays } from "@/lib/platform/time/calendar";
import { clockChangeEffects } from "./clock-change-effects";
import { compileCalendar } from "./compile";
import { simpleCalendar } from "./simple";

function hours(text: string) {
  const [from = 0, to = 0] = text
    .split("-")
    .map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)));
  return { from, to };
}

const daily = (text: string): StoredSchedule =>
  Object.fromEntries(weekdays.map((weekday) => [weekday, hours(text)]));

/** Formats each affected shift, such as "2026-03-28 shorter 7 of 8 h". */
function effects(
  schedule: StoredSchedule | null,
  zone: string,
  from: string,
  holidays: { month: number; day: number }[] = [],
  days = 60,
) {
  const calendar = compileCalendar(
    simpleCalendar({
      timezone: zone,
      weeklySchedule: schedule,
      holidays: holidays.map((each) => ({ ...each, name: "Holiday" })),
    }),
  );
  return clockChangeEffects(calendar, Date.parse(from), days).flatMap(({ shifts }) =>
    shifts.map(
      ({ day, kind, minutes, usualMinutes }) =>
        `${new Date(day * DAY_MS).toISOString().slice(0, 10)} ${kind} ${minutes / 60} of ${usualMinutes / 60} h`,
    ),
  );
}

describe("clockChangeEffects", () => {
  it("shortens only the night shift in which clocks go forward", () => {
    expect(effects(daily("22:00-06:00"), "Europe/Berlin", "2026-03-01T00:00Z")).toEqual([
      "2026-03-28 shorter 7 of 8 h",
    ]);
    expect(effects(daily("22:00-06:00"), "America/St_Johns", "2027-02-01T00:00Z")).toEqual([
      "2027-03-13 shorter 7 of 8 h",
    ]);
  });

  it("lengthens the shift in which clocks go back", () => {
    expect(effects(daily("22:00-06:00"), "Europe/Berlin", "2026-10-01T00:00Z")).toEqual([
      "2026-10-24 longer 9 of 8 h",
    ]);
    expect(effects(daily("00:00-00:00"), "Africa/Casablanca", "2026-02-01T00:00Z")).toEqual([
      "2026-02-15 longer 25 of 24 h",
      "2026-03-22 shorter 23 of 24 h",
    ]);
  });

  it("handles half-hour changes", () => {
    expect(effects(daily("22:00-06:00"), "Australia/Lord_Howe", "2026-09-01T00:00Z")).toEqual([
      "2026-10-03 shorter 7.5 of 8 h",
    ]);
  });

  it("ignores day shifts, zones without clock changes, and days off", () => {
    expect(effects(daily("09:00-17:00"), "Europe/Berlin", "2026-03-01T00:00Z")).toEqual([]);
    expect(effects(daily("22:00-06:00"), "Asia/Kathmandu", "2026-03-01T00:00Z")).toEqual([]);
    expect(effects({ monday: hours("22:00-06:00") }, "Europe/Berlin", "2026-03-01T00:00Z")).toEqual([]);
    expect(effects({}, "Europe/Berlin", "2026-03-01T00:00Z")).toEqual([]);
    expect(effects(null, "Europe/Berlin", "2026-03-01T00:00Z")).toEqual([]);
  });

  it("ignores a shift that a holiday cancels", () => {
    expect(
      effects(daily("22:00-06:00"), "Europe/Berlin", "2026-03-01T00:00Z", [{ month: 3, day: 28 }]),
    ).toEqual([]);
  });

  it("moves a shift at nonexistent times and gives the actual ones", () => {
    const calendar = compileCalendar(
      simpleCalendar({
        timezone: "Europe/Berlin",
        weeklySchedule: { sunday: hours("02:15-02:45") },
        holidays: [],
      }),
    );
    const [change] = clockChangeEffects(calendar, Date.parse("2026-03-01T00:00Z"), 60);
    expect(change?.shifts).toEqual([
      expect.objectContaining({ kind: "moved", minutes: 30, actualFrom: 195, actualTo: 225 }),
    ]);
  });

  it("reports a shift that disappears completely", () => {
    expect(effects({ sunday: hours("02:30-03:00") }, "Europe/Berlin", "2026-03-01T00:00Z")).toEqual([
      "2026-03-29 dropped 0 of 0.5 h",
    ]);
  });

  it("affects a shift that starts at a nonexistent midnight", () => {
    // In Cairo, 24 April 2026 starts at 01:00.
    expect(effects({ friday: hours("00:00-08:00") }, "Africa/Cairo", "2026-04-01T00:00Z")).toEqual([
      "2026-04-24 shorter 7 of 8 h",
    ]);
  });

  it("ignores clock changes after the given number of days", () => {
    expect(effects(daily("22:00-06:00"), "Europe/Berlin", "2026-03-01T00:00Z", [], 20)).toEqual([]);
  });
});
