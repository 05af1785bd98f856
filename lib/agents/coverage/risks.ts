import type { NeedPeriod } from "@/lib/agents/coverage/needs";
import { type Cohort, isInScope, type Scope, scopeKey } from "@/lib/agents/coverage/roster";
import type { riskKinds } from "@/lib/agents/coverage/values";
import { hoursBetween } from "@/lib/hours/calendar/hours";
import type { Interval } from "@/lib/platform/time/interval";

/** A stretch with too few agents. Times are epoch milliseconds. */
export interface Risk extends Interval {
  readonly kind: (typeof riskKinds)[number];
  readonly needId: string;
  readonly teamId: string | null;
  readonly skillId: string | null;
  /** The lowest number within the stretch. */
  readonly scheduled: number;
  readonly needed: number;
  /** Agents who are in hours at any time within the stretch, at most 20. */
  readonly agentIds: readonly string[];
}

/** Maximum number of risks in a response, and of agents in a risk. */
export const riskLimit = 500;
const agentLimit = 20;

interface Member extends Interval {
  readonly hours: readonly Interval[];
  readonly agentIds: readonly string[];
}

/** How many agents of a scope are in hours between two times. */
interface Segment extends Interval {
  readonly count: number;
  /** If there is only one agent, its index in `ids`. */
  readonly only: number;
}

/** A stretch whose agents are not looked up yet. */
type Stretch = Omit<Risk, "agentIds"> & { readonly only: number };

/** Returns the stretches in which needs are not met or one agent alone has a needed skill, by start; at most 500. */
export function findRisks(
  cohorts: readonly Cohort[],
  periods: readonly NeedPeriod[],
  bounds: Interval,
): Risk[] {
  const hours = cohorts.map(({ calendar }) => hoursBetween(calendar, bounds.start, bounds.end));
  return [...byScope(periods).values()]
    .flatMap((own) => risksOf(cohorts, hours, own, bounds))
    .sort((one, other) => one.start - other.start || one.end - other.end)
    .slice(0, riskLimit)
    .map(({ agents, stretch }) => ({ ...stretch, agentIds: agents(stretch) }))
    .map(({ only: _, ...risk }) => risk);
}

function risksOf(
  cohorts: readonly Cohort[],
  hours: readonly (readonly Interval[])[],
  periods: readonly NeedPeriod[],
  bounds: Interval,
) {
  const [first] = periods;
  if (!first) return [];
  const ids: string[] = [];
  const members: Member[] = cohorts.flatMap(({ agents }, index) => {
    const agentIds = agents.filter((agent) => isInScope(agent, first.need)).map(({ id }) => id);
    return agentIds.length > 0 ? [{ ...bounds, hours: hours[index] ?? [], agentIds }] : [];
  });
  const segments = segmentsOf(members, ids, bounds);
  const inHours = (stretch: Stretch) =>
    stretch.kind === "onlyOne" ? ids.slice(stretch.only, stretch.only + 1) : agentsWithin(members, stretch);
  return joined(periods.flatMap((period) => stretchesOf(period, segments))).map((stretch) => ({
    stretch,
    start: stretch.start,
    end: stretch.end,
    agents: inHours,
  }));
}

/** Splits the bounds wherever an agent starts or ends. Adds the ids of all agents to `ids`. */
function segmentsOf(members: readonly Member[], ids: string[], bounds: Interval): Segment[] {
  const changes = new Map<number, { count: number; places: number }>();
  const change = (at: number, count: number, places: number) => {
    const known = changes.get(at);
    if (known) {
      known.count += count;
      known.places += places;
    } else changes.set(at, { count, places });
  };
  change(bounds.start, 0, 0);
  change(bounds.end, 0, 0);
  for (const { hours, agentIds } of members) {
    // The sum of the indexes of agents in hours. With one agent, it is that agent's index.
    let places = 0;
    for (const id of agentIds) places += ids.push(id) - 1;
    for (const { start, end } of hours) {
      change(start, agentIds.length, places);
      change(end, -agentIds.length, -places);
    }
  }
  const times = [...changes].sort(([one], [other]) => one - other);
  const segments: Segment[] = [];
  let [count, only] = [0, 0];
  for (const [index, [start, step]] of times.entries()) {
    count += step.count;
    only += step.places;
    const end = times[index + 1]?.[0];
    if (end !== undefined) segments.push({ start, end, count, only });
  }
  return segments;
}

function stretchesOf({ need, start, end }: NeedPeriod, segments: readonly Segment[]): Stretch[] {
  const found: Stretch[] = [];
  const { id: needId, teamId, skillId, minimum: needed } = need;
  for (let index = firstAfter(segments, start); index < segments.length; index++) {
    const segment = segments[index];
    if (!segment || segment.start >= end) break;
    const part = {
      start: Math.max(start, segment.start),
      end: Math.min(end, segment.end),
      needId,
      teamId,
      skillId,
      scheduled: segment.count,
      needed,
    };
    if (segment.count < needed) found.push({ ...part, kind: "belowMinimum", only: -1 });
    if (segment.count === 1 && skillId !== null) found.push({ ...part, kind: "onlyOne", only: segment.only });
  }
  return found;
}

/** Returns the index of the first segment that ends after a time. */
function firstAfter(segments: readonly Segment[], at: number): number {
  let [low, high] = [0, segments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((segments[middle]?.end ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Merges stretches of the same kind, need and sole agent that touch or overlap. */
function joined(stretches: readonly Stretch[]): Stretch[] {
  const open = new Map<string, Stretch>();
  const done: Stretch[] = [];
  for (const stretch of stretches.toSorted((one, other) => one.start - other.start)) {
    const key = `${stretch.kind} ${stretch.needId} ${stretch.only}`;
    const last = open.get(key);
    if (last && stretch.start <= last.end) {
      open.set(key, {
        ...last,
        end: Math.max(last.end, stretch.end),
        scheduled: Math.min(last.scheduled, stretch.scheduled),
      });
      continue;
    }
    if (last) done.push(last);
    open.set(key, stretch);
  }
  return [...done, ...open.values()];
}

function agentsWithin(members: readonly Member[], { start, end }: Interval): string[] {
  const found: string[] = [];
  for (const { hours, agentIds } of members) {
    if (!hours.some((interval) => interval.start < end && interval.end > start)) continue;
    found.push(...agentIds.slice(0, agentLimit - found.length));
    if (found.length >= agentLimit) break;
  }
  return found;
}

function byScope(periods: readonly NeedPeriod[]): Map<string, NeedPeriod[]> {
  const found = new Map<string, NeedPeriod[]>();
  for (const period of periods) {
    const key = scopeKey(period.need satisfies Scope);
    const others = found.get(key);
    if (others) others.push(period);
    else found.set(key, [period]);
  }
  return found;
}
