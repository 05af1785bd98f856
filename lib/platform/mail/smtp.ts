import type { Transporter } from "nodemailer";

/** A plain-text email. */
export interface Message {
  to: string;
  subject: string;
  text: string;
}

/** Where mail is sent. */
export interface MailSettings {
  url: string;
  from: string;
}

/** Timeout of a delivery in milliseconds. */
const patience = 15_000;

/**
 * Returns a function that sends a message over SMTP. Its errors contain neither recipient nor text, because
 * they are logged and stored.
 */
export function createSmtp({ url, from }: MailSettings): (message: Message) => Promise<void> {
  let opened: Promise<Transporter> | undefined;
  async function open(): Promise<Transporter> {
    const { createTransport } = await import("nodemailer");
    return createTransport(url, {
      from,
      // A message must not make nodemailer read files or fetch URLs.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  return async (message) => {
    opened ??= open();
    const transport = await opened;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error("the mail server took too long")), patience);
    });
    try {
      await Promise.race([transport.sendMail(message), late]);
    } catch (error) {
      throw withoutContent(error as Error & { code?: string; responseCode?: number });
    } finally {
      clearTimeout(timer);
    }
  };
}

/** Keeps the codes only: a mail server's answer can quote the recipient. */
function withoutContent({ code, responseCode, message }: Error & { code?: string; responseCode?: number }) {
  const reason = responseCode === undefined ? message : `the mail server answered ${responseCode}`;
  return new Error(`could not send an email${code ? ` (${code})` : ""}: ${reason}`);
}
