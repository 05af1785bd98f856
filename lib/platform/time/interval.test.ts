import { describe, expect, it } from "vitest";
import { clipIntervals, mergeIntervals } from "./interval";

describe("mergeIntervals", () => {
  it("sorts, joins what overlaps or touches, and keeps what does not apart", () => {
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

  it("drops what is empty or turned round, and leaves its input alone", () => {
    const intervals = Object.freeze([
      Object.freeze({ start: 5, end: 5 }),
      Object.freeze({ start: 9, end: 3 }),
    ]);
    expect(mergeIntervals(intervals)).toEqual([]);
  });
});

describe("clipIntervals", () => {
  it("cuts at both bounds and drops what lies outside or only touches them", () => {
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
