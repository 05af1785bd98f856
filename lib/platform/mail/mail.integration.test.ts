import { randomBytes } from "node:crypto";
import { afterAll, beforeEach, expect, test } from "vitest";
import { createDatabase } from "@/lib/platform/database/db";
import { createLogger } from "@/lib/platform/logger";
import { createMailRepository } from "@/lib/platform/mail/repository";
import { createMailService } from "@/lib/platform/mail/service";
import { createSecrets } from "@/lib/platform/security/secrets";
import { testDatabaseUrl } from "@/lib/testing/environment";

const db = createDatabase(testDatabaseUrl(), 4, () => undefined);
afterAll(() => db.close());
beforeEach(() => db.query("DELETE FROM outgoing_mail"));

const now = new Date("2026-03-02T09:00:00.000Z");
const later = (milliseconds: number) => new Date(now.getTime() + milliseconds);
const lifetime = 30 * 60 * 1000;
const message = { to: "robin@people.example", subject: "Hello", text: "the text" };

/** A service whose mail server refuses connections. */
const service = () =>
  createMailService({
    repository: createMailRepository(db),
    secrets: createSecrets(randomBytes(32).toString("hex")),
    settings: { url: "smtp://127.0.0.1:1", from: "Rollcall <rollcall@example.com>" },
    logger: createLogger("silent"),
  });
const stored = async () =>
  (await db.query<{ id: string }>("SELECT id FROM outgoing_mail")).map(({ id }) => id);

test("mail that can't be sent stays stored, with an error that does not contain it", async () => {
  const mail = service();
  await mail.send(message, later(lifetime));
  const [id = ""] = await stored();
  const error = await mail.deliver(id, later(lifetime - 1)).then(String, String);
  expect(error).toMatch(/^Error: could not send an email \(\w+\): /);
  expect(error).not.toMatch(/robin|Hello|the text/);
  expect(await stored()).toEqual([id]);
});

test("expired mail is not sent", async () => {
  const mail = service();
  await mail.send(message, later(lifetime));
  const [id = ""] = await stored();
  await mail.deliver(id, later(lifetime));
  expect(await stored()).toEqual([]);
  await mail.deliver(id, now);
});

test("mail that was stored with another secret is removed", async () => {
  await service().send(message, later(lifetime));
  const [id = ""] = await stored();
  await service().deliver(id, now);
  expect(await stored()).toEqual([]);
});

test("a sweep removes exactly the expired mail", async () => {
  const mail = service();
  await mail.send(message, later(lifetime));
  await mail.send(message, later(lifetime + 1));
  expect(await mail.sweep(later(lifetime))).toBe(1);
  expect(await stored()).toHaveLength(1);
});
