import { describe, expect, it } from "vitest";
import { nextHolidayAt, offHoursAt, type WorkingHours } from "./off-hours";

const iso = (time: number | undefined) => time && new Date(time).toISOString();

/** The reason at a time, with readable times. */
function ask(hours: Partial<WorkingHours>, at: string) {
  const off = offHoursAt({ timezone: "UTC", weeklySchedule: {}, holidays: [], ...hours }, Date.parse(at));
  return (
    off && {
      ...off,
      since: iso(off.since),
      until: iso(off.until),
      holidayUntil: iso(off.holidayUntil),
    }
  );
}

const always = { weeklySchedule: null };
const wednesday = { weeklySchedule: { wednesday: { from: 540, to: 1020 } } };

describe("offHoursAt", () => {
  it("returns null in hours, and without limits if there are no hours", () => {
    expect(ask(wednesday, "2026-06-10T09:00:00Z")).toBeNull();
    expect(ask({}, "2026-06-10T09:00:00Z")).toEqual({
      holiday: undefined,
      since: undefined,
      until: undefined,
      holidayUntil: undefined,
    });
  });

  it("looks back over weeks of holidays", () => {
    const holidays = [3, 10, 17].map((day) => ({ name: "Off", day, month: 6 }));
    expect(ask({ ...wednesday, holidays }, "2026-06-17T12:00:00Z")).toEqual({
      holiday: { name: "Off", date: "2026-06-17" },
      since: "2026-05-27T17:00:00.000Z",
      until: "2026-06-24T09:00:00.000Z",
      holidayUntil: "2026-06-17T17:00:00.000Z",
    });
  });

  it("takes the first of several holidays on one date", () => {
    const holidays = ["One", "Another"].map((name) => ({ name, day: 10, month: 6 }));
    expect(ask({ ...always, holidays }, "2026-06-10T12:00:00Z")?.holiday?.name).toBe("One");
  });

  it("prefers the holiday that removed the shift to that of the local date", () => {
    const holidays = [
      { name: "Eve", day: 24, month: 12 },
      { name: "Christmas", day: 25, month: 12 },
    ];
    const weeklySchedule = { thursday: { from: 22 * 60, to: 6 * 60 } };
    const hours = { weeklySchedule, holidays };
    expect(ask(hours, "2026-12-25T05:59:59Z")).toMatchObject({
      holiday: { name: "Eve", date: "2026-12-24" },
      holidayUntil: "2026-12-25T06:00:00.000Z",
    });
    expect(ask(hours, "2026-12-25T06:00:00Z")?.holiday).toEqual({ name: "Christmas", date: "2026-12-25" });
  });

  it("knows the shift that lasts across a skipped date", () => {
    // Samoa had no 30 December 2011, so a night shift of the 29th ends on the 31st.
    const hours = {
      timezone: "Pacific/Apia",
      weeklySchedule: { thursday: { from: 22 * 60, to: 6 * 60 } },
      holidays: [{ name: "Long night", day: 29, month: 12 }],
    };
    expect(ask(hours, "2011-12-30T13:00:00Z")?.holiday).toEqual({ name: "Long night", date: "2011-12-29" });
    expect(ask(hours, "2011-12-30T16:00:00Z")?.holiday).toBeUndefined();
  });

  it("names the earlier date if two removed shifts would be in progress, also if it starts later", () => {
    // In Scoresbysund, clocks skip 23:00 to 24:00 on 29 March 2031, so 23:01 becomes 00:01 of the 30th.
    const hours = {
      timezone: "America/Scoresbysund",
      weeklySchedule: { saturday: { from: 23 * 60 + 1, to: 55 }, sunday: { from: 0, to: 0 } },
      holidays: [
        { name: "Saturday", day: 29, month: 3 },
        { name: "Sunday", day: 30, month: 3 },
      ],
    };
    expect(ask(hours, "2031-03-30T01:00:30Z")?.holiday?.name).toBe("Sunday");
    expect(ask(hours, "2031-03-30T01:30:00Z")?.holiday?.name).toBe("Saturday");
    expect(ask(hours, "2031-03-30T02:00:00Z")?.holiday?.name).toBe("Sunday");
  });

  it("follows a date that is shown twice", () => {
    // In St. John's, clocks went from 00:01 back to 23:01 on 7 November 2010.
    const hours = {
      timezone: "America/St_Johns",
      holidays: [{ name: "Twice", day: 7, month: 11 }],
    };
    const steps = ["02:29", "02:30", "02:31", "03:30"].map((time) => ask(hours, `2010-11-07T${time}:00Z`));
    expect(steps.map((step) => step?.holiday?.name)).toEqual([undefined, "Twice", undefined, "Twice"]);
    expect(steps.slice(0, 3).map((step) => step?.holidayUntil)).toEqual([
      "2010-11-07T02:30:00.000Z",
      "2010-11-07T02:31:00.000Z",
      "2010-11-07T03:30:00.000Z",
    ]);
    // The shift that begins at the first midnight goes on while the clock shows the day before again.
    const sunday = { ...hours, weeklySchedule: { sunday: { from: 0, to: 60 } } };
    expect(ask(sunday, "2010-11-07T02:45:00Z")?.holiday).toEqual({ name: "Twice", date: "2010-11-07" });
  });

  it("sees holidays up to 400 days ahead", () => {
    const holidays = [{ name: "May", day: 1, month: 5 }];
    expect(ask({ holidays }, "2026-05-02T00:00:00Z")?.holidayUntil).toBe("2027-05-01T00:00:00.000Z");
  });
});

describe("nextHolidayAt", () => {
  const at = Date.parse("2026-06-10T12:00:00Z");
  const next = (month: number, day: number) =>
    nextHolidayAt({ timezone: "UTC", ...always, holidays: [{ name: "Off", day, month }] }, at);

  it("is before everything that the holiday changes, and not ahead while one matters", () => {
    expect(iso(next(6, 15))).toBe("2026-06-14T08:00:00.000Z");
    expect(next(6, 9)).toBeLessThanOrEqual(at);
    expect(next(2, 29)).toBeUndefined();
    expect(nextHolidayAt({ timezone: "UTC", ...always, holidays: [] }, at)).toBeUndefined();
  });
});
