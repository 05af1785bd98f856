import { describe, expect, it } from "vitest";
import { agentQuerySchema } from "@/lib/agents/agents/list-contract";
import {
  type AgentFilters,
  anchorOf,
  isFiltered,
  pageRange,
  presetBounds,
  toListQuery,
  viewSearch,
} from "./list-state";

const nothing: AgentFilters = {
  text: "",
  canTake: [],
  status: [],
  activity: [],
  teams: [],
  roles: [],
  skills: [],
  hours: null,
  changed: null,
  since: null,
  upto: null,
};
const order = { sort: "name", reverse: false } as const;
const noon = Date.parse("2026-03-10T12:00:00Z");
const from = { anchor: noon, timezone: "Asia/Kathmandu" };
const team = "0198c0de-7e57-7000-8000-000000000001";
const skill = "0198c0de-7e57-7000-8000-000000000002";
const role = "0198c0de-7e57-7000-8000-000000000003";

describe("the list request", () => {
  it("asks for all agents, 100 per page, when nothing is filtered", () => {
    expect(toListQuery(nothing, order, from)).toEqual({ limit: "100", sortBy: "name" });
  });

  it("is valid for the API with every filter set", () => {
    const query = toListQuery(
      {
        text: " mila ",
        canTake: ["voice", "email"],
        status: ["away", "active"],
        activity: ["busy"],
        teams: [team],
        roles: [role],
        skills: [skill],
        hours: "out",
        changed: null,
        since: new Date(noon - 1000),
        upto: new Date(noon),
      },
      { sort: "assignedCount", reverse: true },
      from,
      "token",
    );
    expect(agentQuerySchema.parse(query)).toMatchObject({
      limit: 100,
      sortBy: "assignedCount",
      reverse: true,
      search: "mila",
      canTake: ["email", "voice"],
      agentStatuses: ["active", "away"],
      activities: ["busy"],
      teamIds: [team],
      roleIds: [role],
      skillIds: [skill],
      inHours: false,
      lastStatusActivitySince: noon - 1000,
      lastStatusActivityUpto: noon,
      pageToken: "token",
    });
  });

  it("searches for the typed words, up to the API's limits", () => {
    const searched = (text: string) => toListQuery({ ...nothing, text }, order, from).search;
    expect(searched("@north")).toBe("@north");
    expect(searched("  schmidt\u00a0 anna ")).toBe("schmidt anna");
    expect(searched("   ")).toBeUndefined();
    const long = searched("a b c d e f g h i j");
    expect(long).toBe("a b c d e f g h");
    expect(agentQuerySchema.safeParse({ search: long }).success).toBe(true);
    expect(agentQuerySchema.safeParse({ search: searched("x".repeat(300)) }).success).toBe(true);
    expect(agentQuerySchema.safeParse({ search: "a b c d e f g h i" }).success).toBe(false);
  });

  it("is the same for the same values in a different order", () => {
    const one = toListQuery({ ...nothing, teams: [team, skill] }, order, from);
    expect(toListQuery({ ...nothing, teams: [skill, team, team] }, order, from)).toEqual(one);
  });

  it("computes relative spans from the anchor and prefers them to exact bounds", () => {
    const filters: AgentFilters = { ...nothing, changed: "hour", upto: new Date(0) };
    expect(toListQuery(filters, order, from)).toMatchObject({
      lastStatusActivitySince: "2026-03-10T11:00:00.000Z",
    });
    expect(toListQuery(filters, order, from)).not.toHaveProperty("lastStatusActivityUpto");
  });
});

describe("spans", () => {
  it("end eight hours ago for `long` and start at the viewer's midnight for `today`", () => {
    expect(presetBounds("long", from)).toEqual({ upto: new Date("2026-03-10T04:00:00Z") });
    expect(presetBounds("today", from)).toEqual({ since: new Date("2026-03-09T18:15:00Z") });
  });

  it("are computed from whole minutes, so that requests within a minute are equal", () => {
    expect(anchorOf(noon + 59_999)).toBe(noon);
    expect(anchorOf(noon + 60_000)).toBe(noon + 60_000);
  });
});

it("tells a filtered list from an unfiltered one", () => {
  expect(isFiltered(nothing)).toBe(false);
  expect(isFiltered({ ...nothing, text: "  " })).toBe(false);
  expect(isFiltered({ ...nothing, hours: "in" })).toBe(true);
  expect(isFiltered({ ...nothing, upto: new Date(noon) })).toBe(true);
  expect(isFiltered({ ...nothing, roles: [role] })).toBe(true);
});

it("normalizes addresses of the same list, ignoring the position in it", () => {
  const text = viewSearch("?status=away&q=mila&page=3&after=abc&at=1&view=x");
  expect(text).toBe("q=mila&status=away");
  expect(viewSearch("q=mila&status=away")).toBe(text);
  expect(viewSearch("page=2&after=abc")).toBe("");
});

it("numbers the rows of a page", () => {
  expect(pageRange(1, 100, 240)).toEqual({ from: 1, to: 100 });
  expect(pageRange(3, 40, 240)).toEqual({ from: 201, to: 240 });
  expect(pageRange(1, 0, 0)).toEqual({ from: 0, to: 0 });
});
