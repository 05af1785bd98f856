import type { Origin } from "@/lib/access/auth/server/sign-in";
import { resetLifetime } from "@/lib/access/password-resets/rules";
import type { PasswordResetRepository, ResetRow } from "@/lib/access/password-resets/server/repository";
import type { Database } from "@/lib/platform/database/db";
import { ApiError } from "@/lib/platform/http/errors";
import { newId, type UserId } from "@/lib/platform/ids";
import type { Reading } from "@/lib/platform/locale/locales";
import type { Logger } from "@/lib/platform/logger";
import type { Mailer, Message } from "@/lib/platform/mail/service";
import { hashLinkToken, newLinkToken } from "@/lib/platform/security/link-tokens";
import { hashPassword, passwordProblem } from "@/lib/platform/security/passwords";
import type { Actor } from "@/lib/platform/security/permissions";
import type { AuditService } from "@/lib/records/audit/server/service";
import type { LimitService } from "@/lib/records/limits/server/service";

interface Dependencies {
  db: Database;
  repository: PasswordResetRepository;
  limits: LimitService;
  mail: Mailer;
  audit: Pick<AuditService, "recordOfPerson">;
  publicUrl: string;
  logger: Logger;
  /** Returns the delay in milliseconds before a requested link is created. */
  delay(): number;
}

export function createPasswordResetService({
  db,
  repository,
  limits,
  mail,
  audit,
  publicUrl,
  logger,
  delay,
}: Dependencies) {
  /**
   * Sends a link to the person with this email. An unknown email causes the same work, but no message is
   * stored.
   */
  async function sendLink(account: string, { address, now }: Origin, reading: Reading): Promise<void> {
    const token = newLinkToken();
    const expiresAt = new Date(now.getTime() + resetLifetime);
    // One transaction: otherwise, a failure could invalidate the old link although the new one was never
    // sent.
    await db.transaction(async () => {
      const person = await repository.put(account, { tokenHash: hashLinkToken(token), expiresAt, now });
      const subject = person ?? { id: newId<UserId>(), name: account };
      await audit.recordOfPerson(subject, { action: "password.resetRequested", outcome: "ok", address }, now);
      const message = await resetMail(person?.email ?? account, `${publicUrl}/reset/${token}`, reading);
      if (person) await mail.send(message, expiresAt);
    });
  }

  return {
    /** Whether links can be emailed. */
    available: mail.available,

    /**
     * Sends a link to the person with this email. Not awaited: neither the time of this response nor of the
     * next one must reveal whether the email is known. Throws `RateLimited`.
     */
    async request(email: string, origin: Origin, reading: Reading): Promise<void> {
      const account = email.trim().toLowerCase();
      const mayMail = await limits.countReset(origin.address, account, origin.now);
      if (!mail.available || !mayMail) return;
      setTimeout(
        () =>
          sendLink(account, origin, reading).catch((error: unknown) =>
            logger.error({ err: error }, "could not create a password reset link"),
          ),
        delay(),
      );
    },

    /**
     * Creates a link for a person whom the actor may change; call it in the transaction of that check. The
     * link is emailed, or returned without a mail server. Throws `RateLimited`, and `Forbidden` for a
     * returned link if the person is also in another workspace, because anyone who sees it could sign in
     * there.
     */
    async makeFor(
      actor: Actor,
      person: { id: UserId; email: string },
      now: Date,
      reading: Reading,
    ): Promise<{ expiresAt: string; resetUrl?: string }> {
      const token = newLinkToken();
      const resetUrl = `${publicUrl}/reset/${token}`;
      const expiresAt = new Date(now.getTime() + resetLifetime);
      const link = { tokenHash: hashLinkToken(token), expiresAt, now };
      if (mail.available) {
        await limits.countMail(actor.workspaceId, now);
        await repository.putFor(person.id, undefined, link);
        await mail.send(await resetMail(person.email, resetUrl, reading), expiresAt);
        return { expiresAt: expiresAt.toISOString() };
      }
      if (await repository.isElsewhere(person.id, actor.workspaceId))
        throw new ApiError(
          "Forbidden",
          "This person is in another workspace, too, so the link must be sent by email. Set SMTP_URL on the server.",
        );
      await repository.putFor(person.id, actor, link);
      return { expiresAt: expiresAt.toISOString(), resetUrl };
    },

    /** Returns the person whom a link is for; undefined if the link is not valid. */
    async find(token: string, now: Date): Promise<ResetRow | undefined> {
      return await repository.find(hashLinkToken(token), now);
    },

    /** Sets a password with a link. Throws `ResetNotFound` or `InvalidPassword`. */
    async reset(token: string, password: string, { address, now }: Origin): Promise<void> {
      const tokenHash = hashLinkToken(token);
      const person = await repository.find(tokenHash, now);
      if (!person) throw linkGone();
      const problem = passwordProblem(password, [person.email, person.name]);
      if (problem)
        throw new ApiError("InvalidPassword", "The password was not set. Choose another password.", {
          details: { password: [problem] },
        });
      const passwordHash = await hashPassword(password);
      await db.transaction(async () => {
        if (!(await repository.use(tokenHash, passwordHash, now))) throw linkGone();
        await audit.recordOfPerson(person, { action: "password.reset", outcome: "ok", address }, now);
      });
    },

    /** Deletes expired links. Returns how many. */
    sweep: (now: Date): Promise<number> => repository.sweep(now),
  };
}

export type PasswordResetService = ReturnType<typeof createPasswordResetService>;

const linkGone = () =>
  new ApiError(
    "ResetNotFound",
    "This link was used or replaced, or it expired after 30 minutes. Request a new one.",
  );

async function resetMail(to: string, url: string, reading: Reading): Promise<Message> {
  const { translatorFor } = await import("@/lib/platform/locale/translation");
  const t = await translatorFor("auth", reading);
  return { to, subject: t("resetMail.subject"), text: t("resetMail.text", { email: to, url }) };
}
