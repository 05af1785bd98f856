import { type Channel, type Code, codes } from "@/lib/availability/effective/values";
import { candidatesFor } from "@/lib/routing/matching/placement";
import { Pool, type PoolAgent } from "@/lib/routing/matching/pool";
import {
  askAgainMs,
  type Entry,
  entriesOf,
  isInReach,
  type QueueRules,
  type Reach,
  type RequiredSkill,
  reachAt,
  stepAfter,
  type Waiting,
  waitedSeconds,
} from "@/lib/routing/matching/rules";
import type { Choice, ChoiceGroup, OpenAgent } from "@/lib/routing/matching/server/explain.sql";
import type { QueueRow, SubjectRow } from "@/lib/routing/matching/server/explain-repository";
import { stepsOf } from "@/lib/routing/queues/rules";

/** Returns the rules of a stored queue. */
export function rulesOf({ steps, teams, ...queue }: QueueRow): QueueRules {
  const idsOf = (kind: string, step = 0) =>
    teams.filter((team) => team.kind === kind && team.step === step).map(({ teamId }) => teamId);
  return {
    ...queue,
    primaryTeamIds: idsOf("primary"),
    secondaryTeamIds: idsOf("secondary"),
    steps: stepsOf(steps, (place) => idsOf("step", place)),
  };
}

/** Returns the eligible agents for each entry of the queue. */
export function choiceOf(entries: readonly Entry[], requiredSkills: readonly RequiredSkill[]): Choice {
  const dropsAt = entries.findIndex(({ dropSkills }) => dropSkills);
  return {
    teams:
      entries[0]?.teamIds.length === 0
        ? null
        : entries.flatMap(({ teamIds }, entry) => teamIds.map((id) => ({ id, entry }))),
    skills: requiredSkills,
    dropsAt: dropsAt < 0 ? null : dropsAt,
  };
}

/** Returns a choice that doesn't widen. No teams: all agents. */
export function choiceAt(teamIds: readonly string[], skills: readonly RequiredSkill[] = []): Choice {
  return {
    teams: teamIds.length === 0 ? null : teamIds.toSorted().map((id) => ({ id, entry: 0 })),
    skills,
    dropsAt: null,
  };
}

/** Returns who may take a conversation at its present step. */
export function presentReach({ queue, queuedAt, requiredSkills }: SubjectRow, at: number): Reach {
  if (queue === null || queuedAt === null) return { teamIds: null, requiredSkills };
  const entries = entriesOf(rulesOf(queue));
  return reachAt(entries, stepAfter(entries, waitedSeconds({ queuedAt }, at)), requiredSkills);
}

/** Returns the agents who are not asked at present, because they answered or missed an offer a moment ago. */
export function justAskedOf({ state, asked }: Pick<SubjectRow, "state" | "asked">, at: number): string[] {
  if (state !== "queued") return [];
  return asked.filter((answer) => answer.at + askAgainMs > at).map(({ agentId }) => agentId);
}

/** Counts those of the agents who may take a conversation of the channel. Absent if there are none. */
export function countJustAsked(
  agents: readonly PoolAgent[],
  channel: Channel,
  reach: Reach,
): { justAsked?: number } {
  const able = agents.filter((agent) => agent.seats[channel] !== null && isInReach(reach, agent));
  return able.length === 0 ? {} : { justAsked: able.length };
}

/** Sums up groups by the code at one index of their lists. */
export function tallies(groups: readonly ChoiceGroup[], place: number) {
  const counts = new Map<Code | null, number>();
  for (const { codes: list, agents } of groups) {
    const code = list[place] ?? null;
    counts.set(code, (counts.get(code) ?? 0) + agents);
  }
  const closed: { [code in Code]?: number } = Object.fromEntries(
    codes.flatMap((code) => {
      const count = counts.get(code);
      return count === undefined ? [] : [[code, count]];
    }),
  );
  return {
    matching: groups.reduce((sum, { agents }) => sum + agents, 0),
    open: counts.get(null) ?? 0,
    closed,
  };
}

/**
 * Returns since when a conversation has been waiting. If it no longer waits, it is explained as of its last
 * step.
 */
export function waitingSince(
  { state, step, queuedAt }: Pick<SubjectRow, "state" | "step" | "queuedAt">,
  entries: readonly Entry[],
  at: number,
): number {
  if ((state === "queued" || state === "offered") && queuedAt !== null) return queuedAt;
  return at - (entries[Math.min(step, entries.length - 1)]?.afterSeconds ?? 0) * 1000;
}

/** Returns the available agents that the matcher would choose from, in its order. */
export function rankedAmong(open: readonly OpenAgent[], conversation: Waiting, at: number): OpenAgent[] {
  const closed = { messaging: null, email: null, voice: null };
  const pool = new Pool(
    open.map(({ skillIds, valueIds, turnAt, ...agent }) => ({
      ...agent,
      seats: { ...closed, [conversation.channel]: agent },
      skills: new Map(skillIds.map((id) => [id, valueIds])),
      turns: new Map(turnAt === null ? [] : [[conversation.queue.id, turnAt]]),
    })),
    at,
  );
  const byId = new Map(open.map((agent) => [agent.id, agent]));
  return candidatesFor(pool, conversation).flatMap((id) => byId.get(id) ?? []);
}
