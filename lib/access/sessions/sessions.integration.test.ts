import { randomBytes } from "node:crypto";
import { encode } from "next-auth/jwt";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { createAuthRepository } from "@/lib/access/auth/server/repository";
import { createAuthService } from "@/lib/access/auth/server/service";
import { idleLimit, longestSession, seenStep, sessionsPerPerson } from "@/lib/access/sessions/rules";
import { createSessionRepository } from "@/lib/access/sessions/server/repository";
import { createSessionService } from "@/lib/access/sessions/server/service";
import { createDatabase } from "@/lib/platform/database/db";
import { isApiError } from "@/lib/platform/http/errors";
import { newId, type SessionId, type UserId } from "@/lib/platform/ids";
import { createLogger } from "@/lib/platform/logger";
import { createSecrets } from "@/lib/platform/security/secrets";
import { sessionCookieName } from "@/lib/platform/security/session-cookie";
import { createWindowCounter } from "@/lib/records/limits/rules";
import { createSignInFailureRepository } from "@/lib/records/limits/server/repository";
import { createLimitService } from "@/lib/records/limits/server/service";
import { testDatabaseUrl } from "@/lib/testing/environment";
import { combineRows, insertRows, makeMembership, makePerson, makeWorkspace } from "@/lib/testing/factories";

const db = createDatabase(testDatabaseUrl(), 6, () => {});
afterAll(() => db.close());

const publicUrl = "http://x.example";
const secrets = createSecrets(randomBytes(32).toString("hex"));
const recorded: { action: string; details?: Record<string, unknown> }[] = [];
const audit = {
  refusedAccount: () => undefined,
  refusedKey: () => undefined,
  recordOfPerson: async (_: unknown, entry: { action: string; details?: Record<string, unknown> }) => {
    recorded.push(entry);
  },
};
const sessions = createSessionService({ db, repository: createSessionRepository(db), audit });
/** Creates a server process; each has its own caches. */
const server = (database = db) =>
  createAuthService({
    repository: createAuthRepository(database),
    secrets,
    publicUrl,
    identityProvider: undefined,
    limits: createLimitService({
      repository: createSignInFailureRepository(db),
      counter: createWindowCounter(1_000),
      secrets,
      limits: { actor: 1_000, address: 1_000, signInFailures: 10, addressSignInFailures: 100 },
    }),
    audit,
    logger: createLogger("silent"),
  });

const start = new Date("2026-03-02T09:00:00.000Z");
const later = (milliseconds: number) => new Date(start.getTime() + milliseconds);
const chrome = { address: "192.0.2.7", userAgent: "Mozilla/5.0", now: start };

let workspaceId: string;
let userId: UserId;
beforeEach(async () => {
  workspaceId = newId();
  userId = newId<UserId>();
  await insertRows(
    db.query,
    combineRows([
      makeWorkspace({ id: workspaceId }),
      makePerson({ id: userId }),
      makeMembership({ workspaceId, userId }),
    ]),
  );
});

const open = (from = chrome, replaces?: SessionId) =>
  sessions.open({ id: userId, sessionVersion: 1 }, from, replaces);

/**
 * Returns request headers with a session cookie. The cookie outlives the session, so that only the database
 * decides.
 */
async function headersOf(claims: Record<string, unknown>): Promise<Headers> {
  const token = await encode({ secret: secrets.key("session"), token: claims, maxAge: 10 * 365 * 24 * 3600 });
  return new Headers({ cookie: `${sessionCookieName(publicUrl)}=${token}` });
}
const headersFor = (sid: SessionId) => headersOf({ sub: userId, sid });

const isIn = async (sid: SessionId, now: Date, auth = server()) =>
  auth.authenticate(await headersFor(sid), workspaceId, now).then(
    ({ actor }) => actor !== undefined,
    (error: unknown) => {
      if (isApiError(error) && error.code === "Unauthorized") return false;
      throw error;
    },
  );
const seen = async (sid: SessionId) => {
  const [row] = await db.query<{ at: Date }>(
    "SELECT last_seen_at AS at FROM sessions WHERE id = :sid::uuid",
    { sid },
  );
  return row?.at;
};

describe("a session", () => {
  test("ends after exactly 12 hours without a request", async () => {
    const [early, late] = [await open(), await open()];
    expect(await isIn(early, later(idleLimit - 1))).toBe(true);
    expect(await isIn(late, later(idleLimit))).toBe(false);
  });

  test("continues while it is used, but at most 30 days", async () => {
    const sid = await open();
    for (let at = idleLimit - 1; at < longestSession; at += idleLimit - 1) {
      expect(await isIn(sid, later(at))).toBe(true);
      await expect.poll(() => seen(sid)).toEqual(later(at));
    }
    await db.query("UPDATE sessions SET last_seen_at = :at::timestamptz WHERE id = :sid::uuid", {
      sid,
      at: later(longestSession - 2),
    });
    expect(await isIn(sid, later(longestSession - 1))).toBe(true);
    expect(await isIn(sid, later(longestSession))).toBe(false);
  });

  test("is updated at most once a minute, and never moved back", async () => {
    const sid = await open();
    const auth = server();
    expect(await isIn(sid, later(seenStep), auth)).toBe(true);
    expect(await seen(sid)).toEqual(start);
    expect(await isIn(sid, later(seenStep + 1), auth)).toBe(true);
    await expect.poll(() => seen(sid)).toEqual(later(seenStep + 1));
    await createAuthRepository(db).markSessionSeen(sid, start);
    expect(await seen(sid)).toEqual(later(seenStep + 1));
  });

  test("is valid on a read-only database", async () => {
    const sid = await open();
    const url = new URL(testDatabaseUrl());
    url.searchParams.set("options", "-c default_transaction_read_only=on");
    const readOnly = createDatabase(url.href, 1, () => {});
    try {
      const auth = server(readOnly);
      for (let time = 0; time < 3; time++) expect(await isIn(sid, later(2 * seenStep), auth)).toBe(true);
    } finally {
      await readOnly.close();
    }
    expect(await seen(sid)).toEqual(start);
  });

  test("ends in every process immediately", async () => {
    const [here, there] = [server(), server()];
    const sid = await open();
    for (const auth of [here, there]) expect(await isIn(sid, start, auth)).toBe(true);
    recorded.length = 0;
    const person = { id: userId, name: "Me" };
    await Promise.all([1, 2, 3].map(() => sessions.signOut(person, sid, chrome)));
    expect(recorded).toMatchObject([{ action: "session.ended", details: { reason: "signedOut" } }]);
    for (const auth of [here, there]) expect(await isIn(sid, start, auth)).toBe(false);
    await createAuthRepository(db).markSessionSeen(sid, later(5 * seenStep));
    expect(await isIn(sid, start)).toBe(false);
  });

  test("is invalid if the password changed during sign-in", async () => {
    await db.query("UPDATE users SET session_version = 2 WHERE id = :user::uuid", { user: userId });
    expect(await isIn(await open(), start)).toBe(false);
  });

  test("is valid only with its person's id", async () => {
    const other = newId<UserId>();
    await insertRows(
      db.query,
      combineRows([makePerson({ id: other }), makeMembership({ workspaceId, userId: other })]),
    );
    const sid = await open();
    const headers = await headersOf({ sub: other, sid });
    await expect(server().authenticate(headers, workspaceId, start)).rejects.toMatchObject({
      code: "Unauthorized",
    });
    await expect(
      sessions.end({ kind: "user", id: other, name: "Other", via: "token" }, sid, chrome),
    ).rejects.toMatchObject({ code: "SessionNotFound" });
    expect(await isIn(sid, start)).toBe(true);
  });

  test("is required: a cookie without a session id is rejected", async () => {
    const headers = await headersOf({ sub: userId, version: 1, email: "old@people.example" });
    await expect(server().authenticate(headers, workspaceId, start)).rejects.toMatchObject({
      code: "Unauthorized",
    });
  });

  test("replaces the browser's previous session", async () => {
    const before = await open();
    const next = await open(chrome, before);
    expect(next).not.toBe(before);
    expect(await isIn(before, start)).toBe(false);
    expect(await isIn(next, start)).toBe(true);
  });
});

describe("a person's sessions", () => {
  const me = (sessionId?: SessionId) => ({
    kind: "user" as const,
    id: userId,
    name: "Me",
    via: "session" as const,
    sessionId,
  });

  test("are listed with device and times, without ended ones", async () => {
    const current = await open({ address: "unknown", userAgent: "x".repeat(600), now: later(seenStep) });
    const other = await open();
    await open({ ...chrome, now: later(-idleLimit) });
    const { results } = await sessions.list(me(current), later(seenStep));
    expect(results).toEqual([
      {
        id: current,
        current: true,
        createdAt: later(seenStep).toISOString(),
        lastSeenAt: later(seenStep).toISOString(),
        userAgent: "x".repeat(512),
      },
      {
        id: other,
        current: false,
        createdAt: start.toISOString(),
        lastSeenAt: start.toISOString(),
        userAgent: "Mozilla/5.0",
        address: "192.0.2.7",
      },
    ]);
  });

  test("can all be ended except for the current one", async () => {
    const [current, second, third] = [await open(), await open(), await open()];
    await sessions.endOthers(me(current), chrome);
    expect(await isIn(current, start)).toBe(true);
    for (const sid of [second, third]) expect(await isIn(sid, start)).toBe(false);
    await sessions.endOthers(me(), chrome);
    expect(await isIn(current, start)).toBe(false);
  });

  test("are limited: a new one ends the one idle for longest", async () => {
    const first = await open();
    for (let each = 1; each <= sessionsPerPerson; each++) await open({ ...chrome, now: later(each) });
    const { results } = await sessions.list(me(), later(sessionsPerPerson));
    expect(results).toHaveLength(sessionsPerPerson);
    expect(results.map(({ id }) => id)).not.toContain(first);
  });
});

test("the sweep deletes only expired and invalidated sessions", async () => {
  const kept = await open({ ...chrome, now: later(1) });
  await open({ ...chrome, now: later(-idleLimit) });
  const old = await open({ ...chrome, now: later(-longestSession) });
  await db.query("UPDATE sessions SET last_seen_at = :start::timestamptz WHERE id = :old::uuid", {
    old,
    start,
  });
  await sessions.open({ id: userId, sessionVersion: 0 }, chrome, undefined);
  await sessions.sweep(start);
  const rows = await db.query<{ id: string }>("SELECT id FROM sessions WHERE user_id = :user::uuid", {
    user: userId,
  });
  expect(rows.map(({ id }) => id)).toEqual([kept]);
});
