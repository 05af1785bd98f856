import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { call, runsEverything } from "@/e2e/support/api/client";
import {
  expectRefusal,
  makeAgent,
  makeConversation,
  makeFeed,
  makeHolidayCalendar,
  makeKey,
  makeMedia,
  makeOffer,
  makeOverride,
  makePerson,
  makePreset,
  makeQueue,
  makeRole,
  makeRule,
  makeSender,
  makeSkill,
  makeTeam,
  makeTimeOff,
  makeTimeOffType,
  makeView,
  makeWorkspace,
  managedRole,
  type TestWorkspace,
} from "@/e2e/support/api/fixtures";
import type { ErrorCode } from "@/lib/platform/http/errors";
import type { Operation } from "@/lib/platform/http/operation";
import { operations } from "@/lib/routes";

const callers = ["supervisor", "agent", "viewer", "key", "otherTenant", "nobody"] as const;
type Caller = (typeof callers)[number];

/** The rules are the same in both servers, so the API server only has to show that it has each operation. */
const tried = runsEverything ? callers : (["supervisor"] as const);

/** Expected statuses of the callers, in the order above. */
type Row = readonly [number, number, number, number, number, number];

const seen: Row = [200, 200, 200, 200, 404, 401];
const supervised = (status: number): Row => [status, 403, 403, status, 404, 401];
/** For a person's own data, which an access key does not have. */
const personal = (status: number): Row => [status, status, status, 403, 404, 401];
const open = (status: number): Row => [status, status, status, status, status, status];

/** Implements docs/contract.md §6 for workspace data. */
const expected: Record<string, Row> = {
  listAgents: seen,
  createAgent: supervised(201),
  getAgent: seen,
  patchAgent: supervised(200),
  deleteAgent: supervised(204),
  getAgentUsage: seen,
  listAllAgents: seen,
  getAvailability: seen,
  patchAvailability: supervised(200),
  postReady: supervised(200),
  putPreset: supervised(200),
  deletePreset: supervised(204),
  explainAvailability: seen,
  listCandidates: seen,
  getInboxAvailability: seen,
  getAvailabilityPolicy: seen,
  patchAvailabilityPolicy: supervised(200),
  previewAvailabilityPolicy: seen,
  listQueues: seen,
  createQueue: supervised(201),
  getQueue: seen,
  patchQueue: supervised(200),
  deleteQueue: supervised(204),
  getQueueUsage: supervised(200),
  listConversations: seen,
  createConversation: supervised(201),
  getConversation: seen,
  patchConversation: supervised(200),
  assignConversation: supervised(200),
  explainConversation: seen,
  listWaitingReasons: seen,
  getQueueStatus: seen,
  listDecisions: seen,
  // Agents may perform these on their own conversations and offers.
  requeueConversation: supervised(200),
  closeConversation: supervised(200),
  listOffers: seen,
  acceptOffer: supervised(200),
  declineOffer: supervised(200),
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
  // Only for the caller's own agent, and the agents in this table are bots.
  putPresenceSession: [403, 403, 403, 403, 404, 401],
  deletePresenceSession: [403, 403, 403, 403, 404, 401],
  endPresenceSession: [403, 403, 403, 403, 404, 401],
  getSchedule: seen,
  // Agents may do these with their own hours.
  putSchedule: supervised(200),
  getTravel: seen,
  putTravel: supervised(200),
  listOverrides: seen,
  putOverride: supervised(200),
  deleteOverride: supervised(204),
  createOverrides: supervised(200),
  listHolidayCalendars: seen,
  createHolidayCalendar: supervised(201),
  getHolidayCalendar: seen,
  patchHolidayCalendar: supervised(200),
  deleteHolidayCalendar: supervised(204),
  assignHolidayCalendar: supervised(200),
  getAgentHolidayCalendars: seen,
  putAgentHolidayCalendars: supervised(200),
  listTimeOffTypes: seen,
  createTimeOffType: supervised(201),
  getTimeOffType: seen,
  patchTimeOffType: supervised(200),
  deleteTimeOffType: supervised(204),
  listTimeOff: seen,
  // Agents may do these with their own time off and feeds.
  createTimeOff: supervised(201),
  getTimeOff: seen,
  patchTimeOff: supervised(200),
  deleteTimeOff: supervised(204),
  approveTimeOff: supervised(200),
  declineTimeOff: supervised(200),
  cancelTimeOff: supervised(200),
  importTimeOff: supervised(200),
  listCalendarFeeds: supervised(200),
  createCalendarFeed: supervised(201),
  deleteCalendarFeed: supervised(204),
  readCalendarFeed: open(404),
  presignAvatar: supervised(200),
  presignAudio: supervised(200),
  listShifts: seen,
  createShift: supervised(201),
  getShift: seen,
  patchShift: supervised(200),
  deleteShift: supervised(204),
  listAgentShifts: seen,
  explainHours: seen,
  listRotations: seen,
  createRotation: supervised(201),
  getRotation: seen,
  patchRotation: supervised(200),
  putRotationMembers: supervised(200),
  deleteRotation: supervised(204),
  listShiftSwaps: seen,
  // Agents may do these with their own shifts.
  createShiftSwap: supervised(201),
  getShiftSwap: seen,
  acceptShiftSwap: supervised(200),
  // Nobody has accepted it yet.
  approveShiftSwap: supervised(409),
  declineShiftSwap: supervised(200),
  cancelShiftSwap: supervised(200),
  getCalendarPolicy: seen,
  patchCalendarPolicy: supervised(200),
  downloadMedia: [302, 302, 302, 302, 404, 401],
  listTeams: seen,
  listPlanner: seen,
  getCoverage: seen,
  listCoverageRisks: seen,
  previewCoverage: supervised(200),
  // Agents may ask for themselves.
  previewTimeOff: supervised(200),
  listScheduleFindings: seen,
  listCoverageNeeds: seen,
  createCoverageNeed: supervised(201),
  getCoverageNeed: seen,
  patchCoverageNeed: supervised(200),
  deleteCoverageNeed: supervised(204),
  listChangeSets: supervised(200),
  createChangeSet: supervised(201),
  getChangeSet: supervised(200),
  undoChangeSet: supervised(200),
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

const nine = { from: { hour: 9, minute: 0 }, to: { hour: 17, minute: 0 } };

let days = 10;
/** Returns another future date on each call. */
const laterDate = () => new Date(Date.now() + ++days * 86_400_000).toISOString().slice(0, 10);

/** The 404 code if something other than the workspace is missing. */
const missing: Partial<Record<string, ErrorCode>> = {
  acceptInvitation: "InvitationNotFound",
  resetPassword: "ResetNotFound",
  readCalendarFeed: "CalendarFeedNotFound",
  endSession: "SessionNotFound",
};

/** Minimal bodies of the writes. */
const bodies: Partial<Record<string, () => unknown>> = {
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
  createQueue: () => ({ name: "Made" }),
  patchQueue: () => ({ name: "Changed" }),
  createConversation: () => ({ externalId: randomUUID(), channel: "email", queueId: things.queueId }),
  patchConversation: () => ({ subject: "Changed" }),
  assignConversation: () => ({ agentId: here.agent.agentId, force: true }),
  requeueConversation: () => ({}),
  createShift: () => ({ name: randomUUID(), intervals: [nine] }),
  patchShift: () => ({ colour: "red" }),
  createRotation: () => ({ name: randomUUID(), startDate: "2026-01-05", weeks: [{}] }),
  patchRotation: () => ({ name: randomUUID() }),
  putRotationMembers: () => ({ members: [] }),
  createShiftSwap: () => ({ agentId: here.supervisor.agentId, date: laterDate() }),
  patchCalendarPolicy: () => ({ swapApproval: "required" }),
  putSchedule: () => ({ versions: [{ week: {} }] }),
  putTravel: () => ({ travel: [{ timezone: "Asia/Tokyo", from: "2026-01-01", to: "2026-01-02" }] }),
  putOverride: () => ({ intervals: [] }),
  createOverrides: () => ({ agentIds: [here.agent.agentId], date: "2026-12-24", intervals: [] }),
  createHolidayCalendar: () => ({ name: randomUUID() }),
  patchHolidayCalendar: () => ({ name: randomUUID() }),
  assignHolidayCalendar: () => ({ agentIds: [here.agent.agentId] }),
  putAgentHolidayCalendars: () => ({ calendarIds: [things.holidayCalendarId] }),
  createTimeOffType: () => ({ name: randomUUID() }),
  patchTimeOffType: () => ({ approval: "required" }),
  createTimeOff: () => ({ typeId: things.openTypeId, startDate: "2030-01-07", endDate: "2030-01-11" }),
  patchTimeOff: () => ({ publicNote: "Changed" }),
  importTimeOff: () => ({ ics: "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", typeId: things.openTypeId }),
  previewCoverage: () => ({
    changes: [{ type: "override", agentId: here.agent.agentId, date: laterDate(), intervals: [] }],
  }),
  createChangeSet: () => ({
    changes: [{ type: "override", agentId: here.agent.agentId, date: laterDate(), intervals: [] }],
  }),
  previewTimeOff: () => ({
    agentId: here.supervisor.agentId,
    startDate: "2030-01-07",
    endDate: "2030-01-08",
  }),
  createCoverageNeed: () => ({ days: ["monday"], ...nine, minimum: 1 }),
  patchCoverageNeed: () => ({ minimum: 2 }),
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
const queries: Partial<Record<string, Record<string, string>>> = {
  listCandidates: { channel: "messaging" },
  listAgentShifts: { from: "2026-03-02", to: "2026-03-08" },
  listPlanner: { from: "2026-03-02", to: "2026-03-08" },
  getCoverage: { from: "2026-03-02", to: "2026-03-08" },
  listCoverageRisks: { from: "2026-03-02", to: "2026-03-08" },
  listVerdicts: { agentIds: randomUUID() },
  listWaitingReasons: { conversationIds: randomUUID() },
};

let here: TestWorkspace;
let authorization: Record<Caller, string | undefined>;
let things: Record<string, string>;

async function made(operation: string, body = bodies[operation]?.()): Promise<string> {
  const answer = await call(operation, { params: { workspaceId: here.id }, as: here.key, body });
  expect(answer.status).toBe(201);
  return String(answer.body.id);
}

/** Creates a new target for each call, so that calls do not affect each other. */
const fresh: Record<string, () => Promise<string>> = {
  agentId: async () => (await makeAgent(here)).id,
  timeOffTypeId: () => makeTimeOffType(here),
  teamId: () => makeTeam(here.id),
  skillId: async () => (await makeSkill(here.id)).id,
  statusId: () => makePreset(here.id),
  queueId: () => makeQueue(here.id),
  holidayCalendarId: () => makeHolidayCalendar(here.id),
  conversationId: () => makeConversation(here.id, String(things.queueId)),
  offerId: async () => {
    const conversationId = await makeConversation(here.id, String(things.queueId));
    return makeOffer(here.id, conversationId, here.supervisor.agentId);
  },
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
  coverageNeedId: () => made("createCoverageNeed"),
  changeSetId: () => made("createChangeSet"),
  shiftId: () => made("createShift"),
  rotationId: () => made("createRotation"),
  shiftSwapId: async () => {
    const [{ id: agentId }, { id: withAgentId }] = await Promise.all([
      makeAgent(here),
      makeAgent(here, { weeklySchedule: {} }),
    ]);
    return made("createShiftSwap", { agentId, withAgentId, date: laterDate() });
  },
};

beforeAll(async () => {
  const [own, other] = await Promise.all([makeWorkspace(), makeWorkspace()]);
  here = own;
  authorization = {
    supervisor: here.supervisor.auth,
    agent: here.agent.auth,
    viewer: here.viewer.auth,
    key: here.key,
    otherTenant: other.supervisor.auth,
    nobody: undefined,
  };
  const queueId = await makeQueue(here.id);
  things = {
    queueId,
    conversationId: await makeConversation(here.id, queueId),
    openTypeId: await makeTimeOffType(here),
    timeOffTypeId: await makeTimeOffType(here),
    file: `${"a".repeat(43)}.ics`,
    teamId: await makeTeam(here.id),
    skillId: (await makeSkill(here.id)).id,
    statusId: await makePreset(here.id),
    holidayCalendarId: await makeHolidayCalendar(here.id),
    capacityRuleId: await makeRule(here.id),
    senderProfileId: await makeSender(here.id),
    roleId: managedRole("Agent"),
    sessionId: randomUUID(),
    coverageNeedId: await made("createCoverageNeed"),
    changeSetId: await made("createChangeSet"),
    shiftId: await made("createShift"),
    rotationId: await made("createRotation"),
  };
  things.shiftSwapId = await made("createShiftSwap");
});

const all: readonly Operation[] = operations;

describe("authorization", () => {
  it.each(all.map((each) => each.id))("%s has exactly one row in the table", (id) => {
    expect(Object.keys(expected)).toContain(id);
    expect(Object.keys(expected).length).toBe(all.length);
  });

  it("has rows, bodies and queries of operations alone", () => {
    const ids = new Set(all.map(({ id }) => id));
    const named = [expected, missing, bodies, queries].flatMap((table) => Object.keys(table));
    expect(named.filter((id) => !ids.has(id))).toEqual([]);
  });
});

describe.each(all)("$id", ({ id, method, path }) => {
  it.each(tried)("returns the contract's status for %s", async (caller) => {
    const status = expected[id]?.[callers.indexOf(caller)];
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
    if (path.includes("{date}")) params.date = "2026-12-24";
    if (id === "deleteOverride") await makeOverride(here.id, params.agentId ?? "", "2026-12-24");
    if (path.includes("{fileId}")) {
      const address = await makeMedia(here.id, params.agentId ?? "", "avatar");
      Object.assign(params, { fileId: address.split("/").at(-2) });
    }
    if (path.includes("{userId}"))
      params.userId = (
        await makePerson(here.id, { status: id === "createPasswordReset" ? "active" : "invited" })
      ).id;
    if (path.includes("{timeOffId}"))
      // Approved time off cannot be declined, and colleagues see no other.
      params.timeOffId = await makeTimeOff(here, params.agentId ?? "", {
        typeId: things.openTypeId,
        state: id === "declineTimeOff" ? "requested" : "approved",
      });
    if (path.includes("{calendarFeedId}")) params.calendarFeedId = await makeFeed(here, params.agentId ?? "");
    if (path.includes("{accessKeyId}")) params.accessKeyId = (await makeKey(here.id)).id;
    const body = bodies[id]?.();
    const answer = await call(id, {
      params,
      as: authorization[caller],
      ...(queries[id] && { query: queries[id] }),
      ...(body === undefined ? {} : { body }),
    });
    expect({ caller, status: answer.status }).toEqual({ caller, status });
    if (status === 401) expectRefusal(answer, 401, "Unauthorized");
    if (status === 403) expectRefusal(answer, 403, "Forbidden");
    if (status === 404) expectRefusal(answer, 404, missing[id] ?? "WorkspaceNotFound");
    if (needsAgent && method !== "GET" && !path.includes("presigned-upload")) {
      const left = await call("getAgent", { params, as: here.key });
      const touched = left.status === 404 || left.headers.get("etag")?.startsWith('"2.');
      // Membership, rule assignment, time off, feeds, pending presets and "ready" do not change the agent's own profile.
      const touches =
        answer.status < 300 &&
        !["deletePreset", "postReady"].includes(id) &&
        !/\{(teamId|capacityRuleId)\}|time-off|calendar-feeds/.test(path);
      expect({ caller, touched }).toEqual({ caller, touched: touches });
    }
  });
});

describe("a person's own agent", () => {
  const me = (id: string, as: string, body: unknown) =>
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
