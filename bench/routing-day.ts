import { createRandom, type Random } from "@/lib/testing/random";

// Simulates a day in virtual time: agents with shifts and skills, and incoming conversations with durations.
// A policy decides who gets which. Times are milliseconds since midnight. The same seed gives the same day.

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const capacity = 3;
/** Agents with the same team, skills and shift. */
const alike = 10;
const teams = 4;
const shiftLength = 8 * HOUR;
/** Shift starts, with the percentage of each team's agents. They roughly follow the demand. */
const shifts = [
  { hour: 6, share: 15 },
  { hour: 8, share: 25 },
  { hour: 9, share: 15 },
  { hour: 10, share: 10 },
  { hour: 12, share: 15 },
  { hour: 14, share: 20 },
];
/** Seconds, from a log-normal distribution. */
const handling = { median: 540, sigma: 0.6 };

export interface SimulatedAgent {
  id: string;
  index: number;
  /** Agents with the same profile are interchangeable. */
  profile: number;
  team: number;
  skills: readonly number[];
  capacity: number;
  start: number;
  end: number;
  open: number;
  lastAssignedAt: number | null;
  handled: number;
  /** Closing times of the open conversations. */
  closings: number[];
}

export interface SimulatedConversation {
  id: string;
  index: number;
  /** One queue per team. */
  queue: number;
  skills: readonly number[];
  /** Index in `day.kinds`. */
  kind: number;
  arrivesAt: number;
  handlingMs: number;
}

export interface Day {
  agents: SimulatedAgent[];
  /** In order of arrival. */
  conversations: SimulatedConversation[];
  /** Agents in the team who have the skills that conversations of a kind require. */
  kinds: (readonly SimulatedAgent[])[];
}

export interface DayOptions {
  seed: number;
  agents: number;
  skills: number;
  /** The share of the day's total capacity that conversations need. */
  load: number;
}

/** Decides about waiting conversations at each event of the day. */
export interface Policy {
  name: string;
  /** Returns the assignments to make now. */
  decide(situation: Situation): { conversation: SimulatedConversation; agent: SimulatedAgent }[];
}

export interface Situation {
  now: number;
  /** In order of arrival. */
  waiting: readonly SimulatedConversation[];
  day: Day;
  /** Index in `day.conversations` of the next arrival. */
  next: number;
}

export const isAtWork = (agent: SimulatedAgent, at: number) => agent.start <= at && at < agent.end;
export const hasRoom = (agent: SimulatedAgent, at: number) =>
  agent.open < agent.capacity && isAtWork(agent, at);

/**
 * Returns the conversations for which an agent has capacity. Most events free only one agent, who can't take
 * most of the waiting conversations.
 */
export function startable({ now, waiting, day }: Situation): SimulatedConversation[] {
  const answers = new Map<number, boolean>();
  return waiting.filter(({ kind }) => {
    const known = answers.get(kind);
    if (known !== undefined) return known;
    const answer = day.kinds[kind]?.some((agent) => hasRoom(agent, now)) ?? false;
    answers.set(kind, answer);
    return answer;
  });
}

type Demand = Pick<SimulatedConversation, "queue" | "skills">;

/** Whether the agent is in the queue's team and has all skills. */
const matches = (agent: SimulatedAgent, { queue, skills }: Demand) =>
  agent.team === queue && skills.every((skill) => agent.skills.includes(skill));

export function makeDay({ seed, agents: count, skills, load }: DayOptions): Day {
  const random = createRandom(seed);
  const size = Math.ceil(count / alike);
  const profiles = Array.from({ length: size }, (_, nth) => ({
    team: nth % teams,
    skills: random
      .shuffle(Array.from({ length: skills }, (__, skill) => skill))
      .slice(0, random.integer(1, 5)),
    start: startAt((100 * (Math.floor(nth / teams) + 0.5)) / Math.ceil(size / teams)),
  }));
  const agents = Array.from({ length: count }, (_, index): SimulatedAgent => {
    const profile = Math.floor(index / alike);
    const { team, skills: own, start } = profiles[profile] ?? { team: 0, skills: [], start: 0 };
    return {
      id: random.id(index),
      index,
      profile,
      team,
      skills: own,
      capacity,
      start,
      end: start + shiftLength,
      open: 0,
      lastAssignedAt: null,
      handled: 0,
      closings: [],
    };
  });
  const numbers = new Map<string, number>();
  const kinds: SimulatedAgent[][] = [];
  const conversations = arrivals(random, agents, load).map((demand, index): SimulatedConversation => {
    const key = `${demand.queue} ${demand.skills.toSorted()}`;
    const kind = numbers.get(key) ?? kinds.push(agents.filter((agent) => matches(agent, demand))) - 1;
    numbers.set(key, kind);
    return { ...demand, kind, index, id: random.id(index) };
  });
  return { agents, conversations, kinds };
}

/** Returns the start of a team's shift for an agent, given as a percentage of the team. */
function startAt(percent: number): number {
  let before = 0;
  const found = shifts.find(({ share }) => {
    before += share;
    return percent < before;
  });
  return (found?.hour ?? 14) * HOUR;
}

/** Conversations per hour of the day, starting at 6:00. */
const demand = [2, 3, 6, 9, 11, 11, 9, 7, 9, 10, 9, 7, 5, 4, 3, 2];

/** Conversations only require skills of agents who are at work. */
function arrivals(random: Random, agents: readonly SimulatedAgent[], load: number) {
  const meanSeconds = handling.median * Math.exp(handling.sigma ** 2 / 2);
  const seats = agents.length * capacity * (shiftLength / SECOND);
  const total = Math.round((seats * load) / meanSeconds);
  const hours = demand.flatMap((weight, hour) => Array.from({ length: weight }, () => 6 + hour));
  return Array.from({ length: total }, () => {
    const arrivesAt = Math.round((random.pick(hours) + random.fraction()) * HOUR);
    let agent = random.pick(agents);
    while (!isAtWork(agent, arrivesAt)) agent = random.pick(agents);
    const needed = random.fraction();
    return {
      queue: agent.team,
      skills: random.shuffle(agent.skills).slice(0, needed < 0.1 ? 0 : needed < 0.9 ? 1 : 2),
      arrivesAt,
      handlingMs: Math.round(handling.median * SECOND * Math.exp(handling.sigma * normal(random))),
    };
  }).sort((one, other) => one.arrivesAt - other.arrivesAt);
}

/** Returns a random number from the standard normal distribution (Box-Muller transform). */
const normal = ({ fraction }: Random) =>
  Math.sqrt(-2 * Math.log(1 - fraction())) * Math.cos(2 * Math.PI * fraction());

export interface Outcome {
  policy: string;
  /** Waiting time in seconds of every assigned conversation. */
  waits: number[];
  /** Conversations still unassigned at the end of the last shift. */
  left: number;
  decisions: number;
  /** Milliseconds that the policy took to compute. */
  computed: number;
  /** Gini coefficient of conversations among interchangeable agents: the mean, weighted by agents. */
  gini: number;
}

/** Simulates a day. The policy decides when a conversation arrives or closes, and when a shift starts. */
export function runDay(day: Day, policy: Policy): Outcome {
  const waiting: SimulatedConversation[] = [];
  const waits: number[] = [];
  let computed = 0;
  let next = 0;
  const ends = createHeap<{ at: number; agent: SimulatedAgent }>((one, other) => one.at - other.at);
  const starts = [...new Set(day.agents.map(({ start }) => start))].sort((one, other) => one - other);
  for (;;) {
    const now = Math.min(
      day.conversations[next]?.arrivesAt ?? Infinity,
      ends.first()?.at ?? Infinity,
      starts[0] ?? Infinity,
    );
    if (now === Infinity) break;
    if (starts[0] === now) starts.shift();
    for (let end = ends.first(); end && end.at <= now; end = ends.first()) {
      ends.take();
      end.agent.open--;
      end.agent.closings.splice(end.agent.closings.indexOf(end.at), 1);
    }
    for (let one = day.conversations[next]; one && one.arrivesAt <= now; one = day.conversations[++next])
      waiting.push(one);
    if (waiting.length === 0) continue;
    const began = performance.now();
    const decisions = policy.decide({ now, waiting, day, next });
    computed += performance.now() - began;
    for (const { conversation, agent } of decisions) {
      if (!hasRoom(agent, now) || !matches(agent, conversation)) throw new Error(`${policy.name} overfills`);
      waiting.splice(waiting.indexOf(conversation), 1);
      waits.push((now - conversation.arrivesAt) / SECOND);
      const at = now + conversation.handlingMs;
      agent.open++;
      agent.handled++;
      agent.lastAssignedAt = now;
      agent.closings.push(at);
      ends.add({ at, agent });
    }
  }
  return {
    policy: policy.name,
    waits,
    left: waiting.length,
    decisions: waits.length,
    computed,
    gini: giniAmongEquals(day.agents),
  };
}

function giniAmongEquals(agents: readonly SimulatedAgent[]): number {
  const groups = new Map<number, number[]>();
  for (const { profile, handled } of agents) groups.set(profile, [...(groups.get(profile) ?? []), handled]);
  let sum = 0;
  for (const group of groups.values()) sum += gini(group) * group.length;
  return sum / agents.length;
}

/** Returns the Gini coefficient: 0 if all are equal, almost 1 if one agent has everything. */
export function gini(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const sum = sorted.reduce((total, value) => total + value, 0);
  if (sum === 0) return 0;
  const weighted = sorted.reduce((total, value, index) => total + (index + 1) * value, 0);
  return (2 * weighted) / (sorted.length * sum) - (sorted.length + 1) / sorted.length;
}

export interface Heap<Item> {
  first(): Item | undefined;
  add(item: Item): void;
  /** Removes and returns the smallest item. */
  take(): Item | undefined;
}

/** A binary heap. */
export function createHeap<Item>(compare: (one: Item, other: Item) => number): Heap<Item> {
  const items: Item[] = [];
  const before = (one: number, other: number) => compare(items[one] as Item, items[other] as Item) < 0;
  const swap = (one: number, other: number) => {
    [items[one], items[other]] = [items[other] as Item, items[one] as Item];
  };
  return {
    first: () => items[0],
    add(item) {
      items.push(item);
      for (let at = items.length - 1; at > 0; ) {
        const parent = (at - 1) >> 1;
        if (!before(at, parent)) break;
        swap(at, parent);
        at = parent;
      }
    },
    take() {
      const first = items[0];
      const last = items.pop();
      if (items.length > 0 && last !== undefined) {
        items[0] = last;
        for (let at = 0; ; ) {
          const [left, right] = [2 * at + 1, 2 * at + 2];
          let least = at;
          if (left < items.length && before(left, least)) least = left;
          if (right < items.length && before(right, least)) least = right;
          if (least === at) break;
          swap(at, least);
          at = least;
        }
      }
      return first;
    },
  };
}
