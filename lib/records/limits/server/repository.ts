import type { Database } from "@/lib/platform/database/db";

/** A count and the end of its window (epoch milliseconds). */
export interface Counted {
  count: number;
  resetsAt: number;
}

/** Counts failed sign-ins across all instances. */
export function createSignInFailureRepository(db: Database) {
  return {
    /** Increments each key (no duplicates) and returns the counts. */
    async add(keys: readonly Buffer[], now: Date, resetsAt: Date): Promise<Counted[]> {
      // Sorted, so that concurrent attempts lock in the same order and can't deadlock.
      const rows = await db.query<{ key: Uint8Array; count: number; resetsAt: Date }>(
        `INSERT INTO sign_in_failures AS f (key, count, resets_at)
         SELECT key, 1, :resetsAt::timestamptz FROM unnest(:keys::bytea[]) AS given (key) ORDER BY key
         ON CONFLICT (key) DO UPDATE SET
           count = CASE WHEN f.resets_at <= :now::timestamptz THEN 1 ELSE f.count + 1 END,
           resets_at = CASE WHEN f.resets_at <= :now::timestamptz THEN excluded.resets_at ELSE f.resets_at END
         RETURNING key, count, resets_at AS "resetsAt"`,
        { keys, now, resetsAt },
      );
      return keys.map((key) => {
        const row = rows.find((each) => key.equals(each.key));
        if (!row) throw new Error("a count is missing");
        return { count: row.count, resetsAt: row.resetsAt.getTime() };
      });
    },

    /** Decrements the keys again, once per occurrence: these attempts did not fail. */
    async takeBack(keys: readonly Buffer[], now: Date): Promise<void> {
      await db.query(
        `UPDATE sign_in_failures f SET count = greatest(0, f.count - held.times)
         FROM (SELECT key, (SELECT count(*)::int FROM unnest(:keys::bytea[]) AS given (key) WHERE given.key = s.key) AS times
               FROM sign_in_failures s WHERE key = ANY(:keys::bytea[]) AND resets_at > :now::timestamptz
               ORDER BY key FOR UPDATE) held
         WHERE f.key = held.key`,
        { keys, now },
      );
    },

    /** Deletes a few expired counts, so that no background job is needed. */
    async prune(now: Date): Promise<void> {
      await db.query(
        `DELETE FROM sign_in_failures WHERE key IN (
           SELECT key FROM sign_in_failures WHERE resets_at <= :now::timestamptz
           ORDER BY resets_at LIMIT 20 FOR UPDATE SKIP LOCKED)`,
        { now },
      );
    },
  };
}

export type SignInFailureRepository = ReturnType<typeof createSignInFailureRepository>;
