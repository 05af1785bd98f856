import { type Counter, type Standing, standing } from "@/lib/records/limits/rules";

/** The IPC channel to the parent process of the workers; `process` implements it. */
export interface Channel {
  send?(message: unknown, done: (error: Error | null) => void): unknown;
  on(event: "message" | "disconnect", listener: (message: unknown) => void): unknown;
}

/** Maximum number of cached limited keys; clearing them costs one message per key. */
const rememberedRefusals = 10_000;

/**
 * Creates a counter shared by all workers of a server (scripts/server/workers.mjs). Requests of one event
 * loop turn are sent in one message. A key over its limit is cached until its window ends, so that a flood of
 * rejected requests costs nothing.
 */
export function createSharedCounter(channel: Channel): Counter {
  type Count = { count: number; resetsAt: number };
  const waiting = new Map<number, (counted: Count) => void>();
  const refused = new Map<string, Count>();
  let asked: [id: number, key: string, now: number][] = [];
  let last = 0;

  channel.on("message", (message) => {
    const { counted } = (message ?? {}) as { counted?: [id: number, count: number, resetsAt: number][] };
    if (!Array.isArray(counted)) return;
    for (const [id, count, resetsAt] of counted) {
      waiting.get(id)?.({ count, resetsAt });
      waiting.delete(id);
    }
  });

  /**
   * Lets waiting requests pass. The channel closes once a worker that shuts down has no connections, so nobody
   * gets their answers.
   */
  function abandon(): void {
    for (const resolve of waiting.values()) resolve({ count: 0, resetsAt: 0 });
    waiting.clear();
  }
  channel.on("disconnect", abandon);

  function ask(): void {
    const count = asked;
    asked = [];
    channel.send?.({ count }, (error) => error && abandon());
  }

  return {
    async count(key: string, limit: number, now: number): Promise<Standing> {
      const known = refused.get(key);
      if (known && known.resetsAt > now && known.count > limit)
        return standing(known.count, limit, known.resetsAt, now);
      const counted = await new Promise<Count>((resolve) => {
        last++;
        waiting.set(last, resolve);
        if (asked.push([last, key, now]) === 1) setImmediate(ask);
      });
      if (counted.count > limit) {
        if (refused.size >= rememberedRefusals) refused.clear();
        refused.set(key, counted);
      }
      return standing(counted.count, limit, counted.resetsAt, now);
    },
  };
}
