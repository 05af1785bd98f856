import { expect, test } from "vitest";
import { expectRefusal, get, head, open } from "./test-front";

test.each([
  ["a WebDAV method", `PROPFIND /api/health HTTP/1.1\r\n${head}\r\n`, 405, "MethodNotAllowed"],
  ["an unknown method", `FOO /api/health HTTP/1.1\r\n${head}\r\n`, 405, "MethodNotAllowed"],
  ["a lower-case method", `get /api/health HTTP/1.1\r\n${head}\r\n`, 405, "MethodNotAllowed"],
  ["TRACE", `TRACE /api/health HTTP/1.1\r\n${head}\r\n`, 405, "MethodNotAllowed"],
  ["CONNECT", "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n", 405, "MethodNotAllowed"],
  ["a write to a page", `DELETE /sign-in HTTP/1.1\r\n${head}\r\n`, 405, "MethodNotAllowed"],
  ["a form sent to a page", `POST / HTTP/1.1\r\n${head}Content-Length: 0\r\n\r\n`, 405, "MethodNotAllowed"],
  ["GET *", get("*"), 400, "BadRequest"],
  ["no path", get("health"), 400, "BadRequest"],
  ["another scheme", get("ftp://x/api/health"), 400, "BadRequest"],
  ["dot segments in the path", get("/x/../api/health"), 400, "BadRequest"],
  ["escaped dot segments in the path", get("/x/%2e%2E/api/health"), 400, "BadRequest"],
  ["a backslash", get("/\\evil.example/"), 400, "BadRequest"],
  ["a fragment", get("/api/health#x"), 400, "BadRequest"],
  ["a broken escape", get("/api/%ff"), 400, "BadRequest"],
  ["a path that looks like a host", get("//evil.example/x"), 404, "NotFound"],
  ["an escaped path that looks like a host", get("/%2fevil.example"), 404, "NotFound"],
  ["an API path with a trailing slash", get("/api/health/"), 404, "NotFound"],
  ["an escaped API path", get("/%61pi/health"), 404, "NotFound"],
  ["the image optimizer", get("/_next/image?url=%2Fapi%2Fhealth&w=64&q=75"), 404, "NotFound"],
  ["page data", get("/_next/data/x/index.json"), 404, "NotFound"],
  ["a parameter that Next.js drops", get("/api/health?__proto__=1"), 400, "InvalidQuery"],
  ["an escaped parameter that Next.js drops", get("/api/health?a=1&%5f_proto_%5F=1"), 400, "InvalidQuery"],
  ["an internal parameter of Next.js", get("/api/health?nxtPpath=1"), 400, "InvalidQuery"],
  ["no Host header", "GET /api/health HTTP/1.1\r\nConnection: close\r\n\r\n", 400, "BadRequest"],
  ["two Host headers", `GET / HTTP/1.1\r\nHost: y\r\n${head}\r\n`, 400, "BadRequest"],
  ["a Host with a path", "GET / HTTP/1.1\r\nHost: a/b@c\r\nConnection: close\r\n\r\n", 400, "BadRequest"],
  ["two Authorization headers", get("/api/x", "Authorization: a\r\nauthorization: b\r\n"), 400, "BadRequest"],
  ["HTTP/0.9", "GET /api/health\r\n\r\n", 505, "BadRequest"],
  ["HTTP/2.0", `GET /api/health HTTP/2.0\r\n${head}\r\n`, 505, "BadRequest"],
  [
    "two Content-Length headers",
    `POST /api/x HTTP/1.1\r\n${head}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
    400,
    "BadRequest",
  ],
  [
    "Content-Length and chunked encoding",
    `POST /api/x HTTP/1.1\r\n${head}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    400,
    "BadRequest",
  ],
  ["a negative length", `POST /api/x HTTP/1.1\r\n${head}Content-Length: -1\r\n\r\n`, 400, "BadRequest"],
  [
    "an invalid chunk",
    `POST /api/x HTTP/1.1\r\n${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n`,
    400,
    "BadRequest",
  ],
  [
    "a compressed transfer encoding",
    `POST /api/x HTTP/1.1\r\n${head}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
    415,
    "UnsupportedMediaType",
  ],
  ["a folded header", get("/api/x", "X-A: b\r\n c\r\n"), 400, "BadRequest"],
  ["a space before a colon", get("/api/x", "X-A : b\r\n"), 400, "BadRequest"],
  ["line breaks without CR", "GET /api/x HTTP/1.1\nHost: x\n\n", 400, "BadRequest"],
  ["too long an address", get(`/api/x?${"a".repeat(20_000)}`), 431, "BadRequest"],
  ["too many headers", get("/api/x", "a:\r\n".repeat(300)), 431, "BadRequest"],
  ["a handshake for TLS", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400, "BadRequest"],
  ["no HTTP", "hello\r\n\r\n", 400, "BadRequest"],
  ["an unknown expectation", get("/api/x", "Expect: magic\r\n"), 417, "BadRequest"],
])("%s is refused with an API error", async (_, text, status, code) => {
  const { talk, seen } = await open();
  expectRefusal(await talk(text), status, code);
  expect(seen).toEqual([]);
});

test("OPTIONS lists the methods of the server and of pages", async () => {
  const { talk } = await open();
  expect(await talk(`OPTIONS * HTTP/1.1\r\n${head}\r\n`)).toMatch(
    /^HTTP\/1\.1 204 [\s\S]*Allow: GET, HEAD, POST,/,
  );
  expect(await talk(`OPTIONS /sign-in HTTP/1.1\r\n${head}\r\n`)).toMatch(
    /204 [\s\S]*Allow: GET, HEAD, OPTIONS\r/,
  );
});

test("a request target with a host is resolved as a local path", async () => {
  const { talk, seen } = await open();
  await talk(get("http://evil.example/api/health?a=1"));
  await talk(get("HTTPS://evil.example:8080"));
  await talk(get("http://evil.example?a=1"));
  expect(seen.map((each) => each.url)).toEqual(["/api/health?a=1", "/", "/?a=1"]);
  expectRefusal(await talk(get("http://evil.example//other.example/")), 404, "NotFound");
});

const ownLanguage =
  "x-middleware-prefetch: 1\r\nX-Middleware-Subrequest: a:a\r\nx-nextjs-data: 1\r\nx-now-route-matches: 1\r\n" +
  "x-matched-path: /\r\nx-invoke-path: /\r\nx-forwarded-host: evil.example\r\nx-forwarded-port: 1\r\n" +
  "next-action: 1\r\nnext-resume: 1\r\nx-prerender-revalidate: 1\r\nx-rewrite-url: /x\r\nx-forwarded-proto: https\r\n" +
  "x-rollcall-client-address: 10.0.0.1\r\n";
const ofPages = "RSC: 1\r\nnext-url: /\r\nnext-router-state-tree: x\r\nnext-router-prefetch: 1\r\n";

test("Next.js' internal headers are removed, from parsed and raw headers", async () => {
  const { talk, seen } = await open();
  await talk(get("/api/x", `${ownLanguage}${ofPages}X-Request-Purpose: kept\r\n`));
  await talk(get("/page", ownLanguage + ofPages));
  const names = ["host", "connection", "x-rollcall-client-address"].sort();
  expect(Object.keys(seen[0]?.headers ?? {}).sort()).toEqual([...names, "x-request-purpose"].sort());
  expect(seen[0]?.headers["x-rollcall-client-address"]).toBe("127.0.0.1");
  expect(
    seen[0]?.raw
      .filter((_, at) => at % 2 === 0)
      .map((name) => name.toLowerCase())
      .sort(),
  ).toEqual([...names, "x-request-purpose"].sort());
  expect(Object.keys(seen[1]?.headers ?? {}).sort()).toEqual(
    [...names, "rsc", "next-url", "next-router-state-tree", "next-router-prefetch"].sort(),
  );
});

test("a trusted proxy can set the protocol", async () => {
  const { talk, seen } = await open({ behindProxy: true });
  await talk(get("/api/x", "X-Forwarded-Proto: https\r\nX-Forwarded-Host: evil.example\r\n"));
  await talk(get("/api/x", "X-Forwarded-Proto: javascript\r\n"));
  expect(seen.map(({ headers }) => headers["x-forwarded-proto"])).toEqual(["https", undefined]);
  expect(seen[0]?.headers["x-forwarded-host"]).toBeUndefined();
});

test("an upgrade request is treated like any other", async () => {
  const { talk, seen } = await open();
  const text =
    "GET http://127.0.0.1:9/x HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n";
  expect(await talk(text)).toMatch(/^HTTP\/1\.1 200 /);
  expect(seen.map((each) => each.url)).toEqual(["/x"]);
});

test("an escaped slash is part of a name, not a separator", async () => {
  const { talk, seen } = await open();
  await talk(get("/api/files/..%2f..%2fsecret"));
  expect(seen.map((each) => each.url)).toEqual(["/api/files/..%2f..%2fsecret"]);
});

test("every response has an id", async () => {
  const { talk } = await open();
  expect(await talk(get("/api/x"))).toMatch(/\r\nX-Request-Id: [0-9a-f-]{36}\r/);
});

test("HTTP/1.0 works without a Host header", async () => {
  const { talk } = await open();
  expect(await talk("GET /api/x HTTP/1.0\r\n\r\n")).toMatch(/^HTTP\/1\.1 200 [\s\S]*\r\n\r\n\/api\/x$/);
});
