import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { call } from "@/e2e/support/api/client";
import {
  expectRefusal,
  makeAgent,
  makeQueue,
  makeTeam,
  makeWorkspace,
  type TestWorkspace,
} from "@/e2e/support/api/fixtures";
import type { Candidates, InboxAvailability } from "@/lib/agents/inbox/contract";

let here: TestWorkspace;
let other: TestWorkspace;
beforeAll(async () => {
  [here, other] = await Promise.all([makeWorkspace(), makeWorkspace()]);
});

type Query = Record<string, string | string[]>;

const candidates = (query: Query, as = here.viewer.auth) =>
  call<Candidates>("listCandidates", { params: { workspaceId: here.id }, query, as });

const board = (query: Query = {}, as = here.viewer.auth) =>
  call<InboxAvailability>("getInboxAvailability", { params: { workspaceId: here.id }, query, as });

const declare = async (agentId: string, body: unknown) => {
  const params = { workspaceId: here.id, agentId };
  expect((await call("patchAvailability", { params, as: here.key, body })).status).toBe(200);
};

const sumOf = (counts: Candidates["others"]) =>
  Object.values(counts).reduce((sum: number, count) => sum + (count ?? 0), 0);

const DAY = 86_400_000;
const fromNow = (ms: number) => new Date(Date.now() + ms).toISOString();

describe("candidates", () => {
  it("are the agents whose channel is open, and all others are counted", async () => {
    const { id } = await makeAgent(here);
    await declare(id, { status: "active" });
    const { status, body } = await candidates({ channel: "messaging", limit: "100" });
    expect(status).toBe(200);
    expect(body.channel).toBe("messaging");
    const found = body.results.find(({ agentId }) => agentId === id);
    expect(found).toMatchObject({ status: "active", activity: "available", open: 0, offered: 0 });
    const { body: all } = await call("listAgents", { params: { workspaceId: here.id }, as: here.key });
    expect(body.total + sumOf(body.others)).toBe(all.total);
    const { body: list } = await call("listAgents", {
      params: { workspaceId: here.id },
      query: { canTake: ["messaging", "voice"] },
      as: here.key,
    });
    expect((list.results as { id: string }[]).map((agent) => agent.id)).toContain(id);
  });

  it("match the filters, and ids of another workspace match nothing", async () => {
    const { id } = await makeAgent(here);
    await declare(id, { status: "active" });
    const one = await candidates({ channel: "email", agentIds: [id, randomUUID()] });
    expect(one.body).toMatchObject({ total: 1, others: {} });
    const foreign = [await makeTeam(other.id), other.agent.agentId];
    for (const query of [{ teamIds: foreign }, { agentIds: foreign }, { skillIds: foreign }])
      expect((await candidates({ channel: "email", ...query })).body).toMatchObject({
        results: [],
        total: 0,
        others: {},
      });
  });

  it("of a queue are the agents of its primary teams", async () => {
    const [inside, outside] = [await makeAgent(here), await makeAgent(here)];
    for (const { id } of [inside, outside]) await declare(id, { status: "active" });
    const [team, other] = [await makeTeam(here.id), await makeTeam(here.id)];
    const add = (teamId: string, agentId: string) =>
      call("addTeamMember", { params: { workspaceId: here.id, teamId, agentId }, as: here.key });
    await add(team, inside.id);
    await add(other, outside.id);
    const [some, all] = [
      await makeQueue(here.id, { teams: [team] }),
      await makeQueue(here.id, { teams: [] }),
    ];
    const both = [inside.id, outside.id];
    const found = async (query: Query) => {
      const { body } = await candidates({ channel: "email", ...query });
      expect(body.total).toBe(body.results.length);
      return body.results.map(({ agentId }) => agentId).sort();
    };
    expect(await found({ queueId: some })).toEqual([inside.id]);
    expect(await found({ queueId: some, teamIds: other })).toEqual([]);
    expect(await found({ queueId: some, agentIds: both })).toEqual([inside.id]);
    expect(await found({ queueId: all, agentIds: both })).toEqual(both.sort());
    await declare(inside.id, { status: "offline" });
    const { body } = await candidates({ channel: "email", queueId: some });
    expect(body).toMatchObject({ total: 0, others: { offline: 1 } });
    const past = await candidates({ channel: "email", queueId: some, at: fromNow(-1) });
    expect(past.body).toMatchObject({ total: 0, others: { offline: 1 } });
  });

  it("of a queue continue on the next page of the same queue only", async () => {
    const team = await makeTeam(here.id);
    const body = { name: "Many", agentIds: [(await makeAgent(here)).id, (await makeAgent(here)).id] };
    for (const id of body.agentIds) await declare(id, { status: "active" });
    const params = { workspaceId: here.id, teamId: team };
    await call("patchTeam", { params, as: here.key, body });
    const [queueId, same] = [
      await makeQueue(here.id, { teams: [team] }),
      await makeQueue(here.id, { teams: [] }),
    ];
    const { nextPageToken = "" } = (await candidates({ channel: "email", queueId, limit: "1" })).body;
    const next = await candidates({ channel: "email", queueId, pageToken: nextPageToken });
    expect(next.body.results).toHaveLength(1);
    const wrong = await candidates({ channel: "email", queueId: same, pageToken: nextPageToken });
    expectRefusal(wrong, 400, "InvalidPageToken");
  });

  it("of a queue of another workspace are refused", async () => {
    const queueId = await makeQueue(other.id);
    expectRefusal(await candidates({ channel: "email", queueId }), 400, "InvalidQuery", ["queueId"]);
    expectRefusal(await candidates({ channel: "email", queueId: "1" }), 400, "InvalidQuery", ["queueId"]);
  });

  it("refuse odd questions", async () => {
    for (const query of [
      {},
      { channel: "fax" },
      { channel: "email", agentIds: "me" },
      { channel: "email", at: "tomorrow" },
      { channel: "email", at: fromNow(401 * DAY) },
      { channel: "email", at: fromNow(-401 * DAY) },
      { channel: "email", limit: "101" },
      { channel: "email", queueId: randomUUID() },
    ] as Query[])
      expectRefusal(await candidates(query), 400, "InvalidQuery");
    expectRefusal(await candidates({ channel: "email", pageToken: "x" }), 400, "InvalidPageToken");
    expectRefusal(await candidates({ channel: "email" }, other.supervisor.auth), 404, "WorkspaceNotFound");
  });
});

describe("the board", () => {
  it("adds up, and knows no agents before they existed", async () => {
    const { body } = await board();
    for (const { open, closed } of Object.values(body.channels))
      expect(open + sumOf(closed)).toBe(body.agents);
    expect((await board({ at: fromNow(-399 * DAY) })).body.agents).toBe(0);
    expectRefusal(await board({ at: fromNow(401 * DAY) }), 400, "InvalidQuery");
    expectRefusal(await board({}, other.supervisor.auth), 404, "WorkspaceNotFound");
  });
});
