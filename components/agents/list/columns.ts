import type { AgentSortKey } from "@/lib/agents/agents/client/list-state";

/** In display order. Columns that show who can take work come first, so that they fit on a laptop screen. */
export const columnIds = [
  "agent",
  "canTake",
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

/** The column that cannot be hidden. */
export const fixedColumn = "agent" satisfies ColumnId;

/** Without roles: all columns don't fit into a 1440 px window. */
export const defaultColumns: readonly ColumnId[] = columnIds.filter(
  (id) => id !== "created" && id !== "roles",
);

/** Sort keys by column. Other columns cannot be sorted. */
export const columnSorts: Partial<Record<ColumnId, AgentSortKey>> = {
  agent: "name",
  status: "statusAssignedCount",
  workload: "assignedCount",
  created: "createdAt",
};

/**
 * Widths in pixels; columns with a share divide the remaining width. The default columns fit into a 1440 px
 * window with a 17 px scrollbar.
 */
export const columnWidths: Record<ColumnId, { width?: number; minWidth: number; share?: number }> = {
  agent: { minWidth: 180, share: 3 },
  canTake: { width: 92, minWidth: 92 },
  status: { width: 108, minWidth: 108 },
  activity: { minWidth: 120, share: 2 },
  teams: { minWidth: 136, share: 2 },
  roles: { minWidth: 96, share: 1 },
  skills: { minWidth: 104, share: 1 },
  workload: { width: 148, minWidth: 148 },
  localTime: { width: 110, minWidth: 110 },
  lastChange: { width: 124, minWidth: 124 },
  created: { width: 110, minWidth: 110 },
};

/** Width in compact density, where time and in-hours mark are on one line. */
export const compactTimeWidth = 168;

export const densities = ["comfortable", "compact"] as const;
