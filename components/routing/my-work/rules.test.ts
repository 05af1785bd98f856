import { describe, expect, it } from "vitest";
import type { AvailabilityExplanation } from "@/lib/availability/effective/contract";
import type { Conversation } from "@/lib/routing/conversations/contract";
import type { Offer } from "@/lib/routing/offers/contract";
import { pendingOffers } from "./pending-offers";
import { clockParts, goneBecause, inOrder, pauseOf, secondsUntil, shareLeft, spokenStep } from "./rules";

const start = Date.parse("2026-03-02T10:00:00.000Z");
const second = (seconds: number) => new Date(start + seconds * 1000).toISOString();

const conversation = (id: string, assignedAt?: string): Conversation => ({
  id,
  workspaceId: "w",
  externalId: `external ${id}`,
  channel: "messaging",
  priority: 50,
  requiredSkills: [],
  state: "assigned",
  step: 0,
  ...(assignedAt ? { assignedAt } : {}),
  createdAt: second(0),
  updatedAt: second(0),
});

const offer = (id: string, seconds: number): Offer => ({
  id,
  conversationId: `of ${id}`,
  conversation: conversation(`of ${id}`),
  expiresAt: second(seconds),
  createdAt: second(0),
});

describe("the countdown", () => {
  it("counts whole seconds, is 1 during the last one and 0 afterwards", () => {
    const left = (milliseconds: number) => secondsUntil(second(30), start + milliseconds);
    expect([0, 1, 1000, 29_001, 29_999, 30_000, 31_000].map(left)).toEqual([30, 30, 29, 1, 1, 0, 0]);
  });

  it("drains its bar from full to empty, regardless of the clocks", () => {
    const period = { from: second(0), until: second(30) };
    expect([-5, 0, 15, 30, 60].map((each) => shareLeft(period, start + each * 1000))).toEqual([
      1, 1, 0.5, 0, 0,
    ]);
    expect(shareLeft({ from: second(3), until: second(3) }, start)).toBe(0);
  });

  it("is shown as minutes and seconds", () => {
    expect([0, 9, 60, 75, 600].map(clockParts)).toEqual([
      { minutes: 0, seconds: 0 },
      { minutes: 0, seconds: 9 },
      { minutes: 1, seconds: 0 },
      { minutes: 1, seconds: 15 },
      { minutes: 10, seconds: 0 },
    ]);
  });

  it("is announced twice, and less often for a short offer", () => {
    const spoken = (whole: number, seconds: number) =>
      spokenStep(offer("a", whole), start + (whole - seconds) * 1000);
    expect([90, 31, 30, 11, 10, 1].map((left) => spoken(90, left))).toEqual([
      undefined,
      undefined,
      30,
      30,
      10,
      10,
    ]);
    expect([30, 11, 10].map((left) => spoken(30, left))).toEqual([undefined, undefined, 10]);
    expect([15, 10, 1].map((left) => spoken(15, left))).toEqual([undefined, undefined, undefined]);
  });
});

describe("offers", () => {
  it("are shown until they expire, the most urgent first", () => {
    const offers = [offer("late", 60), offer("soon", 10), offer("next", 30)];
    const shown = (seconds: number) => pendingOffers(offers, start + seconds * 1000).map(({ id }) => id);
    expect(shown(0)).toEqual(["soon", "next", "late"]);
    expect(shown(10)).toEqual(["next", "late"]);
    expect(shown(60)).toEqual([]);
  });

  it("disappear because they expired, were withdrawn, or were accepted elsewhere", () => {
    expect(goneBecause(offer("a", 30), [], start + 30_000)).toBe("expired");
    // The server's clock is slightly ahead.
    expect(goneBecause(offer("a", 30), [], start + 29_000)).toBe("expired");
    expect(goneBecause(offer("a", 30), [], start + 5_000)).toBe("withdrawn");
    expect(goneBecause(offer("a", 30), [conversation("of a")], start + 5_000)).toBeUndefined();
  });
});

it("keeps open conversations in the order in which they came", () => {
  const conversations = [
    conversation("later", second(20)),
    conversation("never"),
    conversation("first", second(10)),
  ];
  expect(inOrder(conversations).map(({ id }) => id)).toEqual(["never", "first", "later"]);
});

describe("what ends with Ready now", () => {
  type Decider = AvailabilityExplanation["deciders"][number];
  const wrapUp: Decider = {
    decider: "wrapUp",
    code: "wrappingUp",
    channels: ["messaging"],
    since: second(0),
    until: second(90),
    remedy: "time",
    details: { conversationId: "c" },
  };
  const response: Decider = {
    decider: "response",
    code: "notResponding",
    channels: ["messaging", "voice"],
    since: second(0),
    remedy: "agent",
  };
  const away: Decider = { decider: "status", code: "away", channels: ["messaging"], remedy: "agent" };

  it("is a wrap-up with its end, or missed offers, which come first", () => {
    expect(pauseOf([], second(1))).toEqual({ kind: "none" });
    expect(pauseOf([away], second(1))).toEqual({ kind: "none" });
    expect(pauseOf([away, wrapUp], second(1))).toEqual({
      kind: "wrapUp",
      from: second(0),
      until: second(90),
    });
    expect(pauseOf([wrapUp, response], second(1))).toEqual({
      kind: "notResponding",
      channels: ["messaging", "voice"],
    });
  });

  it("is not a wrap-up without an end", () => {
    const { until: _, ...endless } = wrapUp;
    expect(pauseOf([endless], second(1))).toEqual({ kind: "none" });
  });
});
