import { describe, expect, it } from "vitest";
import { createRandom } from "@/lib/testing/random";
import { createDice } from "./dice";
import { type Actor, nextStep } from "./rules";

/** A year of one agent, with activities that end after a while. */
function live(seed: number, steps: number): Actor[] {
  const dice = createDice(createRandom(seed).fraction);
  let actor: Actor = {
    status: "away",
    activity: "available",
    messaging: 0,
    email: 0,
    capacity: { messaging: 3, email: 5 },
  };
  return Array.from({ length: steps }, () => {
    const { availability, load } = nextStep(actor, dice);
    actor = {
      ...actor,
      ...load,
      status: availability?.status ?? actor.status,
      activity: availability?.activity ?? actor.activity,
    };
    return actor;
  });
}

describe("an agent of the demo", () => {
  const days = [1, 2, 3, 4, 5].flatMap((seed) => live(seed, 4_000));
  const share = (is: (actor: Actor) => boolean) => days.filter(is).length / days.length;

  it("never has more conversations than the capacity, or fewer than none", () => {
    for (const { messaging, email } of days) {
      expect(messaging).toBeGreaterThanOrEqual(0);
      expect(email).toBeGreaterThanOrEqual(0);
      expect(messaging).toBeLessThanOrEqual(3);
      expect(email).toBeLessThanOrEqual(5);
    }
  });

  it("is mostly at work, and does everything now and then", () => {
    expect(share(({ status }) => status === "active")).toBeGreaterThan(0.6);
    expect(share(({ status }) => status === "active")).toBeLessThan(0.9);
    expect(share(({ status }) => status === "offline")).toBeGreaterThan(0.05);
    for (const activity of ["onBreak", "busy", "inMeeting", "wrapUp"])
      expect(share((actor) => actor.activity === activity)).toBeGreaterThan(0.005);
    expect(share(({ messaging, email }) => messaging + email > 0)).toBeGreaterThan(0.4);
  });
});
