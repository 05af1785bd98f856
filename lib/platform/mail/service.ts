import type { Transporter } from "nodemailer";
import type { Logger } from "@/lib/platform/logger";

/** A plain-text email. */
export interface Message {
  to: string;
  subject: string;
  text: string;
}

/** Timeout of a delivery in milliseconds. */
const patience = 15_000;

/** Creates a mail service; without `settings` it sends nothing. */
export function createMailService(settings: { url: string; from: string } | undefined, logger: Logger) {
  let opened: Promise<Transporter> | undefined;
  async function open({ url, from }: { url: string; from: string }): Promise<Transporter> {
    const { createTransport } = await import("nodemailer");
    return createTransport(url, {
      from,
      // A message must not make nodemailer read files or fetch URLs.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }
  return {
    /** Whether an SMTP server is configured. */
    available: settings !== undefined,

    /**
     * Sends a message. Logs failures without recipient and text, and never throws: replies must not reveal
     * which addresses exist.
     */
    async send(message: Message): Promise<void> {
      if (!settings) return;
      let timer: NodeJS.Timeout | undefined;
      try {
        opened ??= open(settings);
        const transport = await opened;
        await Promise.race([
          transport.sendMail(message),
          new Promise<never>((_, reject) => {
            timer = setTimeout(() => reject(new Error("the mail server took too long")), patience);
          }),
        ]);
      } catch (error) {
        const {
          code,
          responseCode,
          message: reason,
        } = error as Error & { code?: string; responseCode?: number };
        logger.error(
          { code, responseCode, reason: responseCode ? undefined : reason },
          "could not send an email",
        );
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

export type MailService = ReturnType<typeof createMailService>;
