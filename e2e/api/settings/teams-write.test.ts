import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { call } from "@/e2e/support/api/client";
import {
  expectRefusal,
  ledger,
  makeAgent,
  makePerson,
  makeWorkspace,
  sql,
  type TestWorkspace,
  versionOf,
} from "@/e2e/support/api/fixtures";
import { describeSettingWrites } from "@/e2e/support/api/setting-writes";
import type { Agent } from "@/lib/agents/agents/contract";
import type { TeamWithMembers } from "@/lib/workforce/teams/contract";

describeSettingWrites({
  noun: "team",
  operations: {
    list: "listTeams",
    create: "createTeam",
    get: "getTeam",
    patch: "patchTeam",
    remove: "deleteTeam",
    usage: "getTeamUsage",
  },
  param: "teamId",
  notFound: "TeamNotFound",
  invalid: "InvalidTeam",
  draft: () => ({ name: `Team ${randomUUID()}` }),
  defaults: { visibility: "public", activeMemberCount: 0, pendingMemberCount: 0, members: [] },
  change: () => ({ name: "Second line 👋", description: "Who helps the first", visibility: "private" }),
  required: ["name"],
  invalidBoth: [
    [{ description: "a".repeat(2001) }, ["description"]],
    [{ visibility: "secret" }, ["visibility"]],
    [{ visibility: null }, ["visibility"]],
    [{ agentIds: null }, ["agentIds"]],
    [{ agentIds: ["1"] }, ["agentIds.0"]],
    [{ agentIds: [null] }, ["agentIds.0"]],
    [{ agentIds: Array.from({ length: 5001 }, randomUUID) }, ["agentIds"]],
    [{ members: [] }, ["members"]],
    [{ activeMemberCount: 3 }, ["activeMemberCount"]],
  ],
});

let here: TestWorkspace;
beforeAll(async () => {
  here = await makeWorkspace();
});

const params = (teamId?: string) => ({ workspaceId: here.id, ...(teamId ? { teamId } : {}) });
const create = (body: unknown) =>
  call<TeamWithMembers>("createTeam", { params: params(), as: here.supervisor.auth, body });
const patch = (teamId: string, body: unknown) =>
  call<TeamWithMembers>("patchTeam", { params: params(teamId), as: here.supervisor.auth, body });
const get = async (teamId: string) =>
  (await call<TeamWithMembers>("getTeam", { params: params(teamId), as: here.key })).body;
const remove = (teamId: string) => call("deleteTeam", { params: params(teamId), as: here.key });
const agentOf = (agentId: string) =>
  call<Agent>("getAgent", { params: { workspaceId: here.id, agentId }, as: here.key });
const bots = async (count: number) =>
  Promise.all(Array.from({ length: count }, async () => (await makeAgent(here)).id));
const ids = (team: TeamWithMembers) => team.members.map((member) => member.agentId).sort();

describe("the members of a team", () => {
  it("are the given agents, once each, and appear in the agents", async () => {
    const [one = "", two = ""] = await bots(2);
    const { body } = await create({ name: "Pair", agentIds: [one, two, one.toUpperCase()] });
    expect(ids(body)).toEqual([one, two].sort());
    expect(body).toMatchObject({ activeMemberCount: 2, pendingMemberCount: 0 });
    const agent = await agentOf(one);
    expect(agent.body.teams).toMatchObject([{ id: body.id, name: "Pair", activeMemberCount: 2 }]);
  });

  it("are pending while their person is invited", async () => {
    const person = await makePerson(here.id, { status: "invited" });
    const agent = await makeAgent(here, { userId: person.id });
    const { body } = await create({ name: "Soon", agentIds: [agent.id] });
    expect(body.members).toMatchObject([{ agentId: agent.id, pending: true }]);
    expect(body).toMatchObject({ activeMemberCount: 0, pendingMemberCount: 1 });
    await sql(`UPDATE memberships SET status = 'active' WHERE user_id = $1`, [person.id]);
    expect(await get(body.id)).toMatchObject({ activeMemberCount: 1, pendingMemberCount: 0 });
  });

  it("keep their time of joining if the new list contains them", async () => {
    const [stays = "", goes = "", comes = ""] = await bots(3);
    const before = (await create({ name: "Shift", agentIds: [stays, goes] })).body;
    const after = (await patch(before.id, { agentIds: [comes, stays] })).body;
    expect(ids(after)).toEqual([stays, comes].sort());
    const since = (team: TeamWithMembers, id: string) =>
      team.members.find((member) => member.agentId === id)?.memberSince;
    expect(since(after, stays)).toBe(since(before, stays));
    expect(since(after, comes)).toBe(after.updatedAt);
    expect((await agentOf(goes)).body.teams).toEqual([]);
    expect((await patch(before.id, { agentIds: [] })).body).toMatchObject({
      members: [],
      activeMemberCount: 0,
    });
  });

  it("are rejected by index if they are not in this workspace, and nothing changes", async () => {
    const other = await makeWorkspace();
    const [mine = ""] = await bots(1);
    const foreign = [other.agent.agentId, randomUUID()];
    const agentIds = [mine, ...foreign];
    const paths = ["agentIds.1", "agentIds.2"];
    expectRefusal(await create({ name: "Mixed", agentIds }), 422, "InvalidTeam", paths);
    const { body } = await create({ name: "Mine", agentIds: [mine] });
    expectRefusal(await patch(body.id, { name: "Other", agentIds }), 422, "InvalidTeam", paths);
    expect(await get(body.id)).toEqual(body);
    expectRefusal(await patch(randomUUID(), { agentIds }), 404, "TeamNotFound");
  });

  it("keep their version and ledger", async () => {
    const [id = ""] = await bots(1);
    const before = versionOf(await agentOf(id));
    const { body } = await create({ name: "Quiet", agentIds: [id] });
    await remove(body.id);
    expect(versionOf(await agentOf(id))).toBe(before);
    expect(await ledger(id)).toHaveLength(1);
  });

  it("are counted before a deletion, and belong to no team after it", async () => {
    const members = await bots(3);
    const { body } = await create({ name: "Gone soon", agentIds: members });
    const usage = await call("getTeamUsage", { params: params(body.id), as: here.supervisor.auth });
    expect(usage).toMatchObject({ status: 200, body: { agents: 3, queues: 0, waiting: 0 } });
    expect((await remove(body.id)).status).toBe(204);
    for (const id of members) expect((await agentOf(id)).body.teams).toEqual([]);
  });

  it("are one of the sent lists after concurrent requests", async () => {
    const all = await bots(6);
    const { body } = await create({ name: "Contended", agentIds: all });
    const lists = Array.from({ length: 10 }, (_, index) => all.filter((_id, at) => (at + index) % 3 > 0));
    const answers = await Promise.all(lists.map((agentIds) => patch(body.id, { agentIds })));
    expect(answers.map((answer) => answer.status)).toEqual(Array(10).fill(200));
    answers.forEach((answer, index) => {
      expect(ids(answer.body)).toEqual([...(lists[index] ?? [])].sort());
    });
    const left = await get(body.id);
    expect(left.activeMemberCount).toBe(left.members.length);
  });

  it("can be deleted while teams are being changed", async () => {
    const all = await bots(10);
    const teams = await Promise.all(
      ["One", "Two", "Three"].map(async (name) => (await create({ name, agentIds: all })).body.id),
    );
    const answers = await Promise.all([
      ...all.map((agentId) =>
        call("deleteAgent", { params: { workspaceId: here.id, agentId }, as: here.key }),
      ),
      ...teams.map((id) => patch(id, { agentIds: all })),
      ...teams.map((id) => patch(id, { agentIds: [] })),
    ]);
    for (const { status } of answers) expect([200, 204, 422]).toContain(status);
    for (const id of teams) expect(await get(id)).toMatchObject({ activeMemberCount: 0, members: [] });
  });

  it("may be as many as the contract allows", async () => {
    const agentIds = Array.from({ length: 5000 }, randomUUID);
    const answer = await create({ name: "Crowd", agentIds });
    expectRefusal(
      answer,
      422,
      "InvalidTeam",
      agentIds.map((_, at) => `agentIds.${at}`),
    );
  });
});

describe("the description of a team", () => {
  it("is cleared by null and then omitted", async () => {
    const { body } = await create({ name: "Told", description: "A" });
    expect(body.description).toBe("A");
    const after = (await patch(body.id, { description: null })).body;
    expect(after).not.toHaveProperty("description");
    expect(Date.parse(after.updatedAt)).toBeGreaterThan(Date.parse(body.updatedAt));
  });
});

describe("adding and removing one member", () => {
  const member = (
    method: "addTeamMember" | "removeTeamMember",
    teamId: string,
    agentId: string,
    as = here.key,
  ) => call(method, { params: { ...params(teamId), agentId }, as });

  it("keeps the others, and returns the same if nothing changes", async () => {
    const [one = "", two = "", three = ""] = await bots(3);
    const { body: team } = await create({ name: "Pair", agentIds: [one, two] });
    const since = (await get(team.id)).members.find(({ agentId }) => agentId === one)?.memberSince;
    for (let turn = 0; turn < 2; turn++) {
      expect((await member("addTeamMember", team.id, three)).status).toBe(204);
      expect(ids(await get(team.id))).toEqual([one, two, three].sort());
    }
    for (let turn = 0; turn < 2; turn++) {
      expect((await member("removeTeamMember", team.id, two)).status).toBe(204);
      expect(ids(await get(team.id))).toEqual([one, three].sort());
    }
    const after = await get(team.id);
    expect(after.members.find(({ agentId }) => agentId === one)?.memberSince).toBe(since);
    expect(after.activeMemberCount).toBe(2);
  });

  it("keeps every change of concurrent requests", async () => {
    const agents = await bots(12);
    const { body: team } = await create({ name: "Many", agentIds: agents.slice(0, 4) });
    const answers = await Promise.all([
      ...agents.slice(4).map((id) => member("addTeamMember", team.id, id)),
      ...agents.slice(0, 2).map((id) => member("removeTeamMember", team.id, id)),
    ]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
    expect(ids(await get(team.id))).toEqual(agents.slice(2).sort());
  });

  it("makes an invited person pending", async () => {
    const person = await makePerson(here.id, { status: "invited" });
    const agent = await makeAgent(here, { userId: person.id });
    const { body: team } = await create({ name: "Soon" });
    await member("addTeamMember", team.id, agent.id);
    expect((await get(team.id)).members).toMatchObject([{ agentId: agent.id, pending: true }]);
  });

  it("treats teams and agents of another workspace as missing", async () => {
    const elsewhere = await makeWorkspace();
    const [stranger, own] = [await makeAgent(elsewhere), await makeAgent(here)];
    const { body: team } = await create({ name: "Ours" });
    for (const method of ["addTeamMember", "removeTeamMember"] as const) {
      expectRefusal(await member(method, team.id, stranger.id), 404, "AgentNotFound");
      expectRefusal(await member(method, team.id, randomUUID()), 404, "AgentNotFound");
      expectRefusal(await member(method, team.id, "me"), 404, "AgentNotFound");
      expectRefusal(await member(method, randomUUID(), own.id), 404, "TeamNotFound");
    }
    expect((await get(team.id)).members).toEqual([]);
  });

  it("rejects an outdated change of the whole membership", async () => {
    const [one = "", two = ""] = await bots(2);
    const { body: team, headers } = await create({ name: "Seen", agentIds: [one] });
    const seen = headers.get("etag") ?? "";
    await member("addTeamMember", team.id, two);
    const stale = await call("patchTeam", {
      params: params(team.id),
      as: here.key,
      headers: { "If-Match": seen },
      body: { agentIds: [one] },
    });
    expectRefusal(stale, 412, "PreconditionFailed");
    expect(ids(await get(team.id))).toEqual([one, two].sort());
  });
});
