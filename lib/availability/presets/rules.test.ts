import { describe, expect, it } from "vitest";
import { presetChoiceSchema, presetDraftSchema } from "./contract";
import { changeOf, hasNeedlessEnd } from "./rules";

describe("choosing a preset", () => {
  const lunch = { status: "active", activity: "onBreak", activityTtl: 1800, activityText: "Lunch" } as const;

  it("sets all that the preset has, and nothing else", () => {
    expect(changeOf(lunch)).toEqual(lunch);
    expect(changeOf({ status: "away", activity: "busy", activityTtl: null })).toEqual({
      status: "away",
      activity: "busy",
    });
  });

  it("prefers what the choice has, and null means none", () => {
    expect(changeOf(lunch, { activityTtl: 60, activityText: "Soup" })).toEqual({
      ...lunch,
      activityTtl: 60,
      activityText: "Soup",
    });
    expect(changeOf(lunch, { activityTtl: null, activityText: null })).toEqual({
      status: "active",
      activity: "onBreak",
    });
  });

  it("refuses a time limit only for the activity available", () => {
    expect(hasNeedlessEnd({ activity: "available", activityTtl: 60 })).toBe(true);
    expect(hasNeedlessEnd({ activity: "available", activityTtl: null })).toBe(false);
    expect(hasNeedlessEnd({ activity: "busy", activityTtl: 60 })).toBe(false);
  });
});

describe("the schemas", () => {
  it("trim a name and count its characters, not its UTF-16 units", () => {
    const draft = { status: "active", activity: "busy" };
    expect(presetDraftSchema.parse({ ...draft, name: ` ${"🍕".repeat(40)} ` }).name).toBe("🍕".repeat(40));
    expect(presetDraftSchema.safeParse({ ...draft, name: "🍕".repeat(41) }).success).toBe(false);
  });

  it("require a time for a choice", () => {
    const presetId = "0198c0de-7e57-7000-8000-000000000000";
    expect(presetChoiceSchema.safeParse({ presetId }).success).toBe(false);
    expect(presetChoiceSchema.safeParse({ presetId, when: "afterConversations" }).success).toBe(true);
  });
});
