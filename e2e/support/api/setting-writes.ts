import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { Permission } from "@/lib/platform/security/permissions";
import { type Answer, call } from "./client";
import { describeEntityTags } from "./entity-tags";
import {
  expectRefusal,
  makeKey,
  makeRole,
  makeWorkspace,
  sessionCookie,
  type TestWorkspace,
} from "./fixtures";

type OperationId = Parameters<typeof call>[0];
type Body = Record<string, unknown>;

/** One kind of setting: its operations, and bodies for them. */
interface Kind {
  /** In the singular. */
  noun: string;
  operations: Record<"list" | "create" | "get" | "patch" | "remove" | "usage", OperationId>;
  /** Name of its id in the path. */
  param: string;
  notFound: string;
  invalid: string;
  /** What a new one is made from; another one at each call. */
  draft: () => Body;
  /** What the least draft gives, besides what it says. */
  defaults: Body;
  /** A change of everything that can be said of one. */
  change: () => Body;
  /** What is wrong in both draft and change: the properties to put in, and the paths that are to be named. */
  invalidBoth: readonly (readonly [Body, readonly string[]])[];
  /** Properties that a new one can't do without. */
  required: readonly string[];
  /** What it takes besides settings.write to change what `draft` makes. */
  within?: readonly Permission[];
}

/** What is true of every kind of setting, and how a test calls its operations. */
export function describeSettingWrites(kind: Kind): void {
  const { operations, param, noun, draft } = kind;
  let here: TestWorkspace;
  let elsewhere: TestWorkspace;
  beforeAll(async () => {
    [here, elsewhere] = await Promise.all([makeWorkspace(), makeWorkspace()]);
  });

  const create = (body: unknown, as: string | undefined = here.supervisor.auth, headers = {}) =>
    call<Body & { id: string }>(operations.create, { params: { workspaceId: here.id }, as, body, headers });
  const on = (
    what: "get" | "patch" | "remove" | "usage",
    id: string,
    options: { as?: string | undefined; in?: string; body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Answer<Body>> =>
    call(operations[what], {
      params: { workspaceId: options.in ?? here.id, [param]: id },
      as: "as" in options ? options.as : here.supervisor.auth,
      ...(options.headers ? { headers: options.headers } : {}),
      ...(what === "patch" ? { body: options.body ?? {} } : {}),
    });
  const total = async () =>
    (await call<{ total: number }>(operations.list, { params: { workspaceId: here.id }, as: here.key })).body
      .total;
  const made = async () => (await create(draft())).body;

  describe(`creating a ${noun}`, () => {
    it("answers 201 with what was made, and its address", async () => {
      const body = draft();
      const answer = await create(body);
      expect(answer.status).toBe(201);
      expect(answer.body).toMatchObject({ ...body, ...kind.defaults });
      const path = new URL(answer.headers.get("location") ?? "").pathname;
      expect(path.startsWith(`/api/workspaces/${here.id}/`)).toBe(true);
      expect(path.endsWith(`/${answer.body.id}`)).toBe(true);
      expect((await on("get", answer.body.id)).body).toEqual(answer.body);
    });

    it("takes a repeated key for the same request, whatever comes at once", async () => {
      const body = draft();
      const before = await total();
      const headers = { "Idempotency-Key": randomUUID() };
      const answers = await Promise.all(
        Array.from({ length: 6 }, () => create(body, here.supervisor.auth, headers)),
      );
      expect(answers.map((answer) => answer.status)).toEqual(Array(6).fill(201));
      expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
      expect(new Set(answers.map((answer) => answer.headers.get("location"))).size).toBe(1);
      expect(await total()).toBe(before + 1);
      expectRefusal(await create(draft(), here.supervisor.auth, headers), 409, "IdempotencyKeyReused");
    });

    it("makes as many as are asked for at once", async () => {
      const before = await total();
      const answers = await Promise.all(Array.from({ length: 12 }, () => create(draft())));
      expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([201]));
      expect(await total()).toBe(before + 12);
    });

    it.each(kind.required)("needs %s", async (property) => {
      const { [property]: _, ...rest } = draft();
      expectRefusal(await create(rest), 422, kind.invalid, [property]);
    });

    it("names every mistake at once", async () => {
      const answer = await create({ ...draft(), name: "", surprise: 1 });
      expectRefusal(answer, 422, kind.invalid, ["name", "surprise"]);
    });
  });

  describe(`a draft or a change of a ${noun}`, () => {
    const both: Kind["invalidBoth"] = [
      [{ name: "" }, ["name"]],
      [{ name: "  " }, ["name"]],
      [{ name: "a".repeat(256) }, ["name"]],
      [{ name: "a\0b" }, ["name"]],
      [{ name: null }, ["name"]],
      [{ name: 7 }, ["name"]],
      [{ id: randomUUID() }, ["id"]],
      [{ workspaceId: randomUUID() }, ["workspaceId"]],
      [{ createdAt: "2026-01-01T00:00:00.000Z" }, ["createdAt"]],
      ...kind.invalidBoth,
    ];
    it.each(both.map(([body, paths]) => ({ body, paths, said: JSON.stringify(body).slice(0, 100) })))(
      "is refused with $said",
      async ({ body, paths }) => {
        const before = await total();
        expectRefusal(await create({ ...draft(), ...body }), 422, kind.invalid, paths);
        expect(await total()).toBe(before);
        const one = await made();
        expectRefusal(await on("patch", one.id, { body }), 422, kind.invalid, paths);
        expect((await on("get", one.id)).body).toEqual(one);
      },
    );

    it.each(["[]", "null", "7"])("is refused as %s", async (text) => {
      expectRefusal(await create(JSON.parse(text)), 422, kind.invalid, [""]);
    });
  });

  describe(`changing a ${noun}`, () => {
    it("changes what is named, and all of it", async () => {
      const one = await made();
      const { id } = one;
      const change = kind.change();
      const expected = { ...one } as Body;
      for (const [property, value] of Object.entries(change)) {
        const answer = await on("patch", id, { body: { [property]: value } });
        expect(answer.status).toBe(200);
        if (property in one) expected[property] = value;
        const { updatedAt: _, ...rest } = expected;
        expect(answer.body).toMatchObject(rest);
      }
      const again = await on("patch", id, { body: kind.change() });
      expect(again.status).toBe(200);
      expect((await on("get", id)).body).toEqual(again.body);
    });

    it("leaves all as it is when nothing is named", async () => {
      const one = await made();
      const answer = await on("patch", one.id, { body: {} });
      expect(answer).toMatchObject({ status: 200, body: one });
    });

    it("is done one after the other when many come at once", async () => {
      const { id } = await made();
      const names = Array.from({ length: 12 }, () => randomUUID());
      const answers = await Promise.all(names.map((name) => on("patch", id, { body: { name } })));
      expect(answers.map((answer) => answer.status)).toEqual(Array(12).fill(200));
      expect(answers.map((answer) => answer.body.name)).toEqual(names);
    });
  });

  describeEntityTags(noun, {
    make: () => create(draft()),
    get: (id, headers) => on("get", id, { headers }),
    patch: (id, headers, body = { name: randomUUID() }) => on("patch", id, { headers, body }),
    remove: (id, headers) => on("remove", id, { headers }),
  });

  describe(`deleting a ${noun}`, () => {
    it("answers 204, and then there is none", async () => {
      const { id } = await made();
      expect((await on("usage", id)).status).toBe(200);
      expect((await on("remove", id)).status).toBe(204);
      for (const what of ["get", "patch", "remove", "usage"] as const)
        expectRefusal(await on(what, id), 404, kind.notFound);
    });

    it("is done once when many come at once", async () => {
      const { id } = await made();
      const answers = await Promise.all(Array.from({ length: 6 }, () => on("remove", id)));
      expect(answers.map((answer) => answer.status).sort()).toEqual([204, 404, 404, 404, 404, 404]);
    });
  });

  describe(`writing a ${noun}`, () => {
    const writes = ["patch", "remove", "usage"] as const;

    it("needs credentials", async () => {
      const { id } = await made();
      expectRefusal(
        await call(operations.create, { params: { workspaceId: here.id }, body: draft() }),
        401,
        "Unauthorized",
      );
      for (const what of writes) expectRefusal(await on(what, id, { as: undefined }), 401, "Unauthorized");
    });

    it("by cookie must come from the product's own pages", async () => {
      const { id } = await made();
      const cookie = await sessionCookie(here.supervisor);
      const params = { workspaceId: here.id, [param]: id };
      const headers = { Cookie: cookie, "Sec-Fetch-Site": "cross-site" };
      const bodies = { create: draft(), patch: {}, remove: undefined };
      for (const what of ["create", "patch", "remove"] as const) {
        const body = bodies[what];
        const answer = await call(operations[what], { params, headers, ...(body ? { body } : {}) });
        expectRefusal(answer, 403, "Forbidden");
      }
      expect((await on("get", id)).status).toBe(200);
    });

    it("needs settings.write and no more than the thing itself allows", async () => {
      const { id } = await made();
      const before = await total();
      const all = ["agents.read", "agents.write", "settings.read", "people.write", "keys.write"] as const;
      const without = await makeKey(here.id, { roleId: await makeRole(here.id, all) });
      for (const as of [here.agent.auth, here.viewer.auth, without.auth]) {
        expectRefusal(await create(draft(), as), 403, "Forbidden");
        for (const what of writes) expectRefusal(await on(what, id, { as }), 403, "Forbidden");
      }
      // The role of that key is itself one of the list of roles.
      expect(await total()).toBeLessThanOrEqual(before + 1);
      const roleId = await makeRole(here.id, ["settings.write", ...(kind.within ?? [])]);
      const { auth: as } = await makeKey(here.id, { roleId });
      for (const what of ["usage", "patch", "remove"] as const)
        expect((await on(what, id, { as })).status).toBeLessThan(300);
    });

    it("of another workspace is the same as of one that does not exist", async () => {
      const { id } = await made();
      const unknown = randomUUID();
      for (const what of writes) {
        const theirs = await on(what, id, { in: elsewhere.id, as: elsewhere.supervisor.auth });
        expectRefusal(theirs, 404, kind.notFound);
        const nothing = await on(what, unknown, { in: elsewhere.id, as: elsewhere.supervisor.auth });
        expect(theirs.body).toEqual(nothing.body);
        expectRefusal(await on(what, id, { as: elsewhere.supervisor.auth }), 404, "WorkspaceNotFound");
      }
      expectRefusal(await create(draft(), elsewhere.supervisor.auth), 404, "WorkspaceNotFound");
      expect((await on("get", id)).status).toBe(200);
    });

    it("needs a well-formed id and no query", async () => {
      for (const what of writes) {
        expectRefusal(await on(what, "1"), 400, "BadRequest", [param]);
        const answer = await call(operations[what], {
          params: { workspaceId: here.id, [param]: randomUUID() },
          as: here.key,
          query: { force: true },
          ...(what === "patch" ? { body: {} } : {}),
        });
        expectRefusal(answer, 400, "InvalidQuery", ["force"]);
      }
    });
  });
}
