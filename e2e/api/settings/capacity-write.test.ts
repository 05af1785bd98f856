import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { call } from "@/e2e/support/api/client";
import {
  expectRefusal,
  ledger,
  makeAgent,
  makeWorkspace,
  type TestWorkspace,
  versionOf,
} from "@/e2e/support/api/fixtures";
import { describeSettingWrites } from "@/e2e/support/api/setting-writes";
import type { Agent } from "@/lib/agents/agents/contract";
import type { CapacityRule } from "@/lib/workforce/capacity/contract";

const draft = (): Record<string, unknown> => ({
  name: `Rule ${randomUUID()}`,
  description: "What one can do at once",
  capacity: { messaging: 3, email: 5 },
});

describeSettingWrites({
  noun: "capacity rule",
  operations: {
    list: "listCapacityRules",
    create: "createCapacityRule",
    get: "getCapacityRule",
    patch: "patchCapacityRule",
    remove: "deleteCapacityRule",
    usage: "getCapacityRuleUsage",
  },
  param: "capacityRuleId",
  notFound: "CapacityRuleNotFound",
  invalid: "InvalidCapacityRule",
  draft,
  defaults: { default: false, assignedAgentIds: [] },
  change: () => ({
    name: "Night",
    description: "Fewer",
    capacity: { messaging: 0, email: 1_000_000 },
    agents: [],
  }),
  required: ["name", "description", "capacity"],
  invalidBoth: [
    [{ description: "" }, ["description"]],
    [{ description: "a".repeat(256) }, ["description"]],
    [{ description: null }, ["description"]],
    [{ default: "yes" }, ["default"]],
    [{ default: null }, ["default"]],
    [{ capacity: null }, ["capacity"]],
    [{ capacity: {} }, ["capacity.email", "capacity.messaging"]],
    [{ capacity: { messaging: 1 } }, ["capacity.email"]],
    [{ capacity: { messaging: -1, email: 1.5 } }, ["capacity.email", "capacity.messaging"]],
    [{ capacity: { messaging: 1_000_001, email: "2" } }, ["capacity.email", "capacity.messaging"]],
    [{ capacity: { messaging: 1, email: 2, voice: 1 } }, ["capacity.voice"]],
    [{ agents: null }, ["agents"]],
    [{ agents: ["x"] }, ["agents.0"]],
    [{ agents: Array.from({ length: 5001 }, randomUUID) }, ["agents"]],
    [{ assignedAgentIds: [] }, ["assignedAgentIds"]],
  ],
});

let here: TestWorkspace;
beforeEach(async () => {
  here = await makeWorkspace();
});

const params = (capacityRuleId?: string) => ({
  workspaceId: here.id,
  ...(capacityRuleId ? { capacityRuleId } : {}),
});
const create = (body: Record<string, unknown> = {}) =>
  call<CapacityRule>("createCapacityRule", {
    params: params(),
    as: here.supervisor.auth,
    body: { ...draft(), ...body },
  });
const patch = (id: string, body: unknown) =>
  call<CapacityRule>("patchCapacityRule", { params: params(id), as: here.supervisor.auth, body });
const remove = (id: string) => call("deleteCapacityRule", { params: params(id), as: here.supervisor.auth });
const get = async (id: string) =>
  (await call<CapacityRule>("getCapacityRule", { params: params(id), as: here.key })).body;
const usage = async (id: string) =>
  (await call("getCapacityRuleUsage", { params: params(id), as: here.key })).body;
const agentOf = (agentId: string) =>
  call<Agent>("getAgent", { params: { workspaceId: here.id, agentId }, as: here.key });
const ruleOf = async (agentId: string) => (await agentOf(agentId)).body.workload.ruleId;
const bots = async (count: number) =>
  Promise.all(Array.from({ length: count }, async () => (await makeAgent(here)).id));

describe("a capacity rule", () => {
  it("applies to the given agents and replaces their previous rule", async () => {
    const agents = (await bots(3)).sort();
    const [a = "", b = "", c = ""] = agents;
    const first = (await create({ agents: [c, a, b, a.toUpperCase()] })).body;
    expect(first.assignedAgentIds).toEqual(agents);
    const second = (await create({ agents: [b] })).body;
    expect(second.assignedAgentIds).toEqual([b]);
    expect((await get(first.id)).assignedAgentIds).toEqual([a, c]);
    expect((await patch(first.id, { agents: [b] })).body.assignedAgentIds).toEqual([b]);
    expect((await get(second.id)).assignedAgentIds).toEqual([]);
    expect(await ruleOf(b)).toBe(first.id);
    expect(await ruleOf(a)).toBeUndefined();
    expect(await usage(first.id)).toEqual({ agents: 1, agentsByDefault: 0 });
  });

  it("changes neither version nor ledger of the agents it is assigned to", async () => {
    const [id = ""] = await bots(1);
    const before = await agentOf(id);
    const rule = (await create({ agents: [id] })).body;
    await patch(rule.id, { capacity: { messaging: 9, email: 9 } });
    const after = await agentOf(id);
    expect(versionOf(after)).toBe(versionOf(before));
    expect(after.headers.get("etag")).not.toBe(before.headers.get("etag"));
    expect(after.body.workload.rule?.capacity).toEqual({ messaging: 9, email: 9 });
    await remove(rule.id);
    expect(versionOf(await agentOf(id))).toBe(versionOf(before));
    expect(await ledger(id)).toHaveLength(1);
  });

  it("rejects agents of other workspaces by index, and changes nothing", async () => {
    const other = await makeWorkspace();
    const [mine = ""] = await bots(1);
    const agents = [other.agent.agentId, mine, randomUUID()];
    const paths = ["agents.0", "agents.2"];
    expectRefusal(await create({ agents }), 422, "InvalidCapacityRule", paths);
    const rule = (await create({ agents: [mine] })).body;
    expectRefusal(await patch(rule.id, { name: "x", agents }), 422, "InvalidCapacityRule", paths);
    expect(await get(rule.id)).toEqual(rule);
    expectRefusal(await patch(randomUUID(), { agents }), 404, "CapacityRuleNotFound");
  });

  it("leaves its agents to the default rule when it is deleted", async () => {
    const [id = ""] = await bots(1);
    const standard = (await create({ default: true })).body;
    const rule = (await create({ agents: [id] })).body;
    expect(await ruleOf(id)).toBe(rule.id);
    expect((await remove(rule.id)).status).toBe(204);
    expect(await ruleOf(id)).toBe(standard.id);
    // The bot, and the two agents that every test workspace has.
    expect(await usage(standard.id)).toEqual({ agents: 0, agentsByDefault: 3 });
  });

  it("ends up with the last of several concurrent lists, each agent in one rule", async () => {
    const all = await bots(6);
    const rules = await Promise.all([create(), create(), create()]);
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, at) =>
        patch(rules[at % 3]?.body.id ?? "", { agents: at % 2 ? all.toReversed() : all }),
      ),
    );
    expect(answers.map((answer) => answer.status)).toEqual(Array(12).fill(200));
    const assigned = await Promise.all(rules.map(async ({ body }) => (await get(body.id)).assignedAgentIds));
    expect(assigned.flat().sort()).toEqual([...all].sort());
  });

  it("can be deleted while it is being assigned", async () => {
    const all = await bots(6);
    const rule = (await create()).body;
    const other = (await create({ agents: all })).body;
    const answers = await Promise.all([
      patch(rule.id, { agents: all }),
      remove(rule.id),
      patch(other.id, { agents: all }),
      remove(other.id),
    ]);
    expect([answers[1]?.status, answers[3]?.status]).toEqual([204, 204]);
    for (const { status } of answers) expect([200, 204, 404]).toContain(status);
    for (const id of all) expect(await ruleOf(id)).toBeUndefined();
  });
});

describe("the default capacity rule", () => {
  it("is unique until it stops being the default", async () => {
    const first = (await create({ default: true })).body;
    expect(first.default).toBe(true);
    const second = (await create()).body;
    expectRefusal(await create({ default: true }), 409, "DefaultCapacityRuleAlreadyExists");
    expectRefusal(await patch(second.id, { default: true }), 409, "DefaultCapacityRuleAlreadyExists");
    expect((await patch(first.id, { default: true })).status).toBe(200);
    expect((await patch(first.id, { default: false })).body.default).toBe(false);
    expect((await patch(second.id, { default: true })).body.default).toBe(true);
  });

  it("cannot be deleted", async () => {
    const rule = (await create({ default: true })).body;
    expectRefusal(await remove(rule.id), 409, "DefaultCapacityRuleAlreadyExists");
    expect(await get(rule.id)).toEqual(rule);
    await patch(rule.id, { default: false });
    expect((await remove(rule.id)).status).toBe(204);
  });

  it("is unique when several are created concurrently", async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => create({ default: true })));
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, ...Array(7).fill(409)]);
    const losers = answers.filter((answer) => answer.status === 409);
    for (const answer of losers) expectRefusal(answer, 409, "DefaultCapacityRuleAlreadyExists");
  });

  it("is unique when several become the default concurrently", async () => {
    const rules = await Promise.all(Array.from({ length: 6 }, () => create()));
    const answers = await Promise.all(rules.map(({ body }) => patch(body.id, { default: true })));
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, ...Array(5).fill(409)]);
  });
});

describe("assigning a rule to one agent", () => {
  const assign = (operation: "assignCapacityRule" | "unassignCapacityRule", id: string, agentId: string) =>
    call(operation, { params: { ...params(id), agentId }, as: here.supervisor.auth });

  it("replaces the agent's previous rule and affects no one else", async () => {
    const [one, two] = [await makeAgent(here), await makeAgent(here)];
    const first = (await create({ agents: [one.id, two.id] })).body;
    const second = (await create()).body;
    const version = async () =>
      versionOf(
        await call<Agent>("getAgent", { params: { workspaceId: here.id, agentId: one.id }, as: here.key }),
      );
    const before = await version();
    for (let turn = 0; turn < 2; turn++) {
      expect((await assign("assignCapacityRule", second.id, one.id)).status).toBe(204);
      expect((await get(first.id)).assignedAgentIds).toEqual([two.id]);
      expect((await get(second.id)).assignedAgentIds).toEqual([one.id]);
    }
    // The agent has another rule, so nothing changes.
    expect((await assign("unassignCapacityRule", first.id, one.id)).status).toBe(204);
    expect((await get(second.id)).assignedAgentIds).toEqual([one.id]);
    expect((await assign("unassignCapacityRule", second.id, one.id)).status).toBe(204);
    expect((await get(second.id)).assignedAgentIds).toEqual([]);
    expect(await version()).toBe(before);
  });

  it("keeps every agent of concurrent requests", async () => {
    const agents = await Promise.all(Array.from({ length: 8 }, async () => (await makeAgent(here)).id));
    const rule = (await create()).body;
    const answers = await Promise.all(agents.map((id) => assign("assignCapacityRule", rule.id, id)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
    expect((await get(rule.id)).assignedAgentIds).toEqual([...agents].sort());
  });

  it("treats rules and agents of another workspace as missing", async () => {
    const elsewhere = await makeWorkspace();
    const [stranger, own] = [await makeAgent(elsewhere), await makeAgent(here)];
    const rule = (await create()).body;
    for (const operation of ["assignCapacityRule", "unassignCapacityRule"] as const) {
      expectRefusal(await assign(operation, rule.id, stranger.id), 404, "AgentNotFound");
      expectRefusal(await assign(operation, randomUUID(), own.id), 404, "CapacityRuleNotFound");
    }
  });
});
