import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { call } from "@/e2e/support/api/client";
import {
  expectRefusal,
  ledger,
  makeAgent,
  makeWorkspace,
  sessionCookie,
  type TestWorkspace,
  versionOf,
} from "@/e2e/support/api/fixtures";
import { describeSettingWrites } from "@/e2e/support/api/setting-writes";
import type { Agent } from "@/lib/agents/agents/contract";
import type { Skill, SkillUsage } from "@/lib/workforce/skills/contract";

const values = (...names: string[]) => names.map((value) => ({ value }));

describeSettingWrites({
  noun: "skill",
  operations: {
    list: "listSkills",
    create: "createSkill",
    get: "getSkill",
    patch: "patchSkill",
    remove: "deleteSkill",
    usage: "getSkillUsage",
  },
  param: "skillId",
  notFound: "SkillNotFound",
  invalid: "InvalidSkill",
  draft: () => ({ name: `Skill ${randomUUID()}` }),
  defaults: { valueType: "multiple", values: [] },
  change: () => ({ name: `Sprache ${randomUUID()}`, description: "Speaks", valueType: "single" }),
  required: ["name"],
  invalidBoth: [
    [{ description: "a".repeat(2001) }, ["description"]],
    [{ valueType: "many" }, ["valueType"]],
    [{ valueType: null }, ["valueType"]],
    [{ values: null }, ["values"]],
    [{ values: [null] }, ["values.0"]],
    [{ values: [{}] }, ["values.0.value"]],
    [{ values: [{ value: "" }, { value: "a".repeat(256) }] }, ["values.0.value", "values.1.value"]],
    [{ values: [{ value: "a", icon: "" }] }, ["values.0.icon"]],
    [{ values: [{ value: "a", icon: "a".repeat(256) }] }, ["values.0.icon"]],
    [{ values: [{ value: "a", colour: "red" }] }, ["values.0.colour"]],
    [{ values: [{ id: randomUUID(), value: "a" }] }, ["values.0.id"]],
    [{ values: values(...Array.from({ length: 101 }, String)) }, ["values"]],
  ],
});

let here: TestWorkspace;
beforeAll(async () => {
  here = await makeWorkspace();
});

const params = (skillId?: string) => ({ workspaceId: here.id, ...(skillId ? { skillId } : {}) });
const create = (body: Record<string, unknown> = {}) =>
  call<Skill>("createSkill", {
    params: params(),
    as: here.supervisor.auth,
    body: { name: `Skill ${randomUUID()}`, ...body },
  });
const patch = (skillId: string, body: unknown) =>
  call<Skill>("patchSkill", { params: params(skillId), as: here.supervisor.auth, body });
const remove = (skillId: string) =>
  call("deleteSkill", { params: params(skillId), as: here.supervisor.auth });
const usage = async (skillId: string) =>
  (await call<SkillUsage>("getSkillUsage", { params: params(skillId), as: here.supervisor.auth })).body;
const agentOf = (agentId: string) =>
  call<Agent>("getAgent", { params: { workspaceId: here.id, agentId }, as: here.key });
const give = (agentId: string, ...skills: { id: string; values: readonly { id: string }[] }[]) =>
  call<Agent>("patchAgent", {
    params: { workspaceId: here.id, agentId },
    as: here.key,
    body: { assignedSkills: skills.map(({ id, values: chosen }) => ({ id, selectedValues: chosen })) },
  });
const idsOf = (list: readonly { id: string }[]) => list.map(({ id }) => ({ id }));
const holder = async (...skills: Skill[]) => {
  const { id } = await makeAgent(here);
  const answer = await give(id, ...skills.map((skill) => ({ id: skill.id, values: idsOf(skill.values) })));
  expect(answer.status).toBe(200);
  return { id, version: versionOf(answer) };
};

describe("the name of a skill", () => {
  it("is unique, ignoring case and accents", async () => {
    const name = `Résumé ${randomUUID()}`;
    const { body } = await create({ name });
    for (const same of [name, name.toUpperCase(), name.replaceAll("é", "e"), ` ${name} `])
      expectRefusal(await create({ name: same }), 409, "SkillAlreadyExists");
    const other = (await create()).body;
    expectRefusal(await patch(other.id, { name: name.toLowerCase() }), 409, "SkillAlreadyExists");
    expect((await patch(body.id, { name: name.toLowerCase() })).body.name).toBe(name.toLowerCase());
    const elsewhere = await makeWorkspace();
    const there = await call("createSkill", {
      params: { workspaceId: elsewhere.id },
      as: elsewhere.key,
      body: { name },
    });
    expect(there.status).toBe(201);
  });

  it("is given to one of many concurrent requests", async () => {
    const name = randomUUID();
    const answers = await Promise.all(Array.from({ length: 8 }, () => create({ name })));
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, ...Array(7).fill(409)]);
  });

  it("is available again after a deletion", async () => {
    const { body } = await create();
    await remove(body.id);
    expect((await create({ name: body.name })).status).toBe(201);
  });
});

describe("the values of a skill", () => {
  it("are replaced by the new list in its order; those with an ID are kept", async () => {
    const { body } = await create({
      values: [{ value: "French", icon: "🇫🇷" }, ...values("German", "Greek")],
    });
    expect(body.values.map(({ value, icon }) => [value, icon])).toEqual([
      ["French", "🇫🇷"],
      ["German", undefined],
      ["Greek", undefined],
    ]);
    const [french, german] = body.values;
    const after = (
      await patch(body.id, {
        values: [
          { value: "Danish" },
          { id: german?.id, value: "Deutsch", icon: "🇩🇪" },
          { id: french?.id, value: "French" },
        ],
      })
    ).body;
    expect(after.values).toEqual([
      { id: expect.any(String), value: "Danish" },
      { id: german?.id, value: "Deutsch", icon: "🇩🇪" },
      { id: french?.id, value: "French" },
    ]);
    expect((await patch(body.id, { values: [] })).body.values).toEqual([]);
  });

  it("are rejected with an ID of another skill or a duplicate ID", async () => {
    const [one, two, foreign] = await Promise.all([
      create({ values: values("a") }),
      create({ values: values("b") }),
      makeWorkspace().then((other) =>
        call<Skill>("createSkill", {
          params: { workspaceId: other.id },
          as: other.key,
          body: { name: "Theirs", values: values("c") },
        }),
      ),
    ]);
    const ids = [one, two, foreign].map((answer) => answer.body.values[0]?.id);
    expectRefusal(
      await patch(one.body.id, { values: ids.map((id) => ({ id, value: "x" })) }),
      422,
      "InvalidSkill",
      ["values.1.id", "values.2.id"],
    );
    const twice = { values: [ids[0], ids[0]].map((id) => ({ id, value: "x" })) };
    expectRefusal(await patch(one.body.id, twice), 422, "InvalidSkill", ["values"]);
    expectRefusal(await patch(randomUUID(), twice), 422, "InvalidSkill", ["values"]);
    expect((await call("getSkill", { params: params(one.body.id), as: here.key })).body).toEqual(one.body);
  });

  it("are removed from the agents when deleted, with a new version and a ledger entry", async () => {
    const skill = (await create({ values: values("keep", "drop") })).body;
    const [keep, drop] = skill.values;
    const both = await holder(skill);
    const kept = await makeAgent(here);
    const before = versionOf(await give(kept.id, { id: skill.id, values: [{ id: keep?.id ?? "" }] }));
    expect(await usage(skill.id)).toEqual({
      agents: 2,
      values: [
        { id: keep?.id, agents: 2 },
        { id: drop?.id, agents: 1 },
      ],
      waiting: 0,
      needs: 0,
    });
    await patch(skill.id, { values: [{ id: keep?.id, value: "kept" }] });

    const touched = await agentOf(both.id);
    expect(versionOf(touched)).toBe(both.version + 1);
    expect(touched.body.assignedSkills[0]?.selectedValues).toEqual([{ id: keep?.id, value: "kept" }]);
    const entry = (await ledger(both.id)).at(-1);
    expect(entry).toMatchObject({ action: "updated", actorId: here.supervisor.id, cause: "api" });
    expect(Object.keys(entry?.fields ?? {})).toEqual(["assignedSkills"]);
    expect(entry?.fields.assignedSkills).toMatchObject({
      before: [{ id: skill.id, selectedValues: skill.values }],
      after: [{ id: skill.id, selectedValues: [keep] }],
    });
    // Renaming a value does not change the agents who have it.
    const untouched = await agentOf(kept.id);
    expect(versionOf(untouched)).toBe(before);
    expect(untouched.body.assignedSkills[0]?.selectedValues).toEqual([{ id: keep?.id, value: "kept" }]);
    expect(await ledger(kept.id)).toHaveLength(2);
  });
});

describe("the type of a skill", () => {
  it("becomes single only if no agent has several values", async () => {
    const skill = (await create({ values: values("a", "b") })).body;
    const { id } = await holder(skill);
    expectRefusal(await patch(skill.id, { valueType: "single" }), 422, "InvalidSkill", ["valueType"]);
    expect((await call("getSkill", { params: params(skill.id), as: here.key })).body).toEqual(skill);
    const [first] = idsOf(skill.values);
    await give(id, { id: skill.id, values: first ? [first] : [] });
    expect((await patch(skill.id, { valueType: "single" })).body.valueType).toBe("single");
    expectRefusal(await give(id, { id: skill.id, values: idsOf(skill.values) }), 422, "InvalidAgent", [
      "assignedSkills.0.selectedValues",
    ]);
  });

  it("becomes single together with a list that leaves one value each", async () => {
    const skill = (await create({ values: values("a", "b") })).body;
    await holder(skill);
    const answer = await patch(skill.id, { valueType: "single", values: [{ ...skill.values[0] }] });
    expect(answer).toMatchObject({ status: 200, body: { valueType: "single" } });
  });

  it("is never single with several values after concurrent requests", async () => {
    for (let round = 0; round < 5; round++) {
      const skill = (await create({ values: values("a", "b") })).body;
      const { id } = await makeAgent(here);
      const [change, gift] = await Promise.all([
        patch(skill.id, { valueType: "single" }),
        give(id, { id: skill.id, values: idsOf(skill.values) }),
      ]);
      expect([change.status, gift.status].sort()).toEqual([200, 422]);
    }
  });
});

describe("deleting a skill", () => {
  it("removes it from all agents, each with one new version and one ledger entry", async () => {
    const [skill, other] = [
      (await create({ values: values("a", "b") })).body,
      (await create({ values: values("c") })).body,
    ];
    const holders = await Promise.all(Array.from({ length: 5 }, () => holder(other, skill)));
    expect((await usage(skill.id)).agents).toBe(5);
    const session = { params: params(skill.id), as: here.supervisor.auth };
    expect((await call("deleteSkill", session)).status).toBe(204);
    for (const { id, version } of holders) {
      const answer = await agentOf(id);
      expect(versionOf(answer)).toBe(version + 1);
      expect(answer.body.assignedSkills.map((each) => each.id)).toEqual([other.id]);
      const entries = await ledger(id);
      expect(entries).toHaveLength(3);
      expect(entries.at(-1)).toMatchObject({
        actorName: "Sam Supervisor",
        fields: {
          assignedSkills: { before: [{ id: other.id }, { id: skill.id }], after: [{ id: other.id }] },
        },
      });
    }
  });

  it("is recorded as done by a supervisor, or by the agent in the supervisor's own ledger", async () => {
    const skill = (await create()).body;
    const { id } = await holder(skill);
    const own = here.supervisor.agentId;
    await give(own, { id: skill.id, values: [] });
    const answer = await call("deleteSkill", {
      params: params(skill.id),
      headers: { Cookie: await sessionCookie(here.supervisor), "Sec-Fetch-Site": "same-origin" },
    });
    expect(answer.status).toBe(204);
    expect((await ledger(id)).at(-1)).toMatchObject({ cause: "supervisor", actorId: here.supervisor.id });
    expect((await ledger(own)).at(-1)).toMatchObject({ cause: "user", actorId: here.supervisor.id });
  });

  it("leaves no agent with it, even if it is assigned concurrently", async () => {
    const skill = (await create({ values: values("a") })).body;
    const agents = await Promise.all(Array.from({ length: 8 }, () => makeAgent(here)));
    const [gone, ...gifts] = await Promise.all([
      remove(skill.id),
      ...agents.map((agent) => give(agent.id, { id: skill.id, values: idsOf(skill.values) })),
    ]);
    expect(gone?.status).toBe(204);
    for (const gift of gifts) expect([200, 422]).toContain(gift.status);
    for (const agent of agents) expect((await agentOf(agent.id)).body.assignedSkills).toEqual([]);
  });
});
