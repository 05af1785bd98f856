import { describe, expect, it } from "vitest";
import { clipIntervals, mergeIntervals, subtractIntervals } from "./interval";

describe("mergeIntervals", () => {
  it("sorts, and joins intervals that overlap or touch", () => {
    const intervals = [
      { start: 50, end: 60 },
      { start: 10, end: 20 },
      { start: 20, end: 30 },
      { start: 0, end: 12 },
      { start: 31, end: 40 },
    ];
    expect(mergeIntervals(intervals)).toEqual([
      { start: 0, end: 30 },
      { start: 31, end: 40 },
      { start: 50, end: 60 },
    ]);
  });

  it("keeps the later end of an interval that contains another", () => {
    expect(
      mergeIntervals([
        { start: 0, end: 100 },
        { start: 10, end: 20 },
      ]),
    ).toEqual([{ start: 0, end: 100 }]);
  });

  it("drops empty and inverted intervals, and does not modify its input", () => {
    const intervals = Object.freeze([
      Object.freeze({ start: 5, end: 5 }),
      Object.freeze({ start: 9, end: 3 }),
    ]);
    expect(mergeIntervals(intervals)).toEqual([]);
  });
});

describe("clipIntervals", () => {
  it("cuts at both bounds, and drops intervals outside", () => {
    const intervals = [
      { start: 0, end: 10 },
      { start: 10, end: 20 },
      { start: 30, end: 50 },
      { start: 50, end: 60 },
    ];
    expect(clipIntervals(intervals, { start: 15, end: 50 })).toEqual([
      { start: 15, end: 20 },
      { start: 30, end: 50 },
    ]);
  });
});

describe("subtractIntervals", () => {
  it("removes what the cuts cover, and leaves two parts around a cut in the middle", () => {
    const intervals = [
      { start: 0, end: 10 },
      { start: 10, end: 20 },
      { start: 30, end: 50 },
    ];
    const cuts = [
      { start: 40, end: 45 },
      { start: 8, end: 15 },
      { start: 12, end: 16 },
      { start: 50, end: 60 },
    ];
    expect(subtractIntervals(intervals, cuts)).toEqual([
      { start: 0, end: 8 },
      { start: 16, end: 20 },
      { start: 30, end: 40 },
      { start: 45, end: 50 },
    ]);
  });

  it("drops intervals that a cut covers", () => {
    expect(subtractIntervals([{ start: 5, end: 6 }], [{ start: 5, end: 6 }])).toEqual([]);
  });
});
