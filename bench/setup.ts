import type { Lifetime } from "../scripts/lifetime";
import { Problem } from "../scripts/problem";
import { ensureBuilt, ensureGenerated } from "../scripts/project/prepare";
import { type BenchServer, openBenchServer } from "./databases";

/** Builds both products and opens the database server for data sets. */
export async function setUp(lifetime: Lifetime, say: (line: string) => void): Promise<BenchServer> {
  await ensureGenerated(say, lifetime.signal);
  await ensureBuilt("pages", say, lifetime.signal);
  await ensureBuilt("api", say, lifetime.signal);
  return await openBenchServer(lifetime, say);
}

/** Parses an option as a positive integer. Throws `Problem` otherwise. */
export function wholeNumber(option: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new Problem(`--${option} must be a whole number, not "${text}".`);
  return number;
}
