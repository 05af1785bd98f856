import { withConnection } from "@/lib/platform/database/client";
import { databaseErrorFacts } from "@/lib/platform/database/errors";

/** Timeout for the database, in milliseconds. */
const within = 2_000;

export interface DatabaseFacts {
  readOnly: boolean;
  /** Names of applied migrations; undefined if there are none. */
  migrations: ReadonlySet<string> | undefined;
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
        ).catch((error: unknown) => {
          if (databaseErrorFacts(error).state === "42P01") return undefined;
          throw error;
        });
        return {
          readOnly: state?.readOnly === true,
          migrations: rows && new Set(rows.map(({ name }) => name)),
        };
      });
    },
  };
}

export type HealthRepository = ReturnType<typeof createHealthRepository>;
