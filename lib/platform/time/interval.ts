/** A half-open interval [start, end) in epoch milliseconds. */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

/** Returns sorted intervals without overlaps; joins touching ones and drops empty ones. */
export function mergeIntervals(intervals: readonly Interval[]): Interval[] {
  const merged: { start: number; end: number }[] = [];
  const sorted = intervals.filter(({ start, end }) => start < end).sort((a, b) => a.start - b.start);
  for (const { start, end } of sorted) {
    const last = merged.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}

/** Returns the parts of the intervals within the bounds, in the same order. */
export function clipIntervals(intervals: readonly Interval[], bounds: Interval): Interval[] {
  return intervals
    .map(({ start, end }) => ({ start: Math.max(start, bounds.start), end: Math.min(end, bounds.end) }))
    .filter(({ start, end }) => start < end);
}

/** Returns what remains of the intervals without the cuts, in the same order. */
export function subtractIntervals(intervals: readonly Interval[], cuts: readonly Interval[]): Interval[] {
  if (cuts.length === 0) return [...intervals];
  const merged = mergeIntervals(cuts);
  return intervals.flatMap(({ start, end }) => {
    const parts: Interval[] = [];
    let from = start;
    for (const cut of merged) {
      if (cut.end <= from) continue;
      if (cut.start >= end) break;
      if (cut.start > from) parts.push({ start: from, end: cut.start });
      from = cut.end;
    }
    if (from < end) parts.push({ start: from, end });
    return parts;
  });
}
