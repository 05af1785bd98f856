import type { Channel } from "@/lib/availability/effective/values";
import type { offerModes, strategies } from "@/lib/routing/queues/values";

/** The rules of a queue for the matcher. */
export interface QueueRules {
  readonly id: string;
  readonly priority: number;
  readonly targetSeconds: number;
  readonly strategy: (typeof strategies)[number];
  readonly offerMode: (typeof offerModes)[number];
  readonly rampSeconds: number;
  /** Empty: all agents. */
  readonly primaryTeamIds: readonly string[];
  readonly secondaryTeamIds: readonly string[];
  /** Ascending. */
  readonly steps: readonly {
    readonly afterSeconds: number;
    readonly teamIds?: readonly string[] | undefined;
    readonly dropSkills?: boolean | undefined;
  }[];
}

export interface RequiredSkill {
  readonly skillId: string;
  /** The agent needs one of these values. Empty: any value. */
  readonly valueIds: readonly string[];
}

/** A waiting conversation. Times are epoch milliseconds. */
export interface Waiting {
  readonly id: string;
  readonly queue: QueueRules;
  readonly channel: Channel;
  readonly priority: number;
  readonly requiredSkills: readonly RequiredSkill[];
  readonly preferredAgentId: string | null;
  /** Agents who get it only while no other agent is available. */
  readonly excludedAgentIds: readonly string[];
  readonly queuedAt: number;
  /** Agents who declined or missed an offer since this wait began, with the time of their last answer. */
  readonly asked: readonly { readonly agentId: string; readonly at: number }[];
}

/** Milliseconds before the same conversation is offered again to an agent who declined or missed it. */
export const askAgainMs = 60_000;

/** Returns how many seconds a conversation has waited; 0 if its clock is ahead. */
export function waitedSeconds({ queuedAt }: Pick<Waiting, "queuedAt">, now: number): number {
  return Math.max(0, now - queuedAt) / 1000;
}

type Urgent = Pick<Waiting, "id" | "priority" | "queuedAt"> & {
  readonly queue: Pick<QueueRules, "priority" | "targetSeconds">;
};

/** Returns a conversation's urgency, which grows with its wait, so that none waits forever. */
export function urgencyOf(one: Urgent, now: number): number {
  return ((1 + one.priority + one.queue.priority) * waitedSeconds(one, now)) / one.queue.targetSeconds;
}

/**
 * Sorts conversations, most urgent first; equally urgent ones by how fast their urgency grows, then by age
 * and id.
 */
export function compareUrgency(now: number): (one: Urgent, other: Urgent) => number {
  const growth = ({ priority, queue }: Urgent) => (1 + priority + queue.priority) / queue.targetSeconds;
  return (one, other) =>
    urgencyOf(other, now) - urgencyOf(one, now) ||
    growth(other) - growth(one) ||
    one.queuedAt - other.queuedAt ||
    (one.id < other.id ? -1 : one.id > other.id ? 1 : 0);
}

/** When agents join, or skills are dropped. */
export interface Entry {
  readonly afterSeconds: number;
  readonly teamIds: readonly string[];
  readonly dropSkills: boolean;
}

type Widening = Pick<QueueRules, "primaryTeamIds" | "secondaryTeamIds" | "steps" | "targetSeconds">;

/**
 * Returns how a queue widens the choice of agents: primary teams first, then steps and secondary teams by
 * time.
 */
export function entriesOf({ primaryTeamIds, secondaryTeamIds, steps, targetSeconds }: Widening): Entry[] {
  const later = steps.map(({ afterSeconds, teamIds = [], dropSkills = false }) => ({
    afterSeconds,
    teamIds,
    dropSkills,
  }));
  if (secondaryTeamIds.length > 0)
    later.push({ afterSeconds: targetSeconds, teamIds: secondaryTeamIds, dropSkills: false });
  later.sort((one, other) => one.afterSeconds - other.afterSeconds);
  return [{ afterSeconds: 0, teamIds: primaryTeamIds, dropSkills: false }, ...later];
}

/** Returns the index of the entry that a conversation has reached. */
export function stepAfter(entries: readonly Entry[], waited: number): number {
  return entries.filter(({ afterSeconds }) => afterSeconds <= waited).length - 1;
}

/** The agents eligible for a conversation at a step. */
export interface Reach {
  /** Null: all agents. */
  readonly teamIds: ReadonlySet<string> | null;
  readonly requiredSkills: readonly RequiredSkill[];
}

/**
 * Returns the agents eligible for a conversation at a step. Teams accumulate; once dropped, skills stay
 * dropped.
 */
export function reachAt(
  entries: readonly Entry[],
  step: number,
  requiredSkills: readonly RequiredSkill[],
): Reach {
  const passed = entries.slice(0, step + 1);
  const isForAll = passed[0]?.teamIds.length === 0;
  return {
    teamIds: isForAll ? null : new Set(passed.flatMap(({ teamIds }) => teamIds)),
    requiredSkills: passed.some(({ dropSkills }) => dropSkills) ? [] : requiredSkills,
  };
}

/** An agent's teams and skills. */
export interface Abilities {
  readonly teamIds: readonly string[];
  /** The agent's values of each skill. */
  readonly skills: ReadonlyMap<string, readonly string[]>;
}

/** Returns whether an agent is eligible for a conversation, regardless of availability. */
export function isInReach({ teamIds, requiredSkills }: Reach, agent: Abilities): boolean {
  return (
    (teamIds === null || agent.teamIds.some((id) => teamIds.has(id))) &&
    requiredSkills.every(({ skillId, valueIds }) => {
      const values = agent.skills.get(skillId);
      return values !== undefined && (valueIds.length === 0 || valueIds.some((id) => values.includes(id)));
    })
  );
}

/** Returns how many of the agent's skills the conversation doesn't require. */
export function skillsBeyond(requiredSkills: readonly RequiredSkill[], { skills }: Abilities): number {
  return skills.size - requiredSkills.filter(({ skillId }) => skills.has(skillId)).length;
}

/**
 * Returns the available agents to ask now. Excluded agents only if nobody else is available; agents who
 * declined or missed it only after all others, and not within a minute.
 */
export function askable(
  { excludedAgentIds, asked }: Pick<Waiting, "excludedAgentIds" | "asked">,
  openIds: readonly string[],
  now: number,
): string[] {
  const others = openIds.filter((id) => !excludedAgentIds.includes(id));
  const chosen = others.length > 0 ? others : [...openIds];
  const answeredAt = new Map(asked.map(({ agentId, at }) => [agentId, at]));
  const fresh = chosen.filter((id) => !answeredAt.has(id));
  if (fresh.length > 0) return fresh;
  return chosen.filter((id) => (answeredAt.get(id) ?? 0) + askAgainMs <= now);
}

/** When the agent became available, and the seats used since. */
export interface Opening {
  readonly openedAt: number;
  readonly seats: number;
}

/**
 * Returns how many seats a queue allows since an agent became available: one immediately, then one per
 * `rampSeconds`.
 */
export function seatsAllowed(
  { rampSeconds }: Pick<QueueRules, "rampSeconds">,
  opening: Pick<Opening, "openedAt"> | null,
  now: number,
): number {
  if (rampSeconds === 0 || opening === null) return Number.POSITIVE_INFINITY;
  return 1 + Math.floor(Math.max(0, now - opening.openedAt) / 1000 / rampSeconds);
}

/** Returns when the next seat is allowed; undefined if one is allowed now. */
export function nextSeatAt(
  queue: Pick<QueueRules, "rampSeconds">,
  opening: Opening | null,
  now: number,
): number | undefined {
  if (opening === null || opening.seats < seatsAllowed(queue, opening, now)) return undefined;
  return opening.openedAt + opening.seats * queue.rampSeconds * 1000;
}
