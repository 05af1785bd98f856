import type { Logger } from "@/lib/logger";
import type { PasswordResetService } from "@/lib/password-resets/service";
import type { SessionService } from "@/lib/sessions/service";

interface Parts {
  sessions: Pick<SessionService, "sweep">;
  passwordResets: Pick<PasswordResetService, "sweep">;
  logger: Logger;
}

/** Removes sessions and links that are over. Never rejects: the next run takes what this one left. */
export async function sweepSessions({ sessions, passwordResets, logger }: Parts, now: Date): Promise<void> {
  try {
    const swept = { sessions: await sessions.sweep(now), passwordResets: await passwordResets.sweep(now) };
    if (swept.sessions + swept.passwordResets > 0) logger.info(swept, "ended sessions swept");
  } catch (error) {
    logger.warn({ err: error }, "the sweep of sessions failed; the next one goes on");
  }
}
