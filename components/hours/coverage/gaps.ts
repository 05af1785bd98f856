import type { CoveragePreview } from "@/lib/agents/coverage/changes-contract";

/** A stretch of time in which a group has fewer agents than needed, and fewer or more than before. */
export interface Gap {
  /** The group, and where it starts. */
  key: string;
  name: string;
  start: number;
  end: number;
  /** The lowest number of agents. */
  after: number;
  needed: number;
}

/** What changes do to the gaps in coverage. */
export interface GapChanges {
  /** Gaps that appear or grow, by start. */
  opened: Gap[];
  /** Number of gaps that close or shrink. */
  closed: number;
  /** Whether any agents would be added or removed at any time. */
  isTouched: boolean;
  /** Whether any of the touched groups has a need. */
  hasNeeds: boolean;
}

/** Finds the gaps that changes open and close. Consecutive stretches of a group are one gap. */
export function gapsOf({ stretches }: Pick<CoveragePreview, "stretches">): GapChanges {
  const opened = new Map<string, Gap[]>();
  const closed = new Map<string, Gap[]>();
  let hasNeeds = false;
  for (const stretch of stretches) {
    const [start, end] = [Date.parse(stretch.start), Date.parse(stretch.end)];
    for (const { teamId, skillId, name, needed, before, after } of stretch.groups) {
      if (!needed) continue;
      hasNeeds = true;
      const difference = after.missing - before.missing;
      if (difference === 0) continue;
      const group = `${teamId ?? ""}/${skillId ?? ""}`;
      const found = difference > 0 ? opened : closed;
      const gaps = found.get(group) ?? [];
      found.set(group, gaps);
      const last = gaps.at(-1);
      if (last?.end !== start)
        gaps.push({ key: `${group}/${start}`, name, start, end, after: after.scheduled, needed });
      else {
        last.end = end;
        if (after.missing > last.needed - last.after) Object.assign(last, { after: after.scheduled, needed });
      }
    }
  }
  return {
    opened: [...opened.values()].flat().sort((one, other) => one.start - other.start),
    closed: [...closed.values()].flat().length,
    isTouched: stretches.length > 0,
    hasNeeds,
  };
}
