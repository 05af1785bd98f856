import { describe, expect, it } from "vitest";
import { isoDate } from "@/lib/platform/time/calendar";
import { dayOfIso, periodAround, stepped } from "./period";

const day = (iso: string) => dayOfIso(iso) ?? Number.NaN;

describe("periodAround", () => {
  it("returns the week from Monday to Sunday", () => {
    const { first, last, days } = periodAround(day("2026-12-02"), "week", "UTC");
    expect([isoDate(first), isoDate(last), days.length]).toEqual(["2026-11-30", "2026-12-06", 7]);
  });

  it.each([
    ["2026-03-29", 23],
    ["2026-10-25", 25],
    ["2026-10-26", 24],
  ])("knows how long %s is in Berlin", (date, hours) => {
    const { start, end } = periodAround(day(date), "day", "Europe/Berlin");
    expect((end - start) / 3_600_000).toBe(hours);
  });

  it("omits a day that the zone skipped", () => {
    expect(periodAround(day("2011-12-30"), "week", "Pacific/Apia").days).toHaveLength(6);
  });
});

describe("stepped", () => {
  it("skips a day that does not exist", () => {
    const before = periodAround(day("2011-12-29"), "day", "Pacific/Apia");
    expect(isoDate(stepped(before, "day", 1))).toBe("2011-12-31");
  });

  it("goes to the previous week", () => {
    const week = periodAround(day("2026-12-02"), "week", "UTC");
    expect(isoDate(stepped(week, "week", -1))).toBe("2026-11-23");
  });
});

describe("dayOfIso", () => {
  it.each(["2026-02-30", "2026-1-1", "soon", "", null, "1969-01-01"])("rejects %s", (iso) => {
    expect(dayOfIso(iso)).toBeNull();
  });
});
