/** A piece of a bulk run: one request or a few, for one agent or for several at once. */
export interface BulkTask {
  agentIds: readonly string[];
  /** Does it, and gives back what takes it back; null where nothing had to be changed or it can't be taken back. */
  run: (signal: AbortSignal) => Promise<BulkTask | null>;
}

export type BulkState = "waiting" | "running" | "done" | "failed" | "cancelled";

export interface BulkResult {
  task: BulkTask;
  state: BulkState;
  /** Why it failed. */
  error?: unknown;
  /** What takes it back. */
  undo?: BulkTask;
}

/**
 * Runs tasks a few at a time and reports after each change of state. One that fails does not stop the others. After the
 * signal no further one is begun; those under way come to their end, so that each is known to be done or not.
 */
export async function runBulk(
  tasks: readonly BulkTask[],
  {
    signal,
    atOnce = 4,
    onChange,
  }: { signal: AbortSignal; atOnce?: number; onChange?: (results: readonly BulkResult[]) => void },
): Promise<readonly BulkResult[]> {
  let results: readonly BulkResult[] = tasks.map((task) => ({ task, state: "waiting" }));
  const report = (index: number, result: Omit<BulkResult, "task">) => {
    results = results.map((each, at) => (at === index ? { task: each.task, ...result } : each));
    onChange?.(results);
  };
  let next = 0;

  async function work() {
    while (next < tasks.length) {
      const index = next++;
      const task = tasks[index];
      if (!task) return;
      if (signal.aborted) {
        report(index, { state: "cancelled" });
        continue;
      }
      report(index, { state: "running" });
      try {
        const undo = await task.run(signal);
        report(index, { state: "done", ...(undo ? { undo } : {}) });
      } catch (error) {
        report(index, { state: "failed", error });
      }
    }
  }

  await Promise.all(Array.from({ length: Math.min(atOnce, tasks.length) }, work));
  return results;
}

/** How many agents are in which state. */
export function countAgents(results: readonly BulkResult[]): Record<BulkState, number> {
  const counts: Record<BulkState, number> = { waiting: 0, running: 0, done: 0, failed: 0, cancelled: 0 };
  for (const { task, state } of results) counts[state] += task.agentIds.length;
  return counts;
}
