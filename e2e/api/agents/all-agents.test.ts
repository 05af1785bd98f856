import { describe, expect, it } from "vitest";
import { bearer, call, people, workspaceId } from "@/e2e/support/api/client";
import {
  addAgents,
  addBots,
  addTeams,
  keyWith,
  listBriefly,
  listEverything,
  makeTenant,
  type Tenant,
} from "@/e2e/support/api/list-fixtures";

const etagOf = async (tenant: Tenant) => {
  const answer = await listBriefly(tenant);
  expect(answer.status).toBe(200);
  const etag = answer.headers.get("etag");
  if (!etag) throw new Error("there is no ETag");
  return etag;
};

/** Returns whether the list's ETag is still current. */
async function holds(tenant: Tenant, etag: string): Promise<boolean> {
  const { status } = await listBriefly(tenant, { "If-None-Match": etag });
  expect([200, 304]).toContain(status);
  return status === 304;
}

describe("the list of all agents", () => {
  it.each([0, 1, 999, 1000, 1001, 2500])("of %i contains each one once, oldest first", async (count) => {
    const tenant = await makeTenant();
    await addBots(tenant, count);
    const { status, headers, body } = await listBriefly(tenant);
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("application/json");
    expect(body.results.map((agent) => agent.name)).toEqual(
      Array.from({ length: count }, (_, index) => `Bot ${index + 1}`),
    );
    expect(new Set(body.results.map((agent) => agent.id)).size).toBe(count);
  });

  it("contains agents created in the same millisecond once, across internal batches", async () => {
    const tenant = await makeTenant();
    await addAgents(
      tenant,
      Array.from({ length: 1003 }, () => ({ createdAt: new Date("2026-01-05T12:00:00.000Z") })),
    );
    const ids = (await listBriefly(tenant)).body.results.map((agent) => agent.id);
    expect(ids).toHaveLength(1003);
    expect(ids).toEqual([...new Set(ids)].sort());
  });

  it("shows a subset of each agent in the paged list", async () => {
    const tenant = await makeTenant();
    await addAgents(tenant, [
      { name: "One", emails: ["one"], status: "active", activity: "busy" },
      { name: "Two", activity: "onBreak", activityExpiresAt: new Date(Date.now() - 1000) },
      { name: "Three", activity: "onBreak", activityExpiresAt: new Date(Date.now() + 3_600_000) },
      { name: "Four", status: "offline" },
    ]);
    const brief = (await listBriefly(tenant)).body.results;
    const whole = await listEverything(tenant, {}, { limit: 100 });
    expect(brief).toEqual(
      whole.map((agent) => ({
        id: agent.id,
        status: agent.status,
        activity: agent.availability.activity,
        name: agent.name,
        createdAt: agent.createdAt,
      })),
    );
    expect(Object.fromEntries(brief.map((agent) => [agent.name, agent.activity]))).toEqual({
      One: "busy",
      Two: "available",
      Three: "onBreak",
      Four: "available",
    });
  });

  it("contains the demo's agents in the order of the paged list, with the same pictures", async () => {
    const northwind = { id: await workspaceId("northwind"), as: await bearer(people.supervisor) };
    const brief = (await listBriefly(northwind)).body.results;
    const whole = await listEverything(northwind, {}, { limit: 100 });
    expect(brief.map(({ id, name, avatarUrl }) => ({ id, name, avatarUrl }))).toEqual(
      whole.map(({ id, name, avatarUrl }) => ({ id, name, avatarUrl })),
    );
  });

  it("includes an avatar", async () => {
    const tenant = await makeTenant();
    const [agentId = ""] = await addAgents(tenant, [{ name: "Pictured" }]);
    const avatarUrl = "https://pictures.example/one.png";
    await call("patchAgent", {
      params: { workspaceId: tenant.id, agentId },
      body: { avatarUrl },
      as: tenant.as,
    });
    expect((await listBriefly(tenant)).body.results).toMatchObject([{ id: agentId, avatarUrl }]);
  });

  it("handles names that JSON must escape", async () => {
    const tenant = await makeTenant();
    const names = ['"quoted"', "back\\slash", "new\nline", "</script>", "\u2028", "👩‍👩‍👧"];
    await addAgents(
      tenant,
      names.map((name) => ({ name })),
    );
    const shown = (await listBriefly(tenant)).body.results.map((agent) => agent.name);
    expect(shown.sort()).toEqual(names.sort());
  });

  it("is rejected without credentials, without agents.read, for another workspace, and with a parameter", async () => {
    const tenant = await makeTenant();
    const other = await makeTenant();
    const { as } = await keyWith(tenant, ["settings.read"]);
    const ask = (options: { as?: string; query?: Record<string, string> }) =>
      call("listAllAgents", { params: { workspaceId: tenant.id }, ...options });
    expect(await ask({})).toMatchObject({ status: 401, body: { code: "Unauthorized" } });
    expect(await ask({ as })).toMatchObject({ status: 403, body: { code: "Forbidden" } });
    expect(await ask({ as: other.as })).toMatchObject({ status: 404, body: { code: "WorkspaceNotFound" } });
    expect(await ask({ as: tenant.as, query: { limit: "5" } })).toMatchObject({
      status: 400,
      body: { code: "InvalidQuery", details: { limit: [expect.any(String)] } },
    });
  });
});

describe("the ETag of the list of all agents", () => {
  it("stays the same without changes, and gives 304 without a body", async () => {
    const tenant = await makeTenant();
    await addAgents(tenant, [{ name: "One" }, { name: "Two" }]);
    const etag = await etagOf(tenant);
    expect(etag).toMatch(/^(W\/)?"[^"]+"$/);
    expect(await etagOf(tenant)).toBe(etag);
    for (const header of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
      const answer = await listBriefly(tenant, { "If-None-Match": header });
      expect(answer.status, header).toBe(304);
      expect(answer.headers.get("etag"), header).toBe(etag);
    }
    expect((await listBriefly(tenant, { "If-None-Match": '"other"' })).status).toBe(200);
  });

  it("differs between an empty workspace and one with an agent", async () => {
    const tenant = await makeTenant();
    const etag = await etagOf(tenant);
    expect(await holds(tenant, etag)).toBe(true);
    await addAgents(tenant, [{ name: "First" }]);
    expect(await holds(tenant, etag)).toBe(false);
  });

  it.each([
    ["a name", "patchAgent", { name: "Renamed" }],
    ["an avatar", "patchAgent", { avatarUrl: "https://pictures.example/a.png" }],
    ["a status", "patchAgent", { status: "active" }],
    ["a status as availability", "patchAvailability", { status: "offline" }],
    ["an activity", "patchAvailability", { activity: "busy" }],
  ] as const)("changes with %s, but not if the same value is set again", async (_, operation, body) => {
    const tenant = await makeTenant();
    const [agentId = ""] = await addAgents(tenant, [{ name: "One" }, { name: "Two" }]);
    const before = await etagOf(tenant);
    const params = { workspaceId: tenant.id, agentId };
    expect((await call(operation, { params, body, as: tenant.as })).status).toBe(200);
    expect(await holds(tenant, before)).toBe(false);
    const after = await etagOf(tenant);
    await call(operation, { params, body, as: tenant.as });
    expect(await holds(tenant, after)).toBe(true);
  });

  it("changes when two agents swap names", async () => {
    const tenant = await makeTenant();
    const ids = await addAgents(tenant, [{ name: "One" }, { name: "Two" }]);
    const before = await etagOf(tenant);
    for (const [index, name] of ["Two", "One"].entries())
      await call("patchAgent", {
        params: { workspaceId: tenant.id, agentId: ids[index] ?? "" },
        body: { name },
        as: tenant.as,
      });
    expect(await holds(tenant, before)).toBe(false);
  });

  it("changes when one agent is deleted and another is created", async () => {
    const tenant = await makeTenant();
    const [agentId = ""] = await addAgents(tenant, [{ name: "One" }, { name: "Two" }]);
    const before = await etagOf(tenant);
    await call("deleteAgent", { params: { workspaceId: tenant.id, agentId }, as: tenant.as });
    const between = await etagOf(tenant);
    expect(between).not.toBe(before);
    const made = await call("createAgent", {
      params: { workspaceId: tenant.id },
      body: { type: "bot", name: "One" },
      as: tenant.as,
    });
    expect(made.status).toBe(201);
    expect([before, between]).not.toContain(await etagOf(tenant));
  });

  it("changes at the moment an activity expires", async () => {
    const tenant = await makeTenant();
    const [one = "", two = ""] = await addAgents(tenant, [{ name: "One" }, { name: "Two" }]);
    for (const [agentId, activityTtl] of [
      [one, 3],
      [two, 7],
    ] as const)
      await call("patchAvailability", {
        params: { workspaceId: tenant.id, agentId },
        body: { activity: "onBreak", activityTtl },
        as: tenant.as,
      });
    const activities = async () => (await listBriefly(tenant)).body.results.map((agent) => agent.activity);
    const both = await etagOf(tenant);
    expect(await activities()).toEqual(["onBreak", "onBreak"]);
    await expect.poll(() => holds(tenant, both)).toBe(false);
    expect(await activities()).toEqual(["available", "onBreak"]);
    const single = await etagOf(tenant);
    await expect.poll(() => holds(tenant, single)).toBe(false);
    expect(await activities()).toEqual(["available", "available"]);
    expect([both, single]).not.toContain(await etagOf(tenant));
  });

  it("stays the same after changes that the list does not show", async () => {
    const tenant = await makeTenant();
    await addAgents(tenant, [{ name: "One" }]);
    const etag = await etagOf(tenant);
    await addTeams(tenant, ["New"]);
    const other = await makeTenant();
    await addAgents(other, [{ name: "Elsewhere" }]);
    expect(await holds(tenant, etag)).toBe(true);
  });
});
