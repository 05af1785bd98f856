import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { call } from "@/e2e/support/api/client";
import {
  expectRefusal,
  makeAgent,
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
