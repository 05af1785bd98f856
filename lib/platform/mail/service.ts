import type { Logger } from "@/lib/platform/logger";
import type { MailRepository } from "@/lib/platform/mail/repository";
import { createSmtp, type MailSettings, type Message } from "@/lib/platform/mail/smtp";
import type { Secrets } from "@/lib/platform/security/secrets";

export type { Message } from "@/lib/platform/mail/smtp";

interface Dependencies {
  repository: MailRepository;
  secrets: Secrets;
  /** Undefined: nothing can be sent. */
  settings: MailSettings | undefined;
  logger: Logger;
}

/** Stores mail in the caller's transaction, and sends it from a background job. */
export function createMailService({ repository, secrets, settings, logger }: Dependencies) {
  const smtp = settings && createSmtp(settings);
  return {
    /** Whether an SMTP server is configured. */
    available: settings !== undefined,

    /**
     * Stores a message, encrypted because it can contain a one-time link. Call it in the transaction that causes
     * the mail. It is sent after the commit, within a second, and retried until `expiresAt`.
     */
    async send(message: Message, expiresAt: Date): Promise<void> {
      await repository.put(secrets.seal("mail", JSON.stringify(message)), expiresAt);
    },

    /** Sends a stored message and deletes it. Rejects if the mail server fails; a sent message is ignored. */
    async deliver(id: string, now: Date): Promise<void> {
      const stored = await repository.find(id);
      if (!stored || !smtp) return;
      const message = stored.expiresAt > now ? read(stored.sealed) : undefined;
      if (message) await smtp(message);
      else logger.warn({ mail: id }, "an email was not sent: it expired or was stored with another secret");
      await repository.remove(id);
    },

    /** Deletes messages that are no longer useful. Returns how many. */
    sweep: (now: Date): Promise<number> => repository.sweep(now),
  };

  function read(sealed: string): Message | undefined {
    try {
      return JSON.parse(secrets.open("mail", sealed)) as Message;
    } catch {
      return undefined;
    }
  }
}

export type MailService = ReturnType<typeof createMailService>;

/** The part of the mail service that other rooms use. */
export type Mailer = Pick<MailService, "available" | "send">;
