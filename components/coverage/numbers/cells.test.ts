import { describe, expect, it } from "vitest";
import { dayOfIso, periodAround } from "@/components/coverage/period";
import { cellsOf, levelOf } from "./cells";

const berlin = "Europe/Berlin";

function coverageOf(date: string, scheduled: number[], needed?: number[]) {
  const period = periodAround(dayOfIso(date) ?? 0, "day", berlin);
  const group = { name: "All", scheduled, off: scheduled.map(() => 0), ...(needed ? { needed } : {}) };
  const coverage = {
    from: new Date(period.start).toISOString(),
    to: new Date(period.end).toISOString(),
    step: 60,
    timezone: berlin,
    groups: [group],
  };
  return cellsOf(coverage, group, period)[0]?.map((cell) => cell?.scheduled ?? null);
}

const count = (length: number) => Array.from({ length }, (_, index) => index);

describe("cellsOf", () => {
  it("has a column for each hour of a plain day", () => {
    expect(coverageOf("2026-12-01", count(24))).toEqual(count(24));
  });

  it("leaves the hour empty that a clock change skips", () => {
    expect(coverageOf("2026-03-29", count(23))?.slice(0, 5)).toEqual([0, 1, null, 2, 3]);
  });

  it("shows the worse of the two hours when clocks are set back", () => {
    const scheduled = [5, 5, 4, 1, ...Array(21).fill(5)];
    expect(coverageOf("2026-10-25", scheduled)?.slice(0, 4)).toEqual([5, 5, 1, 5]);
    const needed = [0, 0, 9, 1, ...Array(21).fill(0)];
    expect(coverageOf("2026-10-25", scheduled, needed)?.slice(0, 4)).toEqual([5, 5, 4, 5]);
  });
});

describe("levelOf", () => {
  it.each([
    [3, undefined, "none"],
    [3, 0, "none"],
    [2, 3, "short"],
    [3, 3, "exact"],
    [4, 3, "enough"],
  ] as const)("is for %s of %s: %s", (scheduled, needed, level) => {
    expect(levelOf({ scheduled, needed, off: 0 })).toBe(level);
  });
});
