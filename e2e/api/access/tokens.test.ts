import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { call } from "@/e2e/support/api/client";
import {
  expectRefusal,
  makePerson,
  makeWorkspace,
  sql,
  type TestWorkspace,
  token,
} from "@/e2e/support/api/fixtures";
import { type OwnServer, startOwnServer } from "@/e2e/support/api/own-server";
import { parseSettings } from "@/lib/env";
import { systemClock } from "@/lib/platform/clock";
import { createServices } from "@/lib/services";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
});

describe("the product's signing key", () => {
  test("is rotated without invalidating current tokens", async () => {
    const person = await makePerson(workspace.id);
    const before = await token(person);
    const services = createServices(
      parseSettings({ ...process.env, PUBLIC_URL: "http://127.0.0.1:3000", LOG_LEVEL: "silent" }),
      systemClock,
    );
    const kids = async (at = new Date()) => (await services.auth.keySet(at)).keys.map((key) => key.kid);
    const old = await kids();
    // A separate server that has not read the keys yet: the one under test caches them for a minute.
    const server = await startOwnServer({});
    try {
      const { id } = await services.auth.rotateSigningKey(new Date());
      const published = (await server.send("GET", "/.well-known/jwks.json")).body.keys as { kid: string }[];
      expect(published.map((key) => key.kid)).toEqual([id, ...old]);
      expect((await call("listWorkspaces", { as: before })).status).toBe(200);

      const { body } = await server.send("POST", "/api/tokens", {
        body: { email: person.email, password: "a password of the tests" },
      });
      const [header = ""] = String(body.token).split(".");
      expect(JSON.parse(Buffer.from(header, "base64url").toString())).toMatchObject({
        alg: "ES256",
        kid: id,
      });

      // The old key is removed once the last token signed with it has expired.
      expect(await kids(new Date(Date.now() + 2 * 60 * 60 * 1000))).toEqual([id]);
    } finally {
      await server.stop();
      await services.db.close();
    }
  });
});

describe("an identity provider's tokens", () => {
  const audience = "rollcall-tests";
  let issuer: string;
  let provider: Server;
  let server: OwnServer;
  let published: Record<string, unknown>[] = [];
  let asked = 0;
  let broken = false;

  async function makeKey(kid: string, algorithm = "RS256") {
    const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true });
    return {
      kid,
      algorithm,
      privateKey,
      jwk: { ...(await exportJWK(publicKey)), kid, alg: algorithm, use: "sig" },
    };
  }
  type Key = Awaited<ReturnType<typeof makeKey>>;

  const now = () => Math.floor(Date.now() / 1000);
  const sign = (key: Key, claims: JWTPayload) =>
    new SignJWT({ iss: issuer, aud: audience, iat: now(), exp: now() + 300, email_verified: true, ...claims })
      .setProtectedHeader({ alg: key.algorithm, kid: key.kid })
      .sign(key.privateKey);
  const ask = (jwt: string) =>
    server.send("GET", "/api/workspaces", { headers: { Authorization: `Bearer ${jwt}` } });

  let first: Key;

  beforeAll(async () => {
    first = await makeKey("first");
    published = [first.jwk];
    provider = createServer((_, response) => {
      asked++;
      if (broken) response.writeHead(500).end();
      else
        response
          .writeHead(200, { "Content-Type": "application/json" })
          .end(JSON.stringify({ keys: published }));
    });
    await new Promise<void>((resolve) => provider.listen(0, "127.0.0.1", resolve));
    const address = provider.address();
    issuer = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
    server = await startOwnServer({
      OIDC_ISSUER: issuer,
      OIDC_AUDIENCE: audience,
      OIDC_JWKS_URL: `${issuer}/keys`,
    });
  });
  afterAll(async () => {
    await server?.stop();
    provider?.close();
  });

  test("give 503 while the provider's keys are unavailable", async () => {
    broken = true;
    const answer = await ask(await sign(first, { email: workspace.supervisor.email }));
    broken = false;
    expect(answer).toMatchObject({ status: 503, body: { code: "Unavailable" } });
    expect(answer.headers.get("retry-after")).toBeTruthy();
  });

  test("are accepted for a person with the verified email, in any case", async () => {
    const { email } = workspace.supervisor;
    for (const claims of [
      { email },
      { email: email.toUpperCase() },
      { email, email_verified: "true" },
      { email, aud: ["other", audience] },
    ]) {
      const answer = await ask(await sign(first, claims));
      expect(answer.status).toBe(200);
      expect(answer.body.results).toMatchObject([{ id: workspace.id }]);
    }
    const before = asked;
    for (let each = 0; each < 5; each++) await ask(await sign(first, { email }));
    expect(asked).toBe(before);
  });

  test("are rejected if any claim is wrong", async () => {
    const { email } = workspace.supervisor;
    const stranger = await makeKey("first");
    const bad = [
      await sign(first, {}),
      await sign(first, { email, email_verified: false }),
      await sign(first, { email, email_verified: undefined }),
      await sign(first, { email: `${randomUUID()}@nobody.example` }),
      await sign(first, { email, aud: "other" }),
      await sign(first, { email, iss: "https://other.example" }),
      await sign(first, { email, exp: now() - 120 }),
      await sign(first, { email, exp: 0 }),
      await sign(first, { email, nbf: now() + 120 }),
      await sign(stranger, { email }),
      `${Buffer.from('{"alg":"none"}').toString("base64url")}.${Buffer.from(
        JSON.stringify({ iss: issuer, aud: audience, exp: now() + 300, email, email_verified: true }),
      ).toString("base64url")}.`,
      await new SignJWT({ iss: issuer, aud: audience, exp: now() + 300, email, email_verified: true })
        .setProtectedHeader({ alg: "HS256", kid: "first" })
        .sign(new TextEncoder().encode(JSON.stringify(first.jwk))),
    ];
    for (const [index, jwt] of bad.entries()) {
      const answer = await ask(jwt);
      expect(answer, `token ${index}`).toMatchObject({ status: 401, body: { code: "Unauthorized" } });
      expect(answer.headers.get("www-authenticate")).toContain("Bearer");
    }
  });

  test("may come from a clock that is off by one minute", async () => {
    const { email } = workspace.supervisor;
    expect((await ask(await sign(first, { email, exp: now() - 45 }))).status).toBe(200);
    expect((await ask(await sign(first, { email, nbf: now() + 45, iat: now() + 45 }))).status).toBe(200);
  });

  test("are rejected for suspended and invited people", async () => {
    const suspended = await makePerson(workspace.id, { status: "suspended" });
    const invited = await makePerson(workspace.id, { status: "invited" });
    for (const { email } of [suspended, invited])
      expect((await ask(await sign(first, { email }))).status).toBe(401);
    await sql("UPDATE memberships SET status = 'active' WHERE user_id = $1", [suspended.id]);
    expect((await ask(await sign(first, { email: suspended.email }))).status).toBe(200);
  });

  test("are accepted beside the product's own, but not by a server without this provider", async () => {
    const own = await server.send("POST", "/api/tokens", {
      body: { email: workspace.supervisor.email, password: "a password of the tests" },
    });
    expect((await ask(String(own.body.token))).status).toBe(200);
    const foreign = await sign(first, { email: workspace.supervisor.email });
    expectRefusal(await call("listWorkspaces", { as: `Bearer ${foreign}` }), 401, "Unauthorized");
  });
});
