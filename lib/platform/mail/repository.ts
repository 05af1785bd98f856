import type { Database } from "@/lib/platform/database/db";
import { newId } from "@/lib/platform/ids";
import type { Feed } from "@/lib/platform/jobs/tasks";

/** Name of the task that sends one stored message. */
export const mailTask = "mail";

/** Turns stored messages into jobs. */
export const mailFeed: Feed = `
  WITH waiting AS (
    SELECT id FROM outgoing_mail WHERE dispatched_at IS NULL ORDER BY created_at LIMIT 100
    FOR UPDATE SKIP LOCKED
  ), moved AS (
    UPDATE outgoing_mail m SET dispatched_at = now() FROM waiting WHERE m.id = waiting.id RETURNING m.id
  )
  SELECT graphile_worker.add_job('${mailTask}', json_build_object('id', moved.id)) FROM moved`;

export function createMailRepository(db: Database) {
  return {
    /** Stores a message, in the current transaction. */
    async put(sealed: string, expiresAt: Date): Promise<void> {
      await db.query(
        "INSERT INTO outgoing_mail (id, sealed, expires_at) VALUES (:id::uuid, :sealed::text, :expiresAt::timestamptz)",
        { id: newId(), sealed, expiresAt },
      );
    },

    /** Returns a stored message; undefined if it was sent. */
    async find(id: string): Promise<{ sealed: string; expiresAt: Date } | undefined> {
      const [row] = await db.query<{ sealed: string; expiresAt: Date }>(
        `SELECT sealed, expires_at AS "expiresAt" FROM outgoing_mail WHERE id = :id::uuid`,
        { id },
      );
      return row;
    },

    async remove(id: string): Promise<void> {
      await db.query("DELETE FROM outgoing_mail WHERE id = :id::uuid", { id });
    },

    /** Deletes messages that are no longer useful. Returns how many. */
    async sweep(now: Date): Promise<number> {
      const rows = await db.query(
        "DELETE FROM outgoing_mail WHERE expires_at <= :now::timestamptz RETURNING 1 AS removed",
        { now },
      );
      return rows.length;
    },
  };
}

export type MailRepository = ReturnType<typeof createMailRepository>;
