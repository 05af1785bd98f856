/** One step of a bulk change: a few requests for one or more agents. */
export interface BulkTask {
  agentIds: readonly string[];
  /** Returns the task that undoes this one; null if nothing changed or it can't be undone. */
  run: (signal: AbortSignal) => Promise<BulkTask | null>;
}

export type BulkState = "waiting" | "running" | "done" | "failed" | "cancelled";

export interface BulkResult {
  task: BulkTask;
  state: BulkState;
  error?: unknown;
  undo?: BulkTask;
}

/**
 * Runs tasks with limited concurrency and reports every state change. A failed task does not stop the others.
 * After an abort no new task starts; running ones finish, so that the outcome of each is known.
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

export function countAgents(results: readonly BulkResult[]): Record<BulkState, number> {
  const counts: Record<BulkState, number> = { waiting: 0, running: 0, done: 0, failed: 0, cancelled: 0 };
  for (const { task, state } of results) counts[state] += task.agentIds.length;
  return counts;
}
