import { connect } from "node:net";
import { expect, test } from "vitest";
import { baseUrl, raw } from "@/e2e/support/api/client";
import { makeWorkspace } from "@/e2e/support/api/fixtures";
import { everywhere, policyOf } from "@/e2e/support/api/header-expectations";
import { startOwnServer } from "@/e2e/support/api/own-server";

test.each([
  "/api/health",
  "/api/openapi.json",
  "/api/workspaces",
  "/api/nowhere",
  "/api/%ff",
  "/workspaces/x/agents",
  "/.well-known/jwks.json",
])("%s has the headers of the API", async (path) => {
  const { headers } = await raw(path);
  for (const [name, value] of Object.entries(everywhere)) expect(headers.get(name), name).toBe(value);
  expect(headers.get("permissions-policy")).toContain("camera=(self)");
  expect(policyOf(headers)).toBe("default-src 'none'; frame-ancestors 'none'; base-uri 'none'");
  expect(headers.get("strict-transport-security")).toBeNull();
  expect(headers.get("x-powered-by")).toBeNull();
});

/** Sends a raw request, because `fetch` normalizes paths. */
function byHand(path: string, method = "GET"): Promise<string> {
  const { hostname, port } = new URL(baseUrl);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () =>
      socket.write(`${method} ${path} HTTP/1.1\r\nHost: ${hostname}\r\nConnection: close\r\n\r\n`),
    );
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk.toString();
    });
    socket.on("end", () => resolve(text));
    socket.on("error", reject);
  });
}

test.each(["/api/%ff", "/api/workspaces/%E0%A4%A", "/api/workspaces/%", "/%c3%28", "/api/%zz?x=1"])(
  "the malformed path %s returns 400 in the API's format",
  async (path) => {
    const answer = await byHand(path);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toMatch(/x-request-id: [0-9a-f-]{36}/i);
    expect(JSON.parse(answer.slice(answer.indexOf("\r\n\r\n") + 4))).toMatchObject({ code: "BadRequest" });
    const head = await byHand(path, "HEAD");
    expect(head).toMatch(/^HTTP\/1\.1 400 /);
    expect(head.slice(head.indexOf("\r\n\r\n") + 4)).toBe("");
  },
);

test("a malformed query alone is reported as an error of the query", async () => {
  expect(await byHand("/api/health?a=%ff")).toMatch(/^HTTP\/1\.1 400 [\s\S]*InvalidQuery/);
});

test("the alias path of the workspaces responds like the API", async () => {
  const workspace = await makeWorkspace();
  const { status, headers } = await raw(`/workspaces/${workspace.id}/agents`, {
    headers: { Authorization: workspace.key },
  });
  expect(status).toBe(200);
  expect(policyOf(headers)).toContain("default-src 'none'");
});

test("behind TLS, responses have Strict-Transport-Security", async () => {
  const server = await startOwnServer({ PUBLIC_URL: "https://rollcall.example.com" });
  try {
    for (const path of ["/api/health", "/sign-in"]) {
      const { headers } = await server.send("GET", path);
      expect(headers.get("strict-transport-security")).toBe("max-age=63072000; includeSubDomains");
    }
  } finally {
    await server.stop();
  }
});
