import type { AgentSortKey } from "@/lib/agents/agents/client/list-state";

/** In the order in which they stand: what tells whether somebody can take work comes first, within the width of a laptop. */
export const columnIds = [
  "agent",
  "status",
  "activity",
  "workload",
  "localTime",
  "teams",
  "roles",
  "skills",
  "lastChange",
  "created",
] as const;

export type ColumnId = (typeof columnIds)[number];

/** The column that is always there: it says whom a row is about. */
export const fixedColumn = "agent" satisfies ColumnId;

export const defaultColumns: readonly ColumnId[] = columnIds.filter((id) => id !== "created");

/** The order that a press on a column's head asks for. The other columns can't be sorted by. */
export const columnSorts: Partial<Record<ColumnId, AgentSortKey>> = {
  agent: "name",
  status: "statusAssignedCount",
  workload: "assignedCount",
  created: "createdAt",
};

/**
 * Widths in pixels; what is left over is shared out among those with a share. In a window of 1440 px the default columns fit
 * beside a scrollbar of 17 px.
 */
export const columnWidths: Record<ColumnId, { width?: number; minWidth: number; share?: number }> = {
  agent: { minWidth: 200, share: 3 },
  status: { width: 108, minWidth: 108 },
  activity: { minWidth: 132, share: 2 },
  teams: { minWidth: 128, share: 2 },
  roles: { minWidth: 96, share: 1 },
  skills: { minWidth: 104, share: 1 },
  workload: { width: 148, minWidth: 148 },
  localTime: { width: 110, minWidth: 110 },
  lastChange: { width: 132, minWidth: 132 },
  created: { width: 110, minWidth: 110 },
};

/** On one line the time and whether it is in hours stand side by side. */
export const compactTimeWidth = 168;

export const densities = ["comfortable", "compact"] as const;
