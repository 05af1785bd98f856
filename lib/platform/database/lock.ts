import { withConnection } from "@/lib/platform/database/client";

/** Milliseconds for an answer: nothing that is asked here has to wait for anything. */
const within = 5_000;

/**
 * Runs `work` while this process alone, of all that use the database, holds the lock of that name; undefined when another
 * one holds it. The lock hangs on a connection of its own, and ends with it: `url` must lead to PostgreSQL itself, since a
 * pooler would lend the connection, with the lock, to others.
 */
export async function holdingLock<T>(
  url: string,
  name: string,
  work: () => Promise<T>,
): Promise<T | undefined> {
  return await withConnection(url, within, async (ask) => {
    // PostgreSQL finds out in seconds when this host is gone, and with it who held the lock.
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
