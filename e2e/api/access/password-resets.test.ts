import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { call } from "@/e2e/support/api/client";
import {
  expectRefusal,
  join,
  makeKey,
  makeMember,
  makePerson,
  makeRole,
  makeWorkspace,
  managedRole,
  sessionCookie,
  sql,
  type TestWorkspace,
} from "@/e2e/support/api/fixtures";
import { plainMail, startMailbox } from "@/e2e/support/api/mailbox";
import { type OwnServer, startOwnServer } from "@/e2e/support/api/own-server";

const chosen = "three words of mine";
let here: TestWorkspace;
let mailbox: Awaited<ReturnType<typeof startMailbox>>;
let server: OwnServer;

beforeAll(async () => {
  mailbox = await startMailbox();
  [here, server] = await Promise.all([
    makeWorkspace(),
    startOwnServer({
      SMTP_URL: `smtp://127.0.0.1:${mailbox.port}`,
      MAIL_FROM: "Rollcall <rollcall@example.com>",
      TRUST_PROXY: "1",
    }),
  ]);
});
afterAll(async () => {
  await server?.stop();
  mailbox?.server.close();
});

let network = 0;
/** Uses a new IP address per request, so that tests do not share rate limits. */
const forgot = (email: string, headers: Record<string, string> = {}) =>
  server.send("POST", "/api/password/forgot", {
    body: { email },
    headers: { "X-Forwarded-For": `198.51.100.${++network}`, ...headers },
  });
const reset = (token: string, password = chosen) =>
  server.send("POST", "/api/password/reset", { body: { token, password } });
const tokenFor = (email: string, password: string) => call("createToken", { body: { email, password } });
const viewer = () => makeMember(here.id, { roles: [managedRole("Viewer")] });

const mailsTo = (email: string) => mailbox.mails.filter((mail) => mail.includes(`To: ${email}`));
async function linkFor(
  email: string,
  headers?: Record<string, string>,
): Promise<{ token: string; text: string }> {
  const before = mailsTo(email).length;
  expect((await forgot(email, headers)).status).toBe(202);
  await expect.poll(() => mailsTo(email).length).toBe(before + 1);
  const text = plainMail(mailsTo(email).at(-1) ?? "");
  return { token: /\/reset\/([\w-]{43})/.exec(text)?.[1] ?? "", text };
}

describe("a forgotten password", () => {
  test("is reset through the link in the email, which ends all sessions and tokens", async () => {
    const person = await viewer();
    const cookie = await sessionCookie(person);
    const { token, text } = await linkFor(person.email);
    expect(text).toContain(`${server.url}/reset/${token}`);
    expect((await reset(token)).status).toBe(204);
    expectRefusal(await call("listWorkspaces", { headers: { Cookie: cookie } }), 401, "Unauthorized");
    expectRefusal(await call("listWorkspaces", { as: person.auth }), 401, "Unauthorized");
    expectRefusal(await tokenFor(person.email, "a password of the tests"), 401, "Unauthorized");
    expect((await tokenFor(person.email, chosen)).status).toBe(201);
    expect(await reset(token)).toMatchObject({ status: 404, body: { code: "ResetNotFound" } });
  });

  test("returns the same status, body and headers for active, unknown and suspended people", async () => {
    const [person, suspended] = [await viewer(), await makePerson(here.id, { status: "suspended" })];
    const answers = [];
    for (const email of [
      person.email,
      suspended.email,
      `${randomUUID()}@nobody.example`,
      "no address at all",
    ]) {
      const { status, headers, body } = await forgot(email);
      const kept = [...headers].filter(([name]) => !["date", "x-request-id"].includes(name));
      answers.push({ status, body, headers: kept.filter(([name]) => !name.startsWith("ratelimit")) });
    }
    expect(answers[0]).toMatchObject({ status: 202, body: { status: "accepted" } });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    await expect.poll(() => mailsTo(person.email).length).toBe(1);
    expect(mailsTo(suspended.email)).toEqual([]);
  });

  test("is limited to five requests per IP address and account, known or not", async () => {
    const person = await viewer();
    for (const email of [person.email, `${randomUUID()}@nobody.example`]) {
      const ask = () => forgot(email, { "X-Forwarded-For": "203.0.113.1" });
      for (let time = 0; time < 5; time++) expect((await ask()).status).toBe(202);
      const refused = await ask();
      expect(refused).toMatchObject({ status: 429, body: { code: "RateLimited" } });
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(60);
      expect(refused.headers.get("ratelimit-policy")).toBe('"password-reset";q=5;w=1800');
    }
    // The email is sent after the response.
    await expect.poll(() => mailsTo(person.email).length).toBe(5);
    await linkFor(person.email);
  });

  test("sends a link that expires after 30 minutes, with the next link, and with a password change", async () => {
    const person = await viewer();
    const first = await linkFor(person.email);
    const second = await linkFor(person.email);
    expect((await reset(first.token)).status).toBe(404);
    await sql("UPDATE password_resets SET expires_at = now() WHERE user_id = $1", [person.id]);
    expect((await reset(second.token)).status).toBe(404);
    const third = await linkFor(person.email);
    await call("changePassword", {
      as: person.auth,
      body: { current: "a password of the tests", new: "other words of mine" },
    });
    expect((await reset(third.token)).status).toBe(404);
    expect((await tokenFor(person.email, "other words of mine")).status).toBe(201);
  });

  test("sends the email in the browser's language, to the address as stored", async () => {
    const person = await viewer();
    const { text } = await linkFor(person.email, { "Accept-Language": "de-AT,de;q=0.9" });
    expect(text).toContain("30 Minuten");
    const arabic = await linkFor(person.email, { "Accept-Language": "de", Cookie: "rollcall-locale=ar" });
    expect(arabic.text).toContain("30 دقيقة");
  });

  test("logs neither the token nor the email address", async () => {
    const person = await viewer();
    const { token } = await linkFor(person.email);
    await reset("a".repeat(43));
    await reset(token);
    expect(server.log()).toContain("resetPassword");
    expect(server.log()).not.toContain(token);
    expect(server.log()).not.toContain(person.email);
  });

  test("sends the email again if the mail server refuses it, and logs neither token nor address", async () => {
    const person = await viewer();
    mailbox.refuseNext();
    expect((await forgot(person.email)).status).toBe(202);
    await expect.poll(() => mailsTo(person.email).length).toBe(1);
    const token = /\/reset\/([\w-]{43})/.exec(plainMail(mailsTo(person.email)[0] ?? ""))?.[1] ?? "";
    expect(server.log()).toContain("the mail server answered 451");
    expect(server.log()).not.toContain(person.email);
    expect(server.log()).not.toContain(token);
    expect((await reset(token)).status).toBe(204);
    await expect.poll(() => sql("SELECT 1 FROM outgoing_mail")).toEqual([]);
  });

  test("reports the errors of an invalid request", async () => {
    expect(
      await server.send("POST", "/api/password/reset", { body: { token: "x", password: "short" } }),
    ).toMatchObject({
      status: 422,
      body: { code: "InvalidPassword", details: { password: expect.any(Array) } },
    });
    expect(await server.send("POST", "/api/password/forgot", { body: {} })).toMatchObject({
      status: 422,
      body: { code: "InvalidPassword", details: { email: expect.any(Array) } },
    });
  });

  test("is accepted without sending anything if there is no mail server", async () => {
    const person = await viewer();
    const answer = await call("forgotPassword", { body: { email: person.email } });
    expect(answer).toMatchObject({ status: 202, body: { status: "accepted" } });
    expect(await sql("SELECT 1 FROM password_resets WHERE user_id = $1", [person.id])).toEqual([]);
  });
});

describe("a reset link created by a supervisor", () => {
  const make = (userId: string, as = here.supervisor.auth) =>
    call<{ expiresAt: string; resetUrl?: string }>("createPasswordReset", {
      params: { workspaceId: here.id, userId },
      as,
    });
  const tokenOf = (url = "") => /\/reset\/([\w-]{43})$/.exec(url)?.[1] ?? "";
  const use = (token: string) => call("resetPassword", { body: { token, password: chosen } });

  test("is shown once if there is no mail server, and sets the password", async () => {
    const person = await viewer();
    const made = await make(person.id);
    expect(made.status).toBe(201);
    expect(new Date(made.body.expiresAt).getTime() - Date.now()).toBeLessThanOrEqual(30 * 60_000);
    const token = tokenOf(made.body.resetUrl);
    expect((await use(token)).status).toBe(204);
    expectRefusal(await call("listWorkspaces", { as: person.auth }), 401, "Unauthorized");
    expect((await tokenFor(person.email, chosen)).status).toBe(201);
    expectRefusal(await use(token), 404, "ResetNotFound");
  });

  test("is only emailed if there is a mail server", async () => {
    const person = await viewer();
    const made = await server.send("POST", `/api/workspaces/${here.id}/users/${person.id}/password-reset`, {
      headers: { Authorization: here.key },
    });
    expect(made.status).toBe(201);
    expect(Object.keys(made.body)).toEqual(["expiresAt"]);
    await expect.poll(() => mailsTo(person.email).length).toBe(1);
    const token = /\/reset\/([\w-]{43})/.exec(plainMail(mailsTo(person.email)[0] ?? ""))?.[1] ?? "";
    expect((await use(token)).status).toBe(204);
  });

  test("is not created for members of other workspaces, and stops working once they join one", async () => {
    const [person, elsewhere] = [await viewer(), await makeWorkspace()];
    const made = await make(person.id);
    await join(elsewhere.id, person.id, { roles: [managedRole("Viewer")] });
    expectRefusal(await make(person.id), 403, "Forbidden");
    expectRefusal(await use(tokenOf(made.body.resetUrl)), 404, "ResetNotFound");
  });

  test("stops working if the person gains permissions or its creator loses some", async () => {
    const roleId = await makeRole(here.id, ["people.write", "agents.read"]);
    const [maker, key] = [await makeMember(here.id, { roles: [roleId] }), await makeKey(here.id, { roleId })];
    for (const [as, lower] of [
      [maker.auth, () => sql("UPDATE memberships SET status = 'suspended' WHERE user_id = $1", [maker.id])],
      [key.auth, () => sql("DELETE FROM access_keys WHERE id = $1", [key.id])],
    ] as const) {
      const plain = await makeRole(here.id, ["agents.read"]);
      const [raised, kept, other] = [
        await makePerson(here.id, { roles: [plain] }),
        await makePerson(here.id, { roles: [plain] }),
        await makePerson(here.id, { roles: [plain] }),
      ];
      const [first, second, third] = [
        await make(raised.id, as),
        await make(kept.id, as),
        await make(other.id, as),
      ];
      await sql("INSERT INTO membership_roles (workspace_id, user_id, role_id) VALUES ($1, $2, $3)", [
        here.id,
        raised.id,
        managedRole("Supervisor"),
      ]);
      expectRefusal(await use(tokenOf(first.body.resetUrl)), 404, "ResetNotFound");
      expect((await use(tokenOf(second.body.resetUrl))).status).toBe(204);
      await lower();
      expectRefusal(await use(tokenOf(third.body.resetUrl)), 404, "ResetNotFound");
    }
  });

  test("is only for people whose sole workspace is this one", async () => {
    for (const status of ["invited", "suspended"] as const) {
      const person = await makePerson(here.id, { status });
      expectRefusal(await make(person.id), 422, "InvalidUser", [""]);
    }
    expectRefusal(await make(randomUUID()), 404, "UserNotFound");
  });

  test("is recorded in the audit log with creator and person", async () => {
    const person = await viewer();
    await make(person.id);
    const { body } = await call<{ results: { actor?: { id?: string }; target?: { id: string } }[] }>(
      "listAuditEvents",
      {
        params: { workspaceId: here.id },
        as: here.supervisor.auth,
        query: { actions: "password.resetRequested", limit: 1 },
      },
    );
    expect(body.results[0]).toMatchObject({ actor: { id: here.supervisor.id }, target: { id: person.id } });
  });
});
