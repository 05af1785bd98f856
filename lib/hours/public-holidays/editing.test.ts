import { describe, expect, it } from "vitest";
import { dateOf } from "@/lib/platform/time/year-calendar";
import type { PublicHoliday } from "./contract";
import { byDate, candidatesFrom, countryOfZone, groupByDate, isListed } from "./editing";

const christmas = { name: "Christmas Day", day: 25, month: 12 };
const newYear = { name: "New Year's Day", day: 1, month: 1 };
const birthday = { name: "My birthday", day: 25, month: 12 };

describe("a list of holidays", () => {
  it("is sorted by date and keeps each entry's index", () => {
    expect(byDate([christmas, newYear, birthday]).map(({ holiday, index }) => [holiday.name, index])).toEqual(
      [
        ["New Year's Day", 1],
        ["Christmas Day", 0],
        ["My birthday", 2],
      ],
    );
  });

  it("may have several holidays on one day", () => {
    const groups = groupByDate([christmas, newYear, birthday]);
    expect(groups.get(12 * 32 + 25)).toHaveLength(2);
    expect(groups.get(5 * 32 + 1)).toBeUndefined();
  });

  it("detects duplicates regardless of case, except for the entry being edited", () => {
    expect(isListed([christmas], { ...christmas, name: " christmas day" })).toBe(true);
    expect(isListed([newYear], { ...newYear, name: "New Year’s Day" })).toBe(true);
    expect(isListed([christmas], birthday)).toBe(false);
    expect(isListed([christmas], christmas, 0)).toBe(false);
  });
});

describe("candidatesFrom", () => {
  const fixed: PublicHoliday = {
    name: "Christmas Day",
    day: 25,
    month: 12,
    recurring: true,
    dates: ["2026-12-25", "2027-12-25"],
  };
  const fixedNext: PublicHoliday = {
    name: "New Year's Day",
    day: 1,
    month: 1,
    recurring: true,
    dates: ["2027-01-01", "2028-01-01"],
  };
  const movable: PublicHoliday = {
    name: "Easter Monday",
    day: 29,
    month: 3,
    recurring: false,
    dates: ["2027-03-29", "2028-04-17"],
  };

  it("adds a fixed holiday once, in calendar order", () => {
    expect(candidatesFrom([fixed, fixedNext], []).map(({ holiday }) => holiday)).toEqual([
      newYear,
      christmas,
    ]);
  });

  it("puts movable holidays after fixed ones", () => {
    const dates = candidatesFrom([fixed, fixedNext, movable], []).map(({ holiday }) => holiday.name);
    expect(dates).toEqual(["New Year's Day", "Christmas Day", "Easter Monday 2027"]);
  });

  it("uses only the next date of a movable holiday, with the year in its name", () => {
    const candidates = candidatesFrom([movable], []);
    expect(candidates.map(({ holiday }) => holiday)).toEqual([
      { name: "Easter Monday 2027", day: 29, month: 3 },
    ]);
    expect(candidates[0]?.isFixed).toBe(false);
    expect(dateOf(candidates[0]?.date ?? 0)).toEqual({ year: 2027, month: 3, day: 29 });
  });

  it("marks holidays in the list, and dates that are taken by another one", () => {
    const list = [
      christmas,
      { name: "easter monday 2027", day: 29, month: 3 },
      { ...birthday, day: 1, month: 1 },
    ];
    expect(candidatesFrom([fixedNext, fixed, movable], list).map(({ state }) => state)).toEqual([
      "taken",
      "listed",
      "listed",
    ]);
  });

  it("removes duplicates and cuts names to the maximum length", () => {
    const long = { ...movable, name: "x".repeat(300), dates: ["2027-03-29"] };
    expect(candidatesFrom([long, long], [])).toHaveLength(1);
    expect(candidatesFrom([long], [])[0]?.holiday.name).toHaveLength(255);
    expect(candidatesFrom([long], [])[0]?.holiday.name).toMatch(/x 2027$/);
  });
});

describe("countryOfZone", () => {
  it("finds the country by any name of its time zone", () => {
    expect(countryOfZone("Asia/Kathmandu", ["DE", "NP"])).toBe("NP");
    expect(countryOfZone("America/St_Johns", ["US", "CA"])).toBe("CA");
  });

  it("finds none for a time zone without a country", () => {
    expect(countryOfZone("UTC", ["DE", "NP"])).toBeUndefined();
  });
});
