import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { call } from "@/e2e/support/api/client";
import {
  expectRefusal,
  makeConversation,
  makeQueue,
  makeTeam,
  makeWorkspace,
  sql,
  type TestWorkspace,
} from "@/e2e/support/api/fixtures";
import { describeSettingWrites } from "@/e2e/support/api/setting-writes";
import type { Conversation } from "@/lib/routing/conversations/contract";
import type { ConversationExplanation } from "@/lib/routing/matching/contract";
import type { Queue } from "@/lib/routing/queues/contract";

const draft = (): Record<string, unknown> => ({ name: `Queue ${randomUUID()}` });
const step = { afterSeconds: 60, dropSkills: true };

describeSettingWrites({
  noun: "queue",
  operations: {
    list: "listQueues",
    create: "createQueue",
    get: "getQueue",
    patch: "patchQueue",
    remove: "deleteQueue",
    usage: "getQueueUsage",
  },
  param: "queueId",
  notFound: "QueueNotFound",
  invalid: "InvalidQueue",
  permission: "routing.write",
  draft,
  defaults: {
    default: false,
    priority: 50,
    teams: [],
    offerMode: "auto",
    offerTimeout: 30,
    strategy: "leastLoaded",
    targetSeconds: 120,
    steps: [],
    rampSeconds: 0,
    queuedItems: { messaging: 0, email: 0, voice: 0 },
  },
  change: () => ({
    name: "Night",
    description: "After hours",
    priority: 100,
    offerMode: "accept",
    offerTimeout: 600,
    strategy: "roundRobin",
    targetSeconds: 86_400,
    steps: [step, { afterSeconds: 61, dropSkills: true }],
    rampSeconds: 600,
  }),
  required: ["name"],
  invalidBoth: [
    [{ description: "a".repeat(2001) }, ["description"]],
    [{ default: "yes" }, ["default"]],
    [{ default: null }, ["default"]],
    [{ priority: 101 }, ["priority"]],
    [{ priority: -1 }, ["priority"]],
    [{ priority: 1.5 }, ["priority"]],
    [{ priority: null }, ["priority"]],
    [{ offerMode: "ask" }, ["offerMode"]],
    [{ offerTimeout: 4 }, ["offerTimeout"]],
    [{ offerTimeout: 601 }, ["offerTimeout"]],
    [{ strategy: "random" }, ["strategy"]],
    [{ targetSeconds: 0 }, ["targetSeconds"]],
    [{ targetSeconds: 86_401 }, ["targetSeconds"]],
    [{ rampSeconds: -1 }, ["rampSeconds"]],
    [{ rampSeconds: 601 }, ["rampSeconds"]],
    [{ teams: null }, ["teams"]],
    [{ teams: [{ type: "third", ids: [] }] }, ["teams.0.type"]],
    [{ teams: [{ type: "primary", ids: ["x"] }] }, ["teams.0.ids.0"]],
    [{ teams: [{ type: "primary" }] }, ["teams.0.ids"]],
    [
      {
        teams: [
          { type: "primary", ids: [] },
          { type: "primary", ids: [] },
        ],
      },
      ["teams"],
    ],
    [{ steps: [{ afterSeconds: 60 }] }, ["steps.0"]],
    [{ steps: [{ afterSeconds: 60, teamIds: [] }] }, ["steps.0"]],
    [{ steps: [{ ...step, afterSeconds: 0 }] }, ["steps.0.afterSeconds"]],
    [{ steps: [{ ...step, afterSeconds: 86_401 }] }, ["steps.0.afterSeconds"]],
    [{ steps: [step, step] }, ["steps.1.afterSeconds"]],
    [{ steps: [step, { ...step, afterSeconds: 59 }] }, ["steps.1.afterSeconds"]],
    [{ steps: [1, 2, 3, 4, 5, 6].map((afterSeconds) => ({ ...step, afterSeconds })) }, ["steps"]],
    [{ steps: [{ ...step, also: 1 }] }, ["steps.0.also"]],
    [{ queuedItems: {} }, ["queuedItems"]],
  ],
});

let here: TestWorkspace;
beforeEach(async () => {
  here = await makeWorkspace();
});

const params = (queueId?: string) => ({ workspaceId: here.id, ...(queueId ? { queueId } : {}) });
const create = (body: Record<string, unknown> = {}) =>
  call<Queue>("createQueue", { params: params(), as: here.supervisor.auth, body: { ...draft(), ...body } });
const patch = (id: string, body: unknown) =>
  call<Queue>("patchQueue", { params: params(id), as: here.supervisor.auth, body });
const remove = (id: string) => call("deleteQueue", { params: params(id), as: here.supervisor.auth });
const get = async (id: string) => (await call<Queue>("getQueue", { params: params(id), as: here.key })).body;
const usage = async (id: string) => (await call("getQueueUsage", { params: params(id), as: here.key })).body;
const deleteTeam = (teamId: string) =>
  call("deleteTeam", { params: { workspaceId: here.id, teamId }, as: here.key });
const assigned = async (queueId: string) => {
  const body = { externalId: randomUUID(), channel: "email", agentId: here.agent.agentId, queueId };
  const answer = await call<Conversation>("createConversation", { params: params(), as: here.key, body });
  expect(answer.status).toBe(201);
  return answer.body.id;
};
const conversation = async (conversationId: string) =>
  (
    await call<Conversation>("getConversation", {
      params: { workspaceId: here.id, conversationId },
      as: here.key,
    })
  ).body;

describe("the teams of a queue", () => {
  it("are kept in order, once each, in teams and in steps", async () => {
    const [a, b, c] = await Promise.all([makeTeam(here.id), makeTeam(here.id), makeTeam(here.id)]);
    const { body } = await create({
      teams: [
        { type: "secondary", ids: [c, a] },
        { type: "primary", ids: [b, a, b.toUpperCase()] },
      ],
      steps: [
        { afterSeconds: 30, teamIds: [c, b] },
        { afterSeconds: 90, dropSkills: true, teamIds: [a] },
      ],
    });
    expect(body.teams).toEqual([
      { type: "primary", ids: [b, a] },
      { type: "secondary", ids: [c, a] },
    ]);
    expect(body.steps).toEqual([
      { afterSeconds: 30, teamIds: [c, b] },
      { afterSeconds: 90, dropSkills: true, teamIds: [a] },
    ]);
    expect(await get(body.id)).toEqual(body);

    const changed = (await patch(body.id, { teams: [{ type: "primary", ids: [c] }] })).body;
    expect(changed.teams).toEqual([{ type: "primary", ids: [c] }]);
    expect(changed.steps).toEqual(body.steps);
    const cleared = (await patch(body.id, { steps: [] })).body;
    expect(cleared.steps).toEqual([]);
    expect(cleared.teams).toEqual(changed.teams);
  });

  it("must be teams of the workspace", async () => {
    const elsewhere = await makeWorkspace();
    const [mine, theirs] = [await makeTeam(here.id), await makeTeam(elsewhere.id)];
    const body = {
      teams: [{ type: "primary", ids: [mine, theirs] }],
      steps: [
        { afterSeconds: 30, teamIds: [mine] },
        { afterSeconds: 90, teamIds: [mine, randomUUID()] },
      ],
    };
    const paths = ["teams.0.ids.1", "steps.1.teamIds.1"];
    expectRefusal(await create(body), 422, "InvalidQueue", paths);
    const id = await makeQueue(here.id);
    const before = await get(id);
    expectRefusal(await patch(id, body), 422, "InvalidQueue", paths);
    expect(await get(id)).toEqual(before);
  });

  it("go when they are deleted, except the only primary one", async () => {
    const [only, other, later] = await Promise.all([makeTeam(here.id), makeTeam(here.id), makeTeam(here.id)]);
    const { id } = (
      await create({
        teams: [
          { type: "primary", ids: [only] },
          { type: "secondary", ids: [other] },
        ],
        steps: [{ afterSeconds: 30, teamIds: [later] }],
      })
    ).body;
    const conversationId = await makeConversation(here.id, id);
    for (const teamId of [only, other, later]) {
      const answer = await call("getTeamUsage", { params: { workspaceId: here.id, teamId }, as: here.key });
      expect(answer.body).toEqual({ agents: 0, queues: 1, waiting: 1, needs: 0 });
    }
    expectRefusal(await deleteTeam(only), 409, "TeamInUse");
    expect((await deleteTeam(other)).status).toBe(204);
    expect((await deleteTeam(later)).status).toBe(204);
    const { teams, steps } = await get(id);
    expect({ teams, steps }).toEqual({
      teams: [{ type: "primary", ids: [only] }],
      steps: [],
    });
    const params = { workspaceId: here.id, conversationId };
    const { body } = await call<ConversationExplanation>("explainConversation", { params, as: here.key });
    expect(body.steps.map(({ afterSeconds }) => afterSeconds)).toEqual([0]);
  });

  it("are never all deleted at the same time", async () => {
    for (let round = 0; round < 5; round++) {
      const teams = await Promise.all([makeTeam(here.id), makeTeam(here.id), makeTeam(here.id)]);
      const { id } = (await create({ teams: [{ type: "primary", ids: teams }] })).body;
      const answers = await Promise.all(teams.map(deleteTeam));
      expect(answers.map(({ status }) => status).sort()).toEqual([204, 204, 409]);
      expect((await get(id)).teams[0]?.ids).toHaveLength(1);
    }
  });
});

describe("the default queue", () => {
  it("is the only one", async () => {
    const first = (await create({ default: true })).body;
    expectRefusal(await create({ default: true }), 409, "DefaultQueueAlreadyExists");
    const second = (await create()).body;
    expectRefusal(await patch(second.id, { default: true }), 409, "DefaultQueueAlreadyExists");
    expect((await patch(first.id, { default: false })).body.default).toBe(false);
    expect((await patch(second.id, { default: true })).body.default).toBe(true);
    expect((await remove(second.id)).status).toBe(204);
  });

  it("is only one for concurrent requests too", async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => create({ default: true })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
  });
});

describe("the conversations of a queue", () => {
  it("are counted while they wait or are offered, by channel", async () => {
    const { id } = (await create({ teams: [{ type: "primary", ids: [await makeTeam(here.id)] }] })).body;
    await Promise.all([
      makeConversation(here.id, id, { channel: "voice" }),
      makeConversation(here.id, id, { channel: "email" }),
      makeConversation(here.id, id, { channel: "email" }),
      assigned(id),
    ]);
    const offered = await makeConversation(here.id, id);
    await sql("UPDATE conversations SET state = 'offered' WHERE id = $1", [offered]);
    expect((await get(id)).queuedItems).toEqual({ messaging: 1, email: 2, voice: 1 });
    expect(await usage(id)).toEqual({ waiting: 4, assigned: 1 });
    const list = await call<{ results: Queue[] }>("listQueues", { params: params(), as: here.viewer.auth });
    expect(list.body.results.find((queue) => queue.id === id)?.queuedItems).toEqual({
      messaging: 1,
      email: 2,
      voice: 1,
    });
  });

  it("keep a queue from being deleted while they wait", async () => {
    const id = await makeQueue(here.id);
    const waiting = await makeConversation(here.id, id);
    expectRefusal(await remove(id), 409, "QueueInUse");
    await sql("UPDATE conversations SET state = 'offered' WHERE id = $1", [waiting]);
    expectRefusal(await remove(id), 409, "QueueInUse");
    await sql("UPDATE conversations SET state = 'closed', closed_at = now() WHERE id = $1", [waiting]);
    expect((await remove(id)).status).toBe(204);
  });

  it("lose a deleted queue if they are assigned or closed", async () => {
    const id = await makeQueue(here.id);
    const [open, closed] = [await assigned(id), await assigned(id)];
    const closing = { params: { workspaceId: here.id, conversationId: closed }, as: here.key };
    const before = (await call<Conversation>("closeConversation", closing)).body;
    const events = "SELECT type FROM events WHERE resource_id = $1 ORDER BY id";
    const reported = await sql(events, [closed]);
    expect((await remove(id)).status).toBe(204);
    const { queueId: _, ...rest } = before;
    expect(await conversation(closed)).toEqual(rest);
    expect(await sql(events, [closed])).toEqual(reported);
    expect(await conversation(open)).toMatchObject({ state: "assigned", agentId: here.agent.agentId });
    expect((await conversation(open)).queueId).toBeUndefined();
  });

  it("that are closed leave a queue in batches, and only if it is deleted", async () => {
    const id = await makeQueue(here.id);
    await sql(
      `INSERT INTO conversations (workspace_id, id, external_id, channel, queue_id, state, closed_at, created_at, updated_at)
       SELECT $1, gen_random_uuid(), 'old ' || i, 'email', $2, 'closed', now(), now(), now() FROM generate_series(1, 4500) i`,
      [here.id, id],
    );
    const waiting = await makeConversation(here.id, id);
    expectRefusal(await remove(id), 409, "QueueInUse");
    const kept = "SELECT 1 FROM conversations WHERE workspace_id = $1 AND queue_id = $2";
    expect(await sql(kept, [here.id, id])).toHaveLength(4501);
    await call("closeConversation", {
      params: { workspaceId: here.id, conversationId: waiting },
      as: here.key,
    });
    expect((await remove(id)).status).toBe(204);
    expect(await sql(kept, [here.id, id])).toEqual([]);
    const batches = await sql(
      `SELECT DISTINCT xmin::text FROM conversations WHERE workspace_id = $1 AND external_id LIKE 'old %'`,
      [here.id],
    );
    expect(batches.length).toBeGreaterThan(1);
  });

  it("don't change the version of a queue", async () => {
    const { body, headers } = await create({ teams: [{ type: "primary", ids: [await makeTeam(here.id)] }] });
    await makeConversation(here.id, body.id);
    const answer = await call<Queue>("patchQueue", {
      params: params(body.id),
      as: here.supervisor.auth,
      headers: { "If-Match": String(headers.get("etag")) },
      body: { priority: 1 },
    });
    expect(answer).toMatchObject({ status: 200, body: { priority: 1, queuedItems: { messaging: 1 } } });
  });

  it("never enter a queue that is being deleted", async () => {
    for (let round = 0; round < 8; round++) {
      const queueId = await makeQueue(here.id);
      const report = () =>
        call("createConversation", {
          params: params(),
          as: here.key,
          body: { externalId: randomUUID(), channel: "email", queueId },
        });
      const [deleted, ...reports] = await Promise.all([remove(queueId), report(), report()]);
      const entered = reports.filter(({ status }) => status === 201).length;
      if (deleted.status === 204) expect(entered).toBe(0);
      else expectRefusal(deleted, 409, "QueueInUse");
      for (const answer of reports)
        if (answer.status !== 201) expectRefusal(answer, 422, "InvalidConversation", ["queueId"]);
    }
  });
});
