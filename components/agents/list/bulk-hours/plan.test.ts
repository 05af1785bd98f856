import { expect, it } from "vitest";
import { plannedChangeLimit } from "@/lib/agents/coverage/values";
import { changesOf, datesOf, offsetFor, refusedAgent, weeksOn } from "./plan";

const none = () => false;
const isWeekend = (weekday: number) => weekday > 4;

it("lists dates, with or without weekends", () => {
  expect(datesOf("2027-06-18", "2027-06-21", none)).toEqual([
    "2027-06-18",
    "2027-06-19",
    "2027-06-20",
    "2027-06-21",
  ]);
  expect(datesOf("2027-06-18", "2027-06-21", isWeekend)).toEqual(["2027-06-18", "2027-06-21"]);
  expect(datesOf("2027-06-18", "2027-06-17", none)).toEqual([]);
});

it("stops at the limit of a request", () => {
  expect(datesOf("2027-01-01", "9999-12-31", none)).toHaveLength(plannedChangeLimit + 1);
});

it("repeats the changes for each agent", () => {
  const plan = {
    changes: datesOf("2027-06-16", "2027-06-17", none).map((date) => ({
      type: "override" as const,
      date,
      intervals: [],
    })),
    from: "2027-06-16",
    to: "2027-06-17",
  };
  const changes = changesOf(plan, ["a", "b"]);
  expect(changes.map(({ agentId }) => agentId)).toEqual(["a", "a", "b", "b"]);
  expect(refusedAgent({ "changes.2": ["is not possible."] }, changes)).toBe("b");
  expect(refusedAgent({ "changes.10.typeId": [] }, changes)).toBeUndefined();
  expect(refusedAgent({ versions: [] }, changes)).toBeUndefined();
});

it("finds the offset that starts in the chosen week", () => {
  const rotation = {
    startDate: "2027-06-02",
    weeks: [{}, {}, {}],
    versions: [
      { from: "2027-06-02", weeks: [{}, {}, {}] },
      { from: "2027-09-01", weeks: [{}, {}] },
    ],
  };
  // The second Monday after the week of the start is in the third week.
  expect(offsetFor(rotation, "2027-06-14", 2)).toBe(0);
  expect(offsetFor(rotation, "2027-06-14", 0)).toBe(1);
  expect(offsetFor(rotation, "2027-06-13", 0)).toBe(2);
  // Before the start, the member starts with the rotation.
  expect(offsetFor(rotation, "2027-01-01", 1)).toBe(1);
  expect(weeksOn(rotation, "2027-09-01")).toHaveLength(2);
  expect(weeksOn(rotation, "2027-01-01")).toHaveLength(3);
});
