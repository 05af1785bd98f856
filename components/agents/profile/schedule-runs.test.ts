import { describe, expect, it } from "vitest";
import { changedRuns, runsOf } from "./schedule-runs";

const hours = (from: number, to: number) => ({
  from: { hour: from, minute: 0 },
  to: { hour: to, minute: 0 },
});
const day = hours(9, 17);
const night = hours(22, 6);

describe("runsOf", () => {
  it("groups consecutive days with the same hours and leaves out days off", () => {
    expect(runsOf({ monday: day, tuesday: day, wednesday: night, friday: day })).toEqual([
      { first: 0, last: 1, hours: day },
      { first: 2, last: 2, hours: night },
      { first: 4, last: 4, hours: day },
    ]);
    expect(runsOf({})).toEqual([]);
  });
});

describe("changedRuns", () => {
  it("returns the days that differ, with their hours before and after", () => {
    expect(changedRuns({ monday: day, tuesday: day, friday: day }, { monday: day, friday: night })).toEqual([
      { first: 1, last: 1, before: day, after: undefined },
      { first: 4, last: 4, before: day, after: night },
    ]);
  });

  it("groups consecutive days with the same change", () => {
    expect(changedRuns({}, { saturday: day, sunday: day })).toEqual([
      { first: 5, last: 6, before: undefined, after: day },
    ]);
  });

  it("returns nothing for equal weeks", () => {
    expect(changedRuns({ monday: day }, { monday: { ...day } })).toEqual([]);
  });
});
