import { withConnection } from "@/lib/platform/database/client";
import { databaseErrorFacts } from "@/lib/platform/database/errors";

/** Timeout for the database, in milliseconds. */
const within = 2_000;

export interface DatabaseFacts {
  readOnly: boolean;
  /** Names of applied migrations; undefined if there are none. */
  migrations: ReadonlySet<string> | undefined;
  /** Undefined if the tables for jobs don't exist yet, or the user may not read them. */
  jobs: { dispatcherLag: number; oldestDueJob: number } | undefined;
}

/** Waiting times of the oldest email and of the oldest due job, in seconds. */
const jobsText = `
  SELECT coalesce(extract(epoch FROM now() - (
    SELECT min(created_at) FROM outgoing_mail WHERE dispatched_at IS NULL)), 0)::float8 AS "dispatcherLag",
  coalesce(extract(epoch FROM now() - (
    SELECT min(run_at) FROM graphile_worker.jobs
    WHERE run_at <= now() AND locked_at IS NULL AND attempts < max_attempts)), 0)::float8 AS "oldestDueJob"`;

/** Returns undefined for a missing table, schema or privilege. */
function ifMissing(error: unknown): undefined {
  if (["42P01", "3F000", "42501"].includes(databaseErrorFacts(error).state ?? "")) return undefined;
  throw error;
}

/** Checks the database over its own connection, so that a busy pool does not look like an outage. */
export function createHealthRepository(url: string) {
  return {
    /** Rejects if the database does not respond within two seconds. */
    inspect(): Promise<DatabaseFacts> {
      return withConnection(url, within, async (ask) => {
        const [state] = await ask<{ readOnly: boolean }>(
          `SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean AS "readOnly"`,
        );
        const rows = await ask<{ name: string }>(
          `SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
        ).catch(ifMissing);
        const jobs = await ask<NonNullable<DatabaseFacts["jobs"]>>(jobsText).catch(ifMissing);
        return {
          readOnly: state?.readOnly === true,
          migrations: rows && new Set(rows.map(({ name }) => name)),
          jobs: jobs?.[0],
        };
      });
    },
  };
}

export type HealthRepository = ReturnType<typeof createHealthRepository>;
