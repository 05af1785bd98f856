import type { Kind, Pool } from "./pool";
import { askable, compareUrgency, type Waiting } from "./rules";

/** A conversation and the agent who gets it. */
export interface Placement<Conversation extends Waiting = Waiting> {
  readonly conversation: Conversation;
  readonly agentId: string;
  readonly step: number;
  /** The agent's rank for the conversation, from 1. */
  readonly rank: number;
  /** Number of agents who could have taken it at the start of the batch. */
  readonly considered: number;
}

/** A conversation of a batch. */
interface Entrant<Conversation extends Waiting> {
  readonly conversation: Conversation;
  /** Rank by urgency. */
  readonly place: number;
  readonly kind: KindInBatch;
  /** The agents who can take it, ascending. */
  readonly candidates: Int32Array;
  /** Whether `candidates` is shared with the kind. */
  readonly isPlain: boolean;
  readonly preferred: number | undefined;
  /** If all agents have been asked: when each was asked. The least recently asked comes first. */
  readonly askedAt: ReadonlyMap<number, number> | undefined;
}

interface KindInBatch {
  readonly kind: Kind;
  /** Agents who are available for it. */
  readonly open: Int32Array;
  /** Agents whose ramp allows another seat. */
  readonly able: Int32Array;
  /** No candidate has a free seat. */
  isFull: boolean;
}

interface Seated<Conversation extends Waiting> {
  readonly entrant: Entrant<Conversation>;
  readonly agent: number;
  readonly rank: number;
  /** The agent's previous turn in the queue. */
  readonly turn: number;
}

/**
 * Places a batch of conversations by urgency, using the seats in the pool. If all candidates of a
 * conversation are taken within this batch, moves others to their other candidates (augmenting paths), so
 * that as many as possible are placed, most urgent first. Deterministic.
 */
export function placeBatch<Conversation extends Waiting>(
  pool: Pool,
  conversations: readonly Conversation[],
): Placement<Conversation>[] {
  return new Batch(pool, conversations).place();
}

/** Returns the agents of the pool who can take a conversation, in the order that `placeBatch` prefers. */
export function candidatesFor(pool: Pool, conversation: Waiting): string[] {
  return new Batch(pool, [conversation]).candidates();
}

class Batch<Conversation extends Waiting> {
  readonly #pool: Pool;
  readonly #entrants: readonly Entrant<Conversation>[];
  readonly #kinds = new Map<Kind, KindInBatch>();
  readonly #seated = new Map<Entrant<Conversation>, Seated<Conversation>>();
  /** By agent: the conversations placed in this batch. */
  readonly #byAgent = new Map<number, Seated<Conversation>[]>();

  constructor(pool: Pool, conversations: readonly Conversation[]) {
    this.#pool = pool;
    this.#entrants = conversations
      .toSorted(compareUrgency(pool.now))
      .map((conversation, place) => this.#entrant(conversation, place));
  }

  place(): Placement<Conversation>[] {
    for (const entrant of this.#entrants) this.#seat(entrant, new Set());
    return this.#entrants.flatMap((entrant) => {
      const seated = this.#seated.get(entrant);
      const agent = seated && this.#pool.agents[seated.agent];
      if (!agent) return [];
      const { conversation, kind, candidates } = entrant;
      const { step } = kind.kind;
      return [{ conversation, agentId: agent.id, step, rank: seated.rank, considered: candidates.length }];
    });
  }

  /** The candidates of the most urgent conversation, in its order. */
  candidates(): string[] {
    const [entrant] = this.#entrants;
    if (!entrant) return [];
    return Array.from(entrant.candidates)
      .sort((one, other) => (this.#precedes(entrant, one, other) ? -1 : 1))
      .flatMap((agent) => this.#pool.agents[agent]?.id ?? []);
  }

  #entrant(conversation: Conversation, place: number): Entrant<Conversation> {
    const pool = this.#pool;
    const kind = this.#kindInBatch(pool.kindOf(conversation));
    const { preferredAgentId, excludedAgentIds, asked } = conversation;
    const isPlain = excludedAgentIds.length === 0 && asked.length === 0;
    const candidates = isPlain ? kind.able : this.#askable(conversation, kind);
    const answers = new Map(asked.map(({ agentId, at }) => [pool.numberOf(agentId) ?? -1, at]));
    const first = candidates[0];
    return {
      conversation,
      place,
      kind,
      candidates,
      isPlain,
      preferred: preferredAgentId === null ? undefined : pool.numberOf(preferredAgentId),
      askedAt: first !== undefined && answers.has(first) ? answers : undefined,
    };
  }

  #kindInBatch(kind: Kind): KindInBatch {
    let found = this.#kinds.get(kind);
    if (!found) {
      const room = this.#pool.room[kind.channel];
      const open = kind.members.filter((agent) => (room[agent] ?? 0) > 0);
      const able =
        kind.queue.rampSeconds === 0
          ? open
          : open.filter((agent) => this.#pool.isRampedUp(agent, kind.queue));
      found = { kind, open, able, isFull: able.length === 0 };
      this.#kinds.set(kind, found);
    }
    return found;
  }

  #askable(conversation: Conversation, { kind, open }: KindInBatch): Int32Array {
    const pool = this.#pool;
    const ids = Array.from(open, (agent) => pool.agents[agent]?.id ?? "");
    const chosen = askable(conversation, ids, pool.now).map((id) => pool.numberOf(id) ?? -1);
    return Int32Array.from(chosen.filter((agent) => pool.isRampedUp(agent, kind.queue)));
  }

  /** Returns whether one agent precedes another in a conversation's order. */
  #precedes(entrant: Entrant<Conversation>, one: number, other: number): boolean {
    const { askedAt, preferred, kind } = entrant;
    if (askedAt) {
      const difference = (askedAt.get(one) ?? 0) - (askedAt.get(other) ?? 0);
      if (difference !== 0) return difference < 0;
    }
    if (one === preferred || other === preferred) return one === preferred;
    return precedes(this.#pool.sortKey(kind.kind), kind.kind.beyond, this.#pool.lastAssignedAt, one, other);
  }

  /** Returns whether an agent currently has a seat for a conversation. */
  #fits({ conversation, place, kind }: Entrant<Conversation>, agent: number): boolean {
    const { channel, queue } = conversation;
    if ((this.#pool.room[channel][agent] ?? 0) <= 0) return false;
    const others = this.#byAgent.get(agent);
    if (!others || others.length === 0) return true;
    if (kind.kind.queue.rampSeconds > 0 && !this.#pool.isRampedUp(agent, queue)) return false;
    // An agent in a call gets nothing else: a call closes other channels for less urgent conversations.
    return others.every(({ entrant: other }) => {
      const isCall = other.conversation.channel === "voice";
      if (isCall === (channel === "voice")) return true;
      return isCall ? other.place > place : other.place < place;
    });
  }

  /** Places a conversation, moving others if necessary. Changes nothing if that fails. */
  #seat(entrant: Entrant<Conversation>, visited: Set<string>): boolean {
    // While others are being moved, seats are free or taken only temporarily.
    const free = this.#bestFree(entrant, visited.size === 0);
    if (free !== undefined) {
      this.#put(entrant, free);
      return true;
    }
    const { channel } = entrant.conversation;
    const taken = [...this.#byAgent.keys()]
      .filter((agent) => includes(entrant.candidates, agent))
      .sort((one, other) => (this.#precedes(entrant, one, other) ? -1 : 1));
    for (const agent of taken) {
      const key = `${agent} ${channel}`;
      if (visited.has(key)) continue;
      visited.add(key);
      for (const occupant of [...(this.#byAgent.get(agent) ?? [])].reverse()) {
        this.#remove(occupant);
        if (this.#fits(entrant, agent)) {
          const seated = this.#put(entrant, agent);
          if (this.#seat(occupant.entrant, visited)) {
            // Moving a call has reopened the other channels of its agent.
            for (const each of this.#kinds.values()) each.isFull = each.able.length === 0;
            return true;
          }
          this.#remove(seated);
        }
        this.#restore(occupant);
      }
    }
    return false;
  }

  #bestFree(entrant: Entrant<Conversation>, isSettled: boolean): number | undefined {
    const { kind, candidates, isPlain, preferred, askedAt } = entrant;
    if (kind.isFull && isPlain) return undefined;
    if (
      preferred !== undefined &&
      !askedAt &&
      includes(candidates, preferred) &&
      this.#fits(entrant, preferred)
    )
      return preferred;
    const [key, beyond, idle] = [this.#pool.sortKey(kind.kind), kind.kind.beyond, this.#pool.lastAssignedAt];
    let best = -1;
    for (const agent of candidates)
      if (
        (best < 0 ||
          (askedAt ? this.#precedes(entrant, agent, best) : precedes(key, beyond, idle, agent, best))) &&
        this.#fits(entrant, agent)
      )
        best = agent;
    if (best >= 0) return best;
    if (isPlain && isSettled) kind.isFull = true;
    return undefined;
  }

  #put(entrant: Entrant<Conversation>, agent: number): Seated<Conversation> {
    const { queue } = entrant.conversation;
    const seated = {
      entrant,
      agent,
      rank: this.#rankOf(entrant, agent),
      turn: this.#pool.turnsOf(queue.id)[agent] ?? 0,
    };
    this.#restore(seated);
    return seated;
  }

  /** Candidates without a seat in this batch rank after the agent, because they could have been chosen. */
  #rankOf(entrant: Entrant<Conversation>, agent: number): number {
    let rank = 1;
    for (const other of this.#byAgent.keys())
      if (other !== agent && includes(entrant.candidates, other) && this.#precedes(entrant, other, agent))
        rank++;
    return rank;
  }

  #restore(seated: Seated<Conversation>): void {
    this.#seated.set(seated.entrant, seated);
    const others = this.#byAgent.get(seated.agent);
    if (others) others.push(seated);
    else this.#byAgent.set(seated.agent, [seated]);
    this.#pool.give(seated.agent, seated.entrant.conversation);
  }

  #remove(seated: Seated<Conversation>): void {
    this.#seated.delete(seated.entrant);
    const others = this.#byAgent.get(seated.agent) ?? [];
    others.splice(others.indexOf(seated), 1);
    this.#pool.takeBack(seated.agent, seated.entrant.conversation, seated.turn);
  }
}

/** Compares by strategy, then by unneeded skills, then by idle time, then by id. */
function precedes(
  key: Float64Array,
  beyond: Int32Array,
  lastAssignedAt: Float64Array,
  one: number,
  other: number,
): boolean {
  const [mine = 0, theirs = 0] = [key[one], key[other]];
  if (mine !== theirs) return mine < theirs;
  const [myBeyond = 0, theirBeyond = 0] = [beyond[one], beyond[other]];
  if (myBeyond !== theirBeyond) return myBeyond < theirBeyond;
  const [myIdle = 0, theirIdle = 0] = [lastAssignedAt[one], lastAssignedAt[other]];
  if (myIdle !== theirIdle) return myIdle < theirIdle;
  return one < other;
}

/** Returns whether a sorted list contains a value, by binary search. */
function includes(list: Int32Array, value: number): boolean {
  let [from, to] = [0, list.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((list[middle] ?? 0) < value) from = middle + 1;
    else to = middle;
  }
  return list[from] === value;
}
