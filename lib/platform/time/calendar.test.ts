import { describe, expect, it } from "vitest";
import { DAY_MS, isAcceptedDate, longestMonth, monthDayOf, weekdayIndex } from "./calendar";

const dayOf = (date: string) => Date.parse(date) / DAY_MS;

describe("longestMonth", () => {
  it("returns 29 for February", () => {
    expect(longestMonth(2)).toBe(29);
  });

  it("sums up to the 366 days of a leap year", () => {
    expect(Array.from({ length: 12 }, (_, index) => longestMonth(index + 1)).reduce((a, b) => a + b)).toBe(
      366,
    );
  });

  it.each([0, 13, -1, 1.5, Number.NaN])("returns 0 for %s", (month) => {
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
  ])("maps %s to weekday %i (0 is Monday)", (date, index) => {
    expect(weekdayIndex(dayOf(date))).toBe(index);
  });
});

describe("monthDayOf", () => {
  it.each([
    ["1970-01-01", 1, 1],
    ["1969-12-31", 12, 31],
    ["2024-02-29", 2, 29],
    ["1900-03-01", 3, 1],
  ])("maps %s to month %i, day %i", (date, month, day) => {
    expect(monthDayOf(dayOf(date))).toEqual({ month, day });
  });
});

it.each([
  ["1970-01-01", true],
  ["2199-12-31", true],
  ["0020-06-16", false],
  ["2200-01-01", false],
  [null, false],
])("the API accepts the date %s: %s", (date, isAccepted) => {
  expect(isAcceptedDate(date)).toBe(isAccepted);
});
