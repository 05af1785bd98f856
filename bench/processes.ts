import { readdirSync, readFileSync } from "node:fs";

// Reads CPU time and memory of processes from Linux's /proc.

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

const parentOf = (pid: number) => Number(/^PPid:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0);

/** Returns a process and all its descendants. */
export function family(pid: number): number[] {
  const parents = new Map(
    entries("/proc")
      .map(Number)
      .filter((each) => each > 0)
      .map((each) => [each, parentOf(each)]),
  );
  const found = new Set([pid]);
  for (let before = 0; before < found.size; ) {
    before = found.size;
    for (const [child, parent] of parents) if (found.has(parent)) found.add(child);
  }
  return [...found];
}

/** Returns the CPU time of each process in microseconds. */
export function cpu(pids: readonly number[]): Map<number, number> {
  return new Map(
    pids.map((pid) => [
      pid,
      entries(`/proc/${pid}/task`).reduce(
        (sum, task) => sum + Number(read(`/proc/${pid}/task/${task}/schedstat`).split(" ")[0] ?? 0) / 1000,
        0,
      ),
    ]),
  );
}

/** Returns the difference of two readings. New processes count from zero. */
export function used(before: Map<number, number>, after: Map<number, number>): number {
  let sum = 0;
  for (const [pid, value] of after) sum += Math.max(0, value - (before.get(pid) ?? 0));
  return sum;
}

/** Returns the resident memory of these processes in MB. */
export function resident(pids: readonly number[]): number {
  return pids.reduce(
    (sum, pid) => sum + Number(/^VmRSS:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1024,
    0,
  );
}
