import { describe, expect, it } from "vitest";
import { type Availability, availabilityChangeSchema } from "@/lib/availability/declared/contract";
import {
  backNow,
  breakPresets,
  canComeBack,
  presetChange,
  undoOf,
} from "@/lib/availability/declared/presets";
import { changeAvailability, initialAvailability } from "@/lib/availability/declared/rules";

const readAt = Date.parse("2026-03-09T08:30:00Z");
const at = "2026-03-09T08:00:00.000Z";
const before: Availability = {
  status: "active",
  activity: "available",
  lastStatusSet: at,
  lastActivitySet: at,
  updatedAt: at,
};
const busy: Availability = { ...before, activity: "busy", activityText: "Audit", activityTtl: 600 };

describe("presets", () => {
  it.each([...breakPresets])("$name is a valid change for the API", (preset) => {
    const change = presetChange(preset);
    expect(availabilityChangeSchema.parse(change)).toEqual(change);
    const outcome = changeAvailability(initialAvailability(readAt), change, readAt);
    expect(outcome).toMatchObject({
      ok: true,
      next: { activity: preset.activity, activityExpiresAt: readAt + preset.seconds * 1000 },
    });
  });

  it("are a 15-minute break, a 30-minute lunch, and a 60-minute meeting", () => {
    expect(breakPresets.map(({ name, activity, seconds }) => [name, activity, seconds / 60])).toEqual([
      ["break", "onBreak", 15],
      ["lunch", "onBreak", 30],
      ["meeting", "inMeeting", 60],
    ]);
  });
});

describe("back now", () => {
  it("makes an agent active and available", () => {
    const away = changeAvailability(initialAvailability(readAt), { activity: "busy" }, readAt);
    if (!away.ok) throw new Error("refused");
    expect(changeAvailability(away.next, backNow, readAt)).toMatchObject({
      next: { status: "active", activity: "available" },
    });
  });

  it("is offered unless the agent already takes work", () => {
    expect(canComeBack(before, readAt, readAt)).toBe(false);
    expect(canComeBack({ ...before, status: "away" }, readAt, readAt)).toBe(true);
    expect(canComeBack(busy, readAt, readAt)).toBe(true);
    expect(canComeBack(busy, readAt, readAt + 600_000)).toBe(false);
  });
});

describe("undo", () => {
  it("restores the status and leaves the activity alone", () => {
    expect(undoOf({ status: "offline" }, busy, readAt, readAt)).toEqual({ status: "active" });
  });

  it("restores an activity with its text and remaining time", () => {
    expect(undoOf({ activity: "onBreak", activityTtl: 900 }, busy, readAt, readAt + 60_000)).toEqual({
      activity: "busy",
      activityText: "Audit",
      activityTtl: 540,
    });
  });

  it("does not restore an activity that has expired", () => {
    expect(undoOf({ activity: "onBreak" }, busy, readAt, readAt + 600_000)).toEqual({
      activity: "available",
    });
  });

  it("restores both if both were changed", () => {
    expect(undoOf(backNow, { ...busy, status: "away" }, readAt, readAt)).toEqual({
      status: "away",
      activity: "busy",
      activityText: "Audit",
      activityTtl: 600,
    });
  });
});
