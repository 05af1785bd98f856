import { setTimeout as sleep } from "node:timers/promises";
import { databaseErrorFacts, troubleOf } from "@/lib/platform/database/errors";
import { openPool } from "@/lib/platform/database/pool";
import { concurrency, ReadOnlyError, runJobs } from "@/lib/platform/jobs/runner";
import type { Work } from "@/lib/platform/jobs/tasks";
import type { Logger } from "@/lib/platform/logger";

interface Options {
  /** Connection string of PostgreSQL itself: jobs need a session for LISTEN and a lock. */
  url: string;
  /** Statement timeout in seconds; 0 for none. */
  statementTimeout: number;
  /** Seconds without a byte from the host after which it counts as unresponsive. */
  patience: number;
  logger: Logger;
}

/** Milliseconds before jobs start again after a failure. Doubles up to the maximum. */
const firstWait = 1_000;
const longestWait = 30_000;
/** Milliseconds after which a run counts as stable. */
const steady = 60_000;

/** Timeout for closing the connections, in milliseconds. */
const closePatience = 1_000;

/** The reason why jobs don't run, and what to do about it. */
function problemOf(error: unknown, url: string): { level: "warn" | "error"; text: string } {
  if (error instanceof ReadOnlyError || troubleOf(error) === "readOnly")
    return { level: "warn", text: "background jobs wait: the database is read-only" };
  if (databaseErrorFacts(error).state === "42501") {
    const { pathname, username } = new URL(url);
    const [database, user] = [decodeURIComponent(pathname.slice(1)), decodeURIComponent(username)];
    return {
      level: "error",
      text: `background jobs, such as mail, don't run: the database user may not create or use the schema graphile_worker. As the owner of the database, run: GRANT CREATE ON DATABASE "${database}" TO "${user}". The server retries every ${longestWait / 1000} seconds`,
    };
  }
  if (troubleOf(error)) return { level: "warn", text: "background jobs wait: the database is unavailable" };
  return { level: "error", text: "background jobs stopped; the server restarts them" };
}

/**
 * Runs background jobs, and restarts them after a database failure. Logs a problem once, not at each attempt.
 * `stop` waits up to five seconds for running jobs; other servers take over the rest.
 */
export function startJobs(
  work: Work,
  { url, statementTimeout, patience, logger }: Options,
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;

  /**
   * Runs jobs on separate connections, which a later run must not reuse: their session may be the problem.
   */
  async function run(onStart: () => void): Promise<void> {
    const { pool, close } = openPool({
      url,
      connections: concurrency,
      pooled: false,
      nameSuffix: " jobs",
      limits: { statement: statementTimeout },
      patience,
      onIdleError: (error) => logger.debug({ err: error }, "an idle connection of background jobs failed"),
      onSilence: () => undefined,
    });
    // Graphile Worker warns about pools without an error handler; `WatchedClient` handles errors.
    pool.on("connect", (client) => client.on("error", () => undefined));
    try {
      await runJobs({ pool, work, logger }, signal, onStart);
    } finally {
      // A job that did not finish in time may still hold a connection.
      await Promise.race([close(), sleep(closePatience, undefined, { ref: false })]);
    }
  }

  async function keepRunning(): Promise<void> {
    let wait = firstWait;
    let reported: string | undefined;
    while (!signal.aborted) {
      const began = performance.now();
      try {
        await run(() => {
          if (reported !== undefined) logger.info("background jobs run again");
          reported = undefined;
        });
      } catch (error) {
        if (signal.aborted) break;
        const { level, text } = problemOf(error, url);
        if (text !== reported) logger[level]({ err: error }, text);
        reported = text;
      }
      if (performance.now() - began >= steady) wait = firstWait;
      await sleep(wait, undefined, { signal, ref: false }).catch(() => undefined);
      wait = Math.min(wait * 2, longestWait);
    }
  }

  const ended = keepRunning();
  return {
    stop() {
      stopping.abort();
      return ended;
    },
  };
}
