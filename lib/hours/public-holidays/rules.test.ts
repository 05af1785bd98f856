import { describe, expect, it } from "vitest";
import { calendarLanguages, daysOff, type Occurrence, upcomingHolidays, yearsLookedAt } from "./rules";

const years = Array.from({ length: yearsLookedAt }, (_, index) => 2026 + index);

const everyYear = (rule: string, name: string, monthDay: string, days = 1): Occurrence[] =>
  years.map((year) => ({ rule, name, date: `${year}-${monthDay}`, days }));

const easter: Occurrence[] = ["2026-04-05", "2027-03-28", "2028-04-16", "2029-04-01"].map((date) => ({
  rule: "easter",
  name: "Easter",
  date,
  days: 1,
}));

describe("upcoming holidays", () => {
  it("distinguish fixed from movable ones, sorted by next date", () => {
    const found = upcomingHolidays([...everyYear("12-25", "Christmas", "12-25"), ...easter], "2026-11-24");
    expect(found).toEqual([
      { name: "Christmas", day: 25, month: 12, recurring: true, dates: ["2026-12-25", "2027-12-25"] },
      { name: "Easter", day: 28, month: 3, recurring: false, dates: ["2027-03-28", "2028-04-16"] },
    ]);
  });

  it("include today", () => {
    const christmas = everyYear("12-25", "Christmas", "12-25");
    expect(upcomingHolidays(christmas, "2026-12-25")[0]?.dates).toEqual(["2026-12-25", "2027-12-25"]);
    expect(upcomingHolidays(christmas, "2026-12-26")[0]?.dates).toEqual(["2027-12-25", "2028-12-25"]);
  });

  it("count as movable if a single year differs", () => {
    const moved = everyYear("rule", "Moved", "05-12").map((each) =>
      each.date.startsWith("2036") ? { ...each, date: "2036-05-13" } : each,
    );
    expect(upcomingHolidays(moved, "2026-01-01")).toMatchObject([{ recurring: false }]);
    const dropped = everyYear("rule", "Dropped", "05-12").slice(1);
    expect(upcomingHolidays(dropped, "2026-01-01")).toMatchObject([{ recurring: false }]);
    const twice = [...everyYear("rule", "Twice", "05-12"), ...everyYear("rule", "Twice", "05-13")];
    expect(upcomingHolidays(twice, "2026-01-01")).toMatchObject([{ recurring: false }]);
  });

  it("list each day of a multi-day holiday, across months and years", () => {
    const found = upcomingHolidays(everyYear("12-30", "Long", "12-30", 3), "2026-06-01");
    expect(found.map(({ day, month, recurring }) => [day, month, recurring])).toEqual([
      [30, 12, true],
      [31, 12, true],
      [1, 1, true],
    ]);
    expect(found[2]?.dates).toEqual(["2027-01-01", "2028-01-01"]);
  });

  it("list one-time holidays until they are over", () => {
    const once = { rule: "2027-05-08", name: "Coronation", date: "2027-05-08", days: 1 };
    expect(upcomingHolidays([once], "2027-05-08")).toEqual([
      { name: "Coronation", day: 8, month: 5, recurring: false, dates: ["2027-05-08"] },
    ]);
    expect(upcomingHolidays([once], "2027-05-09")).toEqual([]);
  });

  it("list a day only once if two rules name it, and prefer the recurring one", () => {
    const old = { rule: "old", name: "Christmas", date: "2026-12-25", days: 1 };
    const found = upcomingHolidays([old, ...everyYear("12-25", "Christmas", "12-25")], "2026-11-24");
    expect(found).toMatchObject([{ name: "Christmas", recurring: true }]);
  });
});

it("calendar languages go from the closest match to English, by the calendars' own codes", () => {
  const existing = new Set(["de", "de-at", "en", "en-us", "jp", "no"]);
  expect(calendarLanguages("de-AT", existing)).toEqual(["de-at", "de", "en"]);
  expect(calendarLanguages("en-US", existing)).toEqual(["en-us", "en"]);
  expect(calendarLanguages("ja", existing)).toEqual(["jp", "en"]);
  expect(calendarLanguages("nb-NO", existing)).toEqual(["no", "en"]);
  expect(calendarLanguages("de-a1b2c", existing)).toEqual(["de", "en"]);
  expect(calendarLanguages("xyz", existing)).toEqual(["en"]);
});

describe("daysOff", () => {
  it("lists each day once, by date, with the names of all its holidays", () => {
    const occurrence = (name: string, date: string, days = 1) => ({ rule: name, name, date, days });
    expect(
      daysOff([
        occurrence("New Year", "2027-01-01"),
        occurrence("Feast", "2026-12-31", 2),
        occurrence("Feast", "2026-12-31"),
      ]),
    ).toEqual([
      { date: "2026-12-31", name: "Feast" },
      { date: "2027-01-01", name: "New Year, Feast" },
    ]);
  });
});
