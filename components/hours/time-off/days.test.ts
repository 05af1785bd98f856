import { describe, expect, it } from "vitest";
import { endsLater, halfOf, middleOf, minutesOn } from "./days";

const at = (hour: number, minute = 0) => ({ hour, minute });

describe("half a day", () => {
  it("splits the work, not the clock time, in two", () => {
    expect(
      middleOf([
        { from: 540, to: 720 },
        { from: 780, to: 1020 },
      ]),
    ).toBe(810);
    expect(middleOf([{ from: 540, to: 1020 }])).toBe(780);
  });

  it("starts in the break between two equal parts", () => {
    const shifts = [
      { from: 480, to: 720 },
      { from: 780, to: 1020 },
    ];
    expect(halfOf("2026-12-03", "morning", shifts)).toEqual({
      startDate: "2026-12-03",
      endDate: "2026-12-03",
      startTime: at(8),
      endTime: at(12),
    });
  });

  it("ends on the next date if the shift does", () => {
    expect(halfOf("2026-12-03", "afternoon", [{ from: 1320, to: 1800 }])).toEqual({
      startDate: "2026-12-04",
      endDate: "2026-12-04",
      startTime: at(2),
      endTime: at(6),
    });
  });

  it("lasts from noon to the end of a date without shifts", () => {
    expect(halfOf("2026-12-03", "afternoon", [])).toEqual({
      startDate: "2026-12-03",
      endDate: "2026-12-03",
      startTime: at(12),
    });
  });
});

it("uses the wall clock of the date on which shifts start", () => {
  const shifts = [
    { date: "2026-12-03", start: "2026-12-03T08:00:00Z", end: "2026-12-03T16:00:00Z" },
    { date: "2026-12-04", start: "2026-12-04T08:00:00Z", end: "2026-12-04T16:00:00Z" },
  ];
  expect(minutesOn("2026-12-03", shifts, "Europe/Berlin")).toEqual([{ from: 540, to: 1020 }]);
});

it("must end after its start", () => {
  const date = { startDate: "2026-12-03", endDate: "2026-12-03" };
  expect(endsLater(date)).toBe(true);
  expect(endsLater({ ...date, startTime: at(13), endTime: at(12) })).toBe(false);
  expect(endsLater({ ...date, endDate: "2026-12-02" })).toBe(false);
});
