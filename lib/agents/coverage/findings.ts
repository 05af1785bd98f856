import type { Need } from "@/lib/agents/coverage/needs";
import { cohortsOf, isInScope, type RosterAgent } from "@/lib/agents/coverage/roster";
import type { findingKinds } from "@/lib/agents/coverage/values";
import type { CompiledCalendar } from "@/lib/hours/calendar/compile";
import { hoursBetween, plannedShifts } from "@/lib/hours/calendar/hours";
import { firstDayToReach, lastDayToStartBy } from "@/lib/hours/calendar/window";
import { DAY_MS, MINUTE_MS } from "@/lib/platform/time/calendar";
import { clockChanges } from "@/lib/platform/time/clock-changes";

/** Something in the schedules that is probably a mistake. `day` is a local epoch day. */
export interface Finding {
  kind: FindingKind;
  agentId?: string;
  teamId?: string;
  skillId?: string;
  needId?: string;
  rotationId?: string;
  day?: number;
  name?: string;
}

type FindingKind = (typeof findingKinds)[number];

interface Group {
  readonly id: string;
  readonly name: string;
  readonly agentIds: readonly string[];
}

/** The data that the search reads. */
export interface Inspected {
  readonly agents: readonly RosterAgent[];
  readonly teams: readonly Group[];
  readonly skills: readonly Group[];
  readonly needs: readonly Need[];
  /** `day` is the last date of their last membership. */
  readonly endedRotations: readonly { readonly id: string; readonly name: string; readonly day: number }[];
}

/** Maximum number of findings in a response. */
const LIMIT = 500;

const CLOCK_CHANGE_DAYS = 60;
const NO_HOURS_MS = 30 * DAY_MS;

const searches: Record<FindingKind, (inspected: Inspected, now: number) => Finding[]> = {
  clockChange: ({ agents }, now) =>
    perCohort(agents, (calendar) =>
      clockChangeDays(calendar, now).map((day) => ({ kind: "clockChange", day })),
    ),
  leapDay: ({ agents }) =>
    perCohort(agents, ({ hours: { data } }) =>
      data.holidays
        .filter(({ month, day }) => month === 2 && day === 29)
        .map(({ name }) => ({ kind: "leapDay", name })),
    ),
  noHours: ({ agents }, now) =>
    perCohort(agents, (calendar) =>
      hoursBetween(calendar, now, now + NO_HOURS_MS).length === 0 ? [{ kind: "noHours" }] : [],
    ),
  onlyOne: ({ teams, skills }) => [
    ...teams.filter(hasOne).map(({ id, name, agentIds }) => one({ teamId: id, name }, agentIds)),
    ...skills.filter(hasOne).map(({ id, name, agentIds }) => one({ skillId: id, name }, agentIds)),
  ],
  unmeetableNeed: ({ agents, needs }) =>
    needs
      .filter((need) => agents.filter((agent) => isInScope(agent, need)).length < need.minimum)
      .map(({ id, teamId, skillId, day }) => ({
        kind: "unmeetableNeed",
        needId: id,
        ...(teamId === null ? {} : { teamId }),
        ...(skillId === null ? {} : { skillId }),
        ...(day === null ? {} : { day }),
      })),
  rotationEnded: ({ endedRotations }) =>
    endedRotations.map(({ id, name, day }) => ({ kind: "rotationEnded", rotationId: id, name, day })),
};

/** Searches for mistakes from a time on (epoch milliseconds); of all kinds by default. At most 500. */
export function findScheduleMistakes(
  inspected: Inspected,
  now: number,
  kinds: readonly FindingKind[] = Object.keys(searches) as FindingKind[],
): Finding[] {
  return kinds.flatMap((kind) => searches[kind](inspected, now)).slice(0, LIMIT);
}

const hasOne = ({ agentIds }: Group) => agentIds.length === 1;

const one = (group: Omit<Finding, "kind">, [agentId]: readonly string[]): Finding => ({
  kind: "onlyOne",
  ...group,
  ...(agentId === undefined ? {} : { agentId }),
});

/** Searches once per group of agents with equal hours. */
function perCohort(
  agents: readonly RosterAgent[],
  search: (calendar: CompiledCalendar) => Finding[],
): Finding[] {
  return cohortsOf(agents).flatMap(({ calendar, agents: members }) => {
    const found = search(calendar);
    return members.flatMap(({ id }) => found.map((finding) => ({ ...finding, agentId: id })));
  });
}

/** Returns the dates of shifts that start or end at a time that a clock change skips or repeats. */
function clockChangeDays(calendar: CompiledCalendar, now: number): number[] {
  const days = new Set<number>();
  const changed = new Map<string, WallRange[]>();
  const first = firstDayToReach(calendar.hours, now);
  const last = lastDayToStartBy(now + CLOCK_CHANGE_DAYS * DAY_MS);
  for (const { day, span } of plannedShifts(calendar, first, last)) {
    const { zone } = calendar.dayOn(day);
    const ranges = changed.get(zone) ?? changedTimes(zone, now);
    changed.set(zone, ranges);
    const start = day * DAY_MS + span.from * MINUTE_MS;
    const end = (span.to > span.from ? day : day + 1) * DAY_MS + span.to * MINUTE_MS;
    if (ranges.some(({ from, to }) => [start, end].some((wall) => from <= wall && wall < to))) days.add(day);
  }
  return [...days];
}

/** Wall-clock times, encoded as UTC (epoch milliseconds), half-open. */
interface WallRange {
  readonly from: number;
  readonly to: number;
}

/** Returns the wall-clock times that clock changes after a time skip or repeat. */
function changedTimes(timezone: string, now: number): WallRange[] {
  return clockChanges(timezone, now, CLOCK_CHANGE_DAYS).map(({ day, before, minutes }) => {
    const wall = day * DAY_MS + before * MINUTE_MS;
    return {
      from: Math.min(wall, wall + minutes * MINUTE_MS),
      to: Math.max(wall, wall + minutes * MINUTE_MS),
    };
  });
}
