import { expect, test } from "vitest";
import { asked, expectSpoken, speak } from "@/e2e/support/api/by-hand";

test.each(["PUT", "PATCH", "DELETE", "POST"])("no page supports %s", async (method) => {
  for (const path of ["/sign-in", "/", "/agents"]) {
    const answer = await speak(asked(method, path, { "Content-Length": "0" }));
    expectSpoken(answer, 405, "MethodNotAllowed");
    expect(answer.headers.allow).toBe("GET, HEAD, OPTIONS");
  }
});

test("every page supports HEAD and OPTIONS", async () => {
  expect(await speak(asked("HEAD", "/sign-in"))).toMatchObject({ status: 200, body: "" });
  expect(await speak(asked("OPTIONS", "/sign-in"))).toMatchObject({ status: 204 });
});

test.each([
  "x-middleware-prefetch",
  "x-middleware-skip",
  "x-nextjs-data",
  "next-action",
  "x-now-route-matches",
])("a page is not affected by the header %s", async (name) => {
  const { status, headers } = await speak(asked("GET", "/sign-in", { [name]: "1" }));
  expect(status).toBe(200);
  expect(headers["content-type"]).toContain("text/html");
  expect(headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
});

test("a malformed router state is rejected", async () => {
  for (const tree of ["bad", "%ff", "[]", '{"a":1}', "%5B%22%22%5D%", "[".repeat(10_000)])
    for (const more of [{}, { rsc: "1" }])
      expectSpoken(
        await speak(asked("GET", "/sign-in", { ...more, "next-router-state-tree": tree })),
        400,
        "BadRequest",
      );
});

test("odd values of Next.js's own headers cause no server error", async () => {
  const tree = encodeURIComponent(JSON.stringify(["", { children: ["x", {}] }, null, null]));
  for (const more of [
    { "next-router-state-tree": tree },
    { "next-router-prefetch": "9" },
    { "next-router-prefetch": "1", "next-router-segment-prefetch": "/bogus" },
    { "next-url": "%ff" },
    { "next-url": "http://evil.example/" },
  ]) {
    let path = "/sign-in";
    // Next.js redirects a request without the right cache-busting parameter.
    for (let hop = 0; hop < 3; hop++) {
      const { status, headers } = await speak(asked("GET", path, { rsc: "1", ...more }));
      expect(status, JSON.stringify(more)).toBeLessThan(500);
      if (status !== 307) break;
      path = headers.location ?? "";
      expect(path).toMatch(/^\/sign-in\?_rsc/);
    }
  }
});

test.each([
  "http://evil.example/sign-in",
  "http://evil.example/",
  "http://evil.example/sign-in/",
  "http://evil.example",
])("no response to %s redirects to another host", async (target) => {
  for (const more of [{}, { rsc: "1" }, { Host: "evil.example", "X-Forwarded-Host": "evil.example" }]) {
    const { status, headers } = await speak(asked("GET", target, more));
    expect([200, 307, 308]).toContain(status);
    expect(headers.location ?? "").not.toContain("evil");
  }
});

test.each(["/_global-error", "/_error", "/_not-found", "/%5Fglobal-error"])(
  "the framework's page %s is not available",
  async (path) => expectSpoken(await speak(asked("GET", path)), 404, "NotFound"),
);

test.each([
  "/api/auth/error?error=a%0d%0aX-Evil:1",
  "/api/auth/error?error=%E2%82%AC",
  "/api/auth/csrf?callbackUrl=http://[",
  "/api/auth/signout?callbackUrl=javascript:alert(1)",
])("a query that next-auth cannot parse is a client error: %s", async (path) =>
  expectSpoken(await speak(asked("GET", path)), 400, "InvalidQuery"),
);

test("a body that next-auth cannot parse is a client error", async () => {
  const post = (type: string, body: string) =>
    speak(
      asked(
        "POST",
        "/api/auth/callback/credentials",
        { "Content-Type": type, "Content-Length": String(body.length) },
        body,
      ),
    );
  for (const body of ["{bad}", '{"email":{"a":1},"password":["x"]}', "null", '{"callbackUrl":{}}'])
    expectSpoken(await post("application/json", body), 415, "UnsupportedMediaType");
  const form = "application/x-www-form-urlencoded";
  expectSpoken(await post(form, "callbackUrl=http://["), 400, "BadRequest");
  expectSpoken(await post(form, "callbackUrl=http://127.0.0.1:3000.evil.example/"), 400, "BadRequest");
});

test("a malformed redirect cookie does not prevent signing in", async () => {
  const bad = { Cookie: "next-auth.callback-url=http%3A%2F%2F%5B" };
  for (const action of ["csrf", "providers"]) {
    const { status, headers } = await speak(asked("GET", `/api/auth/${action}`, bad));
    expect({ action, status }).toEqual({ action, status: 200 });
    expect(headers["content-type"]).toBe("application/json");
  }
});

test("next-auth provides only the endpoints that are used", async () => {
  expectSpoken(await speak(asked("GET", "/api/auth/callback/credentials")), 405, "MethodNotAllowed");
  for (const path of [
    "/api/auth/callback/other",
    "/api/auth/verify-request",
    "/api/auth/x/y/z",
    "/api/auth/constructor",
  ])
    expectSpoken(await speak(asked("GET", path)), 404, "NotFound");
  for (const method of ["PUT", "DELETE", "PATCH"])
    expectSpoken(await speak(asked(method, "/api/auth/session")), 405, "MethodNotAllowed");
  const session = await speak(
    asked("GET", "/api/auth/session", { Host: "evil.example", "x-middleware-prefetch": "1" }),
  );
  expect(session).toMatchObject({ status: 200, body: {} });
  expect(session.headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
  expect(await speak(asked("HEAD", "/api/auth/csrf"))).toMatchObject({ status: 200, body: "" });
  const providers = await speak(
    asked("GET", "/api/auth/providers", { Host: "evil.example", "X-Forwarded-Host": "evil.example" }),
  );
  expect(JSON.stringify(providers)).not.toContain("evil");
});
