import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { call } from "@/e2e/support/api/client";
import { etagOf, expectRefusal, makeWorkspace, sql, type TestWorkspace } from "@/e2e/support/api/fixtures";
import { describeSettingWrites } from "@/e2e/support/api/setting-writes";
import type { Preset } from "@/lib/availability/presets/contract";

const clear = (workspaceId: string) => sql("DELETE FROM presets WHERE workspace_id = $1", [workspaceId]);

describeSettingWrites({
  noun: "preset",
  operations: {
    list: "listStatuses",
    create: "createStatus",
    get: "getStatus",
    patch: "patchStatus",
    remove: "deleteStatus",
    usage: "getStatusUsage",
  },
  param: "statusId",
  notFound: "StatusNotFound",
  invalid: "InvalidStatus",
  draft: () => ({ name: randomUUID(), status: "active", activity: "onBreak" }),
  defaults: {},
  change: () => ({
    name: randomUUID(),
    icon: "🍽️",
    status: "away",
    activity: "busy",
    activityTtl: 600,
    activityText: "Back soon",
    position: 0,
  }),
  required: ["name", "status", "activity"],
  clear,
  invalidBoth: [
    [{ name: "a".repeat(41) }, ["name"]],
    [{ name: "\u200B" }, ["name"]],
    [{ icon: "" }, ["icon"]],
    [{ icon: "lunch" }, ["icon"]],
    [{ icon: "🍕🍔" }, ["icon"]],
    [{ icon: 7 }, ["icon"]],
    [{ icon: `🍕${"\u0301".repeat(1000)}` }, ["icon"]],
    [{ status: "busy" }, ["status"]],
    [{ status: null }, ["status"]],
    [{ activity: "lunch" }, ["activity"]],
    [{ activity: null }, ["activity"]],
    [{ activityTtl: 0 }, ["activityTtl"]],
    [{ activityTtl: 86_401 }, ["activityTtl"]],
    [{ activityTtl: 1.5 }, ["activityTtl"]],
    [{ activityTtl: "900" }, ["activityTtl"]],
    [{ activity: "available", activityTtl: 900 }, ["activityTtl"]],
    [{ activityText: "a".repeat(141) }, ["activityText"]],
    [{ activityText: "a\0b" }, ["activityText"]],
    [{ position: -1 }, ["position"]],
    [{ position: 50 }, ["position"]],
    [{ position: null }, ["position"]],
    [{ updatedAt: "2026-01-01T00:00:00.000Z" }, ["updatedAt"]],
    [{ colour: "red", activityTtl: 0 }, ["activityTtl", "colour"]],
  ],
});

let here: TestWorkspace;
beforeEach(async () => {
  here = await makeWorkspace();
});

const params = (statusId?: string) => ({ workspaceId: here.id, ...(statusId ? { statusId } : {}) });
const create = (body: Record<string, unknown>) =>
  call<Preset>("createStatus", {
    params: params(),
    as: here.supervisor.auth,
    body: { status: "active", activity: "onBreak", ...body },
  });
const patch = (id: string, body: unknown, headers: Record<string, string> = {}) =>
  call<Preset>("patchStatus", { params: params(id), as: here.supervisor.auth, body, headers });
const remove = (id: string) => call("deleteStatus", { params: params(id), as: here.supervisor.auth });
const list = async (query: Record<string, string | number> = { limit: 100 }) =>
  (
    await call<{ results: Preset[]; nextPageToken?: string; total: number }>("listStatuses", {
      params: params(),
      query,
      as: here.agent.auth,
    })
  ).body;
const order = async () => (await list()).results.map(({ name }) => name);
const positions = async () => (await list()).results.map(({ position }) => position);
const made = async (...names: string[]) => {
  const ids: Record<string, string> = {};
  for (const name of names) ids[name] = (await create({ name })).body.id;
  return (name: string) => ids[name] ?? "";
};

describe("a preset", () => {
  it("has exactly the documented properties", async () => {
    const { body } = await create({
      name: " Lunch ",
      icon: "🍽️",
      status: "active",
      activity: "onBreak",
      activityTtl: 1800,
      activityText: "Back soon",
    });
    expect(body).toEqual({
      id: expect.any(String),
      name: "Lunch",
      icon: "🍽️",
      status: "active",
      activity: "onBreak",
      activityTtl: 1800,
      activityText: "Back soon",
      position: 0,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
    const bare = await create({ name: "Training", status: "away", activity: "busy" });
    expect(Object.keys(bare.body).sort()).toEqual(
      ["activity", "createdAt", "id", "name", "position", "status", "updatedAt"].sort(),
    );
  });

  it("is cleared by null where it can be without", async () => {
    const { body } = await create({ name: "Lunch", icon: "☕", activityTtl: 60, activityText: "Soup" });
    const changed = await patch(body.id, { icon: null, activityTtl: null, activityText: null });
    const { icon: _, activityTtl: __, activityText: ___, ...rest } = body;
    expect(changed.body).toEqual({ ...rest, updatedAt: expect.any(String) });
  });

  it("can't get an activity without an end while it has one", async () => {
    const { body } = await create({ name: "Lunch", activityTtl: 60 });
    expectRefusal(await patch(body.id, { activity: "available" }), 422, "InvalidStatus", ["activityTtl"]);
    expect((await patch(body.id, { activity: "available", activityTtl: null })).status).toBe(200);
    expectRefusal(await patch(body.id, { activityTtl: 60 }), 422, "InvalidStatus", ["activityTtl"]);
  });

  it("has a name of its own, whatever the case and accents, also for requests at the same time", async () => {
    const { body } = await create({ name: "Café" });
    expectRefusal(await create({ name: "CAFE" }), 409, "StatusAlreadyExists");
    const other = await create({ name: "Tea" });
    expectRefusal(await patch(other.body.id, { name: "cafe" }), 409, "StatusAlreadyExists");
    expect((await patch(body.id, { name: "CAFÉ" })).status).toBe(200);
    const answers = await Promise.all(Array.from({ length: 6 }, () => create({ name: "Lunch" })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
    const elsewhere = await makeWorkspace();
    const theirs = await call("createStatus", {
      params: { workspaceId: elsewhere.id },
      as: elsewhere.supervisor.auth,
      body: { name: "Café", status: "away", activity: "busy" },
    });
    expect(theirs.status).toBe(201);
  });

  it("is one of 50 at most, also for requests at the same time", async () => {
    for (let count = 0; count < 48; count++) await create({ name: `Preset ${count}` });
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, index) => create({ name: `Late ${index}` })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 409, 409, 409, 409]);
    expectRefusal(await create({ name: "Too late" }), 409, "TooManyStatuses");
    const { results, total } = await list();
    expect(total).toBe(50);
    expect((await remove(results[7]?.id ?? "")).status).toBe(204);
    expect((await create({ name: "In time" })).status).toBe(201);
  });
});

describe("the order of presets", () => {
  it("follows creation, or the position given", async () => {
    await made("A", "B", "C");
    await create({ name: "First", position: 0 });
    await create({ name: "Third", position: 2 });
    expect((await create({ name: "Last", position: 49 })).body.position).toBe(5);
    expect(await order()).toEqual(["First", "A", "Third", "B", "C", "Last"]);
  });

  it("changes with a position, without gaps or doubles", async () => {
    const id = await made("A", "B", "C", "D", "E");
    expect((await patch(id("D"), { position: 1 })).body.position).toBe(1);
    expect(await order()).toEqual(["A", "D", "B", "C", "E"]);
    await patch(id("A"), { position: 3 });
    expect(await order()).toEqual(["D", "B", "C", "A", "E"]);
    expect((await patch(id("D"), { position: 49 })).body.position).toBe(4);
    expect(await order()).toEqual(["B", "C", "A", "E", "D"]);
    await remove(id("C"));
    expect(await order()).toEqual(["B", "A", "E", "D"]);
    expect(await positions()).toEqual([0, 1, 2, 3]);
  });

  it("stays whole when several are moved, created and deleted at the same time", async () => {
    const id = await made("A", "B", "C", "D", "E");
    await Promise.all([
      patch(id("A"), { position: 4 }),
      patch(id("B"), { position: 3 }),
      patch(id("E"), { position: 0 }),
      create({ name: "F", position: 1 }),
      remove(id("C")),
    ]);
    expect((await order()).toSorted()).toEqual(["A", "B", "D", "E", "F"]);
    expect(await positions()).toEqual([0, 1, 2, 3, 4]);
  });

  it("doesn't make If-Match fail for the others that it moves", async () => {
    const id = await made("A", "B");
    const b = await call<Preset>("getStatus", { params: params(id("B")), as: here.agent.auth });
    await patch(id("A"), { position: 1 });
    const again = await call("getStatus", {
      params: params(id("B")),
      as: here.agent.auth,
      headers: { "If-None-Match": etagOf(b) },
    });
    expect(again.status).toBe(200);
    expect((await patch(id("B"), { icon: "☕" }, { "If-Match": etagOf(b) })).status).toBe(200);
  });

  it("keeps pages whole while others are deleted", async () => {
    const id = await made("A", "B", "C", "D", "E");
    const first = await list({ limit: 2 });
    await remove(id("A"));
    const second = await list({ limit: 2, pageToken: first.nextPageToken ?? "" });
    expect(second.results.map(({ name }) => name)).toEqual(["C", "D"]);
    await remove(id("D"));
    const third = await list({ limit: 2, pageToken: second.nextPageToken ?? "" });
    expect(third.results.map(({ name }) => name)).toEqual(["E"]);
  });

  it("refuses the token of another list", async () => {
    await made("A", "B");
    const { nextPageToken = "" } = await list({ limit: 1 });
    const answer = await call("listTeams", {
      params: { workspaceId: here.id },
      query: { pageToken: nextPageToken },
      as: here.agent.auth,
    });
    expectRefusal(answer, 400, "InvalidPageToken");
  });
});
