import { expect, it } from "vitest";
import { plannedSchedule } from "./planned-schedule";

const hours = (from: number, to: number) => [
  { from: { hour: from, minute: 0 }, to: { hour: to, minute: 0 } },
];
type Versions = { effectiveFrom?: string; week: object }[];
const weekly = (...versions: Versions) => ({ always: false, versions });
const always = { always: true, versions: [] as Versions };
const today = "2027-06-16";
const plan = (saved: typeof always, edited: typeof always) => plannedSchedule("a", saved, edited, today);

it("starts at today's date if the hours in force change", () => {
  const edited = weekly({ week: { monday: hours(9, 12) } }, { effectiveFrom: "2027-07-01", week: {} });
  expect(plan(always, edited)).toEqual({
    changes: [
      { type: "schedule", agentId: "a", week: { monday: hours(9, 12) } },
      { type: "schedule", agentId: "a", week: {}, effectiveFrom: "2027-07-01" },
    ],
    from: "2027-06-16",
    to: "2027-06-28",
  });
  expect(plan(edited, always)).toMatchObject({ changes: [{ week: null }], from: "2027-06-16" });
});

it("starts at the date of a later version that changes, appears or disappears", () => {
  const now = { week: { monday: hours(9, 17) } };
  const later = (week: object) => weekly(now, { effectiveFrom: "2027-07-01", week });
  expect(plan(later({}), later({ friday: hours(9, 17) }))).toMatchObject({ from: "2027-06-30" });
  expect(plan(weekly(now), later({}))).toMatchObject({ from: "2027-06-30" });
  expect(plan(later({}), weekly(now))).toMatchObject({ from: "2027-06-30" });
});

it("has nothing to preview if only the past changes, or if hours overlap", () => {
  const current = { effectiveFrom: "2027-06-01", week: { monday: hours(9, 17) } };
  expect(plan(weekly({ week: {} }, current), weekly({ week: { friday: hours(1, 2) } }, current))).toBeNull();
  const overlapping = { week: { monday: [...hours(9, 12), ...hours(11, 14)] } };
  expect(plan(always, weekly(overlapping))).toBeNull();
});
