import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { call } from "@/e2e/support/api/client";
import {
  expectRefusal,
  makeAgent,
  makeConversation,
  makeOffer,
  makeQueue,
  makeSkill,
  makeTeam,
  makeWorkspace,
  sql,
  type TestWorkspace,
} from "@/e2e/support/api/fixtures";
import type { Page } from "@/e2e/support/api/list-fixtures";
import type { Conversation } from "@/lib/routing/conversations/contract";
import type {
  AgentDecision,
  ConversationExplanation,
  QueueStatus,
  WaitingReasons,
} from "@/lib/routing/matching/contract";

let here: TestWorkspace;
beforeEach(async () => {
  here = await makeWorkspace();
});

const explain = (conversationId: string, as = here.viewer.auth) =>
  call<ConversationExplanation>("explainConversation", {
    params: { workspaceId: here.id, conversationId },
    as,
  });
const reasons = (conversationIds: string | string[]) =>
  call<WaitingReasons>("listWaitingReasons", {
    params: { workspaceId: here.id },
    query: { conversationIds },
    as: here.viewer.auth,
  });
const status = async () => {
  const params = { workspaceId: here.id };
  return (await call<QueueStatus>("getQueueStatus", { params, as: here.viewer.auth })).body;
};
const decisions = (agentId: string, query: Record<string, string> = {}, as = here.viewer.auth) =>
  call<Page<AgentDecision>>("listDecisions", { params: { workspaceId: here.id, agentId }, query, as });
const report = async (body: Record<string, unknown>) => {
  const answer = await call<Conversation>("createConversation", {
    params: { workspaceId: here.id },
    as: here.key,
    body: { externalId: randomUUID(), channel: "messaging", ...body },
  });
  expect(answer.status).toBe(201);
  return answer.body;
};
const assign = async (conversationId: string, body: Record<string, unknown>) => {
  const params = { workspaceId: here.id, conversationId };
  const answer = await call("assignConversation", { params, as: here.supervisor.auth, body });
  expect(answer.status).toBe(200);
};

/** An agent in a team, away unless active. */
async function makeMember(teamId: string, { active = false } = {}): Promise<string> {
  const { id } = await makeAgent(here);
  await sql(
    "INSERT INTO team_members (workspace_id, team_id, agent_id, member_since) VALUES ($1, $2, $3, now())",
    [here.id, teamId, id],
  );
  const params = { workspaceId: here.id, agentId: id };
  if (active) await call("patchAvailability", { params, as: here.key, body: { status: "active" } });
  return id;
}

const secondsAgo = (seconds: number) => new Date(Date.now() - seconds * 1000);

describe("the explanation of a conversation", () => {
  it("counts agents by entry, and says what closes the channel for them", async () => {
    const [first, later] = [await makeTeam(here.id), await makeTeam(here.id)];
    await makeMember(first);
    await makeMember(later, { active: true });
    const skill = await makeSkill(here.id);
    const queueId = await makeQueue(here.id, { teams: [first] });
    const body = {
      steps: [{ afterSeconds: 80_000, dropSkills: true }],
      teams: [
        { type: "primary", ids: [first] },
        { type: "secondary", ids: [later] },
      ],
      targetSeconds: 86_400,
    };
    const params = { workspaceId: here.id, queueId };
    expect((await call("patchQueue", { params, as: here.key, body })).status).toBe(200);
    const { id } = await report({ queueId, requiredSkills: [{ skillId: skill.id }] });
    const { status: answered, body: explanation } = await explain(id);
    expect(answered).toBe(200);
    expect(explanation).toEqual({
      conversationId: id,
      at: expect.any(String),
      state: "queued",
      position: 1,
      ahead: 0,
      steps: [
        { step: 0, afterSeconds: 0, matching: 0, open: 0, closed: {} },
        { step: 1, afterSeconds: 80_000, matching: 1, open: 0, closed: { away: 1 } },
        { step: 2, afterSeconds: 86_400, matching: 2, open: 1, closed: { away: 1 } },
      ],
      candidates: [],
    });
  });

  it("gives the place in the queue, by urgency", async () => {
    const queueId = await makeQueue(here.id);
    const old = await makeConversation(here.id, queueId, { queuedAt: secondsAgo(100) });
    const urgent = await makeConversation(here.id, queueId, { queuedAt: secondsAgo(90), priority: 100 });
    const young = await makeConversation(here.id, queueId);
    const offered = await makeConversation(here.id, queueId, { queuedAt: secondsAgo(500) });
    await makeOffer(here.id, offered, here.agent.agentId);
    const places = await Promise.all(
      [urgent, old, young, offered].map(async (id) => (await explain(id)).body.position),
    );
    expect(places).toEqual([1, 2, 3, undefined]);
    expect((await explain(offered)).body).toMatchObject({ state: "offered" });
    const expired = await makeConversation(here.id, queueId, { queuedAt: secondsAgo(400) });
    await makeOffer(here.id, expired, here.supervisor.agentId, secondsAgo(1));
    expect((await explain(expired)).body).toMatchObject({ state: "queued", position: 1 });
  });

  it("says that those who can take it were just asked", async () => {
    const team = await makeTeam(here.id);
    const agentId = await makeMember(team, { active: true });
    const queueId = await makeQueue(here.id, { teams: [team], offerMode: "accept" });
    const { id } = await report({ queueId });
    const offersOf = async () =>
      (
        await call<{ results: { id: string }[] }>("listOffers", {
          params: { workspaceId: here.id, agentId },
          as: here.key,
        })
      ).body.results;
    await expect.poll(offersOf).toHaveLength(1);
    const [offer] = await offersOf();
    const params = { workspaceId: here.id, offerId: offer?.id ?? "" };
    expect((await call("declineOffer", { params, as: here.key })).status).toBe(200);
    const asked = { matching: 1, open: 1, justAsked: 1, closed: {} };
    expect((await explain(id)).body).toMatchObject({ state: "queued", steps: [asked], candidates: [] });
    expect((await reasons([id])).body.results).toEqual([{ conversationId: id, ...asked }]);
    await sql("UPDATE offers SET settled_at = settled_at - interval '60 s' WHERE id = $1", [params.offerId]);
    const step = (await explain(id)).body.steps[0];
    expect(step).toMatchObject({ matching: 1 });
    expect(step).not.toHaveProperty("justAsked");
  });

  it("names who decided, and what they overruled", async () => {
    const team = await makeTeam(here.id);
    const [away, active] = [await makeMember(team), await makeMember(team, { active: true })];
    const queueId = await makeQueue(here.id, { teams: [team] });
    const { id } = await report({ queueId, agentId: active });
    const { body: reported } = await explain(id);
    expect(reported).toMatchObject({
      state: "assigned",
      steps: [{ step: 0, afterSeconds: 0, matching: 2, open: 1, closed: { away: 1 } }],
      candidates: [{ agentId: active, name: "Test bot", status: "active", activity: "available", open: 1 }],
      decision: { kind: "reported", agentId: active, rank: 0, considered: 0, actor: { type: "accessKey" } },
    });
    expect(reported).not.toHaveProperty("position");
    await assign(id, { agentId: away, force: true });
    const { decision } = (await explain(id)).body;
    expect(decision).toEqual({
      at: expect.any(String),
      kind: "manual",
      agentId: away,
      rank: 0,
      considered: 0,
      codes: ["away"],
      actor: { type: "user", id: here.supervisor.id, name: here.supervisor.name },
    });
  });

  it("has no steps for a conversation without a queue, and doesn't exist in another workspace", async () => {
    const { id } = await report({ agentId: here.agent.agentId });
    expect((await explain(id)).body).toMatchObject({ state: "assigned", steps: [], candidates: [] });
    expectRefusal(await explain(randomUUID()), 404, "ConversationNotFound");
    const other = await makeWorkspace();
    const elsewhere = await makeConversation(other.id, await makeQueue(other.id));
    expectRefusal(await explain(elsewhere), 404, "ConversationNotFound");
  });
});

describe("waiting reasons", () => {
  it("are for the conversations that wait, in the order of the question", async () => {
    const team = await makeTeam(here.id);
    await makeMember(team);
    const [one, two] = [await makeQueue(here.id, { teams: [team] }), await makeQueue(here.id)];
    const [a, b] = [await makeConversation(here.id, one), await makeConversation(here.id, two)];
    const call = await makeConversation(here.id, one, { channel: "voice" });
    const { id: assigned } = await report({ agentId: here.agent.agentId });
    const { body } = await reasons([b, assigned, a, randomUUID(), call]);
    const away = { matching: 1, open: 0, closed: { away: 1 } };
    expect(body.results).toEqual([
      { conversationId: b, matching: 0, open: 0, closed: {} },
      { conversationId: a, ...away },
      { conversationId: call, ...away },
    ]);
    expect((await reasons(assigned)).body.results).toEqual([]);
  });

  it("refuse too many ids, and none", async () => {
    const many = Array.from({ length: 51 }, () => randomUUID());
    for (const ids of [many, [], "x"]) expectRefusal(await reasons(ids), 400, "InvalidQuery");
    expect((await reasons(many.slice(1))).status).toBe(200);
  });
});

describe("the status of queues", () => {
  it("counts what waits and who can take it, the most urgent queue first", async () => {
    const team = await makeTeam(here.id);
    await makeMember(team, { active: true });
    const calm = await makeQueue(here.id, { name: "Calm", teams: [team] });
    const busy = await makeQueue(here.id, { name: "Busy" });
    await makeConversation(here.id, busy, { queuedAt: secondsAgo(500) });
    await makeConversation(here.id, busy, { channel: "email" });
    const offered = await makeConversation(here.id, busy, { channel: "voice" });
    await makeOffer(here.id, offered, here.agent.agentId);
    const { at, queues } = await status();
    expect(queues).toEqual([
      {
        queueId: busy,
        name: "Busy",
        targetSeconds: 120,
        waiting: { messaging: 1, email: 1, voice: 0 },
        offered: { messaging: 0, email: 0, voice: 1 },
        late: 1,
        waitingSince: expect.any(String),
        canTake: { messaging: 0, email: 0, voice: 0 },
      },
      {
        queueId: calm,
        name: "Calm",
        targetSeconds: 120,
        waiting: { messaging: 0, email: 0, voice: 0 },
        offered: { messaging: 0, email: 0, voice: 0 },
        late: 0,
        canTake: { messaging: 1, email: 1, voice: 1 },
      },
    ]);
    const again = await status();
    if (Date.now() - Date.parse(at) < 1_000) expect(again).toEqual({ at, queues });
  });

  it("is empty without queues", async () => {
    expect((await status()).queues).toEqual([]);
  });
});

describe("the decisions about an agent's conversations", () => {
  it("are listed newest first, in pages", async () => {
    const { agentId } = here.agent;
    const first = await report({ agentId, subject: "Refund" });
    const second = await report({ agentId, channel: "email" });
    await call("closeConversation", {
      params: { workspaceId: here.id, conversationId: second.id },
      as: here.key,
      body: {},
    });
    const { body } = await decisions(agentId, { limit: "1" });
    expect(body).toMatchObject({
      total: 2,
      results: [{ kind: "reported", conversation: { id: second.id, channel: "email", state: "closed" } }],
    });
    const next = (await decisions("me", { limit: "1", pageToken: body.nextPageToken ?? "" }, here.agent.auth))
      .body;
    expect(next.results).toEqual([
      {
        id: expect.any(String),
        at: first.assignedAt,
        kind: "reported",
        rank: 0,
        considered: 0,
        actor: expect.objectContaining({ type: "accessKey" }),
        conversation: {
          id: first.id,
          externalId: first.externalId,
          channel: "messaging",
          subject: "Refund",
          state: "assigned",
        },
      },
    ]);
    expect(next).not.toHaveProperty("nextPageToken");
    expect((await decisions(here.supervisor.agentId)).body).toMatchObject({ results: [], total: 0 });
  });

  it("refuse unknown agents and tokens of other lists", async () => {
    expectRefusal(await decisions(randomUUID()), 404, "AgentNotFound");
    expectRefusal(await decisions("me"), 404, "AgentNotFound");
    expectRefusal(await decisions(here.agent.agentId, { pageToken: "x" }), 400, "InvalidPageToken");
  });
});
