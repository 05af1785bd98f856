/**
 * Batches items that arrive while earlier ones are being processed, up to `limit` at a time. A single item is
 * processed immediately. `process` returns one result per item, in order.
 */
export function createBatches<Item, Result>(
  limit: number,
  process: (items: readonly Item[]) => Promise<readonly Result[]>,
) {
  type Waiting = { item: Item; resolve: (result: Result) => void; reject: (error: unknown) => void };
  let waiting: Waiting[] = [];
  let isRunning = false;

  async function run(): Promise<void> {
    isRunning = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, limit);
      waiting = waiting.slice(limit);
      try {
        const results = await process(batch.map(({ item }) => item));
        batch.forEach(({ resolve }, index) => void resolve(results[index] as Result));
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    isRunning = false;
  }

  return {
    add(item: Item): Promise<Result> {
      return new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        if (!isRunning) void run();
      });
    },
  };
}
