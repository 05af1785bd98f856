import type { CoveragePreview } from "@/lib/agents/coverage/changes-contract";
import { DAY_MS } from "@/lib/platform/time/calendar";
import { wallClockAt } from "@/lib/platform/time/wall-clock";

/** The lowest coverage of an hour; of a date if the time off is long. */
export interface CostCell {
  start: number;
  before: number;
  after: number;
  /** Undefined without a need; one of nobody is none. */
  needed: number | undefined;
  /** How many are missing afterwards. */
  missing: number;
}

/** The effect of time off on a group, such as a team. */
export interface GroupCost {
  key: string;
  name: string;
  cells: CostCell[];
  /** The cell with the lowest coverage relative to the need; one without a need only if none has one. */
  worst: CostCell;
  /** How many more are missing than before. */
  added: number;
}

export interface Cost {
  /** Worst first; groups with a need come first. */
  groups: GroupCost[];
  unit: "hour" | "day";
  timezone: string;
  /** Whether someone will be alone with a needed skill. */
  leavesOneAlone: boolean;
}

const HOUR_MS = 3_600_000;
/** Longer time off is shown by date. */
const MOST_HOURS = 26;

const hasNeed = ({ needed }: CostCell) => needed !== undefined;
const slack = ({ after, needed }: CostCell) => after - (needed ?? 0);

/** Returns the cell with fewer agents relative to the need, or the only one that has a need. */
function lower(a: CostCell, b: CostCell): CostCell {
  if (hasNeed(a) !== hasNeed(b)) return hasNeed(a) ? a : b;
  return b.missing > a.missing || (b.missing === a.missing && slack(b) < slack(a)) ? b : a;
}

/** Summarizes a preview by hour, as the lowest coverage of each. */
export function costOf({ timezone, stretches, risks }: CoveragePreview): Cost {
  const spans = stretches.map(({ start, end, groups }) => ({
    start: Date.parse(start),
    end: Date.parse(end),
    groups,
  }));
  const floor = (instant: number, size: number) => instant - (wallClockAt(timezone, instant) % size);
  const hours = new Set<number>();
  for (const { start, end } of spans)
    for (let at = floor(start, HOUR_MS); at < end; at += HOUR_MS) hours.add(at);
  const unit = hours.size > MOST_HOURS ? "day" : "hour";
  const size = unit === "day" ? DAY_MS : HOUR_MS;

  const found = new Map<string, { name: string; added: number; cells: Map<number, CostCell> }>();
  for (const { start, end, groups } of spans)
    for (const { teamId, skillId, name, needed, before, after } of groups) {
      const key = `${teamId ?? ""}/${skillId ?? ""}`;
      const group = found.get(key) ?? { name, added: 0, cells: new Map<number, CostCell>() };
      found.set(key, group);
      group.added = Math.max(group.added, after.missing - before.missing);
      for (let at = floor(start, size); at < end; at = floor(at + size * 1.5, size)) {
        const cell = {
          start: at,
          before: before.scheduled,
          after: after.scheduled,
          needed: needed || undefined,
          missing: after.missing,
        };
        const known = group.cells.get(at);
        group.cells.set(at, known ? lower(known, cell) : cell);
      }
    }

  const groups = [...found].flatMap(([key, { name, added, cells: byTime }]): GroupCost[] => {
    const cells = [...byTime.values()].sort((a, b) => a.start - b.start);
    const [first] = cells;
    return first ? [{ key, name, cells, worst: cells.reduce(lower, first), added }] : [];
  });
  groups.sort(
    (a, b) =>
      b.added - a.added ||
      Number(hasNeed(b.worst)) - Number(hasNeed(a.worst)) ||
      b.worst.missing - a.worst.missing ||
      slack(a.worst) - slack(b.worst),
  );
  return {
    groups,
    unit,
    timezone,
    leavesOneAlone: risks.added.some(({ kind }) => kind === "onlyOne"),
  };
}

/** How bad a cell is: below the need, exactly at it, above it, or without any need. */
export function levelOf({ missing, after, needed }: CostCell): "short" | "tight" | "enough" | "none" {
  if (missing > 0) return "short";
  if (needed === undefined) return "none";
  return after <= needed ? "tight" : "enough";
}
