import { describe, expect, it } from "vitest";
import type { Agent } from "@/lib/agents/agents/contract";
import type { ProfileValues } from "./profile-fields";
import { changedFields, changeOf, mergeValues, teamMoves, valuesOf } from "./profile-values";

const hours = { from: { hour: 9, minute: 0 }, to: { hour: 17, minute: 0 } };
const red = { id: "v1", value: "Red" };
const blue = { id: "v2", value: "Blue" };

const always = { timezone: "UTC", always: true, versions: [] };
const weekly = (week: object) => ({ always: false, versions: [{ week }] });

/** An agent without optional values. */
const agent = {
  name: "Ada",
  timezone: "UTC",
  holidays: [],
  assignedSkills: [],
  teams: [],
  dropVms: [],
  wrapUpTime: 0,
} as unknown as Agent;

const base: ProfileValues = {
  ...valuesOf(agent, always),
  bio: "Hello",
  timezone: "Europe/Berlin",
  defaultCountryCode: "DE",
  schedule: weekly({ monday: [hours] }),
  assignedSkills: [{ id: "s1", name: "Colour", valueType: "multiple", selectedValues: [red, blue] }],
  teamIds: ["t1", "t2"],
  forwardNumber: { enabled: true, number: "+4930123456", maskCaller: false },
  wrapUpTime: 30,
};

describe("changedFields and changeOf", () => {
  const changeTo = (change: Partial<ProfileValues>) => {
    const values = { ...base, ...change };
    return changeOf(changedFields(base, values), values);
  };

  it("returns nothing if only order or surrounding spaces differ", () => {
    expect(
      changeTo({
        name: " Ada ",
        schedule: weekly({ monday: [{ to: hours.to, from: hours.from }] }),
        teamIds: ["t2", "t1"],
        assignedSkills: [{ ...base.assignedSkills[0], selectedValues: [blue, red] } as never],
      }),
    ).toEqual({});
  });

  it("returns only the fields that differ", () => {
    expect(changeTo({ name: "Ada L.", wrapUpTime: 45 })).toEqual({ name: "Ada L.", wrapUpTime: 45 });
  });

  it("sends null for cleared fields", () => {
    expect(changeTo({ bio: " ", defaultCountryCode: "" })).toEqual({
      bio: null,
      defaultCountryCode: null,
    });
    expect(changeTo({ forwardNumber: { enabled: false, number: "", maskCaller: true } })).toEqual({
      forwardNumber: null,
    });
  });

  it("distinguishes a week of days off from no schedule", () => {
    const schedule = { always: true, versions: [] };
    expect(changedFields({ ...base, schedule }, { ...base, schedule: weekly({}) })).toEqual(["schedule"]);
  });

  it("leaves weekly hours to a request of their own", () => {
    expect(changeTo({ bio: "", schedule: weekly({}) })).toEqual({ bio: null });
  });

  it("leaves an invalid phone number and missing seconds to the schema", () => {
    expect(changeTo({ defaultCallerId: "+49 (0)30 123-456" })).toEqual({
      defaultCallerId: "+49 (0)30 123-456",
    });
    expect(changeTo({ wrapUpTime: null })).toEqual({ wrapUpTime: Number.NaN });
  });

  it("sends skills in the format of PATCH, and no teams", () => {
    expect(
      changeTo({
        teamIds: ["t1"],
        assignedSkills: [{ id: "s1", name: "Colour", valueType: "multiple", selectedValues: [red] }],
      }),
    ).toEqual({ assignedSkills: [{ id: "s1", selectedValues: [{ id: "v1" }] }] });
  });
});

describe("teamMoves", () => {
  it("returns the teams to join and to leave", () => {
    expect(teamMoves(base, { ...base, teamIds: ["t2", "t3"] })).toEqual({ join: ["t3"], leave: ["t1"] });
  });
});

describe("mergeValues", () => {
  it("takes each field from the side that changed it", () => {
    const { values, conflicts } = mergeValues(base, { ...base, name: "Mine" }, { ...base, bio: "Theirs" });
    expect(conflicts).toEqual([]);
    expect(values).toEqual({ ...base, name: "Mine", bio: "Theirs" });
  });

  it("reports no conflict if both sides made the same change", () => {
    const both = { ...base, timezone: "Asia/Kathmandu" };
    expect(mergeValues(base, both, { ...both, bio: "" })).toEqual({
      values: { ...both, bio: "" },
      conflicts: [],
    });
  });

  it("reports fields that both sides changed differently, and keeps mine", () => {
    const { values, conflicts } = mergeValues(
      base,
      { ...base, name: "Mine", schedule: weekly({}), wrapUpTime: 60 },
      { ...base, name: "Theirs", schedule: { always: true, versions: [] } },
    );
    expect(conflicts).toEqual(["name", "schedule"]);
    expect(values).toMatchObject({ name: "Mine", schedule: weekly({}), wrapUpTime: 60 });
  });
});

describe("valuesOf", () => {
  it("returns an empty string for every missing text", () => {
    expect(valuesOf(agent, always)).toMatchObject({
      bio: "",
      defaultSenderId: "",
      schedule: { always: true, versions: [] },
      forwardNumber: { enabled: false, number: "", maskCaller: false },
      wrapUpTime: 0,
    });
  });
});
