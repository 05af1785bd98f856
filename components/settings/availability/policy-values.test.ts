import { describe, expect, it } from "vitest";
import { defaultPolicy } from "@/lib/availability/effective/values";
import {
  changedFields,
  changeOf,
  isOpenDespite,
  isUsed,
  isWithinLimits,
  mergeValues,
  type PolicyValues,
  valuesOf,
  withException,
  withReassignment,
} from "./policy-values";

const start: PolicyValues = valuesOf({
  ...defaultPolicy,
  allow: { absent: ["email"], idle: ["email"], notResponding: ["email"] },
  updatedAt: "2026-01-01T00:00:00.000Z",
});

describe("exceptions of the policy", () => {
  it("are the same after a channel is opened and closed again, in any order", () => {
    const opened = withException(withException(start, "onBreak", "voice", true), "onBreak", "email", true);
    expect(opened.allow.onBreak).toEqual(["email", "voice"]);
    expect(isOpenDespite(opened, "onBreak", "voice")).toBe(true);
    expect(changedFields(start, opened)).toEqual(["allow"]);
    const closed = withException(withException(opened, "onBreak", "email", false), "onBreak", "voice", false);
    expect(closed).toEqual(start);
    expect(changedFields(start, closed)).toEqual([]);
  });

  it("are sent as a whole, and only if they changed", () => {
    const changed = { ...withException(start, "idle", "email", false), missedOffers: null };
    expect(changeOf(changedFields(start, changed), changed)).toEqual({
      missedOffers: null,
      allow: { absent: ["email"], notResponding: ["email"] },
    });
  });

  it("don't matter for codes that can't occur", () => {
    expect(isUsed(start, "absent")).toBe(false);
    expect(isUsed({ ...start, presence: "gate" }, "absent")).toBe(true);
    expect(isUsed({ ...start, presence: "gate" }, "idle")).toBe(false);
    expect(isUsed({ ...start, presence: "gate", idleAfterMinutes: 5 }, "idle")).toBe(true);
    expect(isUsed({ ...start, missedOffers: null }, "notResponding")).toBe(false);
    expect(isUsed({ ...start, enforceHours: false }, "holiday")).toBe(false);
    expect(isUsed(start, "onBreak")).toBe(true);
  });
});

describe("conversations of agents who left", () => {
  it("stay unless a channel has a time, which may be 0", () => {
    const two = withReassignment(withReassignment(start, "voice", 0), "messaging", 300);
    expect(two.reassignOnLeave).toEqual({ messaging: 300, voice: 0 });
    expect(changeOf(changedFields(start, two), two)).toEqual({
      reassignOnLeave: { messaging: 300, voice: 0 },
    });
    const none = withReassignment(withReassignment(two, "voice", null), "messaging", null);
    expect(none.reassignOnLeave).toBeNull();
    expect(changedFields(start, none)).toEqual([]);
  });

  it("are the same with no channel as with null", () => {
    expect(valuesOf({ ...start, reassignOnLeave: {}, updatedAt: "" })).toEqual(start);
  });
});

describe("a change by someone else", () => {
  it("is merged into fields that were not edited", () => {
    const mine = { ...start, missedOffers: 4 };
    expect(mergeValues(start, mine, { ...start, presence: "gate" })).toEqual({ ...mine, presence: "gate" });
    expect(mergeValues(start, mine, mine)).toEqual(mine);
  });

  it("of an edited field is a conflict", () => {
    expect(mergeValues(start, { ...start, missedOffers: 4 }, { ...start, missedOffers: 5 })).toBeUndefined();
  });
});

describe("numbers of the policy", () => {
  it.each([
    [{ idleAfterMinutes: 1, missedOffers: 10 }, true],
    [{ idleAfterMinutes: null, missedOffers: null, reassignOnLeave: null }, true],
    [{ idleAfterMinutes: 241 }, false],
    [{ missedOffers: 0 }, false],
    [{ reassignOnLeave: { voice: 0, email: 86_400 } }, true],
    [{ reassignOnLeave: { email: 86_460 } }, false],
  ])("%j are within their limits: %s", (part, isWithin) => {
    expect(isWithinLimits({ ...start, ...part })).toBe(isWithin);
  });
});
