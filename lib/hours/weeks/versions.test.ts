import { describe, expect, it } from "vitest";
import { datedIn, toStoredVersions, toVersions } from "./versions";

const time = (hour: number) => ({ hour, minute: 30 });
const week = { monday: [{ from: time(9), to: time(12) }], sunday: [{ from: time(22), to: time(6) }] };
const startIn = (timezone: string, from: string) => {
  const [version] = datedIn(timezone, [{ from, fromAt: null, week: {} }]);
  return new Date(version?.fromAt ?? Number.NaN).toISOString();
};

describe("versions", () => {
  it("are the same after storing, except that empty days are dropped", () => {
    const versions = [{ week: { ...week, tuesday: [] } }, { effectiveFrom: "2026-03-01", week: {} }];
    const stored = toStoredVersions({ always: false, versions }, "UTC");
    expect(stored).toEqual([
      {
        from: null,
        fromAt: null,
        week: { monday: [{ from: 570, to: 750 }], sunday: [{ from: 1350, to: 390 }] },
      },
      { from: "2026-03-01", fromAt: Date.UTC(2026, 2, 1), week: {} },
    ]);
    expect(toVersions(stored)).toEqual({ always: false, versions: [{ week }, versions[1]] });
  });

  it("are null for an agent who always works", () => {
    expect(toStoredVersions({ always: true, versions: [] }, "UTC")).toBeNull();
    expect(toVersions(null)).toEqual({ always: true, versions: [] });
  });
});

describe("the start of a date", () => {
  it.each([
    ["Europe/Berlin", "2026-03-29", "2026-03-28T23:00:00.000Z"],
    ["Asia/Kathmandu", "2026-03-29", "2026-03-28T18:15:00.000Z"],
    // Midnight did not exist; the date began at 01:00.
    ["America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00.000Z"],
    // Midnight came twice; the date before had 25 hours.
    ["America/Havana", "2026-11-01", "2026-11-01T04:00:00.000Z"],
    // Skipped as a whole, so that the next date counts.
    ["Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00.000Z"],
  ])("in %s, %s is %s", (timezone, date, instant) => {
    expect(startIn(timezone, date)).toBe(instant);
  });
});
