import { describe, expect, it } from "vitest";
import { managedRoles } from "@/lib/access/roles/rules";
import { type AgentChange, agentChangeSchema } from "@/lib/agents/agents/contract";
import { forbiddenProperties } from "@/lib/agents/agents/permissions";
import { canChangeAvailability } from "@/lib/availability/declared/permissions";
import type { AgentId, AuthorizedWorkspaceId, UserId } from "@/lib/platform/ids";
import type { Actor, Permission } from "@/lib/platform/security/permissions";

const own = "0198c0de-7e57-7000-8000-000000000001" as AgentId;
const other = "0198c0de-7e57-7000-8000-000000000002" as AgentId;
const everything = Object.keys(agentChangeSchema.shape) as (keyof AgentChange)[];

function actor(permissions: readonly Permission[], agentId: AgentId | undefined = own): Actor {
  return {
    kind: "user",
    id: "0198c0de-7e57-7000-8000-000000000003" as UserId,
    name: "Robin",
    via: "token",
    workspaceId: "0198c0de-7e57-7000-8000-000000000004" as AuthorizedWorkspaceId,
    permissions: new Set(permissions),
    agentId,
  };
}

const managed = (name: string, agentId?: AgentId) => {
  const role = managedRoles.find((each) => each.name === name);
  if (!role) throw new Error(`no role ${name}`);
  return actor(role.permissions, agentId);
};

describe("a supervisor", () => {
  it("may change every property of every agent, including their own", () => {
    for (const agent of [own, other])
      expect(forbiddenProperties(managed("Supervisor"), agent, everything)).toEqual([]);
  });

  it("may set the availability of every agent", () => {
    for (const agent of [own, other]) expect(canChangeAvailability(managed("Supervisor"), agent)).toBe(true);
  });
});

describe("an agent", () => {
  it("may change their own agent except for properties that control their workload", () => {
    expect(forbiddenProperties(managed("Agent"), own, everything)).toEqual(["wrapUpTime", "assignedSkills"]);
    expect(
      forbiddenProperties(managed("Agent"), own, ["bio", "status", "weeklySchedule", "holidays"]),
    ).toEqual([]);
    expect(forbiddenProperties(managed("Agent"), own, [])).toEqual([]);
  });

  it("may not change another agent, not even with an empty change", () => {
    expect(forbiddenProperties(managed("Agent"), other, ["bio"])).toEqual([""]);
    expect(forbiddenProperties(managed("Agent"), other, [])).toEqual([""]);
  });

  it("may set only their own availability", () => {
    expect(canChangeAvailability(managed("Agent"), own)).toBe(true);
    expect(canChangeAvailability(managed("Agent"), other)).toBe(false);
  });
});

describe("a viewer", () => {
  it("may change nothing, not even their own agent", () => {
    for (const agent of [own, other]) {
      expect(forbiddenProperties(managed("Viewer"), agent, ["bio"])).toEqual([""]);
      expect(canChangeAvailability(managed("Viewer"), agent)).toBe(false);
    }
  });
});

describe("a custom role", () => {
  it("with availability.write alone may set the status of every agent and nothing else", () => {
    const dispatcher = actor(["agents.read", "availability.write"]);
    for (const agent of [own, other]) {
      expect(forbiddenProperties(dispatcher, agent, ["status"])).toEqual([]);
      expect(forbiddenProperties(dispatcher, agent, ["bio", "status", "wrapUpTime"])).toEqual([
        "bio",
        "wrapUpTime",
      ]);
      expect(canChangeAvailability(dispatcher, agent)).toBe(true);
    }
  });

  it("with agents.write alone may change profiles but not the status", () => {
    const editor = actor(["agents.write"]);
    for (const agent of [own, other]) {
      expect(forbiddenProperties(editor, agent, everything)).toEqual(["status"]);
      expect(canChangeAvailability(editor, agent)).toBe(false);
    }
  });

  it("with agents.write and own.write may change all profiles and their own status", () => {
    const editor = actor(["agents.write", "own.write"]);
    expect(forbiddenProperties(editor, own, everything)).toEqual([]);
    expect(forbiddenProperties(editor, other, everything)).toEqual(["status"]);
  });

  it("with availability.write and own.write may change their own profile, and only the status of others", () => {
    const lead = actor(["availability.write", "own.write"]);
    expect(forbiddenProperties(lead, own, everything)).toEqual(["wrapUpTime", "assignedSkills"]);
    expect(forbiddenProperties(lead, other, ["name", "status"])).toEqual(["name"]);
  });

  it("with read permissions may change nothing", () => {
    const reader = actor(["agents.read", "settings.read", "ledger.read", "agents.delete"]);
    expect(forbiddenProperties(reader, own, [])).toEqual([""]);
  });
});

describe("an access key", () => {
  it("has no agent of its own, so own.write grants nothing", () => {
    const key: Actor = { ...actor(["own.write"]), agentId: undefined };
    expect(forbiddenProperties(key, own, ["bio"])).toEqual([""]);
    expect(canChangeAvailability(key, own)).toBe(false);
  });
});
