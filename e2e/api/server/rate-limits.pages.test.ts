import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makePerson, makeWorkspace, type TestWorkspace } from "@/e2e/support/api/fixtures";
import { type OwnServer, startOwnServer } from "@/e2e/support/api/own-server";

const password = "a password of the tests";
let workspace: TestWorkspace;
let server: OwnServer;

const from = (address: string, more: Record<string, string> = {}) => ({
  "X-Forwarded-For": address,
  ...more,
});
const signIn = (email: string, secret: string, address: string) =>
  server.send("POST", "/api/tokens", { body: { email, password: secret }, headers: from(address) });

beforeAll(async () => {
  workspace = await makeWorkspace();
  server = await startOwnServer({
    RATE_LIMIT_ANONYMOUS_PER_MINUTE: "40",
    SIGN_IN_FAILURES_PER_MINUTE: "4",
    SIGN_IN_FAILURES_PER_ADDRESS_PER_MINUTE: "7",
    TRUST_PROXY: "1",
  });
});
afterAll(() => server?.stop());

describe("a browser sign-in", () => {
  test("counts together with token requests", async () => {
    const person = await makePerson(workspace.id);
    const address = "198.51.100.11";
    const browser = async (secret: string) => {
      const csrf = await server.send("GET", "/api/auth/csrf", { headers: from(address) });
      const cookie = csrf.headers
        .getSetCookie()
        .map((line) => line.split(";")[0])
        .join("; ");
      const response = await fetch(`${server.url}/api/auth/callback/credentials`, {
        method: "POST",
        redirect: "manual",
        headers: from(address, { Cookie: cookie, "Content-Type": "application/x-www-form-urlencoded" }),
        body: new URLSearchParams({
          csrfToken: String(csrf.body.csrfToken),
          email: person.email,
          password: secret,
          json: "true",
        }),
      });
      return { status: response.status, headers: response.headers, body: await response.json() };
    };
    for (let each = 0; each < 2; each++) expect((await browser("wrong")).status).toBe(401);
    for (let each = 0; each < 2; each++)
      expect((await signIn(person.email, "wrong", address)).status).toBe(401);
    const refused = await browser(password);
    expect(refused).toMatchObject({ status: 429, body: { code: "RateLimited" } });
    expect(refused.body.url).toContain("error=RateLimited");
    expect(refused.headers.get("retry-after")).toBeTruthy();
    expect((await signIn(person.email, password, address)).status).toBe(429);
  });

  test("shares the rate limit of its IP address with the API", async () => {
    const ask = (path: string) => server.send("GET", path, { headers: from("198.51.100.2") });
    for (let each = 0; each < 40; each++) expect((await ask("/api/workspaces")).status).toBe(401);
    expect((await ask("/api/auth/csrf")).status).toBe(429);
  });
});
