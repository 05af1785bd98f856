import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { call } from "@/e2e/support/api/client";
import { makeKey, makePerson, makeWorkspace, type TestWorkspace } from "@/e2e/support/api/fixtures";
import { type OwnServer, startOwnServer } from "@/e2e/support/api/own-server";

const password = "a password of the tests";
let workspace: TestWorkspace;

beforeAll(async () => {
  workspace = await makeWorkspace();
});

test("every response has the caller's rate limit headers", async () => {
  const key = await makeKey(workspace.id);
  const remaining = async () => {
    const { headers } = await call("listWorkspaces", { as: key.auth });
    expect(headers.get("ratelimit-policy")).toBe('"actor";q=12000;w=60');
    const [, left, seconds] = /^"actor";r=(\d+);t=(\d+)$/.exec(headers.get("ratelimit") ?? "") ?? [];
    expect(Number(seconds)).toBeGreaterThan(0);
    expect(Number(seconds)).toBeLessThanOrEqual(60);
    return Number(left);
  };
  expect(await remaining()).toBe(11_999);
  expect(await remaining()).toBe(11_998);
  const nobody = await call("listWorkspaces");
  expect(nobody.status).toBe(401);
  expect(nobody.headers.get("ratelimit-policy")).toMatch(/^"address";q=\d+;w=60$/);
});

describe("with low limits", () => {
  let server: OwnServer;
  const from = (address: string, more: Record<string, string> = {}) => ({
    "X-Forwarded-For": address,
    ...more,
  });
  const signIn = (email: string, secret: string, address: string) =>
    server.send("POST", "/api/tokens", { body: { email, password: secret }, headers: from(address) });

  beforeAll(async () => {
    server = await startOwnServer({
      RATE_LIMIT_PER_MINUTE: "5",
      RATE_LIMIT_ANONYMOUS_PER_MINUTE: "40",
      SIGN_IN_FAILURES_PER_MINUTE: "4",
      SIGN_IN_FAILURES_PER_ADDRESS_PER_MINUTE: "7",
      TRUST_PROXY: "1",
    });
  });
  afterAll(() => server?.stop());

  test("an actor above the limit gets 429 with Retry-After; others do not", async () => {
    const [busy, calm] = await Promise.all([makeKey(workspace.id), makeKey(workspace.id)]);
    const ask = (auth: string) =>
      server.send("GET", `/api/workspaces/${workspace.id}/agents`, {
        headers: from("198.51.100.1", { Authorization: auth }),
      });
    for (let each = 0; each < 5; each++) expect((await ask(busy.auth)).status).toBe(200);
    const refused = await ask(busy.auth);
    expect(refused).toMatchObject({ status: 429, body: { code: "RateLimited" } });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(refused.headers.get("ratelimit")).toMatch(/^"actor";r=0;t=\d+$/);
    expect((await ask(calm.auth)).status).toBe(200);
  });

  test("an IP address without credentials gets 429; others and health checks do not", async () => {
    const ask = (address: string, path = "/api/workspaces") =>
      server.send("GET", path, { headers: from(address) });
    for (let each = 0; each < 40; each++) expect((await ask("198.51.100.2")).status).toBe(401);
    expect((await ask("198.51.100.2")).status).toBe(429);
    expect((await ask("198.51.100.2", "/.well-known/jwks.json")).status).toBe(429);
    expect((await ask("198.51.100.2", "/api/health")).status).toBe(200);
    expect((await ask("198.51.100.3")).status).toBe(401);
  });

  test("addresses in one IPv6 network count together", async () => {
    const ask = (address: string) => server.send("GET", "/.well-known/jwks.json", { headers: from(address) });
    for (let each = 0; each < 40; each++)
      expect((await ask(`2001:db8:1:2::${each.toString(16)}`)).status).toBe(200);
    expect((await ask("2001:db8:1:2:ffff::1")).status).toBe(429);
    expect((await ask("2001:db8:1:3::1")).status).toBe(200);
  });

  test("an X-Forwarded-For header from the client itself is ignored", async () => {
    for (let each = 0; each < 40; each++)
      await server.send("GET", "/.well-known/jwks.json", {
        headers: from(`10.0.0.${each}, 198.51.100.4`, { "X-Rollcall-Client-Address": `10.0.1.${each}` }),
      });
    const answer = await server.send("GET", "/.well-known/jwks.json", {
      headers: from("10.0.0.99, 198.51.100.4"),
    });
    expect(answer.status).toBe(429);
  });

  test("failed sign-ins lock one IP address out of the account, and no one else", async () => {
    const person = await makePerson(workspace.id);
    for (let each = 0; each < 4; each++)
      expect((await signIn(person.email, "wrong", "198.51.100.5")).status).toBe(401);
    const locked = await signIn(person.email, password, "198.51.100.5");
    expect(locked).toMatchObject({ status: 429, body: { code: "RateLimited" } });
    expect(Number(locked.headers.get("retry-after"))).toBeGreaterThan(0);
    // The owner can still sign in from another address.
    expect((await signIn(person.email, password, "198.51.100.6")).status).toBe(201);
    // So can other people behind the same address.
    const colleague = await makePerson(workspace.id);
    expect((await signIn(colleague.email, password, "198.51.100.5")).status).toBe(201);
  });

  test("an unknown account counts like a known one", async () => {
    const email = `${randomUUID()}@nobody.example`;
    for (let each = 0; each < 4; each++)
      expect((await signIn(email, "wrong", "198.51.100.7")).status).toBe(401);
    expect((await signIn(email, "wrong", "198.51.100.7")).status).toBe(429);
  });

  test("concurrent attempts get no more guesses than sequential ones", async () => {
    const person = await makePerson(workspace.id);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => signIn(person.email, "wrong", "198.51.100.8")),
    );
    expect(answers.filter((answer) => answer.status === 401)).toHaveLength(4);
    expect(answers.filter((answer) => answer.status === 429)).toHaveLength(16);
  });

  test("concurrent sign-ins with the right password are all accepted", async () => {
    const person = await makePerson(workspace.id);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => signIn(person.email, password, "198.51.100.9")),
    );
    expect(answers.map((answer) => answer.status)).toEqual(Array(10).fill(201));
  });

  test("an IP address that tries many accounts is locked out of all of them", async () => {
    const person = await makePerson(workspace.id);
    for (let each = 0; each < 7; each++)
      expect((await signIn(`${randomUUID()}@x.example`, "wrong", "198.51.100.10")).status).toBe(401);
    expect((await signIn(person.email, password, "198.51.100.10")).status).toBe(429);
  });
});

test("without a trusted proxy, X-Forwarded-For is ignored", async () => {
  const server = await startOwnServer({ RATE_LIMIT_ANONYMOUS_PER_MINUTE: "3" });
  try {
    const ask = (address: string) =>
      server.send("GET", "/.well-known/jwks.json", { headers: { "X-Forwarded-For": address } });
    for (let each = 0; each < 3; each++) expect((await ask(`198.51.100.${each}`)).status).toBe(200);
    expect((await ask("198.51.100.9")).status).toBe(429);
  } finally {
    await server.stop();
  }
});
