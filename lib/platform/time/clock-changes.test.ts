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
  it("finds that clocks go forward in spring and back in autumn", () => {
    expect(changesIn("Europe/Berlin", "2026-01-01T00:00Z", 365)).toEqual([
      { at: "2026-03-29T01:00", on: "2026-03-29", minutes: 60, clock: "2 → 3" },
      { at: "2026-10-25T01:00", on: "2026-10-25", minutes: -60, clock: "3 → 2" },
    ]);
  });

  it("knows zones that are not whole hours from UTC", () => {
    expect(changesIn("America/St_Johns", "2027-03-01T00:00Z", 60)).toEqual([
      { at: "2027-03-14T05:30", on: "2027-03-14", minutes: 60, clock: "2 → 3" },
    ]);
  });

  it("knows changes of half an hour", () => {
    expect(changesIn("Australia/Lord_Howe", "2026-01-01T00:00Z", 365)).toEqual([
      { at: "2026-04-04T15:00", on: "2026-04-05", minutes: -30, clock: "2 → 1.5" },
      { at: "2026-10-03T15:30", on: "2026-10-04", minutes: 30, clock: "2 → 2.5" },
    ]);
  });

  it("knows clocks that went back for Ramadan, and that Morocco gave that up", () => {
    expect(changesIn("Africa/Casablanca", "2026-01-01T00:00Z", 3650)).toEqual([
      { at: "2026-02-15T02:00", on: "2026-02-15", minutes: -60, clock: "3 → 2" },
      { at: "2026-03-22T02:00", on: "2026-03-22", minutes: 60, clock: "2 → 3" },
      { at: "2026-09-20T01:00", on: "2026-09-20", minutes: -60, clock: "2 → 1" },
    ]);
  });

  it("finds none in a zone that leaves its clocks alone", () => {
    expect(changesIn("Asia/Kathmandu", "2026-01-01T00:00Z", 365)).toEqual([]);
    expect(changesIn("UTC", "2026-01-01T00:00Z", 365)).toEqual([]);
  });

  it("takes the start in and leaves the end out", () => {
    const change = "2026-03-29T01:00Z";
    expect(changesIn("Europe/Berlin", change, 1)).toHaveLength(1);
    expect(changesIn("Europe/Berlin", "2026-03-28T01:00Z", 1)).toEqual([]);
  });

  it("finds none in a zone that does not exist, and goes on beyond all tables", () => {
    expect(changesIn("Mars/Olympus", "2026-01-01T00:00Z", 365)).toEqual([]);
    expect(changesIn("Europe/Berlin", "4000-01-01T00:00Z", 366).map(({ on }) => on)).toEqual([
      "4000-03-26",
      "4000-10-29",
    ]);
  });
});
