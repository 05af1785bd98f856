import { expect, it } from "vitest";
import { gapsOf } from "./gaps";

const group = (teamId: string, before: number, after: number, needed?: number) => ({
  name: teamId,
  teamId,
  ...(needed === undefined ? {} : { needed }),
  before: { scheduled: before, missing: Math.max(0, (needed ?? 0) - before) },
  after: { scheduled: after, missing: Math.max(0, (needed ?? 0) - after) },
});

const stretch = (from: number, to: number, ...groups: ReturnType<typeof group>[]) => ({
  start: new Date(from * 3_600_000).toISOString(),
  end: new Date(to * 3_600_000).toISOString(),
  groups,
});

const hours = ({ start, end }: { start: number; end: number }) => [start / 3_600_000, end / 3_600_000];

it("joins consecutive stretches of a group, and shows the lowest number", () => {
  const { opened, hasNeeds } = gapsOf({
    stretches: [
      stretch(9, 10, group("East", 3, 2, 3)),
      stretch(10, 11, group("East", 3, 0, 3), group("West", 2, 1, 2)),
      stretch(11, 12, group("East", 3, 1, 3)),
      stretch(13, 14, group("East", 3, 2, 3)),
    ],
  });
  expect(opened.map((gap) => [gap.name, hours(gap), gap.after, gap.needed])).toEqual([
    ["East", [9, 12], 0, 3],
    ["West", [10, 11], 1, 2],
    ["East", [13, 14], 2, 3],
  ]);
  expect(hasNeeds).toBe(true);
});

it("a gap that grows counts, and one that stays the same doesn't", () => {
  const { opened, closed } = gapsOf({
    stretches: [
      stretch(9, 10, group("East", 1, 0, 3)),
      stretch(12, 13, group("East", 5, 4, 3)),
      stretch(15, 16, group("East", 1, 2, 3)),
    ],
  });
  expect(opened.map(hours)).toEqual([[9, 10]]);
  expect(closed).toBe(1);
});

it("without a need there are no gaps", () => {
  const groups = [group("East", 1, 0), group("West", 1, 0, 0)];
  expect(gapsOf({ stretches: [stretch(9, 10, ...groups)] })).toEqual({
    opened: [],
    closed: 0,
    isTouched: true,
    hasNeeds: false,
  });
  expect(gapsOf({ stretches: [] }).isTouched).toBe(false);
});
