import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeEach, describe, expect, it } from "vitest";
import { call, raw } from "@/e2e/support/api/client";
import {
  etagOf,
  expectRefusal,
  makeAgent,
  makeConversation,
  makeKey,
  makeOffer,
  makeQueue,
  makeRole,
  makeSkill,
  makeWorkspace,
  sql,
  type TestWorkspace,
} from "@/e2e/support/api/fixtures";
import {
  countsOf,
  decisionsOf,
  eventsOf,
  missedBy,
  offerStateOf,
  reported,
  routingOf,
} from "@/e2e/support/api/routing";
import type { Agent } from "@/lib/agents/agents/contract";
import type { CapacityRule } from "@/lib/workforce/capacity/contract";

let here: TestWorkspace;
let queueId: string;
let api: ReturnType<typeof routingOf>;
beforeEach(async () => {
  here = await makeWorkspace();
  queueId = await makeQueue(here.id, { isDefault: true });
  api = routingOf(here);
});

const soon = () => new Date(Date.now() + 60_000);
const limit = (agents: string[], capacity: Record<string, number>) =>
  api.ask<CapacityRule>(
    "createCapacityRule",
    {},
    { body: { name: "Few", description: "Few", capacity: { messaging: 9, email: 9, ...capacity }, agents } },
  );

describe("reporting a conversation", () => {
  it("queues it in the default queue", async () => {
    const body = reported({ channel: "voice" });
    const answer = await api.create(body);
    expect(answer.status).toBe(201);
    const { id, createdAt, ...rest } = answer.body;
    expect(rest).toEqual({
      ...body,
      workspaceId: here.id,
      queueId,
      priority: 50,
      requiredSkills: [],
      state: "queued",
      step: 0,
      queuedAt: createdAt,
      updatedAt: createdAt,
    });
    const path = `/api/workspaces/${here.id}/inbox/conversations/${id}`;
    expect(new URL(answer.headers.get("location") ?? "").pathname).toBe(path);
    const found = await api.get(id);
    expect(found.body).toEqual(answer.body);
    expect(etagOf(found)).toBe(etagOf(answer));
    expect((await api.get(id, undefined, { headers: { "If-None-Match": etagOf(found) } })).status).toBe(304);
    expect(await eventsOf(id)).toEqual(["conversation.created", "conversation.queued"]);
    expect(await decisionsOf(id)).toEqual([]);
  });

  it("keeps all that is known about it", async () => {
    const [skill, other] = [await makeSkill(here.id), await makeSkill(here.id)];
    const own = await makeQueue(here.id);
    const { body } = await api.create({
      externalId: "👋".repeat(255),
      channel: "email",
      subject: "Where is my parcel?",
      queueId: own.toUpperCase(),
      priority: 0,
      requiredSkills: [
        { skillId: skill.id, valueIds: [skill.values[1], skill.values[1]] },
        { skillId: other.id },
      ],
      preferredAgentId: here.agent.agentId,
    });
    expect(body).toMatchObject({
      externalId: "👋".repeat(255),
      channel: "email",
      subject: "Where is my parcel?",
      queueId: own,
      priority: 0,
      requiredSkills: [
        { skillId: skill.id, valueIds: [skill.values[1]] },
        { skillId: other.id, valueIds: [] },
      ],
      preferredAgentId: here.agent.agentId,
    });
    expect((await api.get(body.id)).body).toEqual(body);
  });

  it("records who has it, regardless of the agent's availability", async () => {
    const { agentId } = here.agent;
    await api.setStatus(agentId, "offline");
    const conversation = await api.give(agentId, { channel: "voice" });
    expect(conversation).toMatchObject({ state: "assigned", agentId, assignedAt: conversation.createdAt });
    for (const property of ["queueId", "queuedAt", "forced", "offer"])
      expect(conversation).not.toHaveProperty(property);
    expect(await countsOf(agentId)).toEqual({ messaging: 0, email: 0, voice: 1, assigned: 1 });
    await api.give(agentId);
    const { body } = await api.ask<Agent>("getAgent", { agentId });
    expect(body.workload.workload).toEqual({ messaging: 1, email: 0 });
    expect(body.lastAssignedAt).toBeDefined();
    expect(await eventsOf(conversation.id)).toEqual(["conversation.created", "conversation.assigned"]);
    expect(await decisionsOf(conversation.id)).toEqual([
      {
        kind: "reported",
        agentId,
        rank: 0,
        considered: 0,
        codes: [],
        actorKind: "accessKey",
        actorId: expect.any(String),
        actorName: expect.stringMatching(/^key /),
      },
    ]);
  });

  it("needs a queue or an agent", async () => {
    const empty = await makeWorkspace();
    const there = routingOf(empty);
    expectRefusal(await there.create(reported()), 422, "InvalidConversation", ["queueId"]);
    expect((await there.create(reported({ agentId: empty.agent.agentId }))).status).toBe(201);
    expect((await there.create(reported({ queueId: await makeQueue(empty.id) }))).status).toBe(201);
  });

  it.each([
    [{ externalId: "" }, ["externalId"]],
    [{ externalId: "   " }, ["externalId"]],
    [{ externalId: "\u200b\t" }, ["externalId"]],
    [{ externalId: "a".repeat(256) }, ["externalId"]],
    [{ externalId: "a\0" }, ["externalId"]],
    [{ externalId: null }, ["externalId"]],
    [{ externalId: undefined }, ["externalId"]],
    [{ channel: "fax" }, ["channel"]],
    [{ channel: undefined }, ["channel"]],
    [{ subject: "a".repeat(256) }, ["subject"]],
    [{ subject: null }, ["subject"]],
    [{ queueId: "1" }, ["queueId"]],
    [{ queueId: null }, ["queueId"]],
    [{ priority: 101 }, ["priority"]],
    [{ priority: -1 }, ["priority"]],
    [{ priority: 0.5 }, ["priority"]],
    [{ priority: "9" }, ["priority"]],
    [{ requiredSkills: null }, ["requiredSkills"]],
    [{ requiredSkills: [{}] }, ["requiredSkills.0.skillId"]],
    [
      { requiredSkills: [{ skillId: "x", valueIds: ["y"] }] },
      ["requiredSkills.0.skillId", "requiredSkills.0.valueIds.0"],
    ],
    [{ requiredSkills: Array(2).fill({ skillId: randomUUID() }) }, ["requiredSkills"]],
    [{ requiredSkills: Array.from({ length: 21 }, () => ({ skillId: randomUUID() })) }, ["requiredSkills"]],
    [{ preferredAgentId: null }, ["preferredAgentId"]],
    [{ agentId: "me" }, ["agentId"]],
    [{ state: "closed", id: randomUUID() }, ["id", "state"]],
    [{ externalId: "", channel: 7, priority: null }, ["channel", "externalId", "priority"]],
  ])("is refused with %j", async (body, paths) => {
    expectRefusal(await api.create(reported(body)), 422, "InvalidConversation", paths);
  });

  it("refuses ids of another workspace, each at its path", async () => {
    const elsewhere = await makeWorkspace();
    const [mine, theirs] = [await makeSkill(here.id), await makeSkill(elsewhere.id)];
    const answer = await api.create(
      reported({
        queueId: await makeQueue(elsewhere.id),
        agentId: elsewhere.agent.agentId,
        preferredAgentId: randomUUID(),
        requiredSkills: [
          { skillId: mine.id, valueIds: [mine.values[0], theirs.values[0]] },
          { skillId: theirs.id, valueIds: [theirs.values[0]] },
        ],
      }),
    );
    expectRefusal(answer, 422, "InvalidConversation", [
      "agentId",
      "preferredAgentId",
      "queueId",
      "requiredSkills.0.valueIds.1",
      "requiredSkills.1.skillId",
      "requiredSkills.1.valueIds.0",
    ]);
    const list = await api.ask<{ total: number }>("listConversations");
    expect(list.body.total).toBe(0);
  });

  it("succeeds once for an external id until the conversation is closed", async () => {
    const body = reported();
    const first = await api.create(body);
    expectRefusal(await api.create(body), 409, "ConversationAlreadyExists");
    expectRefusal(
      await api.create({ ...body, agentId: here.agent.agentId }),
      409,
      "ConversationAlreadyExists",
    );
    await api.close(first.body.id);
    expect((await api.create(body)).status).toBe(201);
    const elsewhere = await makeWorkspace();
    await makeQueue(elsewhere.id, { isDefault: true });
    expect((await routingOf(elsewhere).create(body)).status).toBe(201);
  });

  it("succeeds once for concurrent requests", async () => {
    const body = reported();
    const answers = await Promise.all(Array.from({ length: 8 }, () => api.create(body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(7).fill(409)]);
  });

  it("runs once for an idempotency key", async () => {
    const headers = { "Idempotency-Key": randomUUID() };
    const body = reported();
    const answers = await Promise.all(Array.from({ length: 5 }, () => api.create(body, { headers })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    expectRefusal(await api.create(reported(), { headers }), 409, "IdempotencyKeyReused");
  });

  it("counts an empty body as {}", async () => {
    const answer = await raw(`/api/workspaces/${here.id}/inbox/conversations`, {
      method: "POST",
      headers: { Authorization: here.key },
    });
    expectRefusal(answer, 422, "InvalidConversation", ["channel", "externalId"]);
  });

  it("requires routing.write, and JSON", async () => {
    const roleId = await makeRole(here.id, ["routing.read", "own.write", "agents.write", "settings.write"]);
    const { auth } = await makeKey(here.id, { roleId });
    for (const as of [auth, here.agent.auth, here.viewer.auth])
      expectRefusal(await api.create(reported(), { as }), 403, "Forbidden");
    const path = `/api/workspaces/${here.id}/inbox/conversations`;
    const init = { method: "POST", headers: { Authorization: here.key, "Content-Type": "text/plain" } };
    expectRefusal(await raw(path, { ...init, body: "{}" }), 415, "UnsupportedMediaType");
  });
});

describe("an operation without a body", () => {
  it("doesn't read one that is sent", async () => {
    const body = { also: [1] };
    const { agentId } = here.agent;
    const queueId = await makeQueue(here.id);
    const offer = async () => makeOffer(here.id, await makeConversation(here.id, queueId), agentId);
    const one = await makeConversation(here.id, queueId);
    const answers = [
      await api.ask("closeConversation", { conversationId: one }, { body }),
      await api.ask("acceptOffer", { offerId: await offer() }, { body }),
      await api.ask("declineOffer", { offerId: await offer() }, { body }),
      await api.ask("postReady", { agentId }, { body }),
      // As everywhere.
      await call("endOtherSessions", { as: here.agent.auth, body }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 204]);
  });
});

describe("a conversation of another workspace", () => {
  it("does not exist", async () => {
    const elsewhere = await makeWorkspace();
    const theirs = await makeConversation(elsewhere.id, await makeQueue(elsewhere.id));
    const { agentId } = here.agent;
    for (const id of [theirs, randomUUID()])
      for (const answer of [
        await api.get(id),
        await api.patch(id, {}),
        await api.assign(id, { agentId }),
        await api.requeue(id),
        await api.close(id),
        await api.requeue(id, {}, { as: here.agent.auth }),
        await api.close(id, undefined, { as: here.agent.auth }),
      ])
        expectRefusal(answer, 404, "ConversationNotFound");
    expectRefusal(await api.get("1"), 400, "BadRequest", ["conversationId"]);
  });
});

describe("changing a conversation", () => {
  it("changes exactly what is given, and clears with null", async () => {
    const skill = await makeSkill(here.id);
    const { body: before } = await api.create(reported());
    const change = {
      subject: "Parcel",
      queueId: await makeQueue(here.id),
      priority: 90,
      requiredSkills: [{ skillId: skill.id, valueIds: [skill.values[0] ?? ""] }],
      preferredAgentId: here.agent.agentId,
    };
    let expected: Record<string, unknown> = { ...before };
    for (const [name, value] of Object.entries(change)) {
      const answer = await api.patch(before.id, { [name]: value });
      expect(answer.status).toBe(200);
      expected = { ...expected, [name]: value, updatedAt: answer.body.updatedAt };
      expect(answer.body).toEqual(expected);
      expect(answer.body.queuedAt).toBe(before.queuedAt);
    }
    const { subject: _, preferredAgentId: _p, ...rest } = expected;
    const cleared = await api.patch(before.id, { subject: null, preferredAgentId: null });
    expect(cleared.body).toEqual({ ...rest, updatedAt: cleared.body.updatedAt });
    expect((await api.get(before.id)).body).toEqual(cleared.body);
    expect(await eventsOf(before.id)).toHaveLength(2 + 5 + 1);
  });

  it("changes nothing if everything is so already", async () => {
    const { body: before } = await api.create(reported({ subject: "Parcel" }));
    for (const body of [
      {},
      { subject: "Parcel", queueId, priority: 50, requiredSkills: [], preferredAgentId: null },
    ])
      expect(await api.patch(before.id, body)).toMatchObject({ status: 200, body: before });
    expect(await eventsOf(before.id)).toHaveLength(2);
  });

  it.each([
    [{ priority: null }, ["priority"]],
    [{ queueId: null }, ["queueId"]],
    [{ requiredSkills: null }, ["requiredSkills"]],
    [{ externalId: "x" }, ["externalId"]],
    [{ channel: "email" }, ["channel"]],
    [{ agentId: randomUUID() }, ["agentId"]],
    [{ state: "closed" }, ["state"]],
    [{ subject: "a".repeat(256), priority: 101 }, ["priority", "subject"]],
    [{ queueId: randomUUID() }, ["queueId"]],
    [{ preferredAgentId: randomUUID() }, ["preferredAgentId"]],
    [{ requiredSkills: [{ skillId: randomUUID() }] }, ["requiredSkills.0.skillId"]],
  ])("is refused with %j", async (body, paths) => {
    const { body: before } = await api.create(reported());
    expectRefusal(await api.patch(before.id, body), 422, "InvalidConversation", paths);
    expect((await api.get(before.id)).body).toEqual(before);
  });

  it("compares If-Match with what a change can change", async () => {
    const created = await api.create(reported());
    const { id } = created.body;
    const headers = { "If-Match": etagOf(created) };
    expect((await api.assign(id, { agentId: here.agent.agentId, force: true })).status).toBe(200);
    const first = await api.patch(id, { subject: "one" }, { headers });
    expect(first.status).toBe(200);
    expectRefusal(await api.patch(id, { subject: "two" }, { headers }), 412, "PreconditionFailed");
    expectRefusal(await api.patch(id, { queueId: randomUUID() }, { headers }), 412, "PreconditionFailed");
    const again = await api.patch(id, { subject: "two" }, { headers: { "If-Match": etagOf(first) } });
    expect(again.body.subject).toBe("two");
  });

  it("is refused for a closed one, and for the queue of an assigned one", async () => {
    const conversation = await api.give(here.agent.agentId, { queueId });
    const other = await makeQueue(here.id);
    expectRefusal(await api.patch(conversation.id, { queueId: other }), 409, "ConversationAssigned");
    expect((await api.patch(conversation.id, { queueId, priority: 7 })).body).toMatchObject({
      priority: 7,
      queueId,
    });
    await api.close(conversation.id);
    for (const body of [{ subject: "late" }, {}])
      expectRefusal(await api.patch(conversation.id, body), 409, "ConversationClosed");
  });

  it("keeps a pending offer, unless the queue changes", async () => {
    const id = await makeConversation(here.id, queueId);
    const offer = await makeOffer(here.id, id, here.agent.agentId);
    const kept = await api.patch(id, { priority: 80, subject: "still" });
    expect(kept.body).toMatchObject({ state: "offered", offer: { id: offer, agentId: here.agent.agentId } });
    const moved = await api.patch(id, { queueId: await makeQueue(here.id) });
    expect(moved.body).toMatchObject({ state: "queued", queuedAt: kept.body.queuedAt });
    expect(moved.body.offer).toBeUndefined();
    expect(await offerStateOf(offer)).toBe("withdrawn");
  });
});

describe("assigning a conversation", () => {
  it("gives it to an agent who is available, regardless of their teams and skills", async () => {
    const skill = await makeSkill(here.id);
    const agentId = await api.bot();
    const { body } = await api.create(reported({ requiredSkills: [{ skillId: skill.id }] }));
    const as = here.supervisor.auth;
    const answer = await api.assign(body.id, { agentId }, { as });
    expect(answer.status).toBe(200);
    const { assignedAt, updatedAt } = answer.body;
    expect(answer.body).toEqual({ ...body, state: "assigned", agentId, assignedAt, updatedAt });
    expect(Date.parse(assignedAt ?? "")).toBeGreaterThanOrEqual(Date.parse(body.createdAt));
    expect(etagOf(answer)).toBe(etagOf(await api.get(body.id)));
    expect(await countsOf(agentId)).toEqual({ messaging: 1, email: 0, voice: 0, assigned: 1 });
    const { id, name } = here.supervisor;
    expect(await decisionsOf(body.id)).toEqual([
      {
        kind: "manual",
        agentId,
        rank: 0,
        considered: 0,
        codes: [],
        actorKind: "user",
        actorId: id,
        actorName: name,
      },
    ]);
  });

  it("is refused with what closes the channel, unless it is forced", async () => {
    const agentId = await api.bot("offline");
    await limit([agentId], { messaging: 0 });
    const { id } = (await api.create(reported())).body;
    const refused = await api.assign(id, { agentId });
    expectRefusal(refused, 409, "AgentNotAvailable", ["agentId"]);
    expect(refused.body).toMatchObject({ details: { agentId: ["offline", "atCapacity"] } });
    expect((await api.get(id)).body.state).toBe("queued");
    expect(await decisionsOf(id)).toEqual([]);

    const forced = await api.assign(id, { agentId, force: true });
    expect(forced.body).toMatchObject({ state: "assigned", agentId, forced: true });
    expect(await decisionsOf(id)).toMatchObject([{ kind: "manual", codes: ["offline", "atCapacity"] }]);
  });

  it("is not forced if nothing was overruled", async () => {
    const agentId = await api.bot();
    const { id } = (await api.create(reported())).body;
    expect((await api.assign(id, { agentId, force: true })).body).not.toHaveProperty("forced");
  });

  it("to the agent who has it changes nothing", async () => {
    const { agentId } = here.agent;
    await api.setStatus(agentId, "offline");
    const before = await api.give(agentId);
    for (const force of [false, true])
      expect((await api.assign(before.id, { agentId, force })).body).toEqual(before);
    expect(await decisionsOf(before.id)).toHaveLength(1);
  });

  it("takes it from the agent who had it", async () => {
    const [one, other] = [await api.bot(), await api.bot()];
    const { id } = await api.give(one);
    const { body } = await api.assign(id, { agentId: other });
    expect(body).toMatchObject({ state: "assigned", agentId: other });
    expect(await countsOf(one)).toMatchObject({ messaging: 0, assigned: 0 });
    expect(await countsOf(other)).toMatchObject({ messaging: 1, assigned: 1 });
  });

  it("withdraws a pending offer, whose seat doesn't count for its own agent", async () => {
    const agentId = await api.bot();
    await limit([agentId], { messaging: 1 });
    const id = await makeConversation(here.id, queueId);
    const offer = await makeOffer(here.id, id, agentId);
    const { status, body } = await api.assign(id, { agentId });
    expect({ status, body }).toMatchObject({ status: 200, body: { state: "assigned", agentId } });
    expect(body).not.toHaveProperty("forced");
    expect(body).not.toHaveProperty("offer");
    expect(await offerStateOf(offer)).toBe("withdrawn");
    expect(await missedBy(agentId)).toEqual([]);
  });

  it("keeps a pending offer if it is refused", async () => {
    const [agentId, other] = [await api.bot("away"), await api.bot("offline")];
    const id = await makeConversation(here.id, queueId);
    const offer = await makeOffer(here.id, id, agentId);
    expectRefusal(await api.assign(id, { agentId: other }), 409, "AgentNotAvailable");
    expect(await offerStateOf(offer)).toBe("pending");
    expect((await api.get(id)).body).toMatchObject({ state: "offered", offer: { id: offer } });
  });

  it("records an offer as expired if its time was over", async () => {
    const [agentId, other] = [await api.bot("away"), await api.bot()];
    const id = await makeConversation(here.id, queueId);
    const expiresAt = new Date(Date.now() + 50);
    const offer = await makeOffer(here.id, id, agentId, expiresAt);
    await sleep(100);
    expect((await api.assign(id, { agentId: other })).status).toBe(200);
    expect(await offerStateOf(offer)).toBe("expired");
    expect(await missedBy(agentId)).toEqual([expiresAt]);
  });

  it("is refused for a closed one and for an unknown agent", async () => {
    const elsewhere = await makeWorkspace();
    const { id } = await api.give(here.agent.agentId);
    for (const agentId of [elsewhere.agent.agentId, randomUUID()])
      expectRefusal(await api.assign(id, { agentId, force: true }), 422, "InvalidConversation", ["agentId"]);
    expectRefusal(await api.assign(id, {}), 422, "InvalidConversation", ["agentId"]);
    expectRefusal(await api.assign(id), 422, "InvalidConversation", ["agentId"]);
    const wrong = { agentId: here.agent.agentId, force: "yes", to: 1 };
    expectRefusal(await api.assign(id, wrong), 422, "InvalidConversation", ["force", "to"]);
    await api.close(id);
    expectRefusal(await api.assign(id, { agentId: here.agent.agentId }), 409, "ConversationClosed");
  });

  it("by several people at the same time leaves one agent with it", async () => {
    const agents = await Promise.all(Array.from({ length: 4 }, () => api.bot()));
    const { id } = (await api.create(reported())).body;
    const answers = await Promise.all(agents.map((agentId) => api.assign(id, { agentId })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const { agentId = "" } = (await api.get(id)).body;
    for (const each of agents)
      expect(await countsOf(each)).toMatchObject({ assigned: each === agentId ? 1 : 0 });
  });
});

describe("requeueing a conversation", () => {
  it("puts it back into its queue with its first wait", async () => {
    const { body: before } = await api.create(reported());
    const [agentId, other] = [await api.bot("offline"), await makeQueue(here.id)];
    await api.assign(before.id, { agentId, force: true });
    const { body } = await api.requeue(before.id);
    expect(body).toEqual({ ...before, updatedAt: body.updatedAt });
    expect(await countsOf(agentId)).toMatchObject({ assigned: 0 });
    await api.assign(before.id, { agentId, force: true });
    const moved = await api.requeue(before.id, { queueId: other });
    expect(moved.body).toMatchObject({ state: "queued", queueId: other, queuedAt: before.queuedAt });
  });

  it("of one that never waited uses the default queue, if there is one", async () => {
    const { id } = await api.give(here.agent.agentId);
    const { body } = await api.requeue(id);
    expect(body).toMatchObject({ state: "queued", queueId, queuedAt: body.updatedAt });

    const empty = await makeWorkspace();
    const there = routingOf(empty);
    const theirs = await there.give(empty.agent.agentId);
    expectRefusal(await there.requeue(theirs.id), 422, "InvalidConversation", ["queueId"]);
    expect((await there.get(theirs.id)).body).toEqual(theirs);
    const own = await makeQueue(empty.id);
    expect((await there.requeue(theirs.id, { queueId: own })).body).toMatchObject({ queueId: own });
  });

  it("excludes the present agent on request", async () => {
    const excluded = async (id: string) => {
      const text = "SELECT excluded_agent_ids::text[] AS ids FROM conversations WHERE id = $1";
      return (await sql<{ ids: string[] }>(text, [id]))[0]?.ids;
    };
    const [one, other] = [await api.bot("away"), await api.bot("away")];
    const { id } = await api.give(one);
    await api.requeue(id);
    expect(await excluded(id)).toEqual([]);
    for (const agentId of [one, one, other]) {
      await api.assign(id, { agentId, force: true });
      await api.requeue(id, { exclude: true });
    }
    expect(await excluded(id)).toEqual([one, other]);
    const offered = await makeConversation(here.id, queueId);
    await makeOffer(here.id, offered, one);
    await api.requeue(offered, { exclude: true });
    expect(await excluded(offered)).toEqual([one]);
  });

  it("withdraws a pending offer", async () => {
    const id = await makeConversation(here.id, queueId);
    const offer = await makeOffer(here.id, id, here.agent.agentId);
    const { body } = await api.requeue(id);
    expect(body.state).toBe("queued");
    expect(await offerStateOf(offer)).toBe("withdrawn");
    expect(await eventsOf(offer)).toEqual(["offer.created", "offer.withdrawn"]);
  });

  it("of a waiting one changes at most its queue", async () => {
    const { body: before } = await api.create(reported());
    expect((await api.requeue(before.id)).body).toEqual(before);
    const other = await makeQueue(here.id);
    expect((await api.requeue(before.id, { queueId: other })).body).toMatchObject({
      queueId: other,
      queuedAt: before.queuedAt,
    });
  });

  it("takes an empty body, and refuses others", async () => {
    const { id } = await api.give(here.agent.agentId);
    const path = `/api/workspaces/${here.id}/inbox/conversations/${id}/requeue`;
    const empty = await raw(path, { method: "POST", headers: { Authorization: here.key } });
    expect(empty).toMatchObject({ status: 200, body: { state: "queued" } });
    expectRefusal(await api.requeue(id, { queueId: randomUUID() }), 422, "InvalidConversation", ["queueId"]);
    expectRefusal(await api.requeue(id, { exclude: "yes", agentId: 1 }), 422, "InvalidConversation", [
      "agentId",
      "exclude",
    ]);
    expectRefusal(await api.requeue(id, []), 422, "InvalidConversation", [""]);
    await api.close(id);
    expectRefusal(await api.requeue(id), 409, "ConversationClosed");
  });
});

describe("closing a conversation", () => {
  it("ends it, and keeps who had it", async () => {
    const { agentId } = here.agent;
    const before = await api.give(agentId, { channel: "email" });
    const answer = await api.close(before.id);
    const { closedAt, updatedAt } = answer.body;
    expect(answer.body).toEqual({ ...before, state: "closed", closedAt, updatedAt });
    expect(closedAt).toBe(updatedAt);
    expect(await countsOf(agentId)).toEqual({ messaging: 0, email: 0, voice: 0, assigned: 0 });
    const [state] = await sql("SELECT last_closed_at AS at FROM agent_states WHERE agent_id = $1", [agentId]);
    expect(state?.at).toEqual(new Date(closedAt ?? ""));
    expect((await api.close(before.id)).body).toEqual(answer.body);
    expect(await eventsOf(before.id)).toEqual([
      "conversation.created",
      "conversation.assigned",
      "conversation.closed",
    ]);
  });

  it("ends its wait or its offer", async () => {
    const waiting = await makeConversation(here.id, queueId);
    expect((await api.close(waiting)).body).toMatchObject({ state: "closed", queueId });
    const offered = await makeConversation(here.id, queueId);
    const offer = await makeOffer(here.id, offered, here.agent.agentId);
    const { body } = await api.close(offered);
    expect(body.state).toBe("closed");
    expect(body).not.toHaveProperty("agentId");
    expect(await offerStateOf(offer)).toBe("withdrawn");
  });

  it("counts once for concurrent requests", async () => {
    const { id } = await api.give(here.agent.agentId);
    const answers = await Promise.all(Array.from({ length: 6 }, () => api.close(id)));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(await countsOf(here.agent.agentId)).toMatchObject({ assigned: 0 });
    expect((await eventsOf(id)).filter((type) => type === "conversation.closed")).toHaveLength(1);
  });
});

describe("agents", () => {
  it("requeue and close their own conversations only", async () => {
    const as = here.agent.auth;
    const [own, also] = [await api.give(here.agent.agentId), await api.give(here.agent.agentId)];
    const theirs = await api.give(here.supervisor.agentId);
    const waiting = await makeConversation(here.id, queueId);
    expect((await api.requeue(own.id, { exclude: true }, { as })).status).toBe(200);
    expect((await api.close(also.id, undefined, { as })).status).toBe(200);
    expect((await api.close(also.id, undefined, { as })).status).toBe(200);
    for (const id of [own.id, theirs.id, waiting]) {
      expectRefusal(await api.requeue(id, {}, { as }), 403, "Forbidden");
      expectRefusal(await api.close(id, undefined, { as }), 403, "Forbidden");
    }
    expectRefusal(await api.requeue(theirs.id, { queueId: randomUUID() }, { as }), 403, "Forbidden");
    expectRefusal(await api.patch(also.id, {}, { as }), 403, "Forbidden");
    expectRefusal(await api.assign(also.id, { agentId: here.agent.agentId }, { as }), 403, "Forbidden");
    for (const answer of [
      await api.requeue(theirs.id, {}, { as: here.viewer.auth }),
      await api.close(theirs.id, undefined, { as: here.viewer.auth }),
    ])
      expectRefusal(answer, 403, "Forbidden");
  });

  it("need own.write for that", async () => {
    const roleId = await makeRole(here.id, ["agents.read", "routing.read"]);
    await sql("UPDATE membership_roles SET role_id = $1 WHERE user_id = $2", [roleId, here.agent.id]);
    const { id } = await api.give(here.agent.agentId);
    expectRefusal(await api.close(id, undefined, { as: here.agent.auth }), 403, "Forbidden");
  });
});

describe("what a deletion affects", () => {
  it("is reported for agents, and their conversations go back", async () => {
    const agentId = (await makeAgent(here)).id;
    const own = await makeQueue(here.id);
    const [queued, unqueued] = [await api.give(agentId, { queueId: own }), await api.give(agentId)];
    const offered = await makeConversation(here.id, own);
    const offer = await makeOffer(here.id, offered, agentId, soon());
    const preferring = (await api.create(reported({ preferredAgentId: agentId }))).body;
    const usage = () => api.ask("getAgentUsage", { agentId }, { as: here.viewer.auth });
    expect((await usage()).body).toEqual({ assigned: 2, offered: 1, preferred: 1 });

    expect((await api.ask("deleteAgent", { agentId })).status).toBe(204);
    expect((await api.get(queued.id)).body).toMatchObject({ state: "queued", queueId: own });
    expect((await api.get(unqueued.id)).body).toMatchObject({ state: "queued", queueId });
    expect((await api.get(offered)).body).toMatchObject({ state: "queued", queueId: own });
    expect((await api.get(preferring.id)).body).not.toHaveProperty("preferredAgentId");
    expect(await offerStateOf(offer)).toBeUndefined();
    expectRefusal(await usage(), 404, "AgentNotFound");
    const elsewhere = await makeWorkspace();
    const theirs = await api.ask("getAgentUsage", { agentId: elsewhere.agent.agentId });
    expectRefusal(theirs, 404, "AgentNotFound");
  });

  it("is reported for skills, which conversations then don't require", async () => {
    const [skill, other] = [await makeSkill(here.id), await makeSkill(here.id)];
    const requiredSkills = [
      { skillId: skill.id, valueIds: [skill.values[0] ?? ""] },
      { skillId: other.id, valueIds: [] },
    ];
    const { body } = await api.create(reported({ requiredSkills }));
    const usage = await api.ask("getSkillUsage", { skillId: skill.id });
    expect(usage.body).toMatchObject({ agents: 0, waiting: 1 });
    expect((await api.ask("deleteSkill", { skillId: skill.id })).status).toBe(204);
    expect((await api.get(body.id)).body.requiredSkills).toEqual([requiredSkills[1]]);
  });
});
