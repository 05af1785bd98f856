import type { PasswordResetService } from "@/lib/access/password-resets/server/service";
import type { SessionService } from "@/lib/access/sessions/server/service";
import type { Clock } from "@/lib/platform/clock";
import type { Logger } from "@/lib/platform/logger";
import type { AuditService } from "@/lib/records/audit/server/service";
import type { MediaService } from "@/lib/workforce/media/server/service";

interface Parts {
  media: Pick<MediaService, "sweep">;
  audit: Pick<AuditService, "sweep">;
  sessions: Pick<SessionService, "sweep">;
  passwordResets: Pick<PasswordResetService, "sweep">;
  clock: Clock;
  logger: Logger;
  settings: { worker: { number: number } };
}

/** Milliseconds between two sweeps, and before the first. */
const interval = 10 * 60 * 1000;
const firstAfter = 30 * 1000;
/** Milliseconds between two scans of all stored files. */
const orphanInterval = 24 * 60 * 60 * 1000;

/**
 * Periodically deletes unused uploads, old audit events, and expired sessions and links. Runs only in the
 * first worker of a server, and does not keep the process alive. Returns a function that stops it.
 */
export function keepSwept(parts: Parts): () => void {
  const { media, audit, sessions, passwordResets, clock, logger, settings } = parts;
  if (settings.worker.number > 1) return () => undefined;
  let timer: NodeJS.Timeout;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let stopped = false;

  async function sweepUploads(now: Date): Promise<void> {
    const orphans = now.getTime() - lookedAt >= orphanInterval;
    const swept = await media.sweep(now, { orphans });
    if (swept && orphans) lookedAt = now.getTime();
    if (swept && swept.unused + swept.removed + swept.orphans > 0)
      logger.info(swept, "removed unused uploads");
  }

  async function sweepEvents(now: Date): Promise<void> {
    const swept = await audit.sweep(now);
    if (swept && swept.removed > 0) logger.info(swept, "removed old events from the audit log");
  }

  async function sweepSessions(now: Date): Promise<void> {
    const swept = { sessions: await sessions.sweep(now), links: await passwordResets.sweep(now) };
    if (swept.sessions + swept.links > 0) logger.info(swept, "removed expired sessions and links");
  }

  const sweeps = { uploads: sweepUploads, "the audit log": sweepEvents, sessions: sweepSessions };

  async function sweep(): Promise<void> {
    for (const [what, work] of Object.entries(sweeps))
      await work(clock.now()).catch((error: unknown) =>
        logger.warn({ err: error }, `the sweep of ${what} failed; the next sweep continues`),
      );
    plan(interval);
  }

  function plan(delay: number): void {
    if (!stopped) timer = setTimeout(sweep, delay).unref();
  }

  plan(firstAfter);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
