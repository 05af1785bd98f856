import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { call } from "@/e2e/support/api/client";
import {
  expectRefusal,
  makeMember,
  makeRole,
  makeWorkspace,
  managedRole,
  sql,
  type TestWorkspace,
} from "@/e2e/support/api/fixtures";
import type { AccessKey, NewAccessKey } from "@/lib/access/access-keys/contract";

let ours: TestWorkspace;
let theirs: TestWorkspace;
const at = (workspace: TestWorkspace, more: Record<string, string> = {}) => ({
  params: { workspaceId: workspace.id, ...more },
  as: workspace.supervisor.auth,
});

beforeAll(async () => {
  [ours, theirs] = await Promise.all([makeWorkspace(), makeWorkspace()]);
});

async function makeKey(body: Record<string, unknown> = {}): Promise<NewAccessKey> {
  const answer = await call<NewAccessKey>("createAccessKey", {
    ...at(ours),
    body: { name: "Importer", roleId: managedRole("Viewer"), ...body },
  });
  expect(answer.status).toBe(201);
  return answer.body;
}

describe("creating an access key", () => {
  test("returns the key once, and it works immediately with the permissions of its role", async () => {
    const answer = await call<NewAccessKey>("createAccessKey", {
      ...at(ours),
      body: { name: "  Importer  ", roleId: managedRole("Viewer") },
    });
    expect(answer.status).toBe(201);
    const { key, ...shown } = answer.body;
    expect(shown).toEqual({
      id: expect.any(String),
      name: "Importer",
      roleId: managedRole("Viewer"),
      createdAt: expect.any(String),
    });
    expect(answer.headers.get("location")).toMatch(
      new RegExp(`/api/workspaces/${ours.id}/access-keys/${shown.id}$`),
    );
    const again = await call<AccessKey>("getAccessKey", at(ours, { accessKeyId: shown.id }));
    expect(again.body).toEqual(shown);

    const as = `AccessKey ${key}`;
    const read = await call("listAgents", { params: { workspaceId: ours.id }, as });
    expect(read.status).toBe(200);
    const written = await call("createAgent", {
      params: { workspaceId: ours.id },
      as,
      body: { name: "Bot", type: "bot" },
    });
    expectRefusal(written, 403, "Forbidden");
    const elsewhere = await call("listAgents", { params: { workspaceId: theirs.id }, as });
    expectRefusal(elsewhere, 404, "WorkspaceNotFound");
    const used = await call<AccessKey>("getAccessKey", at(ours, { accessKeyId: shown.id }));
    expect(used.body.lastUsedAt).toBeDefined();
  });

  test("stores neither the key nor a response that contains it", async () => {
    const idempotency = randomUUID();
    const request = {
      ...at(ours),
      headers: { "Idempotency-Key": idempotency },
      body: { name: "Once", roleId: managedRole("Viewer") },
    };
    const first = await call<NewAccessKey>("createAccessKey", request);
    const second = await call<NewAccessKey>("createAccessKey", request);
    expect(second.body).toEqual(first.body);
    expect(second.headers.get("idempotent-replayed")).toBe("true");
    const kept = await sql("SELECT i::text AS row FROM idempotency_keys i WHERE key = $1", [idempotency]);
    expect(kept).toHaveLength(1);
    expect(String(kept[0]?.row)).not.toContain(first.body.key);
    const [row] = await sql("SELECT k::text AS row FROM access_keys k WHERE id = $1", [first.body.id]);
    expect(String(row?.row)).not.toContain(first.body.key);
  });

  test("rejects an invalid body with every field", async () => {
    const bad = { name: " ", roleId: "no", expiresAt: "tomorrow", extra: 1 };
    const answer = await call("createAccessKey", { ...at(ours), body: bad });
    expectRefusal(answer, 422, "InvalidAccessKey", ["name", "roleId", "expiresAt", "extra"]);
    const past = { name: "x", roleId: randomUUID(), expiresAt: "2020-01-01T00:00:00Z" };
    const late = await call("createAccessKey", { ...at(ours), body: past });
    expectRefusal(late, 422, "InvalidAccessKey", ["roleId", "expiresAt"]);
  });

  test("rejects a role of another workspace like a missing one", async () => {
    const roleId = await makeRole(theirs.id, ["agents.read"]);
    const answer = await call("createAccessKey", { ...at(ours), body: { name: "x", roleId } });
    expectRefusal(answer, 422, "InvalidAccessKey", ["roleId"]);
  });

  test("rejects a role with more permissions than its creator", async () => {
    const roleId = await makeRole(ours.id, ["keys.write", "agents.read"]);
    const clerk = await makeMember(ours.id, { roles: [roleId] });
    const request = { params: { workspaceId: ours.id }, as: clerk.auth };
    const more = { name: "x", roleId: managedRole("Supervisor") };
    expectRefusal(await call("createAccessKey", { ...request, body: more }), 403, "Forbidden");
    const same = await call("createAccessKey", { ...request, body: { name: "x", roleId } });
    expect(same.status).toBe(201);
  });

  test("lets a key create a key with the same permissions", async () => {
    const answer = await call("createAccessKey", {
      params: { workspaceId: ours.id },
      as: ours.key,
      body: { name: "Child", roleId: managedRole("Supervisor") },
    });
    expect(answer.status).toBe(201);
  });
});

test("an expired key is rejected", async () => {
  const made = await makeKey({ expiresAt: new Date(Date.now() + 3_600_000).toISOString() });
  expect(made.expiresAt).toBeDefined();
  const as = `AccessKey ${made.key}`;
  expect((await call("listAgents", { params: { workspaceId: ours.id }, as })).status).toBe(200);
  await sql("UPDATE access_keys SET expires_at = now() - interval '1 second' WHERE id = $1", [made.id]);
  expectRefusal(await call("listAgents", { params: { workspaceId: ours.id }, as }), 401, "Unauthorized");
});

test("renaming changes only the name", async () => {
  const { key: _, ...made } = await makeKey();
  const renamed = await call<AccessKey>("patchAccessKey", {
    ...at(ours, { accessKeyId: made.id }),
    body: { name: "Exporter" },
  });
  expect(renamed.body).toEqual({ ...made, name: "Exporter" });
  const nothing = await call<AccessKey>("patchAccessKey", {
    ...at(ours, { accessKeyId: made.id }),
    body: {},
  });
  expect(nothing.body).toEqual(renamed.body);
  const refused = await call("patchAccessKey", {
    ...at(ours, { accessKeyId: made.id }),
    body: { name: "", roleId: managedRole("Agent") },
  });
  expectRefusal(refused, 422, "InvalidAccessKey", ["name", "roleId"]);
});

test("a revoked key is rejected from the next request on", async () => {
  const made = await makeKey();
  const as = `AccessKey ${made.key}`;
  expect((await call("listWorkspaces", { as })).status).toBe(200);
  expect((await call("deleteAccessKey", at(ours, { accessKeyId: made.id }))).status).toBe(204);
  expectRefusal(await call("listWorkspaces", { as }), 401, "Unauthorized");
  const again = await call("deleteAccessKey", at(ours, { accessKeyId: made.id }));
  expectRefusal(again, 404, "AccessKeyNotFound");
});

test("a key of another workspace is not found", async () => {
  const made = await makeKey();
  const place = at(theirs, { accessKeyId: made.id });
  expectRefusal(await call("getAccessKey", place), 404, "AccessKeyNotFound");
  expectRefusal(await call("patchAccessKey", { ...place, body: { name: "x" } }), 404, "AccessKeyNotFound");
  expectRefusal(await call("deleteAccessKey", place), 404, "AccessKeyNotFound");
  expect((await call("getAccessKey", at(ours, { accessKeyId: made.id }))).status).toBe(200);
});

test("the list is paged and contains no key", async () => {
  const workspace = await makeWorkspace();
  for (const name of ["a", "b", "c"])
    await call("createAccessKey", { ...at(workspace), body: { name, roleId: managedRole("Viewer") } });
  const names: string[] = [];
  let pageToken: string | undefined;
  do {
    const page = await call<{ results: AccessKey[]; nextPageToken?: string; total: number }>(
      "listAccessKeys",
      { ...at(workspace), query: { limit: 2, ...(pageToken ? { pageToken } : {}) } },
    );
    expect(page.body.total).toBe(4);
    expect(JSON.stringify(page.body)).not.toContain("rck_");
    names.push(...page.body.results.map((key) => key.name));
    pageToken = page.body.nextPageToken;
  } while (pageToken);
  expect(names.slice(1)).toEqual(["a", "b", "c"]);
});

test("only people with keys.write can manage keys", async () => {
  const made = await makeKey();
  for (const as of [ours.agent.auth, ours.viewer.auth]) {
    const place = { params: { workspaceId: ours.id, accessKeyId: made.id }, as };
    expectRefusal(await call("listAccessKeys", place), 403, "Forbidden");
    expectRefusal(await call("getAccessKey", place), 403, "Forbidden");
    const body = { name: "x", roleId: managedRole("Viewer") };
    expectRefusal(await call("createAccessKey", { ...place, body }), 403, "Forbidden");
    expectRefusal(await call("deleteAccessKey", place), 403, "Forbidden");
  }
  const nobody = { params: { workspaceId: ours.id, accessKeyId: made.id } };
  expectRefusal(await call("getAccessKey", nobody), 401, "Unauthorized");
  expectRefusal(await call("getAccessKey", { ...nobody, as: theirs.key }), 404, "WorkspaceNotFound");
});
