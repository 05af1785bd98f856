import { join } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { createWindowCounter } from "@/lib/records/limits/rules";
import { projectDir } from "../paths";

interface Counts {
  count(key: string, now: number): { count: number; resetsAt: number };
}

let createCounts: (capacity: number) => Counts;

beforeAll(async () => {
  ({ createCounts } = await import(pathToFileURL(join(projectDir, "scripts", "server", "counts.mjs")).href));
});

test("counts for several processes like the counter of a single process", () => {
  const steps = fc.array(
    fc.record({ key: fc.constantFrom("a", "b", "c", "d", "e"), wait: fc.integer({ min: 0, max: 25_000 }) }),
    { maxLength: 200 },
  );
  fc.assert(
    fc.property(steps, fc.constantFrom(4, 100), (list, capacity) => {
      const counts = createCounts(capacity);
      const counter = createWindowCounter(capacity);
      let now = 1_000_000;
      for (const { key, wait } of list) {
        now += wait;
        const { count, resetsAt } = counts.count(key, now);
        const { remaining, resetSeconds } = counter.count(key, 1_000, now);
        expect(1_000 - count).toBe(remaining);
        expect(Math.max(1, Math.ceil((resetsAt - now) / 1000))).toBe(resetSeconds);
      }
    }),
  );
});
