import { describe, expect, it } from "vitest";
import type { Answer } from "./client";
import { expectRefusal } from "./fixtures";

type Body = Record<string, unknown>;
type Headers = Record<string, string>;

/** How to create, read, change and delete a resource. */
interface Calls {
  make: () => Promise<Answer<Body & { id: string }>>;
  get: (id: string, headers: Headers) => Promise<Answer<Body>>;
  /** Without a body, makes any change. */
  patch: (id: string, headers: Headers, body?: Body) => Promise<Answer<Body>>;
  remove: (id: string, headers: Headers) => Promise<Answer<unknown>>;
}

const tagOf = (answer: Answer<unknown>): string => {
  const tag = answer.headers.get("etag");
  expect(tag).toMatch(/^"[\w-]+\.[\w-]+"$/);
  return tag ?? "";
};

/** Tests that apply to the ETag of every resource that can be changed. */
export function describeEntityTags(noun: string, { make, get, patch, remove }: Calls): void {
  describe(`the ETag of a ${noun}`, () => {
    it("is the same after create, read and an empty change, and gives 304 on a conditional read", async () => {
      const made = await make();
      const { id } = made.body;
      const tag = tagOf(made);
      expect(tagOf(await get(id, {}))).toBe(tag);
      expect(tagOf(await patch(id, {}, {})).split(".")[0]).toBe(tag.split(".")[0]);
      const read = await get(id, {});
      expect((await get(id, { "If-None-Match": tagOf(read) })).status).toBe(304);
    });

    it("allows one change and rejects the next one with the old tag", async () => {
      const made = await make();
      const { id } = made.body;
      const changed = await patch(id, { "If-Match": tagOf(made) });
      expect(changed.status).toBe(200);
      expect(tagOf(changed)).not.toBe(tagOf(made));
      expectRefusal(await patch(id, { "If-Match": tagOf(made) }), 412, "PreconditionFailed");
      expectRefusal(await remove(id, { "If-Match": tagOf(made) }), 412, "PreconditionFailed");
      const now = await get(id, {});
      expect(now.body).toEqual(changed.body);
      expect((await get(id, { "If-None-Match": tagOf(made) })).status).toBe(200);
      expect((await patch(id, { "If-Match": `"other", ${tagOf(now)}` })).status).toBe(200);
      expect((await patch(id, { "If-Match": "*" })).status).toBe(200);
    });

    it("allows one of many concurrent changes", async () => {
      const made = await make();
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => patch(made.body.id, { "If-Match": tagOf(made) })),
      );
      expect(answers.map((answer) => answer.status).sort()).toEqual([200, ...Array(7).fill(412)]);
    });

    it.each(['"stale"', "stale", ""])("rejects %s", async (header) => {
      const { id } = (await make()).body;
      expectRefusal(await patch(id, { "If-Match": header }), 412, "PreconditionFailed");
    });

    it("allows a deletion if nobody has changed the resource", async () => {
      const made = await make();
      expect((await remove(made.body.id, { "If-Match": tagOf(made) })).status).toBe(204);
    });
  });
}
