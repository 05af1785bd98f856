import { describe, expect, it } from "vitest";
import { z } from "zod";
import { ApiError, type ErrorDetails } from "@/lib/platform/http/errors";
import { booleanParameter, idSchema, instantParameter, limitParameter } from "@/lib/platform/http/fields";
import {
  bodyLimit,
  detailsOf,
  parseBody,
  parseParams,
  parseQuery,
  type QueryOptions,
} from "@/lib/platform/http/parse";

/** Returns the `ApiError` that `work` throws; fails when it throws none. */
async function refusal(work: () => unknown): Promise<ApiError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

const detailsFor = (schema: z.ZodType, value: unknown): ErrorDetails =>
  detailsOf(schema.safeParse(value, { reportInput: true }).error?.issues ?? []);

describe("detailsOf", () => {
  const schema = z.strictObject({
    name: z.string().min(2, { error: "is too short." }),
    days: z.array(z.strictObject({ hour: z.int({ error: "must be whole." }) })).optional(),
  });

  it("uses dotted paths with array positions", () => {
    expect(detailsFor(schema, { name: "x", days: [{ hour: 1 }, { hour: 1.5 }] })).toEqual({
      name: ["is too short."],
      "days.1.hour": ["must be whole."],
    });
  });

  it("reports an unknown property under its own path at any depth", () => {
    expect(detailsFor(schema, { name: "xx", colour: 1, days: [{ hour: 1, minute: 2 }] })).toEqual({
      colour: ["is not a known property. Remove it."],
      "days.0.minute": ["is not a known property. Remove it."],
    });
  });

  it("ends after a hundred paths, however deep", () => {
    const unknown = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`x${index}`, 1]));
    expect(Object.keys(detailsFor(schema, { name: "xx", ...unknown }))).toHaveLength(100);
    const list = z.union([z.string(), z.array(z.enum(["monday"]))]);
    const wrong = Array.from({ length: 150_000 }, () => 1);
    expect(Object.keys(detailsFor(z.strictObject({ list }), { list: wrong }))).toHaveLength(100);
    expect(Object.keys(detailsFor(list, wrong)).slice(0, 2)).toEqual(["0", "1"]);
  });

  it("reports a missing property as required", () => {
    expect(detailsFor(schema, {})).toEqual({ name: ["is required."] });
  });

  it("says what a value must be that is no object or array", () => {
    expect(detailsFor(schema, [])).toEqual({ "": ["must be a JSON object."] });
    expect(detailsFor(schema, { name: "xx", days: {} })).toEqual({ days: ["must be an array."] });
    expect(detailsFor(schema, { name: "xx", days: [null] })).toEqual({
      "days.0": ["must be a JSON object."],
    });
  });

  it("reports an invalid body under the empty path", () => {
    expect(Object.keys(detailsFor(schema, []))).toEqual([""]);
    expect(Object.keys(detailsFor(schema, null))).toEqual([""]);
  });

  it.each(["constructor", "toString", "__proto__", "hasOwnProperty"])(
    "accepts the property name %s",
    (name) => {
      const body = JSON.parse(`{"name": "xx", ${JSON.stringify(name)}: 1}`);
      expect(Object.keys(detailsFor(schema, body))).toEqual([name]);
    },
  );

  it("reports the union branch that matched deepest", () => {
    const either = z.union([z.literal("me"), z.strictObject({ from: z.strictObject({ hour: z.int() }) })], {
      error: "must be me or a time.",
    });
    expect(Object.keys(detailsFor(z.strictObject({ at: either }), { at: { from: { hour: "x" } } }))).toEqual([
      "at.from.hour",
    ]);
    expect(detailsFor(z.strictObject({ at: either }), { at: "you" })).toEqual({
      at: ["must be me or a time."],
    });
  });

  it("reports the same message of a field once", () => {
    const twice = z.string().superRefine((_, context) => {
      context.addIssue("is wrong.");
      context.addIssue("is wrong.");
    });
    expect(detailsFor(twice, "x")).toEqual({ "": ["is wrong."] });
  });
});

describe("parseParams", () => {
  const params = z.object({ workspaceId: idSchema("The workspace.") });

  it("lowercases ids", () => {
    expect(parseParams(params, { workspaceId: "0198C0DE-7E57-7000-8000-00000000000A" })).toEqual({
      workspaceId: "0198c0de-7e57-7000-8000-00000000000a",
    });
  });

  it("rejects a malformed id with BadRequest and names the path parameter", async () => {
    const error = await refusal(() => parseParams(params, { workspaceId: "7" }));
    expect(error.code).toBe("BadRequest");
    expect(Object.keys(error.details ?? {})).toEqual(["workspaceId"]);
  });
});

describe("parseQuery", () => {
  const schema = z.strictObject({
    limit: limitParameter,
    reverse: booleanParameter.default(false),
    since: instantParameter.optional(),
    name: z.string().optional(),
    colours: z.array(z.enum(["red", "green"])).optional(),
    ids: z
      .array(z.string())
      .overwrite((values) => [...new Set(values)])
      .max(2, { error: "holds too many." })
      .optional(),
  });
  const parse = (query: string, options?: QueryOptions) =>
    parseQuery(schema, new URLSearchParams(query), options);
  const refused = async (query: string, options?: QueryOptions) => {
    const error = await refusal(() => parse(query, options));
    expect(error.code).toBe("InvalidQuery");
    return error.details ?? {};
  };

  it("applies defaults", () => {
    expect(parse("")).toEqual({ limit: 10, reverse: false });
  });

  it("reads a list from repeated keys, from commas, and from both", () => {
    for (const query of ["ids=a&ids=b", "ids=a,b", "ids=a,%20b", "ids=a,b&ids=a"])
      expect(parse(query).ids, query).toEqual(["a", "b"]);
  });

  it("removes duplicates before it checks the maximum", () => {
    expect(parse("ids=a,a,b,b,a").ids).toEqual(["a", "b"]);
  });

  it("keeps commas in a parameter that is not a list", () => {
    expect(parse("name=Doe,%20Jo").name).toBe("Doe, Jo");
  });

  it.each([
    ["colour=red", "colour"],
    ["name=", "name"],
    ["name=a&name=a", "name"],
    ["ids=", "ids"],
    ["ids=a,", "ids"],
    ["ids=a,b,c", "ids"],
    ["limit=0", "limit"],
    ["limit=101", "limit"],
    ["reverse=yes", "reverse"],
    ["since=now", "since"],
    ["__proto__=1", "__proto__"],
    ["constructor=1", "constructor"],
  ])("rejects %s and names the parameter", async (query, name) => {
    const details = await refused(query);
    expect(Object.keys(details)).toEqual([name]);
    expect(details[name]).toHaveLength(1);
  });

  it("reports all invalid parameters, with the position of an invalid list value", async () => {
    const details = await refused("limit=x&colours=red,blue&name=&shade=1");
    expect(Object.keys(details).sort()).toEqual(["colours", "limit", "name", "shade"]);
    expect(details.colours?.[0]).toMatch(/^value 2 /);
  });

  it("reads a parameter under its alias, also together with its name", () => {
    const options = { aliases: { agents: "ids" } };
    expect(parse("agents=a", options).ids).toEqual(["a"]);
    expect(parse("agents=a&ids=b", options).ids).toEqual(["a", "b"]);
  });

  it("ignores other known parameters when the exclusive one is present", async () => {
    const options = { exclusive: "ids" };
    expect(parse("ids=a&limit=1000&name=", options)).toEqual({ limit: 10, reverse: false, ids: ["a"] });
    expect(Object.keys(await refused("ids=a&shade=1", options))).toEqual(["shade"]);
    expect(Object.keys(await refused("limit=1000", options))).toEqual(["limit"]);
  });

  it("parses timestamps with any offset", () => {
    const noon = Date.UTC(2026, 2, 9, 12);
    for (const since of [
      "2026-03-09T12:00:00Z",
      "2026-03-09T13:30:00%2B01:30",
      "2026-03-09T07:00:00.000-05:00",
    ])
      expect(parse(`since=${since}`).since, since).toBe(noon);
  });
});

describe("parseBody", () => {
  const schema = z.strictObject({ name: z.string() });
  const send = (body: BodyInit | null, type = "application/json") => {
    const headers = { "Content-Type": type };
    const request = new Request("http://test/", { method: "POST", headers, body });
    return parseBody(schema, request, "InvalidAgent");
  };
  const codeOf = async (body: BodyInit | null, type?: string) => (await refusal(() => send(body, type))).code;

  it("reads JSON with any parameters of the media type", async () => {
    for (const type of ["application/json", "application/json; charset=utf-8", "Application/JSON ;x=y"])
      expect(await send('{"name":"Ü"}', type), type).toEqual({ name: "Ü" });
  });

  it.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "application/jsonp",
    "application/json-patch+json",
    "",
  ])("rejects the media type %s", async (type) => {
    expect(await codeOf('{"name":"a"}', type)).toBe("UnsupportedMediaType");
  });

  it("accepts a merge patch only for PATCH", async () => {
    const ask = (method: string, type: string) =>
      parseBody(
        schema,
        new Request("http://test/", { method, headers: { "Content-Type": type }, body: '{"name":"a"}' }),
        "InvalidAgent",
      );
    for (const type of ["application/merge-patch+json", "APPLICATION/Merge-Patch+json ; charset=utf-8"]) {
      expect(await ask("PATCH", type), type).toEqual({ name: "a" });
      expect((await refusal(() => ask("POST", type))).code, type).toBe("UnsupportedMediaType");
    }
  });

  it.each(["gzip", "br", "identity, gzip", "x-unheard-of"])(
    "rejects a body encoded as %s and names the encoding",
    async (coding) => {
      const headers = { "Content-Type": "application/json", "Content-Encoding": coding };
      const request = new Request("http://test/", { method: "POST", headers, body: '{"name":"a"}' });
      const error = await refusal(() => parseBody(schema, request, "InvalidAgent"));
      expect(error.code).toBe("UnsupportedMediaType");
      expect(error.message).toContain(`Content-Encoding: ${coding}`);
    },
  );

  it("answers BadRequest when the client aborts the upload", async () => {
    for (const length of [undefined, "100"]) {
      const body = new ReadableStream({ pull: (controller) => controller.error(new Error("aborted")) });
      const headers = { "Content-Type": "application/json", ...(length && { "Content-Length": length }) };
      const request = new Request("http://test/", {
        method: "POST",
        headers,
        body,
        duplex: "half",
      } as RequestInit);
      expect((await refusal(() => parseBody(schema, request, "InvalidAgent"))).code).toBe("BadRequest");
    }
  });

  it("reads a body of no bytes as {} where the operation allows it, and no other body without a type", async () => {
    const ask = (chunks: string[], headers: Record<string, string>) => {
      const body = new ReadableStream({
        start(controller) {
          for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
          controller.close();
        },
      });
      const request = new Request("http://test/", {
        method: "POST",
        headers,
        body,
        duplex: "half",
      } as RequestInit);
      return parseBody(schema.partial(), request, "InvalidAgent", { allowsEmptyBody: true });
    };
    const json = { "Content-Type": "application/json" };
    expect(await ask([], {})).toEqual({});
    expect(await ask([], json)).toEqual({});
    expect(await ask(['{"na', 'me":"a"}'], json)).toEqual({ name: "a" });
    expect((await refusal(() => ask(['{"name":"a"}'], {}))).code).toBe("UnsupportedMediaType");
    expect((await refusal(() => ask([" "], json))).code).toBe("BadRequest");
  });

  it.each(["", "{", "name", "{'name':'a'}", '{"name":"a"}{}'])("rejects malformed JSON: %s", async (body) => {
    expect(await codeOf(body)).toBe("BadRequest");
  });

  it("rejects a missing body and invalid UTF-8", async () => {
    expect(await codeOf(null)).toBe("BadRequest");
    expect(await codeOf(Uint8Array.from([...Buffer.from('{"name":"'), 0xff, 0x22, 0x7d]))).toBe("BadRequest");
  });

  it("accepts a body of exactly the limit and rejects one more byte", async () => {
    const padded = (size: number) => `{"name":"${"x".repeat(size - 11)}"}`;
    expect(Buffer.byteLength(padded(bodyLimit))).toBe(bodyLimit);
    expect((await send(padded(bodyLimit))).name).toHaveLength(bodyLimit - 11);
    expect(await codeOf(padded(bodyLimit + 1))).toBe("PayloadTooLarge");
  });

  it("applies another limit if one is given", async () => {
    const request = (size: number) =>
      new Request("http://test/", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: `{"name":"${"x".repeat(size - 11)}"}`,
      });
    const read = (size: number) => parseBody(schema, request(size), "InvalidAgent", { limit: 100 });
    expect((await read(100)).name).toHaveLength(89);
    const error = await refusal(() => read(101));
    expect(error.code).toBe("PayloadTooLarge");
  });

  it("stops reading a chunked body once it exceeds the limit", async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 65_536;
        controller.enqueue(new Uint8Array(65_536).fill(0x20));
      },
    });
    const request = new Request("http://test/", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: endless,
      duplex: "half",
    } as RequestInit);
    const error = await refusal(() => parseBody(schema, request, "InvalidAgent"));
    expect(error.code).toBe("PayloadTooLarge");
    expect(sent).toBeLessThan(4 * bodyLimit);
  });

  it("rejects an invalid body with the operation's error code", async () => {
    const error = await refusal(() => send('{"name":1,"age":2}'));
    expect(error.code).toBe("InvalidAgent");
    expect(error.status).toBe(422);
    expect(Object.keys(error.details ?? {}).sort()).toEqual(["age", "name"]);
  });
});
