import type { Period } from "@/components/coverage/period";
import type { Coverage } from "@/lib/agents/coverage/contract";
import { DAY_MS, MINUTE_MS } from "@/lib/platform/time/calendar";
import { wallClockAt } from "@/lib/platform/time/wall-clock";

/** How many agents are scheduled in a step, how many are needed, and how many are off. */
export interface Cell {
  readonly scheduled: number;
  readonly needed: number | undefined;
  readonly off: number;
}

export type Level = "none" | "short" | "exact" | "enough";

/** Returns how a cell compares with its need. */
export function levelOf({ scheduled, needed }: Cell): Level {
  if (!needed) return "none";
  if (scheduled < needed) return "short";
  return scheduled === needed ? "exact" : "enough";
}

const spare = ({ scheduled, needed = 0 }: Cell) => scheduled - needed;

/**
 * Returns the cells of a group by day and wall-clock column; null where clocks skip a column. Where clocks are set
 * back, takes the worse of the two steps.
 */
export function cellsOf(
  { from, step, timezone }: Coverage,
  group: Coverage["groups"][number],
  { first, last }: Period,
): (Cell | null)[][] {
  const columns = 1440 / step;
  const days = Array.from({ length: last - first + 1 }, () => Array<Cell | null>(columns).fill(null));
  const origin = Date.parse(from);
  for (const [index, scheduled] of group.scheduled.entries()) {
    const wall = wallClockAt(timezone, origin + index * step * MINUTE_MS);
    const day = Math.floor(wall / DAY_MS);
    const column = Math.floor((wall - day * DAY_MS) / MINUTE_MS / step);
    const row = days[day - first];
    if (!row) continue;
    const cell = { scheduled, needed: group.needed?.[index], off: group.off[index] ?? 0 };
    const other = row[column];
    row[column] = other && spare(other) <= spare(cell) ? other : cell;
  }
  return days;
}
