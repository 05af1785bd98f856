import type { Channel } from "@/lib/availability/effective/values";
import type { CompiledCalendar, CompiledHours } from "@/lib/hours/calendar/compile";

/** An agent with what coverage needs to know. */
export interface RosterAgent {
  readonly id: string;
  readonly teamIds: readonly string[];
  readonly skillIds: readonly string[];
  /** Channels on which the agent has capacity. */
  readonly channels: readonly Channel[];
  readonly calendar: CompiledCalendar;
}

/** Agents with equal hours, which are computed once. */
export interface Cohort {
  readonly calendar: CompiledCalendar;
  readonly agents: readonly RosterAgent[];
}

/** The agents that a number counts: in the team, with the skill, with capacity on the channel. Null means any. */
export interface Scope {
  readonly teamId: string | null;
  readonly skillId: string | null;
  readonly channel: Channel | null;
}

export const everyone: Scope = { teamId: null, skillId: null, channel: null };

/** Groups agents by their hours. An agent with an override or time off is a group. */
export function cohortsOf(agents: Iterable<RosterAgent>): Cohort[] {
  const shared = new Map<CompiledHours, RosterAgent[]>();
  const cohorts: Cohort[] = [];
  for (const agent of agents) {
    const { hours, exceptions } = agent.calendar;
    if (exceptions.overrides.length > 0 || exceptions.timeOff.length > 0) {
      cohorts.push({ calendar: agent.calendar, agents: [agent] });
      continue;
    }
    const others = shared.get(hours);
    if (others) others.push(agent);
    else {
      const members = [agent];
      shared.set(hours, members);
      cohorts.push({ calendar: agent.calendar, agents: members });
    }
  }
  return cohorts;
}

export function isInScope(agent: RosterAgent, { teamId, skillId, channel }: Scope): boolean {
  return (
    (teamId === null || agent.teamIds.includes(teamId)) &&
    (skillId === null || agent.skillIds.includes(skillId)) &&
    (channel === null || agent.channels.includes(channel))
  );
}

export function scopeKey({ teamId, skillId, channel }: Scope): string {
  return `${teamId} ${skillId} ${channel}`;
}
