import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { call } from "@/e2e/support/api/client";
import {
  expectRefusal,
  makeAgent,
  makeKey,
  makeRole,
  makeSkill,
  makeWorkspace,
  sql,
  type TestWorkspace,
} from "@/e2e/support/api/fixtures";
import { permissions } from "@/lib/platform/security/permissions";
import type { Change, ChangePage } from "@/lib/records/ledger/contract";

let here: TestWorkspace;
let elsewhere: TestWorkspace;
beforeAll(async () => {
  [here, elsewhere] = await Promise.all([makeWorkspace(), makeWorkspace()]);
});

type Query = Record<string, string | number>;
const all = (query: Query = {}, as = here.supervisor.auth) =>
  call<ChangePage>("listChanges", { params: { workspaceId: here.id }, query, as });
const of = (agentId: string, query: Query = {}, as = here.supervisor.auth) =>
  call<ChangePage>("listAgentChanges", { params: { workspaceId: here.id, agentId }, query, as });
const patch = (agentId: string, body: unknown, as = here.supervisor.auth) =>
  call("patchAgent", { params: { workspaceId: here.id, agentId }, as, body });
const remove = (agentId: string) =>
  call("deleteAgent", { params: { workspaceId: here.id, agentId }, as: here.supervisor.auth });

/** Creates an agent with three entries: created and given a bio by the key, renamed by the supervisor. */
async function changed() {
  const { id } = await makeAgent(here, { name: "Before" });
  await patch(id, { bio: "Hello" }, here.key);
  await patch(id, { name: "After" });
  return id;
}

describe("the changes of an agent", () => {
  it("are listed newest first, with actor, time, cause and values", async () => {
    const id = await changed();
    const { status, body } = await of(id);
    expect(status).toBe(200);
    expect(body).not.toHaveProperty("nextPageToken");
    expect(body.results).toEqual([
      {
        id: expect.any(String),
        agentId: id,
        agentName: "After",
        action: "updated",
        actor: { kind: "user", id: here.supervisor.id, name: "Sam Supervisor" },
        cause: "api",
        fields: { name: { before: "Before", after: "After" } },
        createdAt: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/),
      },
      expect.objectContaining({
        action: "updated",
        agentName: "Before",
        actor: expect.objectContaining({ kind: "accessKey" }),
        fields: { bio: { after: "Hello" } },
      }),
      expect.objectContaining({ action: "created", agentName: "Before" }),
    ]);
    expect(body.results[2]?.fields).toMatchObject({ name: { after: "Before" } });
  });

  it("are available as `me` for one's own agent, but not for a key", async () => {
    await patch("me", { bio: "mine" });
    const { body } = await of("me");
    expect(body.results[0]).toMatchObject({ agentId: here.supervisor.agentId, fields: { bio: {} } });
    expectRefusal(await of("me", {}, here.key), 404, "AgentNotFound");
  });

  it("are reduced to one entry by the deletion", async () => {
    const id = await changed();
    expect((await remove(id)).status).toBe(204);
    const { status, body } = await of(id);
    expect(status).toBe(200);
    expect(body.results).toEqual([
      expect.objectContaining({
        agentId: id,
        agentName: "After",
        action: "deleted",
        actor: { kind: "user", id: here.supervisor.id, name: "Sam Supervisor" },
        fields: {},
      }),
    ]);
    expect((await all({ action: "deleted" })).body.results.map((each) => each.agentId)).toContain(id);
  });

  it("are empty if nothing is recorded, and give 404 if the agent never existed", async () => {
    const { id } = await makeAgent(here);
    await sql("DELETE FROM changes WHERE agent_id = $1", [id]);
    expect((await of(id)).body).toEqual({ results: [] });
    const unknown = await of(randomUUID());
    expectRefusal(unknown, 404, "AgentNotFound");
    expect((await of(elsewhere.agent.agentId)).body).toEqual(unknown.body);
    expectRefusal(await of("x"), 400, "BadRequest", ["agentId"]);
  });
});

describe("a filter of the ledger", () => {
  const mine = (page: { body: ChangePage }, id: string) =>
    page.body.results.filter((each) => each.agentId === id).map((each) => Object.keys(each.fields).join());

  it("filters by actor, action, cause and field, in both lists", async () => {
    const id = await changed();
    for (const list of [(query: Query) => of(id, query), (query: Query) => all({ limit: 100, ...query })]) {
      expect(mine(await list({ actorId: here.supervisor.id }), id)).toEqual(["name"]);
      expect(mine(await list({ actorId: here.supervisor.id.toUpperCase() }), id)).toEqual(["name"]);
      expect(mine(await list({ actorId: randomUUID() }), id)).toEqual([]);
      expect(mine(await list({ action: "updated" }), id)).toEqual(["name", "bio"]);
      expect(mine(await list({ action: "created", field: "name" }), id)).toHaveLength(1);
      expect(mine(await list({ field: "bio" }), id)).toEqual(["bio"]);
      expect(mine(await list({ field: "after" }), id)).toEqual([]);
      expect(mine(await list({ field: "bio", actorId: here.supervisor.id }), id)).toEqual([]);
      expect(mine(await list({ cause: "api" }), id)).toHaveLength(3);
      expect(mine(await list({ cause: "timeout" }), id)).toEqual([]);
    }
  });

  it("filters by time, with inclusive bounds", async () => {
    const id = await changed();
    const times = ["2026-01-01T00:00:00.000Z", "2026-01-02T00:00:00.000Z", "2026-01-03T00:00:00.000Z"];
    const entries = (await of(id)).body.results.toReversed();
    for (const [at, entry] of entries.entries())
      await sql("UPDATE changes SET created_at = $2 WHERE id = $1", [entry.id, times[at]]);
    const [first = "", second = "", third = ""] = times;
    const count = async (query: Query) => (await of(id, query)).body.results.length;
    expect(await count({ since: second })).toBe(2);
    expect(await count({ upto: second })).toBe(2);
    expect(await count({ since: second, upto: second })).toBe(1);
    expect(await count({ since: "2026-01-02T01:00:00+01:00", upto: third })).toBe(2);
    expect(await count({ since: third, upto: first })).toBe(0);
    expect(await count({ upto: "2025-12-31T23:59:59.999Z" })).toBe(0);
  });

  it.each([
    [{ actorId: "x" }, "actorId"],
    [{ action: "renamed" }, "action"],
    [{ cause: "boredom" }, "cause"],
    [{ field: "" }, "field"],
    [{ field: "a".repeat(65) }, "field"],
    [{ since: "yesterday" }, "since"],
    [{ upto: "2026-01-01" }, "upto"],
    [{ limit: 101 }, "limit"],
    [{ agentId: randomUUID() }, "agentId"],
  ] as [Query, string][])("is rejected as %j", async (query, name) => {
    expectRefusal(await all(query), 400, "InvalidQuery", [name]);
    expectRefusal(await of(here.agent.agentId, query), 400, "InvalidQuery", [name]);
  });
});

describe("the ledger", () => {
  it("is paged without duplicates or gaps during writes", async () => {
    const id = await changed();
    const earlier = (await of(id)).body.results.map((each) => each.id);
    const seen: string[] = [];
    let pageToken: string | undefined;
    do {
      const page: ChangePage = (await of(id, { limit: 1, ...(pageToken ? { pageToken } : {}) })).body;
      expect(page.results).toHaveLength(1);
      seen.push(...page.results.map((each) => each.id));
      pageToken = page.nextPageToken;
      await patch(id, { bio: randomUUID() });
    } while (pageToken);
    expect(seen).toEqual(earlier);
  });

  it("is ordered newest first across all agents", async () => {
    await Promise.all([changed(), changed()]);
    const { results } = (await all({ limit: 100 })).body;
    const ids = results.map((each: Change) => each.id);
    expect(ids).toEqual(ids.toSorted().reverse());
    expect(new Set(results.map((each) => each.agentId)).size).toBeGreaterThan(1);
  });

  it("binds a token to the list, filters, agent and workspace", async () => {
    const id = await changed();
    const token = (await all({ limit: 1, action: "updated" })).body.nextPageToken ?? "";
    const once = { limit: 50, action: "updated", pageToken: token };
    expect((await all(once)).status).toBe(200);
    for (const query of [
      { pageToken: token },
      { ...once, field: "bio" },
      { ...once, pageToken: `${token}x` },
    ])
      expectRefusal(await all(query), 400, "InvalidPageToken");
    expectRefusal(await of(id, once), 400, "InvalidPageToken");
    const theirs = await call("listChanges", {
      params: { workspaceId: elsewhere.id },
      as: elsewhere.key,
      query: once,
    });
    expectRefusal(theirs, 400, "InvalidPageToken");
  });

  it("requires credentials and ledger.read, even for one's own agent", async () => {
    const without = await makeKey(here.id, {
      roleId: await makeRole(
        here.id,
        permissions.filter((each) => each !== "ledger.read"),
      ),
    });
    const alone = await makeKey(here.id, { roleId: await makeRole(here.id, ["ledger.read"]) });
    for (const id of ["listChanges", "listAgentChanges"] as const) {
      const params = { workspaceId: here.id, agentId: here.agent.agentId };
      expectRefusal(await call(id, { params }), 401, "Unauthorized");
      for (const as of [here.agent.auth, here.viewer.auth, without.auth])
        expectRefusal(await call(id, { params, as }), 403, "Forbidden");
      expect((await call(id, { params, as: alone.auth })).status).toBe(200);
      expectRefusal(await call(id, { params, as: elsewhere.key }), 404, "WorkspaceNotFound");
    }
  });

  it("of one workspace contains nothing of another", async () => {
    const { body } = await call<ChangePage>("listChanges", {
      params: { workspaceId: elsewhere.id },
      as: elsewhere.key,
      query: { limit: 100 },
    });
    const agents = new Set(body.results.map((each) => each.agentId));
    expect([...agents].sort()).toEqual([elsewhere.agent.agentId, elsewhere.supervisor.agentId].sort());
  });

  it("records that a skill was removed from an agent by the skill's deletion", async () => {
    const skill = await makeSkill(here.id);
    const { id } = await makeAgent(here);
    await patch(id, { assignedSkills: [{ id: skill.id, selectedValues: [] }] });
    await call("deleteSkill", { params: { workspaceId: here.id, skillId: skill.id }, as: here.key });
    const { body } = await of(id, { field: "assignedSkills", action: "updated" });
    expect(body.results.map((each) => [each.actor.kind, Object.keys(each.fields)])).toEqual([
      ["accessKey", ["assignedSkills"]],
      ["user", ["assignedSkills"]],
    ]);
  });
});
