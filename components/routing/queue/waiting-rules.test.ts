import { describe, expect, it } from "vitest";
import { frequentFirst, secondsSince, shortReasonOf, waitStateOf } from "./waiting-rules";

describe("a wait against its target", () => {
  it.each([
    [0, "onTime"],
    [89, "onTime"],
    [90, "dueSoon"],
    [120, "dueSoon"],
    [121, "late"],
  ])("after %i of 120 seconds is %s", (seconds, state) => {
    expect(waitStateOf(seconds, 120)).toBe(state);
  });

  it("never counts backwards, if the server's clock is behind", () => {
    const now = new Date("2026-01-05T10:00:00Z");
    expect(secondsSince("2026-01-05T09:58:30Z", now)).toBe(90);
    expect(secondsSince("2026-01-05T10:00:02Z", now)).toBe(0);
  });
});

describe("the reason for a wait", () => {
  it("is that nobody matches, before anything else", () => {
    expect(shortReasonOf({ matching: 0, open: 0, closed: {} })).toEqual({ kind: "nobody" });
  });

  it("is none while somebody can take it", () => {
    expect(shortReasonOf({ matching: 5, open: 2, closed: { offline: 3 } })).toEqual({
      kind: "open",
      open: 2,
    });
  });

  it("is that all who can take it were just asked", () => {
    expect(shortReasonOf({ matching: 5, open: 2, justAsked: 2, closed: { offline: 3 } })).toEqual({
      kind: "justAsked",
      open: 2,
    });
    expect(shortReasonOf({ matching: 5, open: 2, justAsked: 1, closed: { offline: 3 } })).toMatchObject({
      kind: "open",
    });
  });

  it("names three codes, the most frequent first", () => {
    expect(
      shortReasonOf({ matching: 12, open: 0, closed: { atCapacity: 3, outOfHours: 8, away: 1 } }),
    ).toEqual({
      kind: "closed",
      matching: 12,
      reasons: [
        { code: "outOfHours", count: 8 },
        { code: "atCapacity", count: 3 },
        { code: "away", count: 1 },
      ],
      others: 0,
    });
  });

  it("counts the rest if there are more codes", () => {
    const closed = { offline: 4, away: 3, atCapacity: 2, onBreak: 1 };
    expect(shortReasonOf({ matching: 10, open: 0, closed })).toMatchObject({
      reasons: [
        { code: "offline", count: 4 },
        { code: "away", count: 3 },
      ],
      others: 3,
    });
  });

  it("leaves out codes without agents", () => {
    expect(frequentFirst({ offline: 0, away: 2 })).toEqual([{ code: "away", count: 2 }]);
  });
});
