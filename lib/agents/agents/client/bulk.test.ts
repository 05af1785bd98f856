import { describe, expect, it, vi } from "vitest";
import { type BulkTask, countAgents, runBulk } from "./bulk";

const task = (id: string, run: BulkTask["run"] = async () => null): BulkTask => ({ agentIds: [id], run });
const signal = () => new AbortController().signal;

describe("a run of many tasks", () => {
  it("does no more at once than it may, and comes to the end of all", async () => {
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

  it("goes on after a failure and keeps its reason", async () => {
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

  it("begins nothing more after it was cancelled, and lets what is under way end", async () => {
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

  it("reports each change of state, and what takes it back", async () => {
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
