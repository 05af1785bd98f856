import type { Transporter } from "nodemailer";
import type { Logger } from "@/lib/platform/logger";

/** A plain text message. */
export interface Message {
  to: string;
  subject: string;
  text: string;
}

/** Milliseconds for each step of a delivery. */
const patience = 15_000;

/** Sends mail through an SMTP server, if there is one. */
export function createMailService(settings: { url: string; from: string } | undefined, logger: Logger) {
  let opened: Promise<Transporter> | undefined;
  async function open({ url, from }: { url: string; from: string }): Promise<Transporter> {
    const { createTransport } = await import("nodemailer");
    return createTransport(url, {
      from,
      // Nothing in a message may name a file or an address to be fetched.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }
  return {
    /** Whether there is a server to send through. */
    available: settings !== undefined,

    /** Sends a message. A failure is logged, without the address and the text; it can't be told to whoever asked. */
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
