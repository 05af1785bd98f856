import type { Database } from "@/lib/db";

/** Whether the product can do its work. */
export function createHealthService(db: Database) {
  return {
    /** Throws `DatabaseUnavailableError` when the database does not answer. */
    async check(): Promise<{ status: "ok" }> {
      await db.query("SELECT 1 AS answer");
      return { status: "ok" };
    },
  };
}
