import { randomUUID } from "node:crypto";
import { beforeAll } from "vitest";
import { call } from "@/e2e/support/api/client";
import { describeEntityTags } from "@/e2e/support/api/entity-tags";
import { makeRole, makeWorkspace, managedRole, type TestWorkspace } from "@/e2e/support/api/fixtures";

type Body = Record<string, unknown> & { id: string };

let here: TestWorkspace;
let roles: string[];
beforeAll(async () => {
  here = await makeWorkspace();
  roles = await Promise.all(Array.from({ length: 4 }, () => makeRole(here.id, ["agents.read"])));
});

// The ETags of settings are tested in setting-writes.ts.
describeEntityTags("access key", {
  make: () =>
    call<Body>("createAccessKey", {
      params: { workspaceId: here.id },
      as: here.supervisor.auth,
      body: { name: randomUUID(), roleId: managedRole("Viewer") },
    }),
  get: (accessKeyId, headers) => call<Body>("getAccessKey", { ...asked({ accessKeyId }), headers }),
  patch: (accessKeyId, headers, body = { name: randomUUID() }) =>
    call<Body>("patchAccessKey", { ...asked({ accessKeyId }), headers, body }),
  remove: (accessKeyId, headers) => call("deleteAccessKey", { ...asked({ accessKeyId }), headers }),
});

describeEntityTags("person", {
  make: () =>
    call<Body>("inviteUser", {
      params: { workspaceId: here.id },
      as: here.supervisor.auth,
      body: { email: `${randomUUID()}@invited.example`, roleIds: [managedRole("Viewer")] },
    }),
  get: (userId, headers) => call<Body>("getUser", { ...asked({ userId }), headers }),
  patch: (userId, headers, body) =>
    call<Body>("patchUser", { ...asked({ userId }), headers, body: body ?? { roleIds: others() } }),
  remove: (userId, headers) => call("deleteUser", { ...asked({ userId }), headers }),
});

describeEntityTags("saved view", {
  make: () =>
    call<Body>("createView", {
      params: { workspaceId: here.id },
      as: here.supervisor.auth,
      body: { name: randomUUID(), search: "" },
    }),
  get: (viewId, headers) => call<Body>("getView", { ...asked({ viewId }), headers }),
  patch: (viewId, headers, body = { search: `name=${randomUUID()}` }) =>
    call<Body>("patchView", { ...asked({ viewId }), headers, body }),
  remove: (viewId, headers) => call("deleteView", { ...asked({ viewId }), headers }),
});

function asked(params: Record<string, string>) {
  return { params: { workspaceId: here.id, ...params }, as: here.supervisor.auth };
}

/** Returns other roles on each call: every set of four in turn. */
let turn = 0;
function others(): string[] {
  turn = (turn % 15) + 1;
  return roles.filter((_, index) => (turn >> index) & 1);
}
