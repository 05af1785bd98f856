import { beforeAll, expect, test } from "vitest";
import { call } from "@/e2e/support/api/client";
import {
  expectRefusal,
  join,
  makeMember,
  makeRole,
  makeWorkspace,
  managedRole,
  sql,
  type TestWorkspace,
} from "@/e2e/support/api/fixtures";
import type { Membership } from "@/lib/access/people/contract";
import { managedRoles } from "@/lib/access/roles/rules";
import { permissions } from "@/lib/platform/security/permissions";

let here: TestWorkspace;
let elsewhere: TestWorkspace;
beforeAll(async () => {
  [here, elsewhere] = await Promise.all([makeWorkspace(), makeWorkspace()]);
});

const ask = (as: string | undefined, workspaceId = here.id) =>
  call<Membership>("getMembership", { params: { workspaceId }, as });

test("a supervisor's membership has their name, all permissions in order, and their agent", async () => {
  const { status, body } = await ask(here.supervisor.auth);
  expect(status).toBe(200);
  expect(body).toEqual({
    workspaceId: here.id,
    kind: "user",
    userId: here.supervisor.id,
    name: "Sam Supervisor",
    email: here.supervisor.email,
    permissions: [...permissions],
    roleIds: [managedRole("Supervisor")],
    agentId: here.supervisor.agentId,
  });
});

test("a viewer's membership has no agent, and the permissions of the role", async () => {
  const { body } = await ask(here.viewer.auth);
  expect(body).not.toHaveProperty("agentId");
  const allowed = managedRoles.find((role) => role.name === "Viewer")?.permissions ?? [];
  expect([...body.permissions].sort()).toEqual([...allowed].sort());
});

test("the permissions of several roles are merged in order", async () => {
  const roles = [
    await makeRole(here.id, ["ledger.read", "agents.read"]),
    await makeRole(here.id, ["keys.write", "agents.read"]),
  ];
  const clerk = await makeMember(here.id, { roles });
  const { body } = await ask(clerk.auth);
  expect(body.permissions).toEqual(["agents.read", "keys.write", "ledger.read"]);
  expect(body.roleIds).toEqual(roles.toSorted());
});

test("a member without a role has no permissions", async () => {
  const guest = await makeMember(here.id);
  const { status, body } = await ask(guest.auth);
  expect(status).toBe(200);
  expect(body).toMatchObject({ userId: guest.id, permissions: [], roleIds: [] });
});

test("an access key's membership has its name and no person", async () => {
  const { body } = await ask(here.key);
  expect(body).toEqual({
    workspaceId: here.id,
    kind: "accessKey",
    name: expect.stringMatching(/^key /),
    permissions: [...permissions],
  });
});

test("each workspace has its own membership, and none for strangers", async () => {
  const guest = await makeMember(here.id, { roles: [managedRole("Viewer")] });
  expectRefusal(await ask(guest.auth, elsewhere.id), 404, "WorkspaceNotFound");
  await join(elsewhere.id, guest.id, { roles: [managedRole("Supervisor")] });
  expect((await ask(guest.auth, elsewhere.id)).body.permissions).toEqual([...permissions]);
  await sql("UPDATE memberships SET status = 'suspended' WHERE workspace_id = $1 AND user_id = $2", [
    elsewhere.id,
    guest.id,
  ]);
  expectRefusal(await ask(guest.auth, elsewhere.id), 404, "WorkspaceNotFound");
  expectRefusal(await ask(undefined), 401, "Unauthorized");
});
