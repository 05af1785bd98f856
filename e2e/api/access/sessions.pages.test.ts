import { beforeAll, describe, expect, it } from "vitest";
import { baseUrl, call, raw } from "@/e2e/support/api/client";
import {
  expectRefusal,
  makePerson,
  makeWorkspace,
  managedRole,
  sealedCookie,
  signedIn,
  sql,
  type TestWorkspace,
} from "@/e2e/support/api/fixtures";
import type { Session } from "@/lib/access/sessions/contract";

let here: TestWorkspace;
beforeAll(async () => {
  here = await makeWorkspace();
});

const viewer = () => makePerson(here.id, { roles: [managedRole("Viewer")] });
const read = (cookie: string) => call("listWorkspaces", { headers: { Cookie: cookie } });
const page = (cookie: string) => raw("/no-workspace", { headers: { Cookie: cookie } });
const list = async (cookie: string) =>
  (await call<{ results: Session[] }>("listSessions", { headers: { Cookie: cookie } })).body.results;
/** Returns the cookies without the session, as next-auth keeps the others. */
const sessionPart = (jar: string) =>
  jar
    .split("; ")
    .filter((pair) => /session-token/.test(pair))
    .join("; ");

async function signOut(jar: string) {
  const csrf = await raw("/api/auth/csrf", { headers: { Cookie: jar } });
  return raw("/api/auth/signout", {
    method: "POST",
    headers: { Cookie: jar, "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ csrfToken: String(csrf.body.csrfToken), callbackUrl: baseUrl, json: "true" }),
  });
}

describe("signing out", () => {
  it("ends the session, so that a copied cookie is rejected", async () => {
    const jar = await signedIn(await viewer());
    const copy = sessionPart(jar);
    expect((await read(copy)).status).toBe(200);
    const answer = await signOut(jar);
    expect(answer.status).toBe(200);
    expect(answer.headers.getSetCookie().join("\n")).toMatch(/session-token=;/);
    expectRefusal(await read(copy), 401, "Unauthorized");
    expect((await page(copy)).headers.get("location")).toBe("/");
    const asked = await raw("/api/auth/session", { headers: { Cookie: copy } });
    expect(asked).toMatchObject({ status: 200, body: {} });
    expect(JSON.stringify(asked.body)).not.toContain("@");
    expect(asked.headers.getSetCookie().join("\n")).not.toMatch(/session-token=[^;]/);
  });

  it("does not affect the other browser, and may happen twice concurrently", async () => {
    const person = await viewer();
    const [first, second] = [await signedIn(person), await signedIn(person)];
    const answers = await Promise.all([signOut(first), signOut(first), signOut(first)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expectRefusal(await read(sessionPart(first)), 401, "Unauthorized");
    expect((await read(sessionPart(second))).status).toBe(200);
    expect(await list(second)).toHaveLength(1);
  });

  it("requires the CSRF token", async () => {
    const jar = await signedIn(await viewer());
    await raw("/api/auth/signout", {
      method: "POST",
      headers: { Cookie: jar, "Content-Type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ csrfToken: "forged", json: "true" }),
    });
    expect((await read(sessionPart(jar))).status).toBe(200);
  });
});

describe("signing in", () => {
  it("starts a new session, never the one of a cookie that was sent", async () => {
    const person = await viewer();
    const before = await signedIn(person);
    const [old] = await list(before);
    const after = await signedIn(person, before);
    const sessions = await list(after);
    expect(sessions).toHaveLength(1);
    expect(sessions[0]?.id).not.toBe(old?.id);
    expectRefusal(await read(sessionPart(before)), 401, "Unauthorized");
  });

  it("as someone else replaces the browser's session and ends the previous one", async () => {
    const [one, other] = [await viewer(), await viewer()];
    const first = await signedIn(one);
    const second = await signedIn(other, first);
    expectRefusal(await read(sessionPart(first)), 401, "Unauthorized");
    expect(await list(second)).toHaveLength(1);
  });

  it("records the user agent and IP address", async () => {
    const jar = await signedIn(await viewer(), "", { "User-Agent": "Tests/1.0 (of sessions)" });
    const [session] = await list(jar);
    expect(session).toMatchObject({ current: true, userAgent: "Tests/1.0 (of sessions)" });
    expect(session?.address).toMatch(/127\.0\.0\.1|::1/);
  });
});

describe("next-auth's session endpoint", () => {
  it("returns a valid session, which keeps its ID", async () => {
    const person = await viewer();
    const jar = await signedIn(person);
    const asked = await raw("/api/auth/session", { headers: { Cookie: jar } });
    expect(asked.body).toMatchObject({ user: { email: person.email } });
    const renewed = asked.headers
      .getSetCookie()
      .map((line) => line.split(";")[0] ?? "")
      .filter((pair) => /session-token/.test(pair))
      .join("; ");
    expect((await list(renewed)).map(({ id }) => id)).toEqual((await list(jar)).map(({ id }) => id));
    await signOut(jar);
    expectRefusal(await read(renewed), 401, "Unauthorized");
  });
});

describe("a page", () => {
  it("asks to sign in if the cookie has no session ID or the session has ended", async () => {
    const person = await viewer();
    const old = await sealedCookie({ sub: person.id, name: person.name, email: person.email, version: 1 });
    const jar = await signedIn(person);
    await sql("UPDATE sessions SET last_seen_at = now() - interval '13 hours' WHERE user_id = $1", [
      person.id,
    ]);
    for (const cookie of [old, jar]) {
      const answer = await raw("/me?tab=voice", { headers: { Cookie: cookie } });
      expect(answer.status).toBe(307);
      expect(answer.headers.get("location")).toBe(`/sign-in?next=${encodeURIComponent("/me?tab=voice")}`);
      const form = await raw("/sign-in", { headers: { Cookie: cookie } });
      expect(form.status).toBe(200);
    }
  });
});
