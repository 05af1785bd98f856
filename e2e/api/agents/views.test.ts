import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { call } from "@/e2e/support/api/client";
import {
  expectRefusal,
  join,
  type Member,
  makeMember,
  makeView,
  makeWorkspace,
  managedRole,
  sql,
  type TestWorkspace,
} from "@/e2e/support/api/fixtures";
import { type SavedView, viewLimit } from "@/lib/agents/views/contract";

let here: TestWorkspace;
let elsewhere: TestWorkspace;
beforeAll(async () => {
  [here, elsewhere] = await Promise.all([makeWorkspace(), makeWorkspace()]);
});

const newcomer = () => makeMember(here.id, { roles: [managedRole("Viewer")] });
const at = (person: Member, viewId?: string, workspaceId = here.id) => ({
  params: { workspaceId, ...(viewId ? { viewId } : {}) },
  as: person.auth,
});
const create = (person: Member, body: Record<string, unknown>) =>
  call<SavedView>("createView", { ...at(person), body: { search: "", ...body } });
const patch = (person: Member, viewId: string, body: unknown) =>
  call<SavedView>("patchView", { ...at(person, viewId), body });
const list = async (person: Member, workspaceId = here.id) =>
  (await call<{ results: SavedView[] }>("listViews", at(person, undefined, workspaceId))).body.results;

describe("a view", () => {
  test("is stored unchanged and found at its address", async () => {
    const person = await newcomer();
    const search = "?agentStatuses=active,away&name=%C3%A9t%C3%A9&b=1&b=2";
    const made = await create(person, { name: "  Active in Lyon ", search });
    expect(made.status).toBe(201);
    expect(made.body).toEqual({
      id: expect.any(String),
      name: "Active in Lyon",
      search,
      createdAt: expect.any(String),
      updatedAt: made.body.createdAt,
    });
    expect(made.headers.get("location")).toMatch(
      new RegExp(`/api/workspaces/${here.id}/views/${made.body.id}$`),
    );
    expect((await call("getView", at(person, made.body.id))).body).toEqual(made.body);
    expect(await list(person)).toEqual([made.body]);
  });

  test("may have a search of 0 to 2,000 characters", async () => {
    const person = await newcomer();
    for (const search of ["", "x".repeat(2000), "\u{1f600}".repeat(2000)])
      expect((await create(person, { name: randomUUID(), search })).body.search).toBe(search);
  });

  test("changes only in the given properties", async () => {
    const person = await newcomer();
    const { body: made } = await create(person, { name: "One", search: "a=1" });
    const renamed = await patch(person, made.id, { name: "Two" });
    expect(renamed.body).toEqual({ ...made, name: "Two", updatedAt: renamed.body.updatedAt });
    expect(renamed.body.updatedAt > made.updatedAt).toBe(true);
    const moved = await patch(person, made.id, { search: "a=2" });
    expect(moved.body).toMatchObject({ name: "Two", search: "a=2" });
    expect((await patch(person, made.id, {})).body).toEqual(moved.body);
    expect((await patch(person, made.id, { name: "TWO" })).body.name).toBe("TWO");
  });

  test("is not found after its deletion", async () => {
    const person = await newcomer();
    const { body: made } = await create(person, { name: "One" });
    expect((await call("deleteView", at(person, made.id))).status).toBe(204);
    expectRefusal(await call("deleteView", at(person, made.id)), 404, "ViewNotFound");
    expectRefusal(await call("getView", at(person, made.id)), 404, "ViewNotFound");
    expect(await list(person)).toEqual([]);
  });

  test("is created once for repeated requests with the same idempotency key", async () => {
    const person = await newcomer();
    const request = {
      ...at(person),
      headers: { "Idempotency-Key": randomUUID() },
      body: { name: "Once", search: "" },
    };
    const first = await call<SavedView>("createView", request);
    const second = await call<SavedView>("createView", request);
    expect(second.body).toEqual(first.body);
    expect(await list(person)).toHaveLength(1);
  });

  test("is rejected with an invalid body, naming every field", async () => {
    const person = await newcomer();
    const id = await makeView(here.id, person.id);
    const cases: [Record<string, unknown>, string[]][] = [
      [{ name: " ", search: "x".repeat(2001) }, ["name", "search"]],
      [{ name: "x".repeat(81), search: 1 }, ["name", "search"]],
      [{ name: null, search: null }, ["name", "search"]],
      [{ name: "x", search: "a\0", filters: {} }, ["search", "filters"]],
    ];
    for (const [body, paths] of cases) {
      expectRefusal(await create(person, body), 422, "InvalidView", paths);
      expectRefusal(await patch(person, id, body), 422, "InvalidView", paths);
    }
    const nothing = await call("createView", { ...at(person), body: {} });
    expectRefusal(nothing, 422, "InvalidView", ["name", "search"]);
  });
});

describe("a person's views", () => {
  test("are sorted by name, ignoring case and accents", async () => {
    const person = await newcomer();
    for (const name of ["Zebra", "élan", "apple", "Every"]) await create(person, { name });
    expect((await list(person)).map((each) => each.name)).toEqual(["apple", "élan", "Every", "Zebra"]);
  });

  test("have unique names", async () => {
    const [person, other] = [await newcomer(), await newcomer()];
    await create(person, { name: "Été" });
    const { body: second } = await create(person, { name: "Winter" });
    expectRefusal(await create(person, { name: "ete" }), 409, "ViewAlreadyExists");
    expectRefusal(await patch(person, second.id, { name: "ÉTÉ" }), 409, "ViewAlreadyExists");
    expect((await create(other, { name: "Été" })).status).toBe(201);
  });

  test("are limited in number, even if several are created concurrently", async () => {
    const person = await newcomer();
    for (let count = 0; count < viewLimit - 2; count++) await makeView(here.id, person.id);
    const answers = await Promise.all(["a", "b", "c", "d"].map((name) => create(person, { name })));
    expect(answers.map((each) => each.status).sort()).toEqual([201, 201, 422, 422]);
    expectRefusal(await create(person, { name: "e" }), 422, "InvalidView", [""]);
    const all = await list(person);
    expect(all).toHaveLength(viewLimit);
    await call("deleteView", at(person, all[0]?.id));
    expect((await create(person, { name: "e" })).status).toBe(201);
  });

  test("are invisible to everyone else", async () => {
    const [person, other] = [await newcomer(), await newcomer()];
    const id = await makeView(here.id, person.id);
    for (const stranger of [other, here.supervisor]) {
      expect((await list(stranger)).map((each) => each.id)).not.toContain(id);
      expectRefusal(await call("getView", at(stranger, id)), 404, "ViewNotFound");
      expectRefusal(await patch(stranger, id, { name: "Mine" }), 404, "ViewNotFound");
      expectRefusal(await patch(stranger, id, {}), 404, "ViewNotFound");
      expectRefusal(await call("deleteView", at(stranger, id)), 404, "ViewNotFound");
    }
    expect(await list(person)).toHaveLength(1);
  });

  test("are separate per workspace", async () => {
    const person = await newcomer();
    const id = await makeView(here.id, person.id);
    await join(elsewhere.id, person.id, { roles: [managedRole("Viewer")] });
    expect(await list(person, elsewhere.id)).toEqual([]);
    expectRefusal(await call("getView", at(person, id, elsewhere.id)), 404, "ViewNotFound");
    expectRefusal(await call("deleteView", at(person, id, elsewhere.id)), 404, "ViewNotFound");
  });

  test("are deleted with the person", async () => {
    const person = await newcomer();
    await makeView(here.id, person.id);
    const removed = await call("deleteUser", {
      params: { workspaceId: here.id, userId: person.id },
      as: here.key,
    });
    expect(removed.status).toBe(204);
    expect(await sql("SELECT id FROM saved_views WHERE user_id = $1", [person.id])).toEqual([]);
  });

  test("require permission to see agents", async () => {
    const guest = await makeMember(here.id);
    expectRefusal(await call("listViews", at(guest)), 403, "Forbidden");
  });
});

test("an access key gets an explanation why it has none", async () => {
  const answer = await call("listViews", { params: { workspaceId: here.id }, as: here.key });
  expectRefusal(answer, 403, "Forbidden");
  expect(answer.body.message).toContain("access key");
});
