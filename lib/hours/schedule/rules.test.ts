import { describe, expect, it } from "vitest";
import { weekdays } from "@/lib/platform/time/calendar";
import { hoursBetween, isInHours, nextChange } from "./rules";
import { type StoredSchedule, toStoredSchedule, toWeeklySchedule } from "./stored";

const at = (time: string) => Date.parse(time);
const iso = (instant: number | null) =>
  instant === null ? null : new Date(instant).toISOString().replace(".000Z", "Z");

/** Parses hours such as "09:00-17:00". */
function hours(text: string) {
  const [from = 0, to = 0] = text
    .split("-")
    .map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)));
  return { from, to };
}

const daily = (text: string): StoredSchedule =>
  Object.fromEntries(weekdays.map((weekday) => [weekday, hours(text)]));

const officeWeek: StoredSchedule = {
  monday: hours("09:00-17:00"),
  tuesday: hours("09:00-17:00"),
  wednesday: hours("09:00-17:00"),
  thursday: hours("09:00-17:00"),
  friday: hours("09:00-17:00"),
};

const between = (
  schedule: StoredSchedule | null,
  holidays: { month: number; day: number }[],
  zone: string,
  start: string,
  end: string,
) =>
  hoursBetween(schedule, holidays, zone, at(start), at(end)).map(
    ({ start, end }) => `${iso(start)} ${iso(end)}`,
  );

const next = (
  schedule: StoredSchedule | null | undefined,
  holidays: { month: number; day: number }[],
  zone: string,
  instant: string,
) => iso(nextChange(schedule, holidays, zone, at(instant)));

/** Returns every date of a leap year except those to keep. */
const holidaysExcept = (keep: (month: number, day: number) => boolean) =>
  Array.from({ length: 366 }, (_, index) => new Date(Date.UTC(2024, 0, 1 + index)))
    .map((date) => ({ month: date.getUTCMonth() + 1, day: date.getUTCDate() }))
    .filter(({ month, day }) => !keep(month, day));

describe("the stored form", () => {
  it("has minutes of the day, omits days off, and converts back", () => {
    const wire = {
      monday: { from: { hour: 9, minute: 5 }, to: { hour: 17, minute: 30 } },
      sunday: { from: { hour: 23, minute: 59 }, to: { hour: 0, minute: 0 } },
    };
    const stored = { monday: { from: 545, to: 1050 }, sunday: { from: 1439, to: 0 } };
    expect(toStoredSchedule({ ...wire, tuesday: null, friday: undefined })).toStrictEqual(stored);
    expect(toWeeklySchedule(stored)).toStrictEqual(wire);
    expect(toStoredSchedule({})).toStrictEqual({});
    expect(toWeeklySchedule({})).toStrictEqual({});
  });
});

describe("isInHours", () => {
  it.each([
    ["2026-11-23T07:59:59.999Z", false],
    ["2026-11-23T08:00:00Z", true],
    ["2026-11-23T15:59:59.999Z", true],
    ["2026-11-23T16:00:00Z", false],
    ["2026-11-22T12:00:00Z", false], // Sunday
  ])("includes the start and excludes the end of a Monday in Berlin: %s is %s", (instant, inside) => {
    expect(isInHours(officeWeek, [], "Europe/Berlin", at(instant))).toBe(inside);
  });

  it("uses the agent's weekday, not UTC's", () => {
    const monday = { monday: hours("00:00-00:00") };
    expect(isInHours(monday, [], "Pacific/Kiritimati", at("2026-11-22T10:00:00Z"))).toBe(true);
    expect(isInHours(monday, [], "Pacific/Pago_Pago", at("2026-11-24T10:59:59Z"))).toBe(true);
    expect(isInHours(monday, [], "Pacific/Pago_Pago", at("2026-11-23T10:59:59Z"))).toBe(false);
  });

  it("is always true without a schedule, and never with seven days off", () => {
    const instant = at("2026-11-23T03:00:00Z");
    expect(isInHours(null, [], "UTC", instant)).toBe(true);
    expect(isInHours(undefined, [], "UTC", instant)).toBe(true);
    expect(isInHours({}, [], "UTC", instant)).toBe(false);
  });

  it("excludes the holiday's local date for an agent without a schedule", () => {
    const christmas = [{ month: 12, day: 25 }];
    expect(isInHours(null, christmas, "Asia/Tokyo", at("2026-12-24T14:59:59Z"))).toBe(true);
    expect(isInHours(null, christmas, "Asia/Tokyo", at("2026-12-24T15:00:00Z"))).toBe(false);
    expect(isInHours(null, christmas, "Asia/Tokyo", at("2026-12-25T15:00:00Z"))).toBe(true);
  });

  it("rejects invalid times, and treats an unknown zone as UTC", () => {
    for (const instant of [Number.NaN, Number.POSITIVE_INFINITY, 9e15, -9e15])
      expect(() => isInHours(null, [], "UTC", instant)).toThrow(RangeError);
    for (const time of ["2026-11-23T08:59:59Z", "2026-11-23T09:00:00Z", "2026-11-23T17:00:00Z"])
      expect(isInHours(officeWeek, [], "Mars/Olympus_Mons", at(time)), time).toBe(
        isInHours(officeWeek, [], "UTC", at(time)),
      );
    expect(() => hoursBetween(null, [], "UTC", 0, Number.NaN)).toThrow(RangeError);
    expect(() => nextChange(null, [], "UTC", Number.NaN)).toThrow(RangeError);
  });
});

describe("hoursBetween", () => {
  it("clips to the bounds, and is empty for empty bounds", () => {
    expect(between(officeWeek, [], "UTC", "2026-11-23T10:00:00Z", "2026-11-24T10:00:00Z")).toEqual([
      "2026-11-23T10:00:00Z 2026-11-23T17:00:00Z",
      "2026-11-24T09:00:00Z 2026-11-24T10:00:00Z",
    ]);
    expect(between(officeWeek, [], "UTC", "2026-11-23T10:00:00Z", "2026-11-23T10:00:00Z")).toEqual([]);
    expect(between(officeWeek, [], "UTC", "2026-11-24T10:00:00Z", "2026-11-23T10:00:00Z")).toEqual([]);
    expect(between(null, [], "UTC", "2026-11-24T10:00:00Z", "2026-11-23T10:00:00Z")).toEqual([]);
    expect(between(null, [], "UTC", "2026-11-23T10:00:00Z", "2026-11-24T10:00:00Z")).toEqual([
      "2026-11-23T10:00:00Z 2026-11-24T10:00:00Z",
    ]);
  });

  it("ends a night shift the next day, even if that is a day off", () => {
    expect(
      between({ sunday: hours("22:00-06:00") }, [], "UTC", "2026-11-20T00:00:00Z", "2026-11-27T00:00:00Z"),
    ).toEqual(["2026-11-22T22:00:00Z 2026-11-23T06:00:00Z"]);
  });

  it.each(["00:00-00:00", "09:00-09:00", "23:59-23:59"])("merges consecutive whole days from %s", (text) => {
    expect(
      between(daily(text), [], "America/New_York", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"),
    ).toEqual(["2026-01-01T00:00:00Z 2027-01-01T00:00:00Z"]);
  });

  it("merges shifts that overlap or touch", () => {
    const schedule = {
      monday: hours("22:00-06:00"),
      tuesday: hours("05:00-10:00"),
      wednesday: hours("00:00-12:00"),
      thursday: hours("12:00-00:00"),
      friday: hours("00:00-01:00"),
    };
    expect(between(schedule, [], "UTC", "2026-11-23T00:00:00Z", "2026-11-30T00:00:00Z")).toEqual([
      "2026-11-23T22:00:00Z 2026-11-24T10:00:00Z",
      "2026-11-25T00:00:00Z 2026-11-25T12:00:00Z",
      "2026-11-26T12:00:00Z 2026-11-27T01:00:00Z",
    ]);
  });

  it("drops the whole shift that starts on a holiday, but not the one from the evening before", () => {
    const nights = daily("22:00-06:00");
    expect(
      between(nights, [{ month: 12, day: 25 }], "UTC", "2026-12-24T12:00:00Z", "2026-12-27T12:00:00Z"),
    ).toEqual(["2026-12-24T22:00:00Z 2026-12-25T06:00:00Z", "2026-12-26T22:00:00Z 2026-12-27T06:00:00Z"]);
  });

  it("uses the local date of a holiday", () => {
    expect(
      between(
        daily("09:00-17:00"),
        [{ month: 1, day: 1 }],
        "Pacific/Auckland",
        "2026-12-30T12:00:00Z",
        "2027-01-02T00:00:00Z",
      ),
    ).toEqual(["2026-12-30T20:00:00Z 2026-12-31T04:00:00Z", "2027-01-01T20:00:00Z 2027-01-02T00:00:00Z"]);
  });

  it("observes 29 February only in leap years", () => {
    const days = (start: string, end: string) =>
      between(daily("09:00-10:00"), [{ month: 2, day: 29 }], "UTC", start, end).map((text) =>
        text.slice(5, 10),
      );
    expect(days("2028-02-28T00:00:00Z", "2028-03-02T00:00:00Z")).toEqual(["02-28", "03-01"]);
    expect(days("2027-02-28T00:00:00Z", "2027-03-02T00:00:00Z")).toEqual(["02-28", "03-01"]);
    expect(days("2100-02-28T00:00:00Z", "2100-03-02T00:00:00Z")).toEqual(["02-28", "03-01"]);
  });

  it("shortens or lengthens a night shift by the hour that clocks skip or repeat", () => {
    const nights = daily("22:00-06:00");
    expect(between(nights, [], "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z")).toEqual([
      "2026-03-28T21:00:00Z 2026-03-29T04:00:00Z",
    ]);
    expect(between(nights, [], "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z")).toEqual([
      "2026-10-24T20:00:00Z 2026-10-25T05:00:00Z",
    ]);
  });

  it("moves a nonexistent time forward, and drops a shift that becomes empty", () => {
    const gapDay = (text: string) =>
      between(
        { sunday: hours(text) },
        [],
        "America/New_York",
        "2026-03-08T00:00:00Z",
        "2026-03-09T00:00:00Z",
      );
    expect(gapDay("02:30-05:00")).toEqual(["2026-03-08T07:30:00Z 2026-03-08T09:00:00Z"]);
    expect(gapDay("01:00-02:30")).toEqual(["2026-03-08T06:00:00Z 2026-03-08T07:30:00Z"]);
    expect(gapDay("02:10-02:50")).toEqual(["2026-03-08T07:10:00Z 2026-03-08T07:50:00Z"]);
    expect(gapDay("02:30-03:15")).toEqual([]);
    expect(gapDay("02:30-03:30")).toEqual([]);
  });

  it("uses the first of two equal wall-clock times", () => {
    const repeat = (text: string) =>
      between(
        { sunday: hours(text) },
        [],
        "America/New_York",
        "2026-11-01T00:00:00Z",
        "2026-11-02T00:00:00Z",
      );
    expect(repeat("01:15-01:45")).toEqual(["2026-11-01T05:15:00Z 2026-11-01T05:45:00Z"]);
    expect(repeat("00:30-01:30")).toEqual(["2026-11-01T04:30:00Z 2026-11-01T05:30:00Z"]);
    expect(repeat("01:30-02:00")).toEqual(["2026-11-01T05:30:00Z 2026-11-01T07:00:00Z"]);
  });

  it("starts no shift on the Friday that Samoa skipped, and ends Thursday's night shift on Saturday", () => {
    const week = { ...officeWeek, thursday: hours("22:00-06:00") };
    expect(between(week, [], "Pacific/Apia", "2011-12-29T00:00:00Z", "2012-01-01T00:00:00Z")).toEqual([
      "2011-12-29T00:00:00Z 2011-12-29T03:00:00Z", // Wednesday 28th, 09:00 to 17:00 at −10:00, clipped
      "2011-12-30T08:00:00Z 2011-12-30T16:00:00Z",
    ]);
    expect(
      between(daily("00:00-00:00"), [], "Pacific/Apia", "2011-12-28T00:00:00Z", "2012-01-02T00:00:00Z"),
    ).toHaveLength(1);
  });
});

describe("nextChange", () => {
  it("returns the end of the current shift or the start of the next, always strictly later", () => {
    expect(next(officeWeek, [], "UTC", "2026-11-27T12:00:00Z")).toBe("2026-11-27T17:00:00Z");
    expect(next(officeWeek, [], "UTC", "2026-11-27T17:00:00Z")).toBe("2026-11-30T09:00:00Z");
    expect(next(officeWeek, [], "UTC", "2026-11-30T08:59:59.999Z")).toBe("2026-11-30T09:00:00Z");
    expect(next(officeWeek, [], "UTC", "2026-11-30T09:00:00Z")).toBe("2026-11-30T17:00:00Z");
  });

  it("skips the point where two shifts meet", () => {
    const schedule = { monday: hours("09:00-00:00"), tuesday: hours("00:00-08:00") };
    expect(next(schedule, [], "UTC", "2026-11-23T10:00:00Z")).toBe("2026-11-24T08:00:00Z");
  });

  it("is a week away with one shift a week, and skips a holiday", () => {
    const mondays = { monday: hours("09:00-17:00") };
    expect(next(mondays, [], "UTC", "2026-11-23T17:00:00Z")).toBe("2026-11-30T09:00:00Z");
    expect(next(mondays, [{ month: 11, day: 30 }], "UTC", "2026-11-23T17:00:00Z")).toBe(
      "2026-12-07T09:00:00Z",
    );
  });

  it.each([
    ["no schedule", null, []],
    ["no schedule, undefined", undefined, []],
    ["whole days", daily("00:00-00:00"), []],
    ["whole days that start at a skipped time", daily("02:30-02:30"), []],
    ["seven days off", {}, []],
    ["a holiday on each of 366 dates", officeWeek, holidaysExcept(() => false)],
    ["a holiday on each of 366 dates and no schedule", null, holidaysExcept(() => false)],
    [
      "a single shift that always falls into the gap: Sunday, 8 to 14 March, 02:30 to 03:15",
      { sunday: hours("02:30-03:15") },
      holidaysExcept((month, day) => month === 3 && day >= 8 && day <= 14),
    ],
  ])("is null if nothing ever changes: %s", (_, schedule, holidays) => {
    expect(next(schedule, holidays, "America/New_York", "2026-11-23T10:00:00Z")).toBeNull();
  });

  it("finds a holiday on 29 February, up to eight years away around 1900 and 2100", () => {
    const leapDay = [{ month: 2, day: 29 }];
    expect(next(null, leapDay, "UTC", "2026-11-23T10:00:00Z")).toBe("2028-02-29T00:00:00Z");
    expect(next(null, leapDay, "UTC", "2028-02-29T00:00:00Z")).toBe("2028-03-01T00:00:00Z");
    expect(next(null, leapDay, "UTC", "1896-03-01T00:00:00Z")).toBe("1904-02-29T00:00:00Z");
    expect(next(daily("07:00-07:00"), leapDay, "Asia/Tokyo", "2096-03-02T00:00:00Z")).toBe(
      "2104-02-28T22:00:00Z",
    );
  });

  it("finds the only working day, a Monday 29 February forty years away across 2100", () => {
    const onlyLeapDays = holidaysExcept((month, day) => month === 2 && day === 29);
    const mondays = { monday: hours("09:00-17:00") };
    expect(next(mondays, onlyLeapDays, "UTC", "2024-03-01T00:00:00Z")).toBe("2044-02-29T09:00:00Z");
    expect(next(mondays, onlyLeapDays, "UTC", "2072-03-01T00:00:00Z")).toBe("2112-02-29T09:00:00Z");
  });

  it("finds the gap between whole days that start at different times", () => {
    const week = { ...daily("08:00-08:00"), thursday: hours("09:00-09:00") };
    expect(next(week, [], "UTC", "2026-11-23T12:00:00Z")).toBe("2026-11-26T08:00:00Z");
    expect(next(week, [], "UTC", "2026-11-26T08:00:00Z")).toBe("2026-11-26T09:00:00Z");
  });

  it("finds a holiday among whole days, and the end of a gap of two holidays", () => {
    const holidays = [
      { month: 12, day: 25 },
      { month: 12, day: 26 },
    ];
    expect(next(daily("08:00-08:00"), holidays, "UTC", "2026-12-27T08:00:00Z")).toBe("2027-12-25T08:00:00Z");
    expect(next(daily("08:00-08:00"), holidays, "UTC", "2027-12-25T08:00:00Z")).toBe("2027-12-27T08:00:00Z");
  });
});
