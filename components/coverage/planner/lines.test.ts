import { describe, expect, it } from "vitest";
import type { PlannerRow } from "@/lib/agents/coverage/planner-contract";
import { groupedByTeam, headingHeight, placed, rowHeight, rowsBetween, ungrouped } from "./lines";

const billing = { id: "b", name: "Billing" };
const team2 = { id: "2", name: "Team 2" };
const team10 = { id: "10", name: "Team 10" };

const row = (name: string, ...teams: PlannerRow["teams"]): PlannerRow => ({
  agentId: name,
  name,
  timezone: "Etc/UTC",
  teams,
  shifts: [],
  timeOff: [],
  holidays: [],
});

const rows = [row("Ada", team10, billing), row("Ben"), row("Cy", team2), row("Di", billing)];
const names = (groups: ReturnType<typeof groupedByTeam>) =>
  groups.map(({ team, rows }) => [team?.name ?? null, ...rows.map(({ name }) => name)]);

describe("groupedByTeam", () => {
  it("sorts teams by name, and lists an agent under each of their teams", () => {
    expect(names(groupedByTeam(rows, [], "en"))).toEqual([
      ["Billing", "Ada", "Di"],
      ["Team 2", "Cy"],
      ["Team 10", "Ada"],
      [null, "Ben"],
    ]);
  });

  it("has only the teams of a filter", () => {
    expect(
      names(
        groupedByTeam(
          [rows[0], rows[3]].flatMap((each) => each ?? []),
          ["b"],
          "en",
        ),
      ),
    ).toEqual([["Billing", "Ada", "Di"]]);
  });
});

describe("placed", () => {
  it("counts headings as rows of the table, but not as agents", () => {
    const places = placed(groupedByTeam(rows, [], "en"));
    expect(places.map(({ index, place }) => [index, place])).toEqual([
      [0, 0],
      [3, 2],
      [5, 3],
      [7, 4],
    ]);
    expect(places[1]?.top).toBe(headingHeight + 2 * rowHeight);
    expect(placed(ungrouped(rows))).toMatchObject([{ top: 0, heading: 0, height: 4 * rowHeight }]);
  });
});

describe("rowsBetween", () => {
  const [, second] = placed([
    { key: "one", team: billing, rows: rows.slice(0, 1) },
    { key: "two", team: team2, rows },
  ]);
  const top = headingHeight + rowHeight;

  it.each([
    ["before the group", 0, top, null],
    ["only the heading", top - 10, top + 10, { first: 0, last: 0 }],
    [
      "a part of a row",
      top + headingHeight + rowHeight + 1,
      top + headingHeight + rowHeight + 2,
      { first: 1, last: 2 },
    ],
    ["all rows", 0, 10_000, { first: 0, last: 4 }],
    ["after the group", top + headingHeight + 4 * rowHeight, 10_000, null],
  ])("%s", (_name, from, to, expected) => {
    expect(second && rowsBetween(second, from, to)).toEqual(expected);
  });
});
