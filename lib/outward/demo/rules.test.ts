import { describe, expect, it } from "vitest";
import { createRandom } from "@/lib/testing/random";
import { createDice } from "./dice";
import { type Actor, mostOpen, nextAnswer, nextArrival, nextChange } from "./rules";

/** A year of one agent whose activities expire. */
function live(seed: number, steps: number): Actor[] {
  const dice = createDice(createRandom(seed).fraction);
  let actor: Actor = { status: "away", activity: "available" };
  return Array.from({ length: steps }, () => {
    const change = nextChange(actor, dice);
    actor = { status: change?.status ?? actor.status, activity: change?.activity ?? actor.activity };
    return actor;
  });
}

describe("an agent of the demo", () => {
  const days = [1, 2, 3, 4, 5].flatMap((seed) => live(seed, 4_000));
  const share = (is: (actor: Actor) => boolean) => days.filter(is).length / days.length;

  it("is mostly at work, and does everything now and then", () => {
    expect(share(({ status }) => status === "active")).toBeGreaterThan(0.6);
    expect(share(({ status }) => status === "active")).toBeLessThan(0.9);
    expect(share(({ status }) => status === "offline")).toBeGreaterThan(0.05);
    for (const activity of ["onBreak", "busy", "inMeeting", "wrapUp"])
      expect(share((actor) => actor.activity === activity)).toBeGreaterThan(0.005);
  });
});

describe("the desk of the demo", () => {
  const queues = [
    { id: "general", hasCalls: false, canTake: { messaging: 3, email: 5, voice: 9 } },
    { id: "calls", hasCalls: true, canTake: { messaging: 0, email: 0, voice: 1 } },
    { id: "holidays", hasCalls: false, canTake: { messaging: 0, email: 0, voice: 0 } },
  ];
  const skills = [{ skillId: "language", valueIds: ["thai"] }];

  it("gets a few conversations a minute, calls only where there were calls", () => {
    const dice = createDice(createRandom(7).fraction);
    const steps = 12 * 60 * 10;
    const arrivals = Array.from({ length: steps }, () =>
      nextArrival({ open: 0, queues, skills }, dice),
    ).flatMap((arrival) => arrival ?? []);
    const perMinute = arrivals.length / (steps / 12);
    expect(perMinute).toBeGreaterThan(2);
    expect(perMinute).toBeLessThan(6);
    for (const { queueId, channel, subject } of arrivals) {
      expect(channel === "voice").toBe(queueId === "calls");
      expect(subject === undefined).toBe(channel === "voice");
    }
    const shareOf = (is: (arrival: (typeof arrivals)[number]) => boolean) =>
      arrivals.filter(is).length / arrivals.length;
    const stuck = shareOf(({ queueId }) => queueId === "holidays");
    expect(stuck).toBeGreaterThan(0.01);
    expect(stuck).toBeLessThan(0.1);
    expect(shareOf(({ requiredSkills }) => requiredSkills.length > 0)).toBeCloseTo(0.3, 1);
  });

  it("gets no more than it can hold, and nothing without queues", () => {
    const dice = createDice(() => 0);
    expect(nextArrival({ open: mostOpen - 1, queues, skills }, dice)).toBeDefined();
    expect(nextArrival({ open: mostOpen, queues, skills }, dice)).toBeUndefined();
    expect(nextArrival({ open: 0, queues: [], skills }, dice)).toBeUndefined();
  });

  it("mostly accepts offers", () => {
    const dice = createDice(createRandom(8).fraction);
    const answers = Array.from({ length: 1_000 }, () => nextAnswer(dice));
    const count = (answer: string | undefined) => answers.filter((each) => each === answer).length;
    expect(count("accept")).toBeGreaterThan(5 * count("decline"));
    expect(count("decline")).toBeGreaterThan(10);
    expect(count(undefined)).toBeGreaterThan(300);
  });
});
