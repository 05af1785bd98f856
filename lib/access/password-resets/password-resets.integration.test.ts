import { randomBytes } from "node:crypto";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { resetLifetime } from "@/lib/access/password-resets/rules";
import { createPasswordResetRepository } from "@/lib/access/password-resets/server/repository";
import { createPasswordResetService } from "@/lib/access/password-resets/server/service";
import { createDatabase } from "@/lib/platform/database/db";
import { DatabaseUnavailableError } from "@/lib/platform/database/errors";
import { newId, type UserId } from "@/lib/platform/ids";
import type { Reading } from "@/lib/platform/locale/locales";
import { createLogger } from "@/lib/platform/logger";
import type { Message } from "@/lib/platform/mail/service";
import { hashPassword, verifyPassword } from "@/lib/platform/security/passwords";
import { createSecrets } from "@/lib/platform/security/secrets";
import { createWindowCounter } from "@/lib/records/limits/rules";
import { createSignInFailureRepository } from "@/lib/records/limits/server/repository";
import { createLimitService } from "@/lib/records/limits/server/service";
import { testDatabaseUrl } from "@/lib/testing/environment";
import { combineRows, insertRows, makeMembership, makePerson, makeWorkspace } from "@/lib/testing/factories";

const db = createDatabase(testDatabaseUrl(), 6, () => {});
afterAll(() => db.close());

const english: Reading = { language: "en", locale: "en-US" };
const start = new Date("2026-03-02T09:00:00.000Z");
const later = (milliseconds: number) => new Date(start.getTime() + milliseconds);
const old = hashPassword("the password before");
const chosen = "three words of mine";

let sent: Message[];
let events: string[];
let userId: UserId;
let workspaceId: string;
let email: string;
beforeEach(async () => {
  sent = [];
  events = [];
  workspaceId = newId();
  userId = newId<UserId>();
  email = `Robin.${userId}@People.example`;
  await insertRows(
    db.query,
    combineRows([
      makeWorkspace({ id: workspaceId }),
      makePerson({ id: userId, emails: [email], passwordHash: await old }),
      makeMembership({ workspaceId, userId }),
    ]),
  );
});

function service(options: { mail?: boolean; audit?: () => Promise<void>; delay?: () => number } = {}) {
  const secrets = createSecrets(randomBytes(32).toString("hex"));
  return createPasswordResetService({
    db,
    repository: createPasswordResetRepository(db),
    limits: createLimitService({
      repository: createSignInFailureRepository(db),
      counter: createWindowCounter(1_000),
      secrets,
      limits: { actor: 1_000, address: 1_000, signInFailures: 10, addressSignInFailures: 100 },
    }),
    mail: {
      available: options.mail ?? true,
      send: async (message) => {
        sent.push(message);
      },
    },
    audit: { recordOfPerson: options.audit ?? (async (_, { action }) => void events.push(action)) },
    publicUrl: "http://x.example",
    logger: createLogger("silent"),
    delay: options.delay ?? (() => 0),
  });
}

const origin = (now = start, address = "192.0.2.7") => ({ address, now });
const tokenIn = (message: Message | undefined) => /\/reset\/([\w-]{43})/.exec(message?.text ?? "")?.[1] ?? "";

/** Requests a link, waits for the email and returns its token. */
async function link(resets = service(), now = start, address = "192.0.2.7"): Promise<string> {
  const before = sent.length;
  await resets.request(email, origin(now, address), english);
  await expect.poll(() => sent.length).toBe(before + 1);
  return tokenIn(sent.at(-1));
}

const standing = async () => {
  const [row] = await db.query<{ version: number; hash: string | null }>(
    `SELECT session_version AS version, password_hash AS hash FROM users WHERE id = :user::uuid`,
    { user: userId },
  );
  return row;
};
const keptLinks = async () =>
  (await db.query("SELECT 1 AS one FROM password_resets WHERE user_id = :user::uuid", { user: userId }))
    .length;

describe("a password reset link", () => {
  test("is sent to the stored email and works once", async () => {
    const resets = service();
    await resets.request(`  ${email.toUpperCase()} `, origin(), english);
    await expect.poll(() => sent.length).toBe(1);
    expect(sent[0]).toMatchObject({ to: email, subject: "Set a new password for Rollcall" });
    expect(sent[0]?.text).toContain("http://x.example/reset/");
    const token = tokenIn(sent[0]);
    expect(await resets.find(token, start)).toMatchObject({ email });
    await resets.reset(token, chosen, origin());
    expect(events).toEqual(["password.resetRequested", "password.reset"]);
    const now = await standing();
    expect(now?.version).toBe(2);
    expect(await verifyPassword(now?.hash ?? null, chosen)).toBe(true);
    await expect(resets.reset(token, "another three words", origin())).rejects.toMatchObject({
      code: "ResetNotFound",
    });
    expect(await resets.find(token, start)).toBeUndefined();
  });

  test("is stored as a hash", async () => {
    const token = await link();
    const [row] = await db.query<{ row: string }>(
      "SELECT r::text AS row FROM password_resets r WHERE user_id = :user::uuid",
      { user: userId },
    );
    expect(row?.row).toBeDefined();
    expect(row?.row).not.toContain(token);
    expect(row?.row).not.toContain(Buffer.from(token).toString("hex"));
  });

  test("expires after exactly 30 minutes", async () => {
    const resets = service();
    const token = await link(resets);
    expect(await resets.find(token, later(resetLifetime - 1))).toBeDefined();
    expect(await resets.find(token, later(resetLifetime))).toBeUndefined();
    await expect(resets.reset(token, chosen, origin(later(resetLifetime)))).rejects.toMatchObject({
      code: "ResetNotFound",
    });
    expect((await standing())?.version).toBe(1);
  });

  test("invalidates the previous one", async () => {
    const resets = service();
    const [first, second] = [await link(resets), await link(resets)];
    await expect(resets.reset(first, chosen, origin())).rejects.toMatchObject({ code: "ResetNotFound" });
    await resets.reset(second, chosen, origin());
  });

  test("stays valid when a newer one can't be created completely", async () => {
    const token = await link();
    let failed = 0;
    const failing = service({
      audit: async () => {
        failed++;
        throw new DatabaseUnavailableError("The database is not available.");
      },
    });
    await failing.request(email, origin(), english);
    await expect.poll(() => failed).toBe(1);
    expect(sent).toHaveLength(1);
    expect(await service().find(token, start)).toMatchObject({ email });
  });

  test("stays valid after a rejected password", async () => {
    const resets = service();
    const token = await link(resets);
    for (const weak of ["password123", "abababababab", email])
      await expect(resets.reset(token, weak, origin())).rejects.toMatchObject({
        code: "InvalidPassword",
        details: { password: [expect.any(String)] },
      });
    await resets.reset(token, chosen, origin());
  });

  test("sets one password when used twice concurrently", async () => {
    const resets = service();
    const token = await link(resets);
    const outcomes = await Promise.allSettled(
      ["one of two passwords", "two of two passwords"].map((each) => resets.reset(token, each, origin())),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect((await standing())?.version).toBe(2);
  });

  test("is invalid after a password change, suspension or removal", async () => {
    const resets = service();
    const changes = [
      "UPDATE users SET session_version = session_version + 1 WHERE id = :user::uuid",
      "UPDATE memberships SET status = 'suspended' WHERE user_id = :user::uuid",
      "DELETE FROM memberships WHERE user_id = :user::uuid",
    ];
    for (const change of changes) {
      await db.query("DELETE FROM memberships WHERE user_id = :user::uuid", { user: userId });
      await insertRows(db.query, makeMembership({ workspaceId, userId }));
      const token = await link(resets);
      await db.query(change, { user: userId });
      expect(await resets.find(token, start)).toBeUndefined();
      await expect(resets.reset(token, chosen, origin())).rejects.toMatchObject({ code: "ResetNotFound" });
    }
    expect(await verifyPassword((await standing())?.hash ?? null, "the password before")).toBe(true);
  });

  test("sets the first password of a person without one", async () => {
    await db.query("UPDATE users SET password_hash = NULL WHERE id = :user::uuid", { user: userId });
    const resets = service();
    await resets.reset(await link(resets), chosen, origin());
    expect(await verifyPassword((await standing())?.hash ?? null, chosen)).toBe(true);
  });

  test("is sent in the requester's language", async () => {
    const resets = service();
    await resets.request(email, origin(), { language: "de", locale: "de-DE" });
    await resets.request(email, origin(), { language: "ar", locale: "ar-EG" });
    await expect.poll(() => sent.length).toBe(2);
    const subjects = sent.map(({ subject }) => subject);
    expect(subjects).toEqual(
      expect.arrayContaining([
        "Neues Passwort für Rollcall festlegen",
        "تعيين كلمة مرور جديدة لحسابك في Rollcall",
      ]),
    );
  });
});

test.each(["known", "unknown"])(
  "a request for an email that is %s causes the same work, later",
  async (kind) => {
    const recorded: string[] = [];
    const delays: number[] = [];
    // Longer than reading what is there before takes, even on a busy machine.
    const wait = 1_000;
    const resets = service({
      audit: async () => void recorded.push("event"),
      delay: () => {
        delays.push(wait);
        return wait;
      },
    });
    await resets.request(kind === "known" ? email : `no.${email}`, origin(), english);
    expect(delays).toEqual([wait]);
    expect([await keptLinks(), recorded, sent]).toEqual([0, [], []]);
    await expect.poll(() => recorded).toEqual(["event"]);
    await expect.poll(keptLinks).toBe(kind === "known" ? 1 : 0);
    await expect.poll(() => sent.length).toBe(kind === "known" ? 1 : 0);
  },
);

describe("no link is sent", () => {
  test.each([
    ["an unknown email", "DELETE FROM user_emails WHERE user_id = :user::uuid"],
    ["an invited person", "UPDATE memberships SET status = 'invited' WHERE user_id = :user::uuid"],
    ["a suspended person", "UPDATE memberships SET status = 'suspended' WHERE user_id = :user::uuid"],
    ["a person without a workspace", "DELETE FROM memberships WHERE user_id = :user::uuid"],
  ])("to %s", async (_, change) => {
    await db.query(change, { user: userId });
    const resets = service();
    await resets.request(email, origin(), english);
    // This link would have arrived before the next one.
    const other = `other.${userId}@people.example`;
    const otherId = newId<UserId>();
    await insertRows(
      db.query,
      combineRows([
        makePerson({ id: otherId, emails: [other] }),
        makeMembership({ workspaceId, userId: otherId }),
      ]),
    );
    await resets.request(other, origin(), english);
    await expect.poll(() => sent.map(({ to }) => to)).toEqual([other]);
    expect(await keptLinks()).toBe(0);
  });

  test("without an SMTP server", async () => {
    const resets = service({ mail: false });
    await resets.request(email, origin(), english);
    expect(await keptLinks()).toBe(0);
  });

  test("over the limit per IP address and account, known or not, while others can still ask", async () => {
    const resets = service();
    for (const account of [email, "nobody@people.example"]) {
      for (let time = 0; time < 5; time++) await resets.request(account, origin(), english);
      await expect(resets.request(account, origin(), english)).rejects.toMatchObject({
        code: "RateLimited",
        headers: { "Retry-After": "1800", "RateLimit-Policy": '"password-reset";q=5;w=1800' },
      });
    }
    await expect.poll(() => sent.length).toBe(5);
    await link(resets, start, "198.51.100.9");
    await link(resets, later(resetLifetime));
  });

  test("over ten emails per account in half an hour, without telling the caller", async () => {
    const resets = service();
    for (let time = 0; time < 12; time++)
      await resets.request(email, origin(start, `192.0.2.${time}`), english);
    await expect.poll(() => sent.length).toBe(10);
    await link(resets, later(resetLifetime), "192.0.2.99");
    expect(sent).toHaveLength(11);
  });
});

test("the sweep deletes only expired links", async () => {
  const resets = service();
  await link(resets);
  await resets.sweep(later(resetLifetime - 1));
  expect(await keptLinks()).toBe(1);
  await resets.sweep(later(resetLifetime));
  expect(await keptLinks()).toBe(0);
});
