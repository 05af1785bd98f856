import type { Clock } from "@/lib/clock";
import type { MediaService } from "@/lib/media/service";
import { sweepSessions } from "@/lib/sessions/sweep";

type Parts = Parameters<typeof sweepSessions>[0] & {
  media: Pick<MediaService, "sweep">;
  clock: Clock;
  settings: { worker: { number: number } };
};

/** Milliseconds between two sweeps of one instance, and before its first. */
const interval = 10 * 60 * 1000;
const firstAfter = 30 * 1000;
/** Milliseconds between two looks at every stored file. */
const orphanInterval = 24 * 60 * 60 * 1000;

/**
 * Sweeps uploads and ended sessions now and then, until told to stop. Keeps no process alive. Of the workers of one
 * server the first does it for all.
 */
export function keepSwept(parts: Parts): () => void {
  const { media, clock, logger, settings } = parts;
  if (settings.worker.number > 1) return () => undefined;
  let timer: NodeJS.Timeout;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let stopped = false;

  async function sweep(): Promise<void> {
    const now = clock.now();
    const orphans = now.getTime() - lookedAt >= orphanInterval;
    try {
      const swept = await media.sweep(now, { orphans });
      if (swept && orphans) lookedAt = now.getTime();
      if (swept && swept.unused + swept.removed + swept.orphans > 0) logger.info(swept, "uploads swept");
    } catch (error) {
      logger.warn({ err: error }, "the sweep of uploads failed; the next one goes on");
    }
    await sweepSessions(parts, now);
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
