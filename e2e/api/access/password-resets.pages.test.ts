import { expect, test } from "vitest";
import { call, raw } from "@/e2e/support/api/client";
import { makePerson, makeWorkspace, sql } from "@/e2e/support/api/fixtures";
import { hashLinkToken, newLinkToken } from "@/lib/platform/security/link-tokens";

test("the reset page names the account, does not consume the token, and does not leak it", async () => {
  const person = await makePerson((await makeWorkspace()).id);
  const token = newLinkToken();
  await sql(
    `INSERT INTO password_resets (user_id, token_hash, session_version, expires_at, created_at)
     VALUES ($1, $2, 1, now() + interval '30 minutes', now())`,
    [person.id, hashLinkToken(token)],
  );
  for (let time = 0; time < 2; time++) {
    const page = await raw(`/reset/${token}`);
    expect(page.status).toBe(200);
    expect(page.headers.get("referrer-policy")).toBe("no-referrer");
    expect(page.headers.get("cache-control")).toMatch(/no-store/);
    expect(String(page.body.text)).toContain(person.email);
  }
  const used = await call("resetPassword", { body: { token, password: "three words of mine" } });
  expect(used.status).toBe(204);
  const gone = await raw(`/reset/${token}`);
  expect(String(gone.body.text)).toContain("no longer works");
  expect(String(gone.body.text)).not.toContain(person.email);
});

test("the page for a forgotten password says so if the server sends no email", async () => {
  const page = await raw("/forgot");
  expect(page.status).toBe(200);
  expect(String(page.body.text)).toContain("send email");
});
