import { beforeAll, describe, expect, it } from "vitest";
import { call } from "@/e2e/support/api/client";
import {
  expectRefusal,
  makeAgent,
  makeKey,
  makeMember,
  makeWorkspace,
  managedRole,
  sessionCookie,
  sql,
  type TestWorkspace,
} from "@/e2e/support/api/fixtures";
import type { Agent } from "@/lib/agents/agents/contract";

// Permissions are never cached: any change to a caller must take effect with the next request.

let here: TestWorkspace;
let agent: { id: string };

beforeAll(async () => {
  here = await makeWorkspace();
  agent = await makeAgent(here);
});

const get = (as: string, agentId: string = agent.id) =>
  call<Agent>("getAgent", { params: { workspaceId: here.id, agentId }, as });
const list = (as: string, query: Record<string, string> = {}) =>
  call("listAgents", { params: { workspaceId: here.id }, as, query });
const setStatus = (as: string, status: string, agentId: string = agent.id) =>
  call("patchAvailability", { params: { workspaceId: here.id, agentId }, as, body: { status } });
const statusOf = async () => (await get(here.supervisor.auth)).body.status;

async function makeRole(permissions: readonly string[]): Promise<string> {
  const { body } = await call<{ id: string }>("createRole", {
    params: { workspaceId: here.id },
    as: here.supervisor.auth,
    body: { name: `Role ${Math.random()}`, permissions },
  });
  return body.id;
}
const allow = (roleId: string, permissions: readonly string[]) =>
  sql("UPDATE roles SET permissions = $3 WHERE workspace_id = $1 AND id = $2", [
    here.id,
    roleId,
    permissions,
  ]);

describe("a recent caller", () => {
  it("loses a removed permission immediately, also for writes", async () => {
    const roleId = await makeRole(["agents.read", "availability.write"]);
    const member = await makeMember(here.id, { roles: [roleId] });
    const key = await makeKey(here.id, { roleId });
    for (const { auth } of [member, key]) {
      await allow(roleId, ["agents.read", "availability.write"]);
      expect((await setStatus(auth, "active")).status).toBe(200);
      expect((await setStatus(auth, "away")).status).toBe(200);
      await allow(roleId, ["agents.read"]);
      expectRefusal(await setStatus(auth, "active"), 403, "Forbidden");
      expect(await statusOf()).toBe("away");
      expect((await get(auth)).status).toBe(200);
      await allow(roleId, []);
      expectRefusal(await get(auth), 403, "Forbidden");
      expectRefusal(await list(auth), 403, "Forbidden");
    }
  });

  it("can use a new permission immediately", async () => {
    const roleId = await makeRole(["settings.read"]);
    const { auth } = await makeMember(here.id, { roles: [roleId] });
    for (let time = 0; time < 2; time++) expectRefusal(await get(auth), 403, "Forbidden");
    await allow(roleId, ["agents.read"]);
    expect((await get(auth)).status).toBe(200);
    expect((await list(auth)).status).toBe(200);
  });

  it("sees no validation errors after losing access", async () => {
    const key = await makeKey(here.id);
    expect((await list(key.auth)).status).toBe(200);
    await sql("DELETE FROM access_keys WHERE id = $1", [key.id]);
    expectRefusal(await list(key.auth, { limit: "many" }), 401, "Unauthorized");
    expectRefusal(await get(key.auth, here.supervisor.id), 401, "Unauthorized");
  });

  it("is recorded under their current name", async () => {
    const member = await makeMember(here.id, { name: "Before", roles: [managedRole("Supervisor")] });
    expect((await setStatus(member.auth, "offline")).status).toBe(200);
    await sql("UPDATE users SET name = 'After' WHERE id = $1", [member.id]);
    expect((await setStatus(member.auth, "active")).status).toBe(200);
    const { body } = await call<{ results: { actor: { name: string } }[] }>("listAgentChanges", {
      params: { workspaceId: here.id, agentId: agent.id },
      as: here.supervisor.auth,
      query: { limit: 2 },
    });
    expect(body.results.map((entry) => entry.actor.name)).toEqual(["After", "Before"]);
  });

  it("is rejected once the session or token has been ended", async () => {
    const member = await makeMember(here.id, { roles: [managedRole("Viewer")] });
    const cookie = await sessionCookie(member);
    const bySession = () =>
      call("listAgents", {
        params: { workspaceId: here.id },
        headers: { Cookie: cookie },
        query: { limit: 1 },
      });
    for (let time = 0; time < 2; time++) {
      expect((await bySession()).status).toBe(200);
      expect((await list(member.auth)).status).toBe(200);
    }
    await sql("UPDATE users SET session_version = session_version + 1 WHERE id = $1", [member.id]);
    expectRefusal(await bySession(), 401, "Unauthorized");
    expectRefusal(await list(member.auth), 401, "Unauthorized");
  });

  it("is counted once per request", async () => {
    const { auth } = await makeKey(here.id);
    const left: number[] = [];
    for (let time = 0; time < 4; time++)
      left.push(Number(/r=(\d+)/.exec((await list(auth)).headers.get("RateLimit") ?? "")?.[1]));
    const [first = 0] = left;
    expect(left).toEqual([first, first - 1, first - 2, first - 3]);
  });

  it("receives the list of all agents, and a 304 if it has not changed", async () => {
    const { auth } = await makeKey(here.id);
    const all = (tag?: string) =>
      call<{ results: Agent[] }>("listAllAgents", {
        params: { workspaceId: here.id },
        as: auth,
        headers: tag ? { "If-None-Match": tag } : {},
      });
    const [before, again] = [await all(), await all()];
    expect(again.body).toEqual(before.body);
    expect((await all(again.headers.get("ETag") ?? "")).status).toBe(304);
    await setStatus(auth, (await statusOf()) === "away" ? "active" : "away");
    const after = await all(again.headers.get("ETag") ?? "");
    expect(after.status).toBe(200);
    expect(after.body.results).toHaveLength(before.body.results.length);
  });

  it("reads their current agent as `me`", async () => {
    const member = await makeMember(here.id, { roles: [managedRole("Agent")] });
    expectRefusal(await get(member.auth, "me"), 404, "AgentNotFound");
    const made = await call<Agent>("createAgent", {
      params: { workspaceId: here.id },
      as: here.supervisor.auth,
      body: { name: "Own", type: "user", userId: member.id },
    });
    expect((await get(member.auth, "me")).body.id).toBe(made.body.id);
    await call("deleteAgent", {
      params: { workspaceId: here.id, agentId: made.body.id },
      as: here.supervisor.auth,
    });
    expectRefusal(await get(member.auth, "me"), 404, "AgentNotFound");
  });

  it("is never confused with another one in concurrent requests", async () => {
    const [one, other] = await Promise.all(
      ["One", "Other"].map((name) => makeMember(here.id, { name, roles: [managedRole("Agent")] })),
    );
    if (!one || !other) throw new Error("there are two");
    const agents = await Promise.all(
      [one, other].map(
        async ({ id, name }) =>
          (
            await call<Agent>("createAgent", {
              params: { workspaceId: here.id },
              as: here.supervisor.auth,
              body: { name, type: "user", userId: id },
            })
          ).body.id,
      ),
    );
    const found = await Promise.all(
      Array.from(
        { length: 40 },
        async (_, nth) => (await get((nth % 2 ? other : one).auth, "me")).body.id === agents[nth % 2],
      ),
    );
    expect(found).toEqual(Array(40).fill(true));
  });
});
