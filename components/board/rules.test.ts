import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { channels, codes, deciderCodes } from "@/lib/availability/effective/values";
import { filterOf } from "./links";
import { type Group, longestWait, mostFrequent, reasonsOf, waitingOn, worstFirst } from "./rules";

const group = (name: string, agents: number, [messaging, email, voice]: [number, number, number]): Group => ({
  id: name,
  name,
  agents,
  open: { messaging, email, voice },
});
const names = (groups: readonly Group[]) => worstFirst(groups).map(({ name }) => name);

describe("groups", () => {
  it("start with the smallest share in any channel, however many agents that are", () => {
    expect(names([group("half", 4, [2, 2, 2]), group("tenth", 100, [10, 100, 100])])).toEqual([
      "tenth",
      "half",
    ]);
  });

  it("with the same smallest share, start with the smallest average", () => {
    expect(names([group("one", 4, [0, 4, 4]), group("two", 4, [0, 0, 4])])).toEqual(["two", "one"]);
  });

  it("with equal shares, start with the largest, then by name", () => {
    const none = [0, 0, 0] as [number, number, number];
    expect(names([group("b", 2, none), group("a", 2, none), group("c", 9, none)])).toEqual(["c", "a", "b"]);
  });

  it("are the same in any order of the answer", () => {
    const groups = fc.uniqueArray(
      fc.record({
        id: fc.uuid(),
        name: fc.string({ minLength: 1 }),
        agents: fc.integer({ min: 1, max: 6 }),
        open: fc.record({ messaging: fc.nat(6), email: fc.nat(6), voice: fc.nat(6) }),
      }),
      { selector: ({ name }) => name.normalize("NFKD").toLowerCase() },
    );
    fc.assert(
      fc.property(groups, (all) => {
        const least = (each: Group) =>
          Math.min(...channels.map((channel) => each.open[channel] / each.agents));
        const sorted = worstFirst(all);
        expect(new Set(sorted)).toEqual(new Set(all));
        for (const [index, each] of sorted.entries()) {
          const next = sorted[index + 1];
          if (next) expect(least(each)).toBeLessThanOrEqual(least(next));
        }
      }),
    );
  });

  it("without agents are not divided by zero", () => {
    expect(names([group("some", 2, [1, 1, 1]), group("none", 0, [0, 0, 0])])).toEqual(["none", "some"]);
  });
});

describe("reasons", () => {
  it("are in the order of codes, without those of no one", () => {
    expect(reasonsOf({ atCapacity: 1, away: 2, offline: 3, busy: 0 })).toEqual([
      { code: "offline", count: 3 },
      { code: "away", count: 2 },
      { code: "atCapacity", count: 1 },
    ]);
  });

  it("keep their order when only the most frequent are shown", () => {
    const reasons = reasonsOf({ offline: 1, away: 5, busy: 2, atCapacity: 9 });
    expect(mostFrequent(reasons, 2).map(({ code }) => code)).toEqual(["away", "atCapacity"]);
    expect(mostFrequent(reasons, 4)).toBe(reasons);
  });

  it("have a list filter if and only if the list can filter by them", () => {
    expect(codes.filter((code) => filterOf(code))).toEqual([
      "offline",
      "away",
      ...deciderCodes.activity,
      "holiday",
      "outOfHours",
    ]);
    expect(filterOf("onBreak")).toEqual({ status: ["active"], activity: ["onBreak"] });
  });
});

describe("what waits in the queues", () => {
  const queue = (queueId: string, email: number, waitingSince?: string) => ({
    queueId,
    targetSeconds: 120,
    waiting: { messaging: 1, email, voice: 0 },
    ...(waitingSince === undefined ? {} : { waitingSince }),
  });

  it("is added up by channel", () => {
    const queues = [queue("a", 2), queue("b", 3)];
    expect(channels.map((channel) => waitingOn(queues, channel))).toEqual([2, 5, 0]);
  });

  it("has the longest wait of all queues, as instants", () => {
    const queues = [
      queue("empty", 0),
      queue("later", 1, "2026-01-05T10:00:00.5Z"),
      queue("first", 1, "2026-01-05T10:00:00Z"),
    ];
    expect(longestWait(queues)).toMatchObject({ queueId: "first", targetSeconds: 120 });
    expect(longestWait([queue("empty", 0)])).toBeUndefined();
  });
});
