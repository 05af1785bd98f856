import { gzipSync } from "node:zlib";
import { beforeAll, expect, test } from "vitest";
import { asked, expectSpoken, speak } from "@/e2e/support/api/by-hand";
import { call, raw } from "@/e2e/support/api/client";
import { expectRefusal, makeAgent, makeWorkspace, type TestWorkspace } from "@/e2e/support/api/fixtures";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
});

test.each(["TRACE", "PROPFIND", "MKCOL", "FOO", "get"])("the method %s is rejected", async (method) => {
  for (const path of ["/api/health", "/sign-in"])
    expectSpoken(await speak(asked(method, path)), 405, "MethodNotAllowed");
});

test("CONNECT is rejected", async () => {
  expectSpoken(await speak(asked("CONNECT", "evil.example:443")), 405, "MethodNotAllowed");
});

test("* is only for OPTIONS", async () => {
  expectSpoken(await speak(asked("GET", "*")), 400, "BadRequest");
  const { status, headers } = await speak(asked("OPTIONS", "*"));
  expect({ status, allow: headers.allow }).toEqual({
    status: 204,
    allow: "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS",
  });
});

test.each([
  "x-middleware-prefetch",
  "x-middleware-subrequest",
  "x-middleware-rewrite",
  "x-middleware-skip",
  "x-nextjs-data",
  "x-now-route-matches",
  "x-matched-path",
  "x-invoke-path",
  "x-invoke-status",
  "x-prerender-revalidate",
  "next-resume",
  "next-action",
  "next-router-state-tree",
  "next-router-prefetch",
  "next-url",
  "rsc",
  "purpose",
])("the header %s does not affect the API", async (name) => {
  const path = `/api/workspaces/${workspace.id}/agents`;
  for (const value of ["1", "/", "%ff"]) {
    expectSpoken(await speak(asked("GET", path, { [name]: value })), 401, "Unauthorized");
    expectSpoken(
      await speak(asked("DELETE", `${path}/${workspace.id}`, { [name]: value })),
      401,
      "Unauthorized",
    );
    const right = await speak(asked("GET", path, { [name]: value, Authorization: workspace.key }));
    expect(right.status).toBe(200);
    expect(right.headers["content-type"]).toBe("application/json");
  }
});

test.each([
  "__proto__=1",
  "limit=5&__proto__=",
  "nxtPpath=x",
  "nxtIpath=x",
  "_rsc=1",
  "%5F_proto__=1",
  "path=x",
])("the parameter in ?%s is rejected", async (query) => {
  const path = `/api/workspaces/${workspace.id}/agents?${query}`;
  expectSpoken(await speak(asked("GET", path, { Authorization: workspace.key })), 400, "InvalidQuery");
});

test.each([
  "/_next/image?url=%2Fapi%2Fhealth&w=64&q=75",
  "/_next/data/x/index.json",
  "/api/health/",
  "//api/health",
  "/%61pi/health",
])("there is nothing at %s", async (path) => expectSpoken(await speak(asked("GET", path)), 404, "NotFound"));

test("an absolute request target is handled as a path of this server", async () => {
  const { status, body, headers } = await speak(asked("GET", "http://evil.example/api/health"));
  expect({ status, body }).toEqual({ status: 200, body: { status: "ok" } });
  expect(JSON.stringify(headers)).not.toContain("evil");
});

test("an upgrade request is rejected", async () => {
  const more = { Connection: "Upgrade, close", Upgrade: "websocket" };
  const { status, body } = await speak(asked("GET", "http://127.0.0.1:1/api/health", more));
  expect({ status, body }).toEqual({ status: 200, body: { status: "ok" } });
});

test("malformed HTTP is rejected in the API's error format", async () => {
  expectSpoken(await speak("hello\r\n\r\n"), 400, "BadRequest");
  expectSpoken(await speak("GET /api/health HTTP/1.1\r\nConnection: close\r\n\r\n"), 400, "BadRequest");
  expectSpoken(await speak(asked("GET", `/api/health?${"a".repeat(20_000)}`)), 431, "BadRequest");
  const length = { "Content-Length": "4", "Transfer-Encoding": "chunked" };
  expectSpoken(await speak(asked("POST", "/api/tokens", length, "0\r\n\r\n")), 400, "BadRequest");
  const chunked = { "Content-Type": "application/json", "Transfer-Encoding": "chunked" };
  expectSpoken(await speak(asked("POST", "/api/tokens", chunked, "zz\r\n")), 400, "BadRequest");
});

test.each(["/api/health", "/api/openapi.json", "/.well-known/jwks.json"])(
  "HEAD %s returns what GET returns, without the body",
  async (path) => {
    const [get, head] = await Promise.all(["GET", "HEAD"].map((method) => speak(asked(method, path))));
    expect(head?.status).toBe(200);
    expect(head?.body).toBe("");
    expect(head?.headers["content-type"]).toBe(get?.headers["content-type"]);
    expect(head?.headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
  },
);

test("an error before a large body was read closes the connection, and the client receives it", async () => {
  const large = "x".repeat(3_000_000);
  const more = {
    "Content-Type": "application/json",
    "Content-Length": String(large.length),
    Connection: "keep-alive",
  };
  const answer = await speak(asked("POST", "/api/tokens", more, large));
  expectSpoken(answer, 413, "PayloadTooLarge");
  expect(answer.headers.connection).toBe("close");
  const upload = { ...more, "Content-Length": "900000000" };
  const none = await speak(
    asked("POST", "/api/uploads", { ...upload, "Content-Type": "multipart/form-data; boundary=x" }, large),
  );
  expectSpoken(none, 413, "PayloadTooLarge");
  expect(none.headers.connection).toBe("close");
});

test("Expect: 100-continue is rejected before the body is sent", async () => {
  const more = { Expect: "100-continue", "Content-Type": "application/json", "Content-Length": "3000000" };
  expectSpoken(await speak(asked("POST", "/api/tokens", more)), 413, "PayloadTooLarge");
});

test("a compressed body is rejected with an explanation", async () => {
  const agent = await makeAgent(workspace);
  const path = `/api/workspaces/${workspace.id}/agents/${agent.id}`;
  for (const coding of ["gzip", "deflate", "br", "zstd", "GZIP", "gzip, identity"]) {
    const answer = await raw(path, {
      method: "PATCH",
      body: new Uint8Array(gzipSync('{"name":"x"}')),
      headers: {
        "Content-Type": "application/json",
        "Content-Encoding": coding,
        Authorization: workspace.key,
      },
    });
    expectRefusal(answer, 415, "UnsupportedMediaType");
    expect(answer.body.message).toContain("compressed");
  }
  const plain = await raw(path, {
    method: "PATCH",
    body: '{"name":"Plain"}',
    headers: {
      "Content-Type": "application/json",
      "Content-Encoding": "identity",
      Authorization: workspace.key,
    },
  });
  expect(plain).toMatchObject({ status: 200, body: { name: "Plain" } });
});

test("a merge patch is accepted as PATCH", async () => {
  const agent = await makeAgent(workspace);
  const send = (method: string, path: string, type: string) =>
    raw(`/api/workspaces/${workspace.id}${path}`, {
      method,
      body: JSON.stringify({ name: type }),
      headers: { "Content-Type": type, Authorization: workspace.key },
    });
  for (const type of [
    "application/merge-patch+json",
    "application/merge-patch+json; charset=utf-8",
    "Application/Merge-Patch+JSON;charset=UTF-8",
    "application/json; charset=utf-8",
  ])
    expect(await send("PATCH", `/agents/${agent.id}`, type), type).toMatchObject({
      status: 200,
      body: { name: type },
    });
  expectRefusal(await send("POST", "/teams", "application/merge-patch+json"), 415, "UnsupportedMediaType");
  expectRefusal(
    await send("PATCH", `/agents/${agent.id}`, "application/json-patch+json"),
    415,
    "UnsupportedMediaType",
  );
});

test.each([
  "https://user:pass@pictures.example/a.png",
  "https://user@pictures.example/a.png",
  "https://:@pictures.example/a.png",
  "https://pictures.example\\@evil.example/a.png",
  "HTTPS://user:pass@pictures.example/a.png",
])("a picture at %s is rejected", async (avatarUrl) => {
  const agent = await makeAgent(workspace);
  const patch = (body: unknown) =>
    call("patchAgent", { params: { workspaceId: workspace.id, agentId: agent.id }, as: workspace.key, body });
  const answer = await patch({ avatarUrl });
  expectRefusal(answer, 422, "InvalidAgent");
  expect(Object.keys(answer.body.details ?? {})).toEqual(["avatarUrl"]);
  expect((await patch({ avatarUrl: "https://pictures.example/@a/b.png" })).status).toBe(200);
});
