import { type Channel, channels } from "@/lib/availability/effective/values";
import {
  type Abilities,
  askAgainMs,
  type Entry,
  entriesOf,
  isInReach,
  nextSeatAt,
  type Opening,
  type QueueRules,
  reachAt,
  seatsAllowed,
  skillsBeyond,
  stepAfter,
  type Waiting,
  waitedSeconds,
} from "./rules";

/** An agent's seats on an open channel. */
export interface Seats {
  readonly open: number;
  readonly offered: number;
  /** Null: unlimited. */
  readonly capacity: number | null;
}

/** Null for closed channels. */
export type SeatsByChannel = { readonly [channel in Channel]: Seats | null };

/** An agent with at least one open channel. Times are epoch milliseconds. */
export interface PoolAgent extends Abilities {
  readonly id: string;
  readonly seats: SeatsByChannel;
  readonly lastAssignedAt: number | null;
  /** When each queue last assigned them a conversation. */
  readonly turns: ReadonlyMap<string, number>;
  /** Null: no ramp. */
  readonly opening: Opening | null;
}

const NEVER = Number.NEGATIVE_INFINITY;
const UNLIMITED = -1e9;

/** Conversations with the same eligible agents in the same order. Agents are indexes. */
export interface Kind {
  readonly queue: QueueRules;
  readonly channel: Channel;
  readonly step: number;
  /** Eligible agents, ascending. */
  readonly members: Int32Array;
  /** By agent: number of skills that the conversation does not require. */
  readonly beyond: Int32Array;
}

/**
 * The agents of one run and their current load. Agents are indexes in order of id. Values to compare are in
 * typed arrays, because a batch compares a million agents.
 */
export class Pool {
  readonly agents: readonly PoolAgent[];
  readonly #numbers = new Map<string, number>();
  readonly #bySkill = new Map<string, number[]>();
  readonly #byTeam = new Map<string, number[]>();
  readonly #skillCounts: Int32Array;
  readonly #kinds = new Map<string, Kind>();
  readonly #entries = new Map<QueueRules, readonly Entry[]>();
  readonly #turns = new Map<string, Float64Array>();
  /** By channel: free seats; 0 if closed. */
  readonly room: { readonly [channel in Channel]: Float64Array };
  /** By channel: the value that `leastLoaded` compares. */
  readonly load: { readonly [channel in Channel]: Float64Array };
  readonly #taken: { readonly [channel in Channel]: Float64Array };
  readonly #capacity: { readonly [channel in Channel]: Float64Array };
  readonly lastAssignedAt: Float64Array;
  readonly openedAt: Float64Array;
  /** Seats used since the agent became available. */
  readonly given: Float64Array;
  #sequence = 0;

  constructor(
    agents: readonly PoolAgent[],
    readonly now: number,
  ) {
    this.agents = agents.toSorted((one, other) => (one.id < other.id ? -1 : 1));
    const size = agents.length;
    const numbers = () =>
      Object.fromEntries(channels.map((channel) => [channel, new Float64Array(size)])) as {
        [channel in Channel]: Float64Array;
      };
    this.room = numbers();
    this.load = numbers();
    this.#taken = numbers();
    this.#capacity = numbers();
    this.lastAssignedAt = new Float64Array(size);
    this.openedAt = new Float64Array(size);
    this.given = new Float64Array(size);
    this.#skillCounts = new Int32Array(size);
    for (const [number, agent] of this.agents.entries()) {
      this.#numbers.set(agent.id, number);
      for (const id of agent.skills.keys()) listOf(this.#bySkill, id).push(number);
      for (const id of agent.teamIds) listOf(this.#byTeam, id).push(number);
      this.#skillCounts[number] = agent.skills.size;
      this.lastAssignedAt[number] = agent.lastAssignedAt ?? NEVER;
      this.#setOpening(number, agent.opening);
      this.#setSeats(number, agent.seats);
    }
  }

  numberOf(agentId: string): number | undefined {
    return this.#numbers.get(agentId);
  }

  entriesOf(queue: QueueRules): readonly Entry[] {
    let entries = this.#entries.get(queue);
    if (!entries) {
      entries = entriesOf(queue);
      this.#entries.set(queue, entries);
    }
    return entries;
  }

  stepOf(conversation: Waiting): number {
    return stepAfter(this.entriesOf(conversation.queue), waitedSeconds(conversation, this.now));
  }

  kindOf(conversation: Waiting): Kind {
    const { queue, channel, requiredSkills } = conversation;
    const step = this.stepOf(conversation);
    const key = [
      queue.id,
      step,
      channel,
      ...requiredSkills.map(({ skillId, valueIds }) => `${skillId}${valueIds}`),
    ].join();
    let kind = this.#kinds.get(key);
    if (!kind) {
      kind = this.#makeKind(conversation, step);
      this.#kinds.set(key, kind);
    }
    return kind;
  }

  /** Returns whether an eligible agent has a free seat on the conversation's channel. */
  hasRoomFor(conversation: Waiting): boolean {
    const { members, channel } = this.kindOf(conversation);
    const room = this.room[channel];
    return members.some((number) => (room[number] ?? 0) > 0);
  }

  /** Yields the times after `at` when waiting conversations may be placed without any event. */
  *timesOf(conversations: readonly Waiting[], at: number): Generator<number> {
    const ramped = new Set<Kind>();
    for (const conversation of conversations) {
      const { queue, queuedAt, asked } = conversation;
      for (const { afterSeconds } of this.entriesOf(queue))
        if (queuedAt + afterSeconds * 1000 > at) yield queuedAt + afterSeconds * 1000;
      for (const answer of asked) if (answer.at + askAgainMs > at) yield answer.at + askAgainMs;
      if (queue.rampSeconds > 0) ramped.add(this.kindOf(conversation));
    }
    for (const { queue, channel, members } of ramped)
      for (const number of members) {
        if ((this.room[channel][number] ?? 0) <= 0) continue;
        const opening = { openedAt: this.openedAt[number] ?? NEVER, seats: this.given[number] ?? 0 };
        const time = nextSeatAt(queue, opening, at);
        if (time !== undefined) yield time;
      }
  }

  #makeKind({ queue, channel, requiredSkills }: Waiting, step: number): Kind {
    const reach = reachAt(this.entriesOf(queue), step, requiredSkills);
    const dropped = reach.requiredSkills.length < requiredSkills.length;
    const [rarest] = reach.requiredSkills
      .map(({ skillId }) => this.#bySkill.get(skillId) ?? [])
      .sort((one, other) => one.length - other.length);
    const base: Iterable<number> =
      rarest ?? (reach.teamIds ? this.#inTeams(reach.teamIds) : this.agents.keys());
    const members: number[] = [];
    for (const number of base) {
      const agent = this.agents[number];
      if (agent && isInReach(reach, agent)) members.push(number);
    }
    return {
      queue,
      channel,
      step,
      members: Int32Array.from(members).sort(),
      // Eligible agents have all required skills unless these were dropped, so comparing plain counts is
      // enough.
      beyond: dropped
        ? Int32Array.from(this.agents, (agent) => skillsBeyond(requiredSkills, agent))
        : this.#skillCounts,
    };
  }

  #inTeams(teamIds: ReadonlySet<string>): Iterable<number> {
    return new Set([...teamIds].flatMap((id) => this.#byTeam.get(id) ?? []));
  }

  /** Returns the value that the queue's strategy compares, by agent; the smallest comes first. */
  sortKey({ queue, channel }: Kind): Float64Array {
    if (queue.strategy === "leastLoaded") return this.load[channel];
    if (queue.strategy === "longestIdle") return this.lastAssignedAt;
    return this.turnsOf(queue.id);
  }

  turnsOf(queueId: string): Float64Array {
    let turns = this.#turns.get(queueId);
    if (!turns) {
      turns = Float64Array.from(this.agents, (agent) => agent.turns.get(queueId) ?? NEVER);
      this.#turns.set(queueId, turns);
    }
    return turns;
  }

  /** Returns whether the queue's ramp allows the agent another seat. */
  isRampedUp(number: number, queue: QueueRules): boolean {
    if (queue.rampSeconds === 0) return true;
    const openedAt = this.openedAt[number] ?? NEVER;
    return (this.given[number] ?? 0) < seatsAllowed(queue, { openedAt }, this.now);
  }

  /** Uses an agent's seat for a conversation. Seats used at the same time keep their order. */
  give(number: number, { queue, channel }: Waiting): void {
    const at = this.now + ++this.#sequence / 1e6;
    this.#addLoad(number, channel, 1);
    this.given[number] = (this.given[number] ?? 0) + 1;
    this.turnsOf(queue.id)[number] = at;
    if (queue.offerMode === "auto") this.lastAssignedAt[number] = at;
  }

  /** Frees a seat within a batch. `turn` is the agent's previous turn in the queue. */
  takeBack(number: number, { queue, channel }: Waiting, turn: number): void {
    this.#addLoad(number, channel, -1);
    this.given[number] = (this.given[number] ?? 0) - 1;
    this.turnsOf(queue.id)[number] = turn;
  }

  #addLoad(number: number, channel: Channel, amount: number): void {
    const taken = (this.#taken[channel][number] ?? 0) + amount;
    const capacity = this.#capacity[channel][number] ?? 0;
    this.#taken[channel][number] = taken;
    this.room[channel][number] = capacity - taken;
    this.load[channel][number] =
      capacity === Number.POSITIVE_INFINITY ? taken + UNLIMITED : (taken + 1) / capacity;
  }

  /** Replaces the known seats of an agent. */
  refresh(number: number, seats: SeatsByChannel, opening: Opening | null): void {
    this.#setSeats(number, seats);
    this.#setOpening(number, opening);
  }

  #setSeats(number: number, seats: SeatsByChannel): void {
    for (const channel of channels) {
      const known = seats[channel];
      this.#capacity[channel][number] = known ? (known.capacity ?? Number.POSITIVE_INFINITY) : 0;
      this.#taken[channel][number] = known ? known.open + known.offered : 0;
      this.#addLoad(number, channel, 0);
    }
  }

  #setOpening(number: number, opening: Opening | null): void {
    this.openedAt[number] = opening?.openedAt ?? NEVER;
    this.given[number] = opening?.seats ?? 0;
  }
}

function listOf(lists: Map<string, number[]>, key: string): number[] {
  let list = lists.get(key);
  if (!list) {
    list = [];
    lists.set(key, list);
  }
  return list;
}
