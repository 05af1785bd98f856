import { EventEmitter } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { Job, Runner, WorkerEvents } from "graphile-worker";
import type { Pool, PoolClient } from "@/lib/platform/database/pool";
import type { Task, Work } from "@/lib/platform/jobs/tasks";
import type { Logger } from "@/lib/platform/logger";

/**
 * Maximum number of concurrent jobs of a server, and its connections: a listener, the dispatcher, and job
 * state.
 */
export const concurrency = 3;
/** Milliseconds between two runs of the feeds. Short, because people wait for mail. */
const feedStep = 500;
/** Milliseconds between two checks for jobs of dead servers. */
const rescueStep = 10_000;
/** Milliseconds between two checks for retries; new jobs are announced by NOTIFY. */
const pollInterval = 5_000;
/** Milliseconds that running jobs have to finish at shutdown. */
const shutdownPatience = 5_000;
/** Maximum attempts of a scheduled job, which runs again at its next time anyway. */
const scheduledAttempts = 3;
const dayInMilliseconds = 24 * 60 * 60 * 1000;

const lockOf = "hashtextextended('rollcall jobs ' || $1::text, 0)";

/** A runner holds this lock as long as it runs. */
const lockText = `SELECT pg_advisory_lock(${lockOf})`;

/**
 * Releases the jobs of runners that no longer hold their lock. Graphile Worker itself waits four hours. Skips
 * jobs that have just started, because their runner may not have its lock yet.
 */
const rescueText = `
  SELECT graphile_worker.force_unlock_workers(array_agg(taken.runner)) FROM (
    SELECT DISTINCT locked_by AS runner FROM graphile_worker.jobs
    WHERE locked_at < now() - interval '10 seconds'
  ) taken WHERE NOT EXISTS (
    SELECT 1 FROM pg_locks
    WHERE locktype = 'advisory' AND objsubid = 1 AND granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND (classid::bigint << 32 | objid::bigint) = ${lockOf.replace("$1::text", "taken.runner")})`;

export const failedJobsTask = "jobs.sweep";
/** Failed jobs without attempts left are kept for a month with their error. */
const removeFailedText = `
  SELECT graphile_worker.complete_jobs(array_agg(id)) FROM graphile_worker.jobs
  WHERE attempts >= max_attempts AND updated_at < now() - interval '30 days'`;

/** The database is read-only, so no job can run. */
export class ReadOnlyError extends Error {
  override name = "ReadOnlyError";
}

/**
 * Runs jobs until `signal` aborts, then ends within five seconds. Rejects when the database fails, or when it
 * is read-only. `onStart` is called once jobs run.
 */
export async function runJobs(
  { pool, work, logger }: { pool: Pool; work: Work; logger: Logger },
  signal: AbortSignal,
  onStart: () => void,
): Promise<void> {
  await refuseReadOnly(pool);
  const { runner, id } = await startRunner(pool, work, logger);
  const ended = runner.promise.then(() => {
    throw new Error("the job runner ended");
  });
  ended.catch(() => undefined);
  const ending = new AbortController();
  let client: PoolClient | undefined;
  try {
    client = await pool.connect();
    await client.query(lockText, [id]);
    onStart();
    await Promise.race([ended, dispatch(client, work, AbortSignal.any([signal, ending.signal]))]);
  } finally {
    ending.abort();
    const stopped = runner.stop().then(
      () => true,
      () => true,
    );
    const inTime = await Promise.race([stopped, sleep(shutdownPatience, false, { ref: false })]);
    if (!inTime && client)
      await client
        .query("SELECT graphile_worker.force_unlock_workers(ARRAY[$1::text])", [id])
        .catch(() => undefined);
    // Closes the connection, which releases the lock.
    client?.release(true);
  }
}

async function refuseReadOnly(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ readOnly: boolean }>(
    `SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean AS "readOnly"`,
  );
  if (rows[0]?.readOnly) throw new ReadOnlyError("the database is read-only");
}

async function startRunner(pool: Pool, work: Work, logger: Logger): Promise<{ runner: Runner; id: string }> {
  // Loaded here, because only the first worker of a server runs jobs.
  const { Logger: WorkerLogger, parseCronItems, run } = await import("graphile-worker");
  const events: WorkerEvents = new EventEmitter();
  let id = "";
  events.once("pool:create", ({ workerPool }) => {
    id = workerPool.id;
  });
  const about = ({ id: job, task_identifier: task, attempts, max_attempts: of }: Job) => ({
    job,
    task,
    attempt: `${attempts} of ${of}`,
  });
  events.on("job:error", ({ job, error }) =>
    logger.warn({ ...about(job), err: error }, "a background job failed"),
  );
  const sweep: Task = async () => void (await pool.query(removeFailedText));
  const tasks = { ...work.tasks, [failedJobsTask]: sweep };
  const schedules = [...work.schedules, { task: failedJobsTask, cron: "40 3 * * *", catchUp: true }];
  const runner = await run({
    pgPool: pool,
    schema: "graphile_worker",
    concurrency,
    pollInterval,
    noHandleSignals: true,
    events,
    // Errors end the runner or are emitted as events. Both are logged above.
    logger: new WorkerLogger(() => (level, message) => logger.debug({ level }, message)),
    taskList: Object.fromEntries(
      Object.entries(tasks).map(([name, task]) => [
        name,
        async (payload: unknown) => await task(payload as Readonly<Record<string, unknown>>),
      ]),
    ),
    parsedCronItems: parseCronItems(
      schedules.map(({ task, cron, catchUp = false }) => ({
        task,
        match: cron,
        identifier: task,
        options: {
          // One queue runs one job at a time. The key replaces a job that is still waiting.
          queueName: "schedules",
          jobKey: task,
          maxAttempts: scheduledAttempts,
          backfillPeriod: catchUp ? dayInMilliseconds : 0,
        },
      })),
    ),
  });
  return { runner, id };
}

/**
 * Turns rows into jobs, runs the checks for other work, and releases jobs of dead servers, until `signal`
 * aborts.
 */
async function dispatch(client: PoolClient, { feeds, looks }: Work, signal: AbortSignal): Promise<void> {
  let rescuedAt = Number.NEGATIVE_INFINITY;
  const lookedAt = new Map<string, number>();
  while (!signal.aborted) {
    if (performance.now() - rescuedAt >= rescueStep) {
      await client.query(rescueText);
      rescuedAt = performance.now();
    }
    for (const feed of feeds) while (((await client.query(feed)).rowCount ?? 0) > 0);
    for (const { text, every } of looks)
      if (performance.now() - (lookedAt.get(text) ?? Number.NEGATIVE_INFINITY) >= every * 1000) {
        await client.query(text);
        lookedAt.set(text, performance.now());
      }
    await sleep(feedStep, undefined, { signal }).catch(() => undefined);
  }
}
