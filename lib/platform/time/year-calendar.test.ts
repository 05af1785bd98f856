import { describe, expect, it } from "vitest";
import { addMonths, dateOf, dayNumber, monthLength, monthWeeks, nextLeapYear } from "./year-calendar";

const day = (date: string) => Date.parse(date) / 86_400_000;
const iso = (number: number) => new Date(number * 86_400_000).toISOString().slice(0, 10);

describe("the Gregorian calendar", () => {
  it("converts dates to epoch days and back", () => {
    expect(dayNumber({ year: 1970, month: 1, day: 1 })).toBe(0);
    expect(dateOf(day("2028-02-29"))).toEqual({ year: 2028, month: 2, day: 29 });
    expect(dateOf(-1)).toEqual({ year: 1969, month: 12, day: 31 });
  });

  it("returns the length of a month", () => {
    expect(monthLength(2028, 2)).toBe(29);
    expect(monthLength(2100, 2)).toBe(28);
    expect(monthLength(2026, 12)).toBe(31);
  });

  it("finds the next February 29, also across 2100", () => {
    expect(nextLeapYear(2028)).toBe(2028);
    expect(nextLeapYear(2029)).toBe(2032);
    expect(nextLeapYear(2097)).toBe(2104);
  });

  it("adds months and clamps to short months", () => {
    expect(iso(addMonths(day("2026-01-31"), 1))).toBe("2026-02-28");
    expect(iso(addMonths(day("2026-01-15"), -1))).toBe("2025-12-15");
    expect(iso(addMonths(day("2028-02-29"), 12))).toBe("2029-02-28");
    expect(iso(addMonths(day("2026-11-24"), 14))).toBe("2028-01-24");
  });

  it("lays out a month in weeks with any first weekday", () => {
    const november = monthWeeks(2026, 11, 0);
    // November 1, 2026 is a Sunday.
    expect(november).toHaveLength(6);
    expect(november[0]).toEqual([null, null, null, null, null, null, day("2026-11-01")]);
    expect(november[5]).toEqual([day("2026-11-30"), null, null, null, null, null, null]);
    expect(monthWeeks(2026, 11, 6)[0]?.[0]).toBe(day("2026-11-01"));
    expect(monthWeeks(2026, 2, 6)).toHaveLength(4);
  });
});
