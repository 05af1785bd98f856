import type { Coverage } from "@/lib/agents/coverage/contract";
import { MINUTE_MS } from "@/lib/platform/time/calendar";
import type { Interval } from "@/lib/platform/time/interval";

/** How many agents are scheduled in each step. Times are epoch milliseconds. */
export interface Numbers {
  readonly start: number;
  readonly step: number;
  readonly scheduled: readonly number[];
  /** Undefined if there is no need. */
  readonly needed: readonly number[] | undefined;
}

/** Returns the steps of a coverage response that are in a period, by group. */
export function numbersByGroup(coverage: Coverage, period: Interval): Map<string | undefined, Numbers> {
  return new Map(
    coverage.groups.map((group) => [group.id, numbersIn({ ...coverage, groups: [group] }, period)]),
  );
}

/** Returns the steps of a coverage response of one group that are in a period. */
export function numbersIn({ from, step, groups }: Coverage, { start, end }: Interval): Numbers {
  const length = step * MINUTE_MS;
  const origin = Date.parse(from);
  const first = Math.max(0, Math.ceil((start - origin) / length));
  const last = Math.max(first, Math.floor((end - origin) / length));
  const [group] = groups;
  return {
    start: origin + first * length,
    step: length,
    scheduled: group?.scheduled.slice(first, last) ?? [],
    needed: group?.needed?.slice(first, last),
  };
}

const covers = (hours: readonly Interval[], start: number, end: number) =>
  hours.some((each) => each.start <= start && end <= each.end);

/**
 * Returns the numbers after an agent's hours have changed. The agent counts in steps that the hours cover
 * completely.
 */
export function withHours(
  numbers: Numbers,
  before: readonly Interval[],
  after: readonly Interval[],
): Numbers {
  const scheduled = numbers.scheduled.map((count, index) => {
    const start = numbers.start + index * numbers.step;
    const end = start + numbers.step;
    const change = Number(covers(after, start, end)) - Number(covers(before, start, end));
    return Math.max(0, count + change);
  });
  return { ...numbers, scheduled };
}

/** Returns the minutes in which fewer agents are scheduled than needed. */
export function shortMinutes({ scheduled, needed, step }: Numbers): number {
  const short = scheduled.filter((count, index) => count < (needed?.[index] ?? 0)).length;
  return (short * step) / MINUTE_MS;
}
