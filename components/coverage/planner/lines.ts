import type { PlannerRow } from "@/lib/agents/coverage/planner-contract";

/** The heights of a row and of a group's heading in pixels. They are fixed because rows are virtualized. */
export const rowHeight = 44;
export const headingHeight = 36;

/** Rows under a common heading. */
export interface RowGroup {
  key: string;
  /** Null: agents without a team. Undefined: all rows, without a heading. */
  team: { id: string; name: string } | null | undefined;
  rows: readonly PlannerRow[];
}

/** Returns one group without a heading. */
export function ungrouped(rows: readonly PlannerRow[]): RowGroup[] {
  return [{ key: "all", team: undefined, rows }];
}

/**
 * Groups rows by team, by name; agents without a team are last. An agent of several teams is in each group.
 * With a filter for teams, other teams have no group.
 */
export function groupedByTeam(
  rows: readonly PlannerRow[],
  filtered: readonly string[],
  locale: string,
): RowGroup[] {
  const groups = new Map<string, { key: string; team: { id: string; name: string }; rows: PlannerRow[] }>();
  const others: PlannerRow[] = [];
  for (const row of rows) {
    if (row.teams.length === 0) others.push(row);
    for (const { id, name } of row.teams) {
      if (filtered.length > 0 && !filtered.includes(id)) continue;
      const group = groups.get(id) ?? { key: id, team: { id, name }, rows: [] };
      groups.set(id, group);
      group.rows.push(row);
    }
  }
  const { compare } = new Intl.Collator(locale, { numeric: true });
  const sorted: RowGroup[] = [...groups.values()].sort((one, other) =>
    compare(one.team.name, other.team.name),
  );
  return others.length > 0 ? [...sorted, { key: "none", team: null, rows: others }] : sorted;
}

/** Where a group is in the planner, in pixels from the first row, and in rows of the table, from 0. */
export interface PlacedGroup {
  group: RowGroup;
  top: number;
  height: number;
  /** Height of the heading; 0 without one. */
  heading: number;
  /** Index of the heading, or of the first row, among all rows of the table. */
  index: number;
  /** Index of the first agent among all agents' rows. */
  place: number;
}

/** Returns the place of each group. */
export function placed(groups: readonly RowGroup[]): PlacedGroup[] {
  let top = 0;
  let index = 0;
  let place = 0;
  return groups.map((group) => {
    const heading = group.team === undefined ? 0 : headingHeight;
    const height = heading + group.rows.length * rowHeight;
    const here = { group, top, height, heading, index, place };
    top += height;
    index += group.rows.length + (heading > 0 ? 1 : 0);
    place += group.rows.length;
    return here;
  });
}

/** Returns the first and last row (exclusive) of a group between two pixels; null if the group is elsewhere. */
export function rowsBetween(
  { group, top, height, heading }: PlacedGroup,
  from: number,
  to: number,
): { first: number; last: number } | null {
  if (top + height <= from || top >= to) return null;
  const count = group.rows.length;
  const at = (pixel: number) => (pixel - top - heading) / rowHeight;
  const first = Math.min(count, Math.max(0, Math.floor(at(from))));
  return { first, last: Math.min(count, Math.max(first, Math.ceil(at(to)))) };
}
