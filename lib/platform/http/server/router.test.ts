import { expect, test } from "vitest";
import type { Method } from "@/lib/platform/http/operation";
import { createRouter } from "@/lib/platform/http/server/router";
import type { HttpServices } from "@/lib/platform/http/server/services";

/** The router itself needs only the clock, the logger and the settings. */
const services = () =>
  ({
    clock: { now: () => new Date(0) },
    logger: { info: () => undefined },
    settings: { trustedProxies: 0 },
  }) as unknown as HttpServices;

const route = (method: Method, path: string) => ({
  operation: undefined,
  method,
  path,
  handle: async (_: Request, params: Record<string, string>) => Response.json({ route: path, ...params }),
});

const dispatch = createRouter(
  [
    route("GET", "/api/health"),
    route("GET", "/api/things"),
    route("POST", "/api/things"),
    route("GET", "/api/things/{thingId}"),
    route("DELETE", "/api/things/{thingId}"),
    route("GET", "/api/things/{thingId}/parts/{partId}"),
    route("GET", "/api/things/{thingId}/parts/all"),
    route("GET", "/api/files/{key*}"),
  ],
  services,
  { "/things": "/api/things" },
);

const ask = async (path: string, method = "GET") => {
  const response = await dispatch(new Request(`http://x${path}`, { method }));
  return { status: response.status, allow: response.headers.get("allow"), body: await response.text() };
};
const found = async (path: string) => JSON.parse((await ask(path)).body);

test("finds paths with and without parameters and ignores the query", async () => {
  expect(await found("/api/health?x=/api/things")).toEqual({ route: "/api/health" });
  expect(await found("/api/things/7")).toEqual({ route: "/api/things/{thingId}", thingId: "7" });
  expect(await found("/api/things/7/parts/8")).toEqual({
    route: "/api/things/{thingId}/parts/{partId}",
    thingId: "7",
    partId: "8",
  });
});

test("prefers a literal segment to a parameter", async () => {
  expect(await found("/api/things/7/parts/all")).toEqual({
    route: "/api/things/{thingId}/parts/all",
    thingId: "7",
  });
});

test("decodes parameters, including an encoded slash", async () => {
  expect(await found("/api/things/a%2Fb%20%C3%A9")).toMatchObject({ thingId: "a/b é" });
});

test("captures the rest of a path as one parameter", async () => {
  expect(await found("/api/files/a/b/c.png")).toEqual({ route: "/api/files/{key*}", key: "a/b/c.png" });
  expect((await ask("/api/files")).status).toBe(404);
  expect((await ask("/api/files/")).status).toBe(404);
});

test("maps prefixes", async () => {
  expect(await found("/things/7")).toMatchObject({ thingId: "7" });
  expect(await found("/things")).toEqual({ route: "/api/things" });
  expect((await ask("/thingsome")).status).toBe(404);
});

test.each([
  "/",
  "/api",
  "/api/",
  "/api/Health",
  "/api/things/",
  "/api/things//parts/8",
  "/api/things/7/parts",
])("answers 404 for the unknown path %s", async (path) => {
  const { status, body } = await ask(path);
  expect(status).toBe(404);
  expect(JSON.parse(body)).toMatchObject({ code: "NotFound" });
});

test("answers 405 with Allow for a method that the path does not support", async () => {
  expect(await ask("/api/things", "PUT")).toMatchObject({ status: 405, allow: "GET, HEAD, POST" });
  expect(await ask("/api/things/7", "POST")).toMatchObject({ status: 405, allow: "GET, HEAD, DELETE" });
  expect(await ask("/api/things/7", "OPTIONS")).toEqual({
    status: 204,
    allow: "GET, HEAD, DELETE",
    body: "",
  });
  expect((await ask("/api/things", "HEAD")).status).toBe(200);
});

test("throws when two routes have the same method and path", () => {
  expect(() => createRouter([route("GET", "/a/{x}"), route("GET", "/a/{x}")], services)).toThrow(
    "two routes",
  );
});
