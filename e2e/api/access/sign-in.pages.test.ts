import { beforeAll, describe, expect, it } from "vitest";
import { type Answer, demo, people, raw } from "@/e2e/support/api/client";
import {
  expectRefusal,
  makePerson,
  makeWorkspace,
  managedRole,
  type Person,
  sessionCookie,
  type TestWorkspace,
} from "@/e2e/support/api/fixtures";

let here: TestWorkspace;

beforeAll(async () => {
  here = await makeWorkspace();
});

describe("a browser's sign-in", () => {
  it("sets a cookie that is hidden from scripts and other sites", async () => {
    const csrf = await raw("/api/auth/csrf");
    const answer = await raw("/api/auth/callback/credentials", {
      method: "POST",
      headers: {
        "Content-Type": "application/x-www-form-urlencoded",
        Cookie: csrf.headers
          .getSetCookie()
          .map((line) => line.split(";")[0])
          .join("; "),
      },
      body: new URLSearchParams({
        csrfToken: String(csrf.body.csrfToken),
        email: people.viewer,
        password: demo.password,
        json: "true",
      }),
    });
    const session = answer.headers.getSetCookie().find((line) => /session-token/.test(line)) ?? "";
    expect(session).toMatch(/; *HttpOnly/i);
    expect(session).toMatch(/; *SameSite=Lax/i);
    expect(session).toMatch(/; *Path=\/(;|$)/i);
  });

  it("is rejected for a wrong password and without the CSRF token", async () => {
    const csrf = await raw("/api/auth/csrf");
    const jar = csrf.headers
      .getSetCookie()
      .map((line) => line.split(";")[0])
      .join("; ");
    const attempt = (csrfToken: string, person: Person, password: string) =>
      raw("/api/auth/callback/credentials", {
        method: "POST",
        headers: { "Content-Type": "application/x-www-form-urlencoded", Cookie: jar },
        body: new URLSearchParams({ csrfToken, email: person.email, password, json: "true" }),
      });
    const person = await makePerson(here.id, { roles: [managedRole("Viewer")] });
    const right = "a password of the tests";
    const given = (answer: Answer<unknown>) =>
      answer.headers.getSetCookie().some((line) => /session-token(\.\d)?=[^;]/.test(line));
    expect(given(await attempt(String(csrf.body.csrfToken), person, "wrong"))).toBe(false);
    expect(given(await attempt("forged", person, right))).toBe(false);
    // Values that cannot be an email or password are treated as wrong ones, not as server errors.
    for (const [email, password] of [
      ["a\0b@example.com", right],
      [person.email, "a\0b"],
      ["x".repeat(321), right],
    ] as const) {
      const answer = await attempt(String(csrf.body.csrfToken), { ...person, email }, password);
      expect({ status: answer.status, given: given(answer) }).toEqual({ status: 401, given: false });
    }
    expect(given(await attempt(String(csrf.body.csrfToken), person, right))).toBe(true);
  });

  it.each([{ "Sec-Fetch-Site": "cross-site" }, { Origin: "https://evil.example" }])(
    "is rejected when another site sends it, told by %j",
    async (sender) => {
      const csrf = await raw("/api/auth/csrf");
      const jar = csrf.headers.getSetCookie().map((line) => line.split(";")[0]);
      const answer = await raw("/api/auth/callback/credentials", {
        method: "POST",
        headers: { "Content-Type": "application/x-www-form-urlencoded", Cookie: jar.join("; "), ...sender },
        body: new URLSearchParams({
          csrfToken: String(csrf.body.csrfToken),
          email: people.viewer,
          password: demo.password,
          json: "true",
        }),
      });
      expectRefusal(answer, 403, "Forbidden");
      expect(answer.headers.getSetCookie().filter((line) => /session-token/.test(line))).toEqual([]);
    },
  );

  it("is rejected with a body above 256 KiB", async () => {
    const body = new URLSearchParams({ email: people.viewer, password: "x".repeat(300_000) });
    const answer = await raw("/api/auth/callback/credentials", { method: "POST", body });
    expectRefusal(answer, 413, "PayloadTooLarge");
  });
});

describe("a page that requires sign-in", () => {
  it.each([
    "/w/northwind",
    "/w/northwind/agents?q=anna",
    "/w/northwind/agents?team=1,2&q=a%20b%26c",
    "/w/northwind/settings/teams?edit=1",
    "/w/northwind/agents/00000000-0000-7000-8000-000000000000?tab=voice",
    "/me",
    "/me?tab=voice",
  ])("returns to %s, independently of what else the browser sends", async (page) => {
    const answer = await raw(page, { headers: { "X-Rollcall-Page": "//evil.example/" } });
    expect(answer.status).toBe(307);
    const to = new URL(answer.headers.get("location") ?? "", "http://ours.example");
    expect(to.origin).toBe("http://ours.example");
    expect(to.pathname).toBe("/sign-in");
    expect([...to.searchParams.keys()]).toEqual(["next"]);
    const next = new URL(to.searchParams.get("next") ?? "", to);
    const wanted = new URL(page, to);
    expect([next.origin, next.pathname]).toEqual([wanted.origin, wanted.pathname]);
    expect([...next.searchParams]).toEqual([...wanted.searchParams]);
  });

  it("adds no return address for the start page", async () => {
    expect((await raw("/")).headers.get("location")).toBe("/sign-in");
  });

  it("does not redirect people who are signed in", async () => {
    const cookie = await sessionCookie(await makePerson(here.id, { roles: [managedRole("Viewer")] }));
    for (const next of [
      "//evil.example",
      "/\\\\evil.example",
      "https://evil.example",
      "/%09//evil.example",
      "/api/auth/signout",
    ]) {
      const answer = await raw(`/sign-in?next=${encodeURIComponent(next)}`, { headers: { Cookie: cookie } });
      const to = new URL(answer.headers.get("location") ?? "", "http://ours.example");
      expect({ next, origin: to.origin }).toEqual({ next, origin: "http://ours.example" });
      expect(to.pathname).not.toMatch(/^\/api\//);
    }
  });
});
