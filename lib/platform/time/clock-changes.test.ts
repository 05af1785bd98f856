import { describe, expect, it } from "vitest";
import { DAY_MS } from "./calendar";
import { clockChanges } from "./clock-changes";

const changesIn = (timezone: string, from: string, days: number) =>
  clockChanges(timezone, Date.parse(from), days).map(({ instant, minutes, day, before, after }) => ({
    at: new Date(instant).toISOString().slice(0, 16),
    on: new Date(day * DAY_MS).toISOString().slice(0, 10),
    minutes,
    clock: `${before / 60} → ${after / 60}`,
  }));

describe("clockChanges", () => {
  it("finds the start and end of daylight saving time", () => {
    expect(changesIn("Europe/Berlin", "2026-01-01T00:00Z", 365)).toEqual([
      { at: "2026-03-29T01:00", on: "2026-03-29", minutes: 60, clock: "2 → 3" },
      { at: "2026-10-25T01:00", on: "2026-10-25", minutes: -60, clock: "3 → 2" },
    ]);
  });

  it("supports offsets that are not whole hours", () => {
    expect(changesIn("America/St_Johns", "2027-03-01T00:00Z", 60)).toEqual([
      { at: "2027-03-14T05:30", on: "2027-03-14", minutes: 60, clock: "2 → 3" },
    ]);
  });

  it("supports changes of half an hour", () => {
    expect(changesIn("Australia/Lord_Howe", "2026-01-01T00:00Z", 365)).toEqual([
      { at: "2026-04-04T15:00", on: "2026-04-05", minutes: -30, clock: "2 → 1.5" },
      { at: "2026-10-03T15:30", on: "2026-10-04", minutes: 30, clock: "2 → 2.5" },
    ]);
  });

  it("knows the Ramadan changes in Morocco, and their end", () => {
    expect(changesIn("Africa/Casablanca", "2026-01-01T00:00Z", 3650)).toEqual([
      { at: "2026-02-15T02:00", on: "2026-02-15", minutes: -60, clock: "3 → 2" },
      { at: "2026-03-22T02:00", on: "2026-03-22", minutes: 60, clock: "2 → 3" },
      { at: "2026-09-20T01:00", on: "2026-09-20", minutes: -60, clock: "2 → 1" },
    ]);
  });

  it("returns none for a zone without changes", () => {
    expect(changesIn("Asia/Kathmandu", "2026-01-01T00:00Z", 365)).toEqual([]);
    expect(changesIn("UTC", "2026-01-01T00:00Z", 365)).toEqual([]);
  });

  it("includes the start and excludes the end", () => {
    const change = "2026-03-29T01:00Z";
    expect(changesIn("Europe/Berlin", change, 1)).toHaveLength(1);
    expect(changesIn("Europe/Berlin", "2026-03-28T01:00Z", 1)).toEqual([]);
  });

  it("returns none for an unknown zone, and follows rules into the far future", () => {
    expect(changesIn("Mars/Olympus", "2026-01-01T00:00Z", 365)).toEqual([]);
    expect(changesIn("Europe/Berlin", "4000-01-01T00:00Z", 366).map(({ on }) => on)).toEqual([
      "4000-03-26",
      "4000-10-29",
    ]);
  });
});
