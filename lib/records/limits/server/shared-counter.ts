import { type Counter, type Standing, standing } from "@/lib/records/limits/rules";

/** The way to the process that the workers of one server have in common; `process` is one. */
export interface Channel {
  send?(message: unknown): unknown;
  on(event: "message", listener: (message: unknown) => void): unknown;
}

/** Keys whose refusal is remembered; then all are forgotten, which costs a question each. */
const rememberedRefusals = 10_000;

/**
 * Counts where all workers of a server count together (scripts/server/workers.mjs), so that a limit is that of the whole
 * server. What comes up in one turn of the event loop travels in one message. A key that is over its limit stays so until
 * its window ends, and isn't asked about again: a flood of refused requests costs the others nothing.
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

  function ask(): void {
    const count = asked;
    asked = [];
    channel.send?.({ count });
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
