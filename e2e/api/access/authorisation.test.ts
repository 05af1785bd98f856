import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { call } from "@/e2e/support/api/client";
import {
  expectRefusal,
  makeAgent,
  makeKey,
  makeMedia,
  makePerson,
  makePreset,
  makeRole,
  makeRule,
  makeSender,
  makeSkill,
  makeTeam,
  makeView,
  makeWorkspace,
  managedRole,
  type TestWorkspace,
} from "@/e2e/support/api/fixtures";
import { operations } from "@/lib/outward/reference/operations";
import type { ErrorCode } from "@/lib/platform/http/errors";
import type { Operation } from "@/lib/platform/http/operation";

type OperationId = (typeof operations)[number]["id"];

const callers = ["supervisor", "agent", "viewer", "key", "otherTenant", "nobody"] as const;
type Caller = (typeof callers)[number];

/** Expected statuses of the callers, in the order above. */
type Row = readonly [number, number, number, number, number, number];

const seen: Row = [200, 200, 200, 200, 404, 401];
const supervised = (status: number): Row => [status, 403, 403, status, 404, 401];
/** For a person's own data, which an access key does not have. */
const personal = (status: number): Row => [status, status, status, 403, 404, 401];
const open = (status: number): Row => [status, status, status, status, status, status];

/** Implements docs/contract.md §6 for workspace data. */
const expected: Record<OperationId, Row> = {
  listAgents: seen,
  createAgent: supervised(201),
  getAgent: seen,
  patchAgent: supervised(200),
  deleteAgent: supervised(204),
  listAllAgents: seen,
  getAvailability: seen,
  patchAvailability: supervised(200),
  putPreset: supervised(200),
  deletePreset: supervised(204),
  explainAvailability: seen,
  listCandidates: seen,
  getInboxAvailability: seen,
  getAvailabilityPolicy: seen,
  patchAvailabilityPolicy: supervised(200),
  previewAvailabilityPolicy: seen,
  getAttention: seen,
  listVerdicts: seen,
  listSpans: seen,
  listStatuses: seen,
  createStatus: supervised(201),
  getStatus: seen,
  patchStatus: supervised(200),
  deleteStatus: supervised(204),
  getStatusUsage: supervised(200),
  getWorkload: seen,
  getPresence: seen,
  listPresenceSessions: supervised(200),
  // Only for one's own agent, and the agents of this table are bots.
  putPresenceSession: [403, 403, 403, 403, 404, 401],
  deletePresenceSession: [403, 403, 403, 403, 404, 401],
  endPresenceSession: [403, 403, 403, 403, 404, 401],
  presignAvatar: supervised(200),
  presignAudio: supervised(200),
  downloadMedia: [302, 302, 302, 302, 404, 401],
  listTeams: seen,
  createTeam: supervised(201),
  getTeam: seen,
  patchTeam: supervised(200),
  deleteTeam: supervised(204),
  addTeamMember: supervised(204),
  removeTeamMember: supervised(204),
  getTeamUsage: supervised(200),
  listSkills: seen,
  createSkill: supervised(201),
  getSkill: seen,
  patchSkill: supervised(200),
  deleteSkill: supervised(204),
  getSkillUsage: supervised(200),
  listCapacityRules: seen,
  createCapacityRule: supervised(201),
  getCapacityRule: seen,
  patchCapacityRule: supervised(200),
  deleteCapacityRule: supervised(204),
  assignCapacityRule: supervised(204),
  unassignCapacityRule: supervised(204),
  getCapacityRuleUsage: supervised(200),
  listSenderProfiles: seen,
  createSenderProfile: supervised(201),
  getSenderProfile: seen,
  patchSenderProfile: supervised(200),
  deleteSenderProfile: supervised(204),
  getSenderProfileUsage: supervised(200),
  listRoles: seen,
  createRole: supervised(201),
  getRole: seen,
  patchRole: supervised(200),
  deleteRole: supervised(204),
  getRoleUsage: supervised(200),
  listViews: personal(200),
  createView: personal(201),
  getView: personal(200),
  patchView: personal(200),
  deleteView: personal(204),
  listChanges: supervised(200),
  listAgentChanges: supervised(200),
  listEvents: seen,
  listAuditEvents: supervised(200),
  getMembership: seen,
  listUsers: supervised(200),
  inviteUser: supervised(201),
  getUser: supervised(200),
  patchUser: supervised(200),
  deleteUser: supervised(204),
  resendInvitation: supervised(201),
  listSuspendedAgents: seen,
  createPasswordReset: supervised(201),
  acceptInvitation: open(404),
  listAccessKeys: supervised(200),
  createAccessKey: supervised(201),
  getAccessKey: supervised(200),
  patchAccessKey: supervised(200),
  deleteAccessKey: supervised(204),
  changePassword: [422, 422, 422, 403, 422, 401],
  forgotPassword: open(202),
  resetPassword: open(404),
  // Every person has sessions, in any workspace.
  listSessions: [200, 200, 200, 403, 200, 401],
  endSession: [404, 404, 404, 403, 404, 401],
  endOtherSessions: [204, 204, 204, 403, 204, 401],
  listHolidayCountries: [200, 200, 200, 200, 200, 401],
  listPublicHolidays: [200, 200, 200, 200, 200, 401],
  listWorkspaces: [200, 200, 200, 200, 200, 401],
  createToken: open(401),
  getKeySet: open(200),
  getDemo: seen,
  patchDemo: supervised(200),
  getHealth: open(200),
  getLiveness: open(200),
  getReadiness: open(200),
  getOpenApi: open(200),
};

const rule = { name: "Made", description: "Made", capacity: { messaging: 1, email: 1 } };

/** The 404 code where it is not the workspace that is missing. */
const missing: Partial<Record<OperationId, ErrorCode>> = {
  acceptInvitation: "InvitationNotFound",
  resetPassword: "ResetNotFound",
  endSession: "SessionNotFound",
};

/** Minimal bodies of the writes. */
const bodies: Partial<Record<OperationId, () => unknown>> = {
  createAgent: () => ({ name: "Made", type: "bot" }),
  patchAgent: () => ({ bio: randomUUID() }),
  patchAvailability: () => ({ activity: "busy" }),
  patchAvailabilityPolicy: () => ({ enforceHours: false }),
  previewAvailabilityPolicy: () => ({ enforceHours: false }),
  putPreset: () => ({ presetId: things.statusId, when: "now" }),
  createStatus: () => ({ name: randomUUID(), status: "active", activity: "busy" }),
  patchStatus: () => ({ icon: "☕" }),
  putPresenceSession: () => ({ device: "api", visible: true, input: false }),
  patchDemo: () => ({ running: false }),
  createTeam: () => ({ name: "Made" }),
  patchTeam: () => ({ description: "Changed" }),
  createSkill: () => ({ name: randomUUID() }),
  patchSkill: () => ({ description: "Changed" }),
  createCapacityRule: () => rule,
  patchCapacityRule: () => ({ description: "Changed" }),
  createSenderProfile: () => ({ name: "Made", email: { username: "made", domain: "mail.example" } }),
  patchSenderProfile: () => ({ signature: "Changed" }),
  createRole: () => ({ name: "Made", permissions: ["agents.read"] }),
  patchRole: () => ({ name: "Changed" }),
  createView: () => ({ name: randomUUID(), search: "" }),
  patchView: () => ({ name: randomUUID() }),
  inviteUser: () => ({ email: `${randomUUID()}@invited.example`, roleIds: [managedRole("Agent")] }),
  patchUser: () => ({ roleIds: [managedRole("Viewer")] }),
  acceptInvitation: () => ({ token: "none", password: "three words of mine" }),
  createAccessKey: () => ({ name: "Made", roleId: managedRole("Agent") }),
  patchAccessKey: () => ({ name: randomUUID() }),
  changePassword: () => ({ current: "not this one", new: "three words of mine" }),
  forgotPassword: () => ({ email: `${randomUUID()}@nobody.example` }),
  resetPassword: () => ({ token: "none", password: "three words of mine" }),
  // An unknown email, because credentials in the header have no effect.
  createToken: () => ({ email: `${randomUUID()}@nobody.example`, password: "x" }),
};

/** Required parameters. */
const queries: Partial<Record<OperationId, Record<string, string>>> = {
  listCandidates: { channel: "messaging" },
  listVerdicts: { agentIds: randomUUID() },
};

let here: TestWorkspace;
let authorization: Record<Caller, string | undefined>;
let things: Record<string, string>;

/** Creates a new target for each call, so that calls do not affect each other. */
const fresh: Record<string, () => Promise<string>> = {
  agentId: async () => (await makeAgent(here)).id,
  teamId: () => makeTeam(here.id),
  skillId: async () => (await makeSkill(here.id)).id,
  statusId: () => makePreset(here.id),
  // Not the default rule, which cannot be deleted.
  capacityRuleId: async () => {
    const made = await call("createCapacityRule", {
      params: { workspaceId: here.id },
      as: here.key,
      body: rule,
    });
    return String(made.body.id);
  },
  senderProfileId: () => makeSender(here.id),
  roleId: () => makeRole(here.id, []),
};

beforeAll(async () => {
  const [made, other] = await Promise.all([makeWorkspace(), makeWorkspace()]);
  here = made;
  authorization = {
    supervisor: here.supervisor.auth,
    agent: here.agent.auth,
    viewer: here.viewer.auth,
    key: here.key,
    otherTenant: other.supervisor.auth,
    nobody: undefined,
  };
  things = {
    teamId: await makeTeam(here.id),
    skillId: (await makeSkill(here.id)).id,
    statusId: await makePreset(here.id),
    capacityRuleId: await makeRule(here.id),
    senderProfileId: await makeSender(here.id),
    roleId: managedRole("Agent"),
    sessionId: randomUUID(),
  };
});

const all: readonly Operation[] = operations;

describe("authorization", () => {
  it.each(all.map((each) => each.id))("%s has exactly one row in the table", (id) => {
    expect(Object.keys(expected)).toContain(id);
    expect(Object.keys(expected).length).toBe(all.length);
  });
});

describe.each(all)("$id", ({ id, method, path }) => {
  it.each(callers)("returns the contract's status for %s", async (caller) => {
    const status = expected[id as OperationId]?.[callers.indexOf(caller)];
    const needsAgent = path.includes("{agentId}");
    const params: Record<string, string> = { ...things, workspaceId: here.id };
    for (const [name, make] of Object.entries(fresh))
      if (path.includes(`{${name}}`) && (needsAgent || method !== "GET")) params[name] = await make();
    if (path.includes("{viewId}"))
      params.viewId = await makeView(
        here.id,
        caller === "supervisor" || caller === "agent" ? here[caller].id : here.viewer.id,
      );
    if (path.includes("{countryCode}")) params.countryCode = "DE";
    if (path.includes("{fileId}")) {
      const address = await makeMedia(here.id, params.agentId ?? "", "avatar");
      Object.assign(params, { fileId: address.split("/").at(-2) });
    }
    if (path.includes("{userId}"))
      params.userId = (
        await makePerson(here.id, { status: id === "createPasswordReset" ? "active" : "invited" })
      ).id;
    if (path.includes("{accessKeyId}")) params.accessKeyId = (await makeKey(here.id)).id;
    const body = bodies[id as OperationId]?.();
    const answer = await call(id as OperationId, {
      params,
      as: authorization[caller],
      ...(queries[id as OperationId] && { query: queries[id as OperationId] }),
      ...(body === undefined ? {} : { body }),
    });
    expect({ caller, status: answer.status }).toEqual({ caller, status });
    if (status === 401) expectRefusal(answer, 401, "Unauthorized");
    if (status === 403) expectRefusal(answer, 403, "Forbidden");
    if (status === 404) expectRefusal(answer, 404, missing[id as OperationId] ?? "WorkspaceNotFound");
    if (needsAgent && method !== "GET" && !path.includes("presigned-upload")) {
      const left = await call("getAgent", { params, as: here.key });
      const touched = left.status === 404 || left.headers.get("etag")?.startsWith('"2.');
      // Membership, rule assignment and what is only pending do not change the agent's own profile.
      const touches =
        answer.status < 300 && id !== "deletePreset" && !/\{(teamId|capacityRuleId)\}/.test(path);
      expect({ caller, touched }).toEqual({ caller, touched: touches });
    }
  });
});

describe("a person's own agent", () => {
  const me = (id: OperationId, as: string, body: unknown) =>
    call(id, { params: { workspaceId: here.id, agentId: "me" }, as, body });

  it("may be changed by the agent and a supervisor, but wrap-up time and skills only by a supervisor", async () => {
    for (const as of [here.agent.auth, here.supervisor.auth]) {
      expect((await me("patchAgent", as, { bio: randomUUID(), status: "active" })).status).toBe(200);
      expect((await me("patchAvailability", as, { activity: "busy" })).status).toBe(200);
    }
    for (const body of [{ wrapUpTime: 60 }, { assignedSkills: [] }]) {
      expectRefusal(await me("patchAgent", here.agent.auth, body), 403, "Forbidden");
      expect((await me("patchAgent", here.supervisor.auth, body)).status).toBe(200);
    }
  });

  it("cannot be changed by a viewer and does not exist for an access key", async () => {
    expectRefusal(await me("patchAgent", here.viewer.auth, {}), 403, "Forbidden");
    expectRefusal(await me("patchAvailability", here.viewer.auth, {}), 403, "Forbidden");
    expectRefusal(await me("patchAgent", here.key, {}), 404, "AgentNotFound");
    expectRefusal(await me("patchAvailability", here.key, {}), 404, "AgentNotFound");
  });
});
