import { expect, it } from "vitest";
import type { CoveragePreview } from "@/lib/agents/coverage/changes-contract";
import { costOf, levelOf } from "./cost";

const stretch = (start: string, end: string, before: number, after: number, needed?: number) => ({
  start,
  end,
  groups: [
    {
      name: "Support",
      teamId: "t",
      ...(needed === undefined ? {} : { needed }),
      before: { scheduled: before, missing: Math.max(0, (needed ?? 0) - before) },
      after: { scheduled: after, missing: Math.max(0, (needed ?? 0) - after) },
    },
  ],
});

const preview = (...stretches: CoveragePreview["stretches"]): CoveragePreview => ({
  timezone: "Europe/Berlin",
  stretches,
  risks: { added: [], removed: [] },
});

it("shows the lowest coverage of each hour", () => {
  const cost = costOf(
    preview(
      stretch("2026-12-03T12:00:00Z", "2026-12-03T12:30:00Z", 4, 3, 3),
      stretch("2026-12-03T12:30:00Z", "2026-12-03T14:00:00Z", 3, 2, 3),
    ),
  );
  expect(cost.unit).toBe("hour");
  expect(cost.groups[0]?.cells.map(({ after, missing }) => [after, missing])).toEqual([
    [2, 1],
    [2, 1],
  ]);
  expect(cost.groups[0]?.added).toBe(1);
});

it("shows long time off by date", () => {
  const cost = costOf(
    preview(
      ...["03", "04", "05", "06"].map((day) =>
        stretch(`2026-12-${day}T08:00:00Z`, `2026-12-${day}T16:00:00Z`, 5, Number(day), 4),
      ),
    ),
  );
  expect(cost.unit).toBe("day");
  expect(cost.groups[0]?.cells.map(({ after }) => after)).toEqual([3, 4, 5, 6]);
  expect(cost.groups[0]?.worst.start).toBe(Date.parse("2026-12-02T23:00:00Z"));
  expect(cost.groups[0]?.cells.map(levelOf)).toEqual(["short", "tight", "enough", "enough"]);
});

it("finds the worst hour among those with a need", () => {
  const cost = costOf(
    preview(
      stretch("2026-12-03T08:00:00Z", "2026-12-03T09:00:00Z", 24, 23, 0),
      stretch("2026-12-03T09:00:00Z", "2026-12-03T09:30:00Z", 51, 50, 20),
      stretch("2026-12-03T09:30:00Z", "2026-12-03T10:00:00Z", 2, 1),
      stretch("2026-12-03T10:00:00Z", "2026-12-03T11:00:00Z", 61, 60, 20),
    ),
  );
  expect(cost.groups[0]?.worst).toMatchObject({ after: 50, needed: 20 });
  expect(cost.groups[0]?.cells.map(({ after, needed }) => [after, needed])).toEqual([
    [23, undefined],
    [50, 20],
    [60, 20],
  ]);
});

it("finds the hour with the fewest agents if nobody is needed", () => {
  const cost = costOf(
    preview(
      stretch("2026-12-03T08:00:00Z", "2026-12-03T09:00:00Z", 5, 4, 0),
      stretch("2026-12-03T09:00:00Z", "2026-12-03T10:00:00Z", 4, 3),
    ),
  );
  expect(cost.groups[0]?.worst).toMatchObject({ after: 3, needed: undefined });
});

it("has no groups without hours", () => {
  expect(costOf(preview()).groups).toEqual([]);
});
