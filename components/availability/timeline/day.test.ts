import { describe, expect, it } from "vitest";
import { blocksOf, dayAt, localDay, minutesBetween, neighborDay, ticksOf, totalsOf } from "./day";

const HOUR = 3_600_000;
const day = (date: string) => Date.parse(`${date}T00:00:00Z`) / 86_400_000;
const berlin = "Europe/Berlin";

describe("localDay", () => {
  it.each([
    ["2026-11-29", 24],
    ["2026-03-29", 23],
    ["2026-10-25", 25],
  ])("%s in Berlin lasts %i hours", (date, hours) => {
    const { start, end } = localDay(berlin, day(date));
    expect((end - start) / HOUR).toBe(hours);
    expect(dayAt(berlin, start)).toBe(day(date));
    expect(dayAt(berlin, end)).toBe(day(date) + 1);
    expect(dayAt(berlin, end - 1)).toBe(day(date));
  });

  it("is empty for a day that the zone skipped, which its neighbors pass over", () => {
    const skipped = day("2011-12-30");
    const { start, end } = localDay("Pacific/Apia", skipped);
    expect(start).toBe(end);
    expect(neighborDay("Pacific/Apia", skipped - 1, 1)).toBe(skipped + 1);
    expect(neighborDay("Pacific/Apia", skipped + 1, -1)).toBe(skipped - 1);
  });
});

describe("ticksOf", () => {
  const placed = (date: string) =>
    ticksOf(berlin, localDay(berlin, day(date)), 6).map(({ minute, place }) => [
      minute / 60,
      Math.round(place * 1000),
    ]);

  it("divides an ordinary day evenly", () => {
    expect(placed("2026-11-29")).toEqual([
      [6, 250],
      [12, 500],
      [18, 750],
    ]);
  });

  it("moves with a clock change", () => {
    expect(placed("2026-03-29")).toEqual([
      [6, Math.round((5 / 23) * 1000)],
      [12, Math.round((11 / 23) * 1000)],
      [18, Math.round((17 / 23) * 1000)],
    ]);
    expect(placed("2026-10-25")[0]).toEqual([6, Math.round((7 / 25) * 1000)]);
  });

  it("leaves out an hour that does not exist", () => {
    const hours = ticksOf(berlin, localDay(berlin, day("2026-03-29")), 1).map(({ minute }) => minute / 60);
    expect(hours).toEqual([1, 3, ...Array.from({ length: 20 }, (_, index) => index + 4)]);
  });
});

describe("blocks and totals", () => {
  const at = (hour: number) => new Date(Date.UTC(2026, 10, 29, hour)).toISOString();
  const spans = [
    { from: at(0), to: at(8), status: "offline", activity: "available", cause: "api" },
    { from: at(8), to: at(12), status: "active", activity: "available", cause: "api" },
    { from: at(12), to: at(13), status: "active", activity: "onBreak", activityText: "Lunch", cause: "api" },
    { from: at(13), status: "active", activity: "available", cause: "timeout" },
  ] as const;
  const readAt = Date.UTC(2026, 10, 29, 15);

  it("joins neighbors with the same value, and ends with the time of the answer", () => {
    const status = blocksOf(spans, "status", readAt);
    expect(status.map(({ value, from, to }) => [value, (to - from) / HOUR])).toEqual([
      ["offline", 8],
      ["active", 7],
    ]);
    expect(blocksOf(spans, "activity", readAt).map(({ value }) => value)).toEqual([
      "available",
      "onBreak",
      "available",
    ]);
  });

  it("counts minutes as clocks show them, so that parts of a minute add up", () => {
    const times = [0, 61_000, 119_000, 121_000, 200_000];
    const parts = times.slice(1).map((to, index) => minutesBetween(times[index] ?? 0, to));
    expect(parts).toEqual([1, 0, 1, 1]);
    expect(minutesBetween(0, 200_000)).toBe(3);
  });

  it("adds up to the time that has passed", () => {
    const activities = blocksOf(spans, "activity", readAt);
    const totals = totalsOf(activities, ["available", "busy", "onBreak"]);
    expect(totals).toEqual([
      { value: "available", minutes: 14 * 60 },
      { value: "onBreak", minutes: 60 },
    ]);
    expect(totals.reduce((sum, { minutes }) => sum + minutes, 0)).toBe(15 * 60);
  });
});
