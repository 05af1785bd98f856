import { withConnection } from "@/lib/platform/database/client";
import { databaseErrorFacts } from "@/lib/platform/database/errors";

/** Milliseconds in which the database must answer. */
const within = 2_000;

/** What was found out about the database. */
export interface DatabaseFacts {
  readOnly: boolean;
  /** Names of the migrations that it has had; undefined when it has had none at all. */
  migrations: ReadonlySet<string> | undefined;
}

/** Looks at the database over a connection of its own, so that a pool that is busy does not make it look dead. */
export function createHealthRepository(url: string) {
  return {
    /** Fails when the database does not answer within two seconds. */
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
