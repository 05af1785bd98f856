import { describe, expect, it } from "vitest";
import { type StoredSchedule, toStoredSchedule } from "@/lib/hours/schedule/stored";
import { DAY_MS } from "@/lib/platform/time/calendar";
import { compileCalendar } from "./compile";
import { simpleCalendar } from "./simple";
import { barsOf, positionOf, shiftsAround, wallMoment, weekStart } from "./week-strip";

const at = (time: string) => Date.parse(time);
const dayOf = (date: string) => Date.parse(date) / DAY_MS;
const monday = dayOf("2026-11-23");

const night: StoredSchedule = { sunday: { from: 22 * 60, to: 6 * 60 } };
const office = toStoredSchedule({
  monday: { from: { hour: 9, minute: 0 }, to: { hour: 17, minute: 0 } },
});

/** Bars in hours of the week. */
function hoursIn(
  schedule: StoredSchedule | null,
  zone: string,
  viewer: string,
  firstDay = monday,
  holidays: { month: number; day: number }[] = [],
) {
  const named = holidays.map((each) => ({ ...each, name: "Holiday" }));
  const calendar = compileCalendar(
    simpleCalendar({ timezone: zone, weeklySchedule: schedule, holidays: named }),
  );
  const shifts = shiftsAround(calendar, firstDay);
  return barsOf(shifts, viewer, firstDay).map(({ start, end }) => [
    Math.round(start * 24 * 100) / 100,
    Math.round(end * 24 * 100) / 100,
  ]);
}

describe("weekStart", () => {
  it("finds the first day of the week in the given time zone", () => {
    const instant = at("2026-11-22T20:00Z");
    expect(weekStart(wallMoment("Europe/Berlin", instant).day, 0)).toBe(dayOf("2026-11-16"));
    expect(weekStart(wallMoment("Asia/Kathmandu", instant).day, 0)).toBe(monday);
    expect(weekStart(wallMoment("Europe/Berlin", instant).day, 6)).toBe(dayOf("2026-11-22"));
    expect(weekStart(wallMoment("Europe/Berlin", instant).day, 5)).toBe(dayOf("2026-11-21"));
  });
});

describe("barsOf", () => {
  it("places a shift at its wall-clock time", () => {
    expect(hoursIn(office, "Europe/Berlin", "Europe/Berlin")).toEqual([[9, 17]]);
  });

  it("shows the shift in another time zone, with half and quarter hours", () => {
    expect(hoursIn(office, "Europe/Berlin", "America/St_Johns")).toEqual([[4.5, 12.5]]);
    expect(hoursIn(office, "Europe/Berlin", "Asia/Kathmandu")).toEqual([[13.75, 21.75]]);
  });

  it("wraps a night shift around the ends of the week", () => {
    expect(hoursIn(night, "Europe/Berlin", "Europe/Berlin")).toEqual([
      [0, 6],
      [166, 168],
    ]);
  });

  it("includes a shift of the previous week that falls into this one in the other zone", () => {
    // Sunday 20:00 in St. John's is Monday 05:15 in Kathmandu.
    const sunday: StoredSchedule = { sunday: { from: 15 * 60, to: 20 * 60 } };
    expect(hoursIn(sunday, "America/St_Johns", "Asia/Kathmandu")).toEqual([[0.25, 5.25]]);
  });

  it("omits the shift that starts on a holiday, but not the one that reaches into it", () => {
    const holiday = [{ month: 11, day: 23 }];
    expect(hoursIn(office, "Europe/Berlin", "Europe/Berlin", monday, holiday)).toEqual([]);
    expect(hoursIn(night, "Europe/Berlin", "Europe/Berlin", monday, holiday)).toHaveLength(2);
  });

  it("shows whole days without a schedule, except holidays", () => {
    const bars = hoursIn(null, "Europe/Berlin", "Europe/Berlin", monday, [{ month: 11, day: 25 }]);
    expect(bars).toHaveLength(6);
    expect(bars).not.toContainEqual([48, 72]);
  });

  it("uses wall-clock times across a clock change", () => {
    const spring = dayOf("2026-03-23");
    const shift: StoredSchedule = { saturday: { from: 22 * 60, to: 6 * 60 } };
    expect(hoursIn(shift, "Europe/Berlin", "Europe/Berlin", spring)).toEqual([[142, 150]]);
    // Seven hours, from 21:00 to 04:00 UTC.
    expect(hoursIn(shift, "Europe/Berlin", "UTC", spring)).toEqual([[141, 148]]);
  });
});

describe("positionOf", () => {
  it("returns the current position on the strip", () => {
    expect(positionOf(at("2026-11-24T11:00Z"), "Europe/Berlin", monday)).toBe(1.5);
    expect(positionOf(at("2026-11-22T11:00Z"), "Europe/Berlin", monday)).toBeNull();
    expect(positionOf(at("2026-11-29T23:00Z"), "Europe/Berlin", monday)).toBeNull();
  });
});

describe("wallMoment", () => {
  it("reads the wall clock of a zone", () => {
    expect(wallMoment("Asia/Kathmandu", at("2026-11-23T20:30Z"))).toEqual({
      day: dayOf("2026-11-24"),
      hour: 2,
      minute: 15,
    });
    expect(wallMoment("America/St_Johns", at("1969-12-31T03:29Z")).day).toBe(-2);
  });
});
