import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { call } from "@/e2e/support/api/client";
import {
  expectRefusal,
  makeKey,
  makeMember,
  makeRole,
  makeWorkspace,
  managedRole,
  type TestWorkspace,
} from "@/e2e/support/api/fixtures";
import { describeSettingWrites } from "@/e2e/support/api/setting-writes";
import type { Role } from "@/lib/access/roles/contract";
import { managedRoles } from "@/lib/access/roles/rules";
import { permissions } from "@/lib/platform/security/permissions";

describeSettingWrites({
  noun: "role",
  operations: {
    list: "listRoles",
    create: "createRole",
    get: "getRole",
    patch: "patchRole",
    remove: "deleteRole",
    usage: "getRoleUsage",
  },
  param: "roleId",
  notFound: "RoleNotFound",
  invalid: "InvalidRole",
  draft: () => ({ name: `Role ${randomUUID()}`, permissions: ["agents.read"] }),
  defaults: { type: "organization" },
  change: () => ({ name: "Everything", permissions: [...permissions] }),
  required: ["name", "permissions"],
  within: ["agents.read"],
  invalidBoth: [
    [{ permissions: null }, ["permissions"]],
    [{ permissions: "agents.read" }, ["permissions"]],
    [{ permissions: ["agents.read", "agents.fire"] }, ["permissions.1"]],
    [{ permissions: [null] }, ["permissions.0"]],
    [{ type: "managed" }, ["type"]],
    [{ workspaces: [] }, ["workspaces"]],
  ],
});

let here: TestWorkspace;
beforeAll(async () => {
  here = await makeWorkspace();
});

const params = (roleId?: string) => ({ workspaceId: here.id, ...(roleId ? { roleId } : {}) });
const create = (granted: readonly string[], as = here.supervisor.auth) =>
  call<Role>("createRole", { params: params(), as, body: { name: "Made", permissions: granted } });
const patch = (id: string, body: unknown, as = here.supervisor.auth) =>
  call<Role>("patchRole", { params: params(id), as, body });
const remove = (id: string, as = here.supervisor.auth) => call("deleteRole", { params: params(id), as });
const usage = async (id: string) =>
  (await call("getRoleUsage", { params: params(id), as: here.supervisor.auth })).body;
const listAgents = (as: string) =>
  call("listAgents", { params: { workspaceId: here.id }, as }).then((answer) => answer.status);

describe("a role", () => {
  it("lists each permission once, in a fixed order, and this workspace", async () => {
    const { body } = await create(["settings.read", "agents.read", "settings.read"]);
    expect(body).toMatchObject({
      type: "organization",
      workspaces: [here.id],
      permissions: ["agents.read", "settings.read"],
    });
    expect((await create([])).body.permissions).toEqual([]);
  });

  it("takes effect immediately after a change", async () => {
    const { body } = await create(["settings.read"]);
    const member = await makeMember(here.id, { roles: [body.id] });
    const key = await makeKey(here.id, { roleId: body.id });
    for (const as of [member.auth, key.auth]) expect(await listAgents(as)).toBe(403);
    await patch(body.id, { permissions: ["agents.read"] });
    for (const as of [member.auth, key.auth]) expect(await listAgents(as)).toBe(200);
  });
});

describe("granting", () => {
  it("is rejected for permissions that the caller does not have, for keys and people", async () => {
    const roleId = await makeRole(here.id, ["settings.read", "settings.write", "agents.read"]);
    const member = await makeMember(here.id, { roles: [roleId] });
    const key = await makeKey(here.id, { roleId });
    for (const as of [member.auth, key.auth]) {
      for (const permission of permissions) {
        const held = ["settings.read", "settings.write", "agents.read"].includes(permission);
        const made = await create([permission], as);
        if (held) expect(made.status).toBe(201);
        else expectRefusal(made, 403, "Forbidden");
      }
      // A person can't assign it to themselves either.
      expectRefusal(await patch(roleId, { permissions: [...permissions] }, as), 403, "Forbidden");
      expectRefusal(await patch(randomUUID(), { permissions: [...permissions] }, as), 404, "RoleNotFound");
    }
    const own = await call<Role>("getRole", { params: params(roleId), as: here.key });
    expect(own.body.permissions).toEqual(["agents.read", "settings.read", "settings.write"]);
  });

  it("requires all permissions that the role already has, even to rename it", async () => {
    const roleId = await makeRole(here.id, ["settings.write", "keys.write"]);
    const { auth } = await makeKey(here.id, { roleId });
    const strong = (await create(["keys.write", "people.write"])).body;
    for (const body of [{ name: "Renamed" }, { permissions: ["keys.write"] }, { permissions: [] }])
      expectRefusal(await patch(strong.id, body, auth), 403, "Forbidden");
    const own = (await create(["keys.write"])).body;
    expect((await patch(own.id, { name: "Renamed" }, auth)).status).toBe(200);
    expect((await patch(own.id, { permissions: [] }, auth)).status).toBe(200);
  });
});

describe("a managed role", () => {
  it.each(managedRoles.map((role) => [role.name, role.id]))(
    "%s cannot be changed or deleted",
    async (_, id) => {
      const before = await call<Role>("getRole", { params: params(id), as: here.key });
      for (const body of [{}, { name: "Mine" }, { permissions: [] }])
        expectRefusal(await patch(id, body), 409, "ManagedRole");
      expectRefusal(await remove(id), 409, "ManagedRole");
      expect((await call("getRole", { params: params(id), as: here.key })).body).toEqual(before.body);
    },
  );

  it("is rejected with Forbidden before it is rejected as managed", async () => {
    const { auth } = await makeKey(here.id, { roleId: await makeRole(here.id, ["settings.write"]) });
    expectRefusal(
      await patch(managedRole("Viewer"), { permissions: ["keys.write"] }, auth),
      403,
      "Forbidden",
    );
  });

  it("lists the people who have it", async () => {
    const own = await makeWorkspace();
    const answer = await call("getRoleUsage", {
      params: { workspaceId: own.id, roleId: managedRole("Supervisor") },
      as: own.key,
    });
    expect(answer.body).toEqual({ members: 1, membersWithoutOther: 1, accessKeys: 1 });
  });
});

describe("deleting a role", () => {
  it("removes it from its people, who stay members, and revokes its keys", async () => {
    const { body } = await create(["agents.read"]);
    const alone = await makeMember(here.id, { roles: [body.id] });
    const twice = await makeMember(here.id, { roles: [body.id, managedRole("Viewer")] });
    const key = await makeKey(here.id, { roleId: body.id });
    expect(await usage(body.id)).toEqual({ members: 2, membersWithoutOther: 1, accessKeys: 1 });
    for (const as of [alone.auth, twice.auth, key.auth]) expect(await listAgents(as)).toBe(200);
    expect((await remove(body.id)).status).toBe(204);
    expect(await listAgents(alone.auth)).toBe(403);
    expect(await listAgents(twice.auth)).toBe(200);
    expect(await listAgents(key.auth)).toBe(401);
    const workspaces = await call<{ results: unknown[] }>("listWorkspaces", { as: alone.auth });
    expect(workspaces.body.results).toHaveLength(1);
  });

  it("is possible for one's own role", async () => {
    const roleId = await makeRole(here.id, ["settings.write"]);
    const key = await makeKey(here.id, { roleId });
    expect((await remove(roleId, key.auth)).status).toBe(204);
    expectRefusal(await call("deleteRole", { params: params(roleId), as: key.auth }), 401, "Unauthorized");
  });
});
