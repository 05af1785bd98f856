import { setImmediate as afterReading } from "node:timers/promises";
import type { WatchedClient } from "@/lib/platform/database/client";
import { databaseErrorFacts } from "@/lib/platform/database/errors";

/** Milliseconds between two checks of the connections. */
const step = 250;

interface Watched {
  /** The connections of the pool. */
  clients: ReadonlySet<WatchedClient>;
  /**
   * Asks the server which of these backend processes are running a statement. Rejects when there is no answer
   * within `half` milliseconds, or with the error that PostgreSQL returns.
   */
  ask(processes: readonly number[], half: number): Promise<ReadonlySet<number>>;
  /** Milliseconds without a byte from the host after which it counts as unresponsive. */
  patience: number;
  /** Longest time a statement may take, in milliseconds; 0 for no limit. */
  longest: number;
  /** Called when the host stops responding and when it responds again. */
  onChange(silent: boolean): void;
}

/**
 * Detects a host that is off, frozen or cut off, which never closes its sockets. After half of `patience`, a
 * probe asks what the host is doing. Without any reply or byte, closes all connections and fails calls until
 * a probe succeeds. If the reply says "idle", closes only that connection.
 */
export function watchForSilence({ clients, ask, patience, longest, onChange }: Watched) {
  const half = patience / 2;
  let silent = false;
  let asking = false;
  const waiting = new Set<() => void>();
  /** Connections whose backend was idle at the last check although a statement is pending. */
  let suspects = new Set<WatchedClient>();

  async function look(): Promise<void> {
    // After an event loop stall, timers fire before sockets are read. Read pending data first, so that the
    // host is not blamed for our own pause.
    await afterReading();
    const now = Date.now();
    const stuck: WatchedClient[] = [];
    for (const client of clients) {
      // Not the time since the last byte: a host that sends single bytes would never reach the limit.
      if (longest > 0 && client.age(now) > longest) client.cut("a statement timed out");
      else if (client.waited(now) >= half) stuck.push(client);
    }
    if (stuck.length === 0) suspects.clear();
    // Not awaited: the limit above must hold even if the probe hangs.
    if (!asking && (silent || stuck.length > 0)) void inquire(stuck);
  }

  async function inquire(stuck: WatchedClient[]): Promise<void> {
    asking = true;
    const before = new Map([...clients].map((client) => [client, client.received]));
    const heard = () => [...clients].some((client) => client.received !== (before.get(client) ?? 0));
    const known = stuck.filter((client) => client.process !== undefined);
    try {
      const busy = await ask(
        known.map(({ process = 0 }) => process),
        half,
      );
      change(false);
      const now = Date.now();
      const idle = known.filter(({ process = 0 }) => !busy.has(process));
      // Close only on the second check in a row: the response may have been in transit.
      for (const client of idle)
        if (suspects.has(client) && client.waited(now) >= half) client.cut("the connection is dead");
      suspects = new Set(idle);
    } catch (error) {
      if (databaseErrorFacts(error).state !== undefined) change(false);
      else if (silent || !heard()) change(true);
    } finally {
      asking = false;
    }
  }

  function change(to: boolean): void {
    if (silent !== to) {
      silent = to;
      onChange(to);
    }
    if (!to) return;
    for (const client of clients) client.cut("the database host doesn't respond");
    for (const refuse of waiting) refuse();
    waiting.clear();
  }

  let looking = false;
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    look().finally(() => {
      looking = false;
    });
  }, step).unref();

  return {
    /** Whether the host is known to be unresponsive. */
    get silent() {
      return silent;
    },
    /** Calls `refuse` when the host stops responding. Returns a function that cancels this. */
    whileWaiting(refuse: () => void): () => void {
      waiting.add(refuse);
      return () => waiting.delete(refuse);
    },
    /** Reports a connection that timed out while connecting, which starts a probe. */
    suspect(): void {
      if (!asking) void inquire([]);
    },
    stop(): void {
      clearInterval(timer);
    },
  };
}
