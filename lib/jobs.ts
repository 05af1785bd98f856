import { timeoutFeed } from "@/lib/availability/declared/server/timeouts";
import { sweepLook } from "@/lib/availability/presence/server/repository";
import { demoLook } from "@/lib/outward/demo/server/repository";
import { startJobs } from "@/lib/platform/jobs/service";
import type { Look, Schedule, Task, Work } from "@/lib/platform/jobs/tasks";
import { mailFeed, mailTask } from "@/lib/platform/mail/repository";
import type { Services } from "@/lib/services";

type Parts = Pick<
  Services,
  | "media"
  | "audit"
  | "availability"
  | "events"
  | "sessions"
  | "passwordResets"
  | "mail"
  | "presence"
  | "demo"
  | "matcher"
  | "retention"
  | "holidayCalendars"
  | "clock"
  | "logger"
  | "settings"
>;

const often = "*/10 * * * *";

/** Returns all background work of the product. */
export function workOf({
  media,
  audit,
  availability,
  events,
  sessions,
  passwordResets,
  mail,
  presence,
  demo,
  matcher,
  retention,
  holidayCalendars,
  clock,
  logger,
}: Parts): Work {
  async function sweepUploads(orphans: boolean): Promise<void> {
    const swept = await media.sweep(clock.now(), { orphans });
    if (swept && swept.unused + swept.removed + swept.orphans > 0)
      logger.info(swept, "removed unused uploads");
  }

  const tasks: Record<string, Task> = {
    "uploads.sweep": () => sweepUploads(false),
    "uploads.orphans": () => sweepUploads(true),
    "audit.sweep": async () => {
      const swept = await audit.sweep(clock.now());
      if (swept && swept.removed > 0) logger.info(swept, "removed old events from the audit log");
    },
    "events.sweep": async () => {
      const removed = await events.sweep(clock.now());
      if (removed > 0) logger.info({ removed }, "removed old events");
    },
    "decisions.sweep": async () => {
      const removed = await matcher.sweep(clock.now());
      if (removed > 0) logger.info({ removed }, "removed old decisions about conversations");
    },
    "conversations.sweep": async () => {
      const removed = await retention.sweep(clock.now());
      if (removed > 0) logger.info({ removed }, "removed old conversations");
    },
    "holidayCalendars.extend": async () => {
      const extended = await holidayCalendars.extend(clock.now());
      if (extended > 0) logger.info({ extended }, "added holidays of another year to holiday calendars");
    },
    "activities.catchUp": async () => {
      const added = await availability.catchUp(clock.now());
      if (added > 0) logger.info({ added }, "added events of activities that ended without a server");
    },
    "access.sweep": async () => {
      const now = clock.now();
      const swept = {
        sessions: await sessions.sweep(now),
        links: await passwordResets.sweep(now),
        mails: await mail.sweep(now),
      };
      if (swept.sessions + swept.links + swept.mails > 0)
        logger.info(swept, "removed expired sessions, links and mail");
    },
    "presence.sweep": async () => {
      const agents = await presence.sweep();
      if (agents > 0) logger.debug({ agents }, "recorded who has become idle or absent");
    },
  };
  const looks: Look[] = [{ text: sweepLook, every: 10 }];
  if (demo.isEnabled) {
    tasks["demo.step"] = () => demo.step(clock.now());
    looks.push({ text: demoLook, every: 5 });
  }
  const schedules: Schedule[] = [
    { task: "uploads.sweep", cron: often },
    { task: "uploads.orphans", cron: "20 3 * * *", catchUp: true },
    { task: "audit.sweep", cron: often },
    { task: "access.sweep", cron: often },
    { task: "events.sweep", cron: often },
    { task: "decisions.sweep", cron: often },
    { task: "conversations.sweep", cron: often },
    { task: "holidayCalendars.extend", cron: "10 0 * * *", catchUp: true },
    { task: "activities.catchUp", cron: often, catchUp: true },
  ];
  if (!mail.available) return { tasks, schedules, feeds: [timeoutFeed], looks };
  tasks[mailTask] = ({ id }) => mail.deliver(String(id), clock.now());
  return { tasks, schedules, feeds: [timeoutFeed, mailFeed], looks };
}

/**
 * Runs background jobs and matching in the first worker of a server. Returns a function for the shutdown: it
 * stops both, waiting up to five seconds for running jobs, and ends this worker's streams.
 */
export function keepWorking(parts: Parts): () => Promise<void> {
  const { settings, logger, events, matcher } = parts;
  if (settings.worker.number > 1) return async () => events.close();
  const { directUrl, statementTimeout, patience } = settings.databaseUse;
  const { stop } = startJobs(workOf(parts), {
    url: directUrl ?? settings.databaseUrl,
    statementTimeout,
    patience,
    logger,
  });
  const matching = matcher.keepMatching();
  return async () => {
    events.close();
    await Promise.all([stop(), matching.stop()]);
  };
}
