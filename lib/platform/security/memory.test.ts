import { expect, test } from "vitest";
import { createMemory } from "@/lib/platform/security/memory";

const at = (seconds: number) => new Date(seconds * 1000);

test("returns a cached credential for one minute", () => {
  const memory = createMemory<string>();
  memory.remember("token", "Ann", at(100), 10_000);
  expect(memory.recall("token", at(159.9))).toBe("Ann");
  expect(memory.recall("token", at(160))).toBeUndefined();
  expect(memory.recall("another", at(100))).toBeUndefined();
});

test("expires with the credential", () => {
  const memory = createMemory<string>();
  memory.remember("token", "Ann", at(100), 110);
  expect(memory.recall("token", at(109.9))).toBe("Ann");
  expect(memory.recall("token", at(110))).toBeUndefined();
});

test("does not exceed its capacity", () => {
  const memory = createMemory<number>(10);
  for (let each = 0; each < 25; each++) memory.remember(`token ${each}`, each, at(0), 1000);
  const kept = Array.from({ length: 25 }, (_, each) => memory.recall(`token ${each}`, at(1)));
  expect(kept.filter((proof) => proof !== undefined).length).toBeLessThanOrEqual(10);
  expect(kept.at(-1)).toBe(24);
});
