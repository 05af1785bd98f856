import { describe, expect, it } from "vitest";
import type { PlannerRow } from "@/lib/agents/coverage/planner-contract";
import { canMove, changed, type Draft, isDisjoint, lengthOf, spansWith } from "./draft";
import { numbersIn, shortMinutes, withHours } from "./numbers";
import { absencesOf, hoursOf, spanOf, withOverride } from "./row-hours";

const span = (from: number, to: number) => ({ from: from * 60, to: to * 60 });

const row: PlannerRow = {
  agentId: "a",
  name: "Amina",
  timezone: "Europe/Berlin",
  teams: [],
  shifts: [
    { date: "2026-12-01", start: "2026-12-01T08:00:00Z", end: "2026-12-01T11:00:00Z", source: "weekly" },
    { date: "2026-12-01", start: "2026-12-01T12:00:00Z", end: "2026-12-01T16:00:00Z", source: "weekly" },
    { date: "2026-12-02", start: "2026-12-02T21:00:00Z", end: "2026-12-03T05:00:00Z", source: "weekly" },
  ],
  timeOff: [],
  holidays: [],
};

const draft = (index: number, next: { from: number; to: number }): Draft => ({
  agentId: "a",
  date: "2026-12-01",
  index,
  original: next,
  span: next,
});

describe("changed", () => {
  it.each([
    ["moves both ends", span(9, 17), "move", 62, { from: 600, to: 1080 }],
    ["keeps a shift on its date when it moves back", span(1, 9), "move", -600, { from: 0, to: 480 }],
    ["lets a night shift end on the next date", span(20, 23), "move", 180, { from: 1380, to: 120 }],
    ["keeps the start before midnight", span(20, 23), "move", 900, { from: 1425, to: 165 }],
    ["moves the end past midnight", span(20, 23), "end", 120, { from: 1200, to: 60 }],
    ["keeps a quarter of an hour", span(9, 17), "end", -900, { from: 540, to: 555 }],
    ["does not last longer than a day", span(9, 17), "end", 2000, { from: 540, to: 540 }],
    ["moves the start", span(9, 17), "start", -40, { from: 495, to: 1020 }],
    ["keeps the start before the end", span(9, 17), "start", 900, { from: 1005, to: 1020 }],
    ["keeps the start of a night shift on its date", span(22, 6), "start", 400, { from: 1425, to: 360 }],
  ] as const)("%s", (_name, before, part, minutes, after) => {
    expect(changed(before, part, minutes)).toEqual(after);
  });

  it("keeps a span that is off the grid if nothing moves", () => {
    const odd = { from: 541, to: 1019 };
    expect(changed(odd, "move", 7)).toBe(odd);
  });
});

describe("spans of a date", () => {
  it("are read in the agent's zone", () => {
    expect(row.shifts.map((shift) => spanOf(row, shift))).toEqual([span(9, 12), span(13, 17), span(22, 6)]);
  });

  it("are read in the zone that applies on the date", () => {
    const travelling = { ...row, timezones: { "2026-12-02": "Asia/Tokyo" } };
    expect(travelling.shifts.map((shift) => spanOf(travelling, shift))[2]).toEqual(span(6, 14));
  });

  it("include the draft", () => {
    expect(spansWith(row, draft(1, span(14, 18)))).toEqual([span(9, 12), span(14, 18)]);
  });

  it("may touch, but not overlap", () => {
    expect(isDisjoint([span(13, 17), span(9, 13)])).toBe(true);
    expect(isDisjoint([span(13, 17), span(9, 14)])).toBe(false);
    expect(isDisjoint([span(22, 6), span(9, 14)])).toBe(true);
  });

  it("have the length of their wall-clock times", () => {
    expect([span(9, 17), span(22, 6), span(0, 0)].map(lengthOf)).toEqual([480, 480, 1440]);
  });
});

describe("withOverride", () => {
  it("replaces only the shifts of the date", () => {
    const after = withOverride(row, "2026-12-01", [span(10, 18)]);
    expect(after.shifts.map(({ start, source }) => [start, source])).toEqual([
      ["2026-12-01T09:00:00.000Z", "override"],
      ["2026-12-02T21:00:00Z", "weekly"],
    ]);
  });

  it("subtracts approved time off", () => {
    const timeOff = [
      {
        id: "t",
        workspaceId: "w",
        agentId: "a",
        state: "approved" as const,
        startDate: "2026-12-01",
        endDate: "2026-12-01",
        startTime: { hour: 16, minute: 0 },
        source: "product" as const,
        createdAt: "2026-11-01T00:00:00Z",
        updatedAt: "2026-11-01T00:00:00Z",
      },
    ];
    const after = withOverride({ ...row, timeOff }, "2026-12-01", [span(10, 18)]);
    expect(after.shifts[0]).toMatchObject({ end: "2026-12-01T15:00:00.000Z", cutBy: "t" });
    expect(canMove(after, "2026-12-01")).toBe(false);
    expect(absencesOf({ ...row, timeOff })[0]?.start).toBe(Date.parse("2026-12-01T15:00:00Z"));
  });
});

describe("numbers", () => {
  const coverage = {
    from: "2026-12-01T00:00:00Z",
    to: "2026-12-02T00:00:00Z",
    step: 60,
    timezone: "UTC",
    groups: [
      { name: "All", scheduled: Array(24).fill(2), needed: Array(24).fill(2), off: Array(24).fill(0) },
    ],
  };
  const day = { start: Date.parse("2026-12-01T06:00:00Z"), end: Date.parse("2026-12-01T18:00:00Z") };

  it("are cut to the period", () => {
    expect(numbersIn(coverage, day)).toMatchObject({ start: day.start, scheduled: Array(12).fill(2) });
  });

  it("change with the hours of an agent", () => {
    const numbers = numbersIn(coverage, day);
    const after = withHours(numbers, hoursOf(row), hoursOf(withOverride(row, "2026-12-01", [span(10, 17)])));
    // 8:00 to 9:00 UTC is lost, 11:00 to 12:00 is gained.
    expect(after.scheduled).toEqual([2, 2, 1, 2, 2, 3, 2, 2, 2, 2, 2, 2]);
    expect([shortMinutes(numbers), shortMinutes(after)]).toEqual([0, 60]);
  });
});
