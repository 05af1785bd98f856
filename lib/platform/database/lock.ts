import { withConnection } from "@/lib/platform/database/client";

/** Timeout in milliseconds: no statement here waits for a lock. */
const within = 5_000;

/**
 * Runs `work` while holding the named lock; returns undefined if another process holds it. The lock belongs
 * to a separate connection and ends with it, so `url` must bypass any pooler.
 */
export async function holdingLock<T>(
  url: string,
  name: string,
  work: () => Promise<T>,
): Promise<T | undefined> {
  return await withConnection(url, within, async (ask) => {
    // Makes PostgreSQL notice a dead host, and release its lock, within 25 seconds.
    await ask(
      "SELECT set_config(name, value, false) FROM (VALUES ('tcp_keepalives_idle', '10'), ('tcp_keepalives_interval', '5'), ('tcp_keepalives_count', '3')) AS wanted (name, value)",
    );
    const [row] = await ask<{ held: boolean }>(
      "SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS held",
      [name],
    );
    return row?.held ? await work() : undefined;
  });
}
