import { describe, expect, it, vi } from "vitest";
import { type BulkTask, countAgents, runBulk } from "./bulk";

const task = (id: string, run: BulkTask["run"] = async () => null): BulkTask => ({ agentIds: [id], run });
const signal = () => new AbortController().signal;

describe("running many tasks", () => {
  it("stays within the concurrency limit and finishes every task", async () => {
    let running = 0;
    let most = 0;
    const tasks = Array.from({ length: 20 }, (_, index) =>
      task(String(index), async () => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, 1));
        running--;
        return null;
      }),
    );
    const results = await runBulk(tasks, { signal: signal(), atOnce: 4 });
    expect(most).toBe(4);
    expect(countAgents(results)).toEqual({ waiting: 0, running: 0, done: 20, failed: 0, cancelled: 0 });
  });

  it("continues after a failure and keeps the error", async () => {
    const reason = new Error("no");
    const results = await runBulk(
      [
        task("a", async () => {
          throw reason;
        }),
        task("b"),
      ],
      { signal: signal(), atOnce: 1 },
    );
    expect(results.map(({ state }) => state)).toEqual(["failed", "done"]);
    expect(results[0]?.error).toBe(reason);
  });

  it("starts no new task after cancellation and lets running ones finish", async () => {
    const controller = new AbortController();
    const second = vi.fn(async () => null);
    const results = await runBulk(
      [
        task("a", async () => {
          controller.abort();
          return null;
        }),
        task("b", second),
      ],
      { signal: controller.signal, atOnce: 1 },
    );
    expect(second).not.toHaveBeenCalled();
    expect(results.map(({ state }) => state)).toEqual(["done", "cancelled"]);
  });

  it("reports every state change and keeps the undo task", async () => {
    const back = task("a");
    const seen: string[] = [];
    const results = await runBulk([task("a", async () => back)], {
      signal: signal(),
      onChange: (now) => seen.push(now.map(({ state }) => state).join()),
    });
    expect(seen).toEqual(["running", "done"]);
    expect(results[0]?.undo).toBe(back);
  });
});
