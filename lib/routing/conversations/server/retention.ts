import type { Database } from "@/lib/platform/database/db";
import { DAY_MS } from "@/lib/platform/time/calendar";

/** Rows of one statement. Each takes its offers and decisions along. */
const batch = 2_000;

const removeText = `
  DELETE FROM conversations WHERE (workspace_id, id) IN (
    SELECT workspace_id, id FROM conversations WHERE state = 'closed' AND closed_at < :until::timestamptz
    ORDER BY closed_at LIMIT ${batch} FOR UPDATE SKIP LOCKED)
  RETURNING 1 AS removed`;

/** Deletes conversations that were closed more than `keepDays` days ago; 0 keeps them for ever. */
export function createConversationRetention(db: Database, keepDays: number) {
  return {
    /** Returns the number of deleted conversations. */
    async sweep(now: Date): Promise<number> {
      if (keepDays === 0) return 0;
      const until = new Date(now.getTime() - keepDays * DAY_MS);
      let removed = 0;
      for (;;) {
        const { length } = await db.query(removeText, { until });
        removed += length;
        if (length < batch) return removed;
      }
    },
  };
}
