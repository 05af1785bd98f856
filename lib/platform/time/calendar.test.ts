import { describe, expect, it } from "vitest";
import { DAY_MS, longestMonth, monthDayOf, weekdayIndex } from "./calendar";

const dayOf = (date: string) => Date.parse(date) / DAY_MS;

describe("longestMonth", () => {
  it("gives February 29 days", () => {
    expect(longestMonth(2)).toBe(29);
  });

  it("adds up to the 366 dates of a leap year", () => {
    expect(Array.from({ length: 12 }, (_, index) => longestMonth(index + 1)).reduce((a, b) => a + b)).toBe(
      366,
    );
  });

  it.each([0, 13, -1, 1.5, Number.NaN])("gives no days to %s, which is no month", (month) => {
    expect(longestMonth(month)).toBe(0);
  });
});

describe("weekdayIndex", () => {
  it.each([
    ["1970-01-01", 3],
    ["1969-12-31", 2],
    ["1900-01-01", 0],
    ["2024-02-29", 3],
    ["2026-11-22", 6],
  ])("puts %s on weekday %i, Monday being 0", (date, index) => {
    expect(weekdayIndex(dayOf(date))).toBe(index);
  });
});

describe("monthDayOf", () => {
  it.each([
    ["1970-01-01", 1, 1],
    ["1969-12-31", 12, 31],
    ["2024-02-29", 2, 29],
    ["1900-03-01", 3, 1],
  ])("reads %s as month %i, day %i", (date, month, day) => {
    expect(monthDayOf(dayOf(date))).toEqual({ month, day });
  });
});
