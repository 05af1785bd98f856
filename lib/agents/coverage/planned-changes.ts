import type { PlannedChange } from "@/lib/agents/coverage/changes-contract";
import type {
  AgentCalendar,
  DayPlan,
  RotationMembership,
  SharedShift,
  WeekVersion,
} from "@/lib/hours/calendar/data";
import { toStoredHours } from "@/lib/hours/schedule/stored";
import { epochDay, isoDate, minuteOfDay, weekdays } from "@/lib/platform/time/calendar";

/** The parts of an agent that planned changes can change. */
export interface PlannedAgent {
  readonly calendar: AgentCalendar;
  readonly teamIds: readonly string[];
  readonly skillIds: readonly string[];
}

/** A rotation without a member. */
export type RotationData = Omit<RotationMembership, "offset" | "from" | "until">;

/** The teams, skills and rotations to which changes refer. */
export interface Referred {
  readonly rotations: ReadonlyMap<string, RotationData>;
  readonly shifts: readonly SharedShift[];
}

const minuteOf = (time: { hour: number; minute: number } | undefined) => (time ? minuteOfDay(time) : null);

/** Returns an agent as it would be after a change. */
export function withChange(agent: PlannedAgent, change: PlannedChange, referred: Referred): PlannedAgent {
  const { calendar } = agent;
  switch (change.type) {
    case "schedule":
      return { ...agent, calendar: { ...calendar, versions: versionsAfter(calendar.versions, change) } };
    case "override": {
      const day = epochDay(change.date);
      const others = calendar.overrides.filter((override) => override.day !== day);
      const overrides = change.intervals
        ? [...others, { day, spans: toStoredHours(change.intervals) }]
        : others;
      return { ...agent, calendar: { ...calendar, overrides } };
    }
    case "timeOff": {
      const added = {
        id: "planned",
        startDay: epochDay(change.startDate),
        startMinute: minuteOf(change.startTime),
        endDay: epochDay(change.endDate),
        endMinute: minuteOf(change.endTime),
      };
      return { ...agent, calendar: { ...calendar, timeOff: [...calendar.timeOff, added] } };
    }
    case "rotation":
      return { ...agent, calendar: withRotation(calendar, change, referred) };
    case "team":
      return { ...agent, teamIds: toggled(agent.teamIds, change.teamId, change.member) };
    case "skill":
      return { ...agent, skillIds: toggled(agent.skillIds, change.skillId, change.assigned) };
  }
}

type ChangeOf<Type extends PlannedChange["type"]> = Extract<PlannedChange, { type: Type }>;

const wholeDay: DayPlan = [{ from: 0, to: 0 }];
const wholeWeek: readonly DayPlan[] = weekdays.map(() => wholeDay);

function versionsAfter(
  before: AgentCalendar["versions"],
  { week, effectiveFrom }: ChangeOf<"schedule">,
): readonly WeekVersion[] | null {
  const days = week && weekdays.map((weekday): DayPlan => toStoredHours(week[weekday] ?? []));
  if (effectiveFrom === undefined) return days && [{ from: null, week: days }];
  const from = epochDay(effectiveFrom);
  const kept = (before ?? [{ from: null, week: wholeWeek }]).filter((version) => version.from !== from);
  return [...kept, { from, week: days ?? wholeWeek }].sort(
    (one, other) => (one.from ?? Number.NEGATIVE_INFINITY) - (other.from ?? Number.NEGATIVE_INFINITY),
  );
}

/** Adds a membership, and removes those on the same dates. */
function withRotation(
  calendar: AgentCalendar,
  { rotationId, offset, from, until }: ChangeOf<"rotation">,
  { rotations, shifts }: Referred,
): AgentCalendar {
  const dates = {
    from: from === undefined ? null : epochDay(from),
    until: until === undefined ? null : epochDay(until),
  };
  const others = calendar.rotations.flatMap((membership) => outside(membership, dates));
  const rotation = rotationId === null ? undefined : rotations.get(rotationId);
  const memberships = rotation ? [...others, { ...rotation, offset, ...dates }] : others;
  return { ...calendar, rotations: memberships, shifts: memberships.length > 0 ? shifts : [] };
}

/** First and last date, both included; null without a limit. */
interface Dates {
  readonly from: number | null;
  readonly until: number | null;
}

/** Returns the parts of a membership that are outside of the dates. */
export function outside<Membership extends Dates>(membership: Membership, dates: Dates): Membership[] {
  const parts: Membership[] = [];
  const first = membership.from ?? Number.NEGATIVE_INFINITY;
  const last = membership.until ?? Number.POSITIVE_INFINITY;
  if (dates.from !== null && first < dates.from)
    parts.push({ ...membership, until: Math.min(last, dates.from - 1) });
  if (dates.until !== null && last > dates.until)
    parts.push({ ...membership, from: Math.max(first, dates.until + 1) });
  return parts.map((part) => ({
    ...part,
    from: Number.isFinite(part.from) ? part.from : null,
    until: Number.isFinite(part.until) ? part.until : null,
  }));
}

function toggled(ids: readonly string[], id: string, isIn: boolean): readonly string[] {
  const others = ids.filter((other) => other !== id);
  return isIn ? [...others, id] : others;
}

/** Begins a change of rotations today (epoch day) if it names no date of the past, so that past shifts stay. */
export function fromToday(change: PlannedChange, today: number): PlannedChange {
  if (change.type !== "rotation" || change.from !== undefined) return change;
  if (change.until !== undefined && epochDay(change.until) < today) return change;
  return { ...change, from: isoDate(today) };
}

/** Returns the first date (epoch day) that a change names; null if it applies to all dates. */
export function firstDayOf(change: PlannedChange): number | null {
  switch (change.type) {
    case "schedule":
      return change.effectiveFrom === undefined ? null : epochDay(change.effectiveFrom);
    case "override":
      return epochDay(change.date);
    case "timeOff":
      return epochDay(change.startDate);
    case "rotation":
      return change.from === undefined ? null : epochDay(change.from);
    case "team":
    case "skill":
      return null;
  }
}
