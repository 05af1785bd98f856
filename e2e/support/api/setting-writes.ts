import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
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

type Body = Record<string, unknown>;

/** A kind of setting with its operations and sample bodies. */
interface Kind {
  /** Singular noun. */
  noun: string;
  operations: Record<"list" | "create" | "get" | "patch" | "remove" | "usage", string>;
  /** Name of its id in the path. */
  param: string;
  notFound: string;
  invalid: string;
  /** Returns a new valid draft on each call. */
  draft: () => Body;
  /** Values that the server adds to a minimal draft. */
  defaults: Body;
  /** Returns a change of every property. */
  change: () => Body;
  /** Properties that are invalid in drafts and changes, with the paths that the error must name. */
  invalidBoth: readonly (readonly [Body, readonly string[]])[];
  /** Required properties of a draft. */
  required: readonly string[];
  /** Deletes some, if a workspace can have only a few. */
  clear?: (workspaceId: string) => Promise<unknown>;
  /** The permission for writes; settings.write by default. */
  permission?: Permission;
  /** Permissions needed to change the draft's resource, besides that one. */
  within?: readonly Permission[];
}

/** Tests that apply to every kind of setting. */
export function describeSettingWrites(kind: Kind): void {
  const { operations, param, noun, draft, permission = "settings.write" } = kind;
  let here: TestWorkspace;
  let elsewhere: TestWorkspace;
  beforeAll(async () => {
    [here, elsewhere] = await Promise.all([makeWorkspace(), makeWorkspace()]);
  });
  beforeEach(() => kind.clear?.(here.id));

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
    it("returns 201 with the resource and its address", async () => {
      const body = draft();
      const answer = await create(body);
      expect(answer.status).toBe(201);
      expect(answer.body).toMatchObject({ ...body, ...kind.defaults });
      const path = new URL(answer.headers.get("location") ?? "").pathname;
      expect(path.startsWith(`/api/workspaces/${here.id}/`)).toBe(true);
      expect(path.endsWith(`/${answer.body.id}`)).toBe(true);
      expect((await on("get", answer.body.id)).body).toEqual(answer.body);
    });

    it("runs once for repeated and concurrent requests with the same idempotency key", async () => {
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

    it("handles concurrent requests", async () => {
      const before = await total();
      const answers = await Promise.all(Array.from({ length: 12 }, () => create(draft())));
      expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([201]));
      expect(await total()).toBe(before + 12);
    });

    it.each(kind.required)("requires %s", async (property) => {
      const { [property]: _, ...rest } = draft();
      expectRefusal(await create(rest), 422, kind.invalid, [property]);
    });

    it("reports all errors at once", async () => {
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
      "is rejected with $said",
      async ({ body, paths }) => {
        const before = await total();
        expectRefusal(await create({ ...draft(), ...body }), 422, kind.invalid, paths);
        expect(await total()).toBe(before);
        const one = await made();
        expectRefusal(await on("patch", one.id, { body }), 422, kind.invalid, paths);
        expect((await on("get", one.id)).body).toEqual(one);
      },
    );

    it.each(["[]", "null", "7"])("is rejected as %s", async (text) => {
      expectRefusal(await create(JSON.parse(text)), 422, kind.invalid, [""]);
    });
  });

  describe(`changing a ${noun}`, () => {
    it("changes exactly the given properties", async () => {
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

    it("changes nothing if no property is given", async () => {
      const one = await made();
      const answer = await on("patch", one.id, { body: {} });
      expect(answer).toMatchObject({ status: 200, body: one });
    });

    it("serializes concurrent changes", async () => {
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
    it("returns 204, and the resource is gone", async () => {
      const { id } = await made();
      expect((await on("usage", id)).status).toBe(200);
      expect((await on("remove", id)).status).toBe(204);
      for (const what of ["get", "patch", "remove", "usage"] as const)
        expectRefusal(await on(what, id), 404, kind.notFound);
    });

    it("succeeds once for concurrent requests", async () => {
      const { id } = await made();
      const answers = await Promise.all(Array.from({ length: 6 }, () => on("remove", id)));
      expect(answers.map((answer) => answer.status).sort()).toEqual([204, 404, 404, 404, 404, 404]);
    });
  });

  describe(`writing a ${noun}`, () => {
    const writes = ["patch", "remove", "usage"] as const;

    it("requires credentials", async () => {
      const { id } = await made();
      expectRefusal(
        await call(operations.create, { params: { workspaceId: here.id }, body: draft() }),
        401,
        "Unauthorized",
      );
      for (const what of writes) expectRefusal(await on(what, id, { as: undefined }), 401, "Unauthorized");
    });

    it("with a cookie requires a request from the product's own pages", async () => {
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

    it(`requires ${permission} and only the further permissions of the resource`, async () => {
      const { id } = await made();
      const before = await total();
      const all = ["agents.read", "agents.write", "settings.read", "people.write", "keys.write"] as const;
      const without = await makeKey(here.id, { roleId: await makeRole(here.id, all) });
      for (const as of [here.agent.auth, here.viewer.auth, without.auth]) {
        expectRefusal(await create(draft(), as), 403, "Forbidden");
        for (const what of writes) expectRefusal(await on(what, id, { as }), 403, "Forbidden");
      }
      // The key's own role also counts in the list of roles.
      expect(await total()).toBeLessThanOrEqual(before + 1);
      const roleId = await makeRole(here.id, [permission, ...(kind.within ?? [])]);
      const { auth: as } = await makeKey(here.id, { roleId });
      for (const what of ["usage", "patch", "remove"] as const)
        expect((await on(what, id, { as })).status).toBeLessThan(300);
    });

    it("of another workspace is handled like a missing one", async () => {
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

    it("requires a well-formed ID and no query", async () => {
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
