import { createHmac, randomUUID } from "node:crypto";
import { request } from "node:http";
import {
  createLocalJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  type JSONWebKeySet,
  jwtVerify,
  SignJWT,
} from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, baseUrl, bearer, call, demo, people, raw, workspaceId } from "@/e2e/support/api/client";
import {
  demoKey,
  expectRefusal,
  join,
  makeAgent,
  makeKey,
  makeMember,
  makePerson,
  makeWorkspace,
  managedRole,
  sessionCookie,
  sql,
  type TestWorkspace,
  token,
} from "@/e2e/support/api/fixtures";
import type { Agent } from "@/lib/agents/agents/contract";
import type { Operation } from "@/lib/platform/http/operation";
import { operations } from "@/lib/routes";

let here: TestWorkspace;
let elsewhere: TestWorkspace;

beforeAll(async () => {
  [here, elsewhere] = await Promise.all([makeWorkspace(), makeWorkspace()]);
});

const list = (as: string | undefined, workspace = here.id) =>
  call<{ results: Agent[]; total: number }>("listAgents", {
    params: { workspaceId: workspace },
    as,
    query: { limit: 1 },
  });

const workspaces = (as: string | undefined) =>
  call<{ results: { id: string; name: string; slug: string; timezone: string }[] }>("listWorkspaces", { as });

const bare = (authorization: string) => authorization.replace(/^Bearer /, "");

describe("a token", () => {
  it("is issued for an email and password, and is valid for an hour", async () => {
    const before = Date.now();
    const answer = await call<{ token: string; tokenType: string; expiresAt: string }>("createToken", {
      body: { email: people.supervisor, password: demo.password },
    });
    expect(answer.status).toBe(201);
    expect(answer.body.tokenType).toBe("Bearer");
    const lifetime = Date.parse(answer.body.expiresAt) - before;
    expect(lifetime).toBeGreaterThan(3_598_000);
    expect(lifetime).toBeLessThan(3_660_000);
    const found = await workspaces(`Bearer ${answer.body.token}`);
    expect(found.body.results).toEqual([expect.objectContaining({ slug: "northwind" })]);
  });

  it("is issued for any of the person's email addresses, in any case", async () => {
    const second = `${randomUUID()}@Second.example`;
    const person = await makePerson(here.id, { emails: [`${randomUUID()}@first.example`, second] });
    for (const email of [person.email, second, second.toUpperCase(), ` ${second} `])
      expect(await token({ ...person, email })).toMatch(/^Bearer ey/);
  });

  it("is rejected with the same error for unknown people and wrong passwords", async () => {
    const person = await makePerson(here.id);
    const suspended = await makePerson(here.id, { status: "suspended" });
    const invited = await makePerson(here.id, { status: "invited" });
    const [{ password_hash: kept } = {}] = await sql("SELECT password_hash FROM users WHERE id = $1", [
      person.id,
    ]);
    const ask = (email: string, password: string) => call("createToken", { body: { email, password } });
    const answers = [
      await ask(person.email, "wrong"),
      await ask(person.email, String(kept)),
      await ask(`${randomUUID()}@nobody.example`, "a password of the tests"),
      await ask(suspended.email, "a password of the tests"),
      await ask(invited.email, "a password of the tests"),
      await ask("%", "a password of the tests"),
    ];
    for (const answer of answers) {
      expectRefusal(answer, 401, "Unauthorized");
      expect(answer.body).toEqual(answers[0]?.body);
    }
  });

  it("is not issued to a person without a password", async () => {
    const person = await makePerson(here.id);
    await sql("UPDATE users SET password_hash = NULL WHERE id = $1", [person.id]);
    for (const password of ["x", "null", "nobody has this password"])
      expectRefusal(
        await call("createToken", { body: { email: person.email, password } }),
        401,
        "Unauthorized",
      );
  });

  const malformed: [string, unknown, string[]][] = [
    ["nothing", {}, ["email", "password"]],
    ["an empty address and an empty password", { email: "", password: "" }, ["email", "password"]],
    ["numbers", { email: 1, password: 2 }, ["email", "password"]],
    ["nulls", { email: null, password: null }, ["email", "password"]],
    ["a NUL", { email: "a\0@b.example", password: "x" }, ["email"]],
    ["a lone surrogate", { email: "a@b.example", password: "\ud800" }, ["password"]],
    ["too much", { email: "x".repeat(321), password: "x".repeat(1025) }, ["email", "password"]],
    ["an unknown property", { email: "a@b.example", password: "x", otp: "1" }, ["otp"]],
    ["a list", [], [""]],
  ];
  it.each(malformed)("is rejected with 422 when requested with %s", async (_what, body, paths) => {
    expectRefusal(await call("createToken", { body }), 422, "InvalidTokenRequest", paths);
  });

  it("is rejected with 400, 415 and 413 for malformed requests", async () => {
    const ask = (body: string, type = "application/json") =>
      raw("/api/tokens", { method: "POST", headers: { "Content-Type": type }, body });
    expectRefusal(await ask("email=a"), 400, "BadRequest");
    expectRefusal(await ask("{}", "application/x-www-form-urlencoded"), 415, "UnsupportedMediaType");
    expectRefusal(await ask(`{"email":"${"x".repeat(300_000)}"}`), 413, "PayloadTooLarge");
  });

  it("can be verified by anyone with the published keys, which contain no secret", async () => {
    const answer = await call<JSONWebKeySet>("getKeySet");
    expect(answer.status).toBe(200);
    expect(answer.body.keys.length).toBeGreaterThan(0);
    for (const key of answer.body.keys) {
      expect(key).toMatchObject({ kty: "EC", crv: "P-256", alg: "ES256", use: "sig" });
      expect(Object.keys(key)).not.toContain("d");
    }
    const { payload, protectedHeader } = await jwtVerify(
      bare(here.agent.auth),
      createLocalJWKSet(answer.body),
    );
    expect(protectedHeader.alg).toBe("ES256");
    expect(payload).toMatchObject({ sub: here.agent.id, iss: new URL(baseUrl).origin });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3600);
  });

  it("is rejected when it is random, truncated, modified or unsigned", async () => {
    const good = bare(here.supervisor.auth);
    const [header = "", payload = "", signature = ""] = good.split(".");
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const kid = decodeProtectedHeader(good).kid;
    const claims = decodeJwt(good);
    const other = decodeJwt(bare(here.agent.auth));
    const none = encode({ alg: "none", kid, typ: "JWT" });
    const bad = [
      "x",
      "a.b.c",
      "..",
      `${header}.${payload}`,
      `${header}.${payload}.`,
      `${header}.${payload}.${signature.slice(0, -4)}`,
      `${header}.${encode({ ...claims, sub: other.sub })}.${signature}`,
      `${header}.${encode({ ...claims, exp: (claims.exp ?? 0) + 3600 })}.${signature}`,
      `${none}.${payload}.`,
      `${none}.${payload}.${signature}`,
      `${encode({ alg: "NONE" })}.${payload}.`,
      `${encode({ alg: "ES256" })}.${payload}.${signature}`,
      `${encode({ alg: "ES256", kid: "../../etc/passwd" })}.${payload}.${signature}`,
      `${encode({ alg: "ES256", kid: 5 })}.${payload}.${signature}`,
    ];
    for (const value of bad) {
      const answer = await list(`Bearer ${value}`);
      expectRefusal(answer, 401, "Unauthorized");
      expect(answer.headers.get("www-authenticate")).toMatch(/Bearer.*AccessKey/);
    }
    expect((await list(`Bearer ${good}`)).status).toBe(200);
  });

  it("is rejected when signed with a foreign key, even under a valid key ID, or with the public key as a MAC secret", async () => {
    const good = bare(here.supervisor.auth);
    const { kid = "" } = decodeProtectedHeader(good);
    const claims = decodeJwt(good);
    const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
    const sign = (header: Record<string, unknown>) =>
      new SignJWT(claims).setProtectedHeader({ alg: "ES256", ...header }).sign(privateKey);
    const { body } = await call<JSONWebKeySet>("getKeySet");
    const text = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const published = body.keys.find((key) => key.kid === kid);
    const unsigned = `${text({ alg: "HS256", kid, typ: "JWT" })}.${text(claims)}`;
    const mac = createHmac("sha256", JSON.stringify(published)).update(unsigned).digest("base64url");
    const jwk = await exportJWK(publicKey);
    for (const value of [
      await sign({ kid }),
      await sign({ kid: randomUUID() }),
      await sign({ kid, jwk }),
      await sign({ jwk }),
      `${unsigned}.${mac}`,
    ])
      expectRefusal(await list(`Bearer ${value}`), 401, "Unauthorized");
  });

  describe("signed with one of the product's keys but with other claims", () => {
    const kid = `test-${randomUUID()}`;
    let sign: (claims: Record<string, unknown>) => Promise<string>;

    beforeAll(async () => {
      // Published like the product's own keys, but older, so that the product does not sign with it.
      const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
      const jwk = { ...(await exportJWK(publicKey)), kid, alg: "ES256", use: "sig" };
      await sql(
        "INSERT INTO signing_keys (id, algorithm, public_jwk, private_jwk, created_at) VALUES ($1, 'ES256', $2, '', '2000-01-01')",
        [kid, jwk],
      );
      sign = (claims) => new SignJWT(claims).setProtectedHeader({ alg: "ES256", kid }).sign(privateKey);
      // The server refetches unknown keys at most once per second.
      const good = decodeJwt(bare(here.supervisor.auth));
      for (let attempt = 0; attempt < 20; attempt++) {
        if ((await list(`Bearer ${await sign(good)}`)).status === 200) return;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      throw new Error("the server does not take tokens of a new key");
    });
    afterAll(() => sql("DELETE FROM signing_keys WHERE id = $1", [kid]));

    const now = () => Math.floor(Date.now() / 1000);
    const cases: [string, () => Record<string, unknown>][] = [
      ["when it has expired", () => ({ exp: now() - 10 })],
      ["when it is not good yet", () => ({ nbf: now() + 60 })],
      ["for another audience", () => ({ aud: "somebody else" })],
      ["for no audience", () => ({ aud: undefined })],
      ["from another issuer", () => ({ iss: "https://issuer.example" })],
      ["from no issuer", () => ({ iss: undefined })],
      ["for nobody", () => ({ sub: undefined })],
      ["for a person who does not exist", () => ({ sub: randomUUID() })],
      ["for a person who is no id", () => ({ sub: "supervisor" })],
      ["with the version of an earlier password", () => ({ ver: 0 })],
      ["without a version", () => ({ ver: undefined })],
      ["with a version as a string", () => ({ ver: "1" })],
      ["without an end", () => ({ exp: undefined })],
    ];
    it.each(cases)("is rejected %s", async (_what, changed) => {
      const value = await sign({ ...decodeJwt(bare(here.supervisor.auth)), ...changed() });
      expectRefusal(await list(`Bearer ${value}`), 401, "Unauthorized");
    });
  });

  it("ends immediately when the session version rises, and a new one works", async () => {
    const person = await makeMember(here.id, { roles: [managedRole("Viewer")] });
    expect((await list(person.auth)).status).toBe(200);
    await sql("UPDATE users SET session_version = session_version + 1 WHERE id = $1", [person.id]);
    expectRefusal(await list(person.auth), 401, "Unauthorized");
    expect((await list(await token(person))).status).toBe(200);
  });

  it("gives 401 if its person is suspended everywhere, and 404 in the only workspace where they are suspended", async () => {
    const person = await makeMember(here.id, { roles: [managedRole("Viewer")] });
    await join(elsewhere.id, person.id, { roles: [managedRole("Viewer")] });
    const suspend = (workspace: string) =>
      sql("UPDATE memberships SET status = 'suspended' WHERE workspace_id = $1 AND user_id = $2", [
        workspace,
        person.id,
      ]);
    expect((await list(person.auth)).status).toBe(200);
    await suspend(here.id);
    expectRefusal(await list(person.auth), 404, "WorkspaceNotFound");
    expect((await list(person.auth, elsewhere.id)).status).toBe(200);
    expect((await workspaces(person.auth)).body.results.map((each) => each.id)).toEqual([elsewhere.id]);
    await suspend(elsewhere.id);
    expectRefusal(await list(person.auth, elsewhere.id), 401, "Unauthorized");
    expectRefusal(await workspaces(person.auth), 401, "Unauthorized");
  });

  it("is accepted with its scheme in any case, and with no other scheme", async () => {
    const value = bare(here.viewer.auth);
    for (const scheme of ["Bearer", "bearer", "BEARER"])
      expect((await list(`${scheme} ${value}`)).status).toBe(200);
    for (const header of [
      value,
      `Basic ${value}`,
      `Token ${value}`,
      "Bearer",
      "Bearer ",
      `Bearer ${value} x`,
      `Bearer, ${value}`,
      `AccessKey ${value}`,
      `Session ${(await sessionCookie(here.viewer)).replace(/^[^=]+=/, "")}`,
      "",
    ])
      expectRefusal(await list(header), 401, "Unauthorized");
  });
});

describe("an access key", () => {
  it("gives access only to its own workspace, with the permissions of its role", async () => {
    const viewer = await makeKey(here.id, { roleId: managedRole("Viewer") });
    expect((await list(viewer.auth)).status).toBe(200);
    expectRefusal(await list(viewer.auth, elsewhere.id), 404, "WorkspaceNotFound");
    expectRefusal(
      await call("createAgent", {
        params: { workspaceId: here.id },
        as: viewer.auth,
        body: { name: "x", type: "bot" },
      }),
      403,
      "Forbidden",
    );
    expect((await workspaces(viewer.auth)).body.results.map((each) => each.id)).toEqual([here.id]);
  });

  it("of the demo data works in its workspace and in no other", async () => {
    expect((await list(demoKey(), await workspaceId("northwind"))).status).toBe(200);
    expectRefusal(await list(demoKey(), await workspaceId("globex")), 404, "WorkspaceNotFound");
  });

  it("is rejected when it is wrong, truncated, in another case, expired or revoked", async () => {
    const { id, auth } = await makeKey(here.id);
    const value = auth.replace("AccessKey ", "");
    for (const wrong of [
      "x",
      "rck_",
      value.slice(0, -1),
      `${value}x`,
      value.toLowerCase(),
      value.replace("rck_", ""),
    ])
      expectRefusal(await list(`AccessKey ${wrong}`), 401, "Unauthorized");
    expectRefusal(await list(`Bearer ${value}`), 401, "Unauthorized");
    const old = await makeKey(here.id, { expiresAt: new Date(Date.now() - 1000) });
    expectRefusal(await list(old.auth), 401, "Unauthorized");
    const good = await makeKey(here.id, { expiresAt: new Date(Date.now() + 60_000) });
    expect((await list(good.auth)).status).toBe(200);
    expect((await list(auth)).status).toBe(200);
    await sql("DELETE FROM access_keys WHERE id = $1", [id]);
    expectRefusal(await list(auth), 401, "Unauthorized");
  });

  it("is accepted with its scheme in any case", async () => {
    const value = here.key.replace("AccessKey ", "");
    for (const scheme of ["accesskey", "ACCESSKEY", "AccessKey"])
      expect((await list(`${scheme} ${value}`)).status).toBe(200);
  });

  it("records when it was last used", async () => {
    const { id, auth } = await makeKey(here.id);
    const used = async () =>
      (await sql<{ at: Date | null }>("SELECT last_used_at AS at FROM access_keys WHERE id = $1", [id]))[0]
        ?.at;
    expect(await used()).toBeNull();
    const before = Date.now() - 1000;
    expect((await list(auth)).status).toBe(200);
    await expect.poll(used).not.toBeNull();
    expect((await used())?.getTime()).toBeGreaterThan(before);
  });
});

describe("a browser session", () => {
  let cookie: string;
  beforeAll(async () => {
    cookie = await sessionCookie(here.supervisor);
  });

  /** Sends only the given headers; `fetch` would add some that browsers set. */
  const plain = (method: string, path: string, headers: Record<string, string>, body?: string) =>
    new Promise<Answer<Record<string, unknown>>>((resolve, reject) => {
      const sent = request(baseUrl + path, { method, headers }, async (response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk as Buffer);
        const answer = new Headers();
        for (const [name, value] of Object.entries(response.headers)) answer.set(name, String(value));
        resolve({
          status: response.statusCode ?? 0,
          headers: answer,
          body: JSON.parse(Buffer.concat(chunks).toString() || "{}"),
        });
      });
      sent.on("error", reject);
      sent.end(body);
    });

  const write = (headers: Record<string, string>) =>
    plain(
      "PATCH",
      `/api/workspaces/${here.id}/agents/me`,
      { Cookie: cookie, "Content-Type": "application/json", ...headers },
      JSON.stringify({ bio: randomUUID() }),
    );

  it("reads as the person who signed in", async () => {
    const answer = await plain("GET", `/api/workspaces/${here.id}/agents/me`, { Cookie: cookie });
    expect(answer).toMatchObject({ status: 200, body: { id: here.supervisor.agentId } });
    const among = await plain("GET", "/api/workspaces", { Cookie: `a=b; ${cookie}; c="d"` });
    expect(among.body.results).toEqual([expect.objectContaining({ id: here.id })]);
  });

  it("writes from the product's own pages, as shown by Sec-Fetch-Site or Origin", async () => {
    const { origin } = new URL(baseUrl);
    for (const headers of [
      { "Sec-Fetch-Site": "same-origin" },
      { Origin: origin },
      { Origin: origin, "Sec-Fetch-Site": "same-origin" },
    ])
      expect((await write(headers)).status).toBe(200);
  });

  it("does not write from other origins or without an origin", async () => {
    const { origin } = new URL(baseUrl);
    const read = () => plain("GET", `/api/workspaces/${here.id}/agents/me`, { Cookie: cookie });
    const before = await read();
    const refused: Record<string, string>[] = [
      {},
      { "Sec-Fetch-Site": "cross-site" },
      { "Sec-Fetch-Site": "same-site" },
      { "Sec-Fetch-Site": "none" },
      { "Sec-Fetch-Site": "" },
      { "Sec-Fetch-Site": "cross-site", Origin: origin },
      { Origin: "https://evil.example" },
      { Origin: "null" },
      { Origin: `${origin}.evil.example` },
      { Origin: origin.replace("http:", "https:") },
      { Origin: "" },
      { Referer: `${origin}/` },
    ];
    for (const headers of refused) expectRefusal(await write(headers), 403, "Forbidden");
    expect((await read()).body).toEqual(before.body);
  });

  it("does not affect a token, which needs no origin and takes precedence over a cookie", async () => {
    const answer = await write({ Authorization: here.agent.auth, "Sec-Fetch-Site": "cross-site" });
    expect(answer).toMatchObject({ status: 200, body: { id: here.agent.agentId } });
    expectRefusal(
      await write({ Authorization: "Bearer x", "Sec-Fetch-Site": "same-origin" }),
      401,
      "Unauthorized",
    );
  });

  it("is rejected when it is random, when the session version rises, and when the person is suspended", async () => {
    const read = (value: string) => plain("GET", "/api/workspaces", { Cookie: value });
    const [name] = /[^;= ]*session-token/.exec(cookie) ?? [];
    for (const value of [`${name}=x`, `${name}=`, cookie.replace(/(session-token=.{40})./, "$1_"), "other=1"])
      expectRefusal(await read(value), 401, "Unauthorized");
    // An API token is not a session.
    expectRefusal(await read(`${name}=${bare(here.supervisor.auth)}`), 401, "Unauthorized");
    const raised = await makePerson(here.id, { roles: [managedRole("Viewer")] });
    const suspended = await makePerson(here.id, { roles: [managedRole("Viewer")] });
    const cookies = [await sessionCookie(raised), await sessionCookie(suspended)];
    for (const value of cookies) expect((await read(value)).status).toBe(200);
    await sql("UPDATE users SET session_version = 2 WHERE id = $1", [raised.id]);
    await sql("UPDATE memberships SET status = 'suspended' WHERE user_id = $1", [suspended.id]);
    for (const value of cookies) expectRefusal(await read(value), 401, "Unauthorized");
  });
});

describe("a workspace that the caller does not belong to", () => {
  it("is handled like a missing one, for every caller and operation", async () => {
    const stranger = await bearer(people.otherSupervisor);
    for (const as of [stranger, elsewhere.supervisor.auth, elsewhere.key]) {
      const foreign = await list(as);
      const missing = await list(as, randomUUID());
      expectRefusal(foreign, 404, "WorkspaceNotFound");
      expect(foreign.body).toEqual(missing.body);
    }
  });

  it("gives 400 for a malformed ID, and 401 without credentials", async () => {
    expectRefusal(await list(here.viewer.auth, "northwind"), 400, "BadRequest", ["workspaceId"]);
    expectRefusal(await list(undefined, "northwind"), 401, "Unauthorized");
    expectRefusal(await list(undefined, randomUUID()), 401, "Unauthorized");
  });

  it("is not in the caller's list of workspaces", async () => {
    const { body } = await workspaces(here.viewer.auth);
    expect(body.results).toEqual([{ id: here.id, name: "Test", slug: here.id, timezone: "Europe/Berlin" }]);
  });
});

describe("a member without a role", () => {
  it("belongs to the workspace but has no permissions", async () => {
    const { auth } = await makeMember(here.id);
    expectRefusal(await list(auth), 403, "Forbidden");
    expect((await workspaces(auth)).body.results.map((each) => each.id)).toEqual([here.id]);
  });
});

const paths = [...new Set(operations.map((each) => each.path))];
const allowedAt = (path: string): string[] => {
  const methods = (operations as readonly Operation[]).filter((each) => each.path === path);
  const taken: string[] = methods.map((each) => each.method);
  return [...taken, ...(taken.includes("GET") ? ["HEAD"] : [])].sort();
};
const filled = (path: string) => path.replace(/\{workspaceId\}/, here.id).replace(/\{\w+\}/, randomUUID());

describe("a path", () => {
  it.each(paths)("%s returns 405 with Allow for methods that it does not support", async (path) => {
    const allowed = allowedAt(path);
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
      if (allowed.includes(method)) continue;
      const answer = await raw(filled(path), {
        method,
        ...(method === "GET" ? {} : { body: "{}" }),
        headers: { Authorization: here.key, "Content-Type": "application/json" },
      });
      expectRefusal(answer, 405, "MethodNotAllowed");
      expect((answer.headers.get("allow") ?? "").split(", ").sort()).toEqual(allowed);
      expect(answer.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it("lists its methods for OPTIONS", async () => {
    const told: Record<string, string[]> = {};
    const wanted: Record<string, string[]> = {};
    for (const path of paths) {
      const answer = await raw(filled(path), { method: "OPTIONS" });
      told[path] = [
        ...(answer.headers.get("allow") ?? "").split(", ").sort(),
        answer.headers.has("x-request-id") ? "with a request id" : "without a request id",
      ];
      wanted[path] = [...allowedAt(path), "with a request id"];
    }
    expect(told).toEqual(wanted);
  });

  it("that does not exist returns 404 NotFound as JSON, below /api and /workspaces, for every method", async () => {
    for (const path of [
      "/api/nothing",
      "/api/nothing/at/all",
      `/api/workspaces/${here.id}`,
      `/api/workspaces/${here.id}/nothing`,
      `/workspaces/${here.id}/nothing`,
      `/api/workspaces/${here.id}/agents/me/nothing`,
    ])
      for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
        const answer = await raw(path, { method });
        expectRefusal(answer, 404, "NotFound");
        expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
        expect(answer.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
      }
  });

  it("of /api alone returns 404 NotFound as JSON", async () => {
    expectRefusal(await raw("/api"), 404, "NotFound");
  });

  it.each(["%zz", "%E0%A4%A", "%"])("with the malformed escape %s returns 400 as JSON", async (sequence) => {
    const answer = await raw(`/api/workspaces/${here.id}/agents/${sequence}`, {
      headers: { Authorization: here.key },
    });
    expectRefusal(answer, 400, "BadRequest");
    expect(answer.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("without /api returns the same as with it", async () => {
    const read = async (path: string) => {
      const { status, headers, body } = await raw(path, { headers: { Authorization: here.agent.auth } });
      return { status, etag: headers.get("etag"), body };
    };
    for (const rest of [
      "workspaces",
      `workspaces/${here.id}/agents/me`,
      `workspaces/${here.id}/agents/me/availability`,
      `workspaces/${here.id}/agents?sortBy=name&limit=2&agentStatuses=away,active`,
      `workspaces/${here.id}/agents?nonsense=1`,
      `workspaces/${here.id}/all-agents`,
      `workspaces/${here.id}/inbox/skills`,
    ])
      expect(await read(`/${rest}`)).toEqual(await read(`/api/${rest}`));
    expectRefusal(await raw(`/workspaces/${here.id}/agents`), 401, "Unauthorized");
    const { id } = await makeAgent(here);
    const path = `/workspaces/${here.id}/agents/${id}`;
    const patched = await raw(path, {
      method: "PATCH",
      headers: { Authorization: here.key, "Content-Type": "application/json" },
      body: JSON.stringify({ bio: "By the short path" }),
    });
    expect(patched).toMatchObject({ status: 200, body: { id, bio: "By the short path" } });
    const removed = await raw(path, { method: "DELETE", headers: { Authorization: here.key } });
    expect(removed.status).toBe(204);
  });
});

describe("every response", () => {
  it("has a request ID made by the server, never the client's", async () => {
    const own = randomUUID();
    const headers = { "X-Request-Id": own };
    const answers = [
      await raw("/api/health", { headers }),
      await raw("/api/nothing", { headers }),
      await raw("/api/workspaces", { headers }),
      await raw("/api/workspaces", { headers: { ...headers, Authorization: here.key } }),
      await raw("/api/tokens", { method: "POST", headers, body: "x" }),
      await raw("/api/health", { method: "DELETE", headers }),
      await raw("/.well-known/jwks.json", { headers }),
      await raw("/api/openapi.json", { headers }),
      await raw(`/api/workspaces/${here.id}/all-agents`, {
        headers: { ...headers, Authorization: here.key },
      }),
    ];
    const ids = answers.map((answer) => answer.headers.get("x-request-id") ?? "");
    expect(new Set(ids).size).toBe(answers.length);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(ids).not.toContain(own);
  });

  it("is not cacheable", async () => {
    for (const [path, as] of [
      ["/api/workspaces", here.key],
      [`/api/workspaces/${here.id}/agents/me`, here.agent.auth],
      [`/api/workspaces/${here.id}/all-agents`, here.key],
      ["/api/workspaces", "Bearer x"],
    ] as const) {
      const answer = await raw(path, { headers: { Authorization: as } });
      expect(answer.headers.get("cache-control")).toMatch(/no-store|private/);
    }
  });

  it("reveals no implementation details", async () => {
    const answers = [
      await raw("/api/workspaces/%27%3B--/agents", { headers: { Authorization: here.key } }),
      await raw("/api/tokens", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: '{"email":{"$gt":""},"password":"\' OR 1=1"}',
      }),
      await raw(`/api/workspaces/${here.id}/agents/me`, { headers: { Authorization: "Bearer a.b.c" } }),
    ];
    for (const answer of answers) {
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      expect(JSON.stringify(answer.body)).not.toMatch(
        /prisma|postgres|select |zod|jose|node_modules|\bat .*:\d+/i,
      );
      expect(answer.headers.get("x-powered-by")).toBeNull();
    }
  });
});

describe("without credentials", () => {
  it("health, the OpenAPI document and the keys are available, even with wrong credentials", async () => {
    for (const as of [undefined, "Bearer x", here.viewer.auth]) {
      expect((await call("getHealth", { as })).body).toEqual({ status: "ok" });
      expect((await call("getOpenApi", { as })).body).toMatchObject({
        openapi: expect.stringMatching(/^3\.1/),
      });
      expect((await call("getKeySet", { as })).status).toBe(200);
    }
  });

  it("the OpenAPI document describes every operation with its errors", async () => {
    const { body } = await call<{ paths: Record<string, Record<string, { responses: object }>> }>(
      "getOpenApi",
    );
    const described = Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.keys(methods)
        .filter((name) => ["get", "post", "patch", "delete", "put"].includes(name))
        .map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.sort()).toEqual(operations.map((each) => `${each.method} ${each.path}`).sort());
  });
});
