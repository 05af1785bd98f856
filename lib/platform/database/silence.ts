import { setImmediate as afterReading } from "node:timers/promises";
import type { WatchedClient } from "@/lib/platform/database/client";
import { databaseErrorFacts } from "@/lib/platform/database/errors";

/** Milliseconds between two looks at the connections. */
const step = 250;

interface Watched {
  /** The connections of the pool. */
  clients: ReadonlySet<WatchedClient>;
  /**
   * Asks the host which of these processes of PostgreSQL are at work. Fails when nothing comes within `half` milliseconds,
   * and also with whatever PostgreSQL refuses it with.
   */
  ask(processes: readonly number[], half: number): Promise<ReadonlySet<number>>;
  /** Milliseconds without a sign of the host after which it counts as silent. */
  patience: number;
  /** Milliseconds that a statement may take at most; 0: any time. */
  longest: number;
  /** Told when silence begins and when it is over. */
  onChange(silent: boolean): void;
}

/**
 * Tells a host that has gone silent from a statement that takes its time. A host that is switched off, frozen or cut off
 * closes no connection: without this, each statement would wait for what PostgreSQL's own limits, which nobody is
 * there to enforce, would have allowed it.
 *
 * When a statement has waited for half of the patience, the host is asked whether it is at work on it. No answer within
 * the other half, and not a byte over any connection: the host is silent. All connections are cut, and until it answers
 * again, which is tried all the time, nobody is made to wait for it. Where it does answer, but is not at work on what we
 * wait for, that one connection is dead and cut.
 */
export function watchForSilence({ clients, ask, patience, longest, onChange }: Watched) {
  const half = patience / 2;
  let silent = false;
  let asking = false;
  const waiting = new Set<() => void>();
  /** Connections whose process was idle at the last look although we wait for it. */
  let suspects = new Set<WatchedClient>();

  async function look(): Promise<void> {
    // After a pause of this process timers run first: what came in meanwhile is to be read before anybody is blamed.
    await afterReading();
    const now = Date.now();
    const stuck: WatchedClient[] = [];
    for (const client of clients) {
      const waited = client.waited(now);
      if (longest > 0 && waited > longest) client.cut("a statement timed out");
      else if (waited >= half) stuck.push(client);
    }
    if (stuck.length === 0) suspects.clear();
    if (!asking && (silent || stuck.length > 0)) await inquire(stuck);
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
      // Twice: the answer may have been on its way.
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
    /** Whether it's known that nothing will come of waiting. */
    get silent() {
      return silent;
    },
    /** Calls `refuse` when silence begins, unless the function that this gives was called before. */
    whileWaiting(refuse: () => void): () => void {
      waiting.add(refuse);
      return () => waiting.delete(refuse);
    },
    /** To be told of a connection that did not come about in time. */
    suspect(): void {
      if (!asking) void inquire([]);
    },
    stop(): void {
      clearInterval(timer);
    },
  };
}
