import { placeBatch } from "@/lib/routing/matching/placement";
import { Pool } from "@/lib/routing/matching/pool";
import { compareUrgency, type QueueRules, type Waiting } from "@/lib/routing/matching/rules";
import {
  createHeap,
  type Day,
  hasRoom,
  isAtWork,
  type Policy,
  type SimulatedAgent,
  type SimulatedConversation,
  startable,
} from "./routing-day";

/** Maximum number of conversations in a batch, as in the matcher. */
const batch = 100;

const idOf = (kind: string, number: number) => `${kind}-${number}`;

/** One queue per team. Half of the queues have twice the priority. */
const queues = Array.from(
  { length: 4 },
  (_, number): QueueRules => ({
    id: idOf("queue", number),
    priority: 50,
    targetSeconds: number % 2 === 0 ? 120 : 60,
    strategy: "leastLoaded",
    offerMode: "auto",
    rampSeconds: 0,
    primaryTeamIds: [idOf("team", number)],
    secondaryTeamIds: [],
    steps: [],
  }),
);

interface Simulated extends Waiting {
  readonly source: SimulatedConversation;
}

function waitingOf(source: SimulatedConversation): Simulated {
  const queue = queues[source.queue];
  if (!queue) throw new Error("there is no such queue");
  return {
    source,
    id: source.id,
    queue,
    channel: "messaging",
    priority: 50,
    requiredSkills: source.skills.map((skill) => ({ skillId: idOf("skill", skill), valueIds: [] })),
    preferredAgentId: null,
    excludedAgentIds: [],
    queuedAt: source.arrivesAt,
    asked: [],
  };
}

/** The product's policy: the matcher's own functions, with the agents who have capacity. */
export function createProduct(): Policy {
  return {
    name: "Rollcall",
    decide(situation) {
      const { now, day } = situation;
      const waiting = startable(situation);
      if (waiting.length === 0) return [];
      const kinds = new Set(waiting.map(({ kind }) => kind));
      const matching = new Set([...kinds].flatMap((kind) => day.kinds[kind] ?? []));
      const free = [...matching].filter((agent) => hasRoom(agent, now));
      const byId = new Map(free.map((agent) => [agent.id, agent]));
      const pool = new Pool(
        free.map(({ id, team, skills, open, capacity, lastAssignedAt }) => ({
          id,
          teamIds: [idOf("team", team)],
          skills: new Map(skills.map((skill) => [idOf("skill", skill), []])),
          seats: { messaging: { open, offered: 0, capacity }, email: null, voice: null },
          lastAssignedAt,
          turns: new Map(),
          opening: null,
        })),
        now,
      );
      const urgent = waiting.map(waitingOf).sort(compareUrgency(now));
      const decisions = [];
      for (let from = 0; from < urgent.length; from += batch)
        for (const { conversation, agentId } of placeBatch(pool, urgent.slice(from, from + batch))) {
          const agent = byId.get(agentId);
          if (agent) decisions.push({ conversation: conversation.source, agent });
        }
      return decisions;
    },
  };
}

/** First come, first served, to the agent who has waited longest for a conversation. */
export function createLongestIdle(): Policy {
  return {
    name: "longest idle agent",
    decide(situation) {
      const { now, day } = situation;
      const taken = new Map<SimulatedAgent, number>();
      return startable(situation).flatMap((conversation) => {
        let best: SimulatedAgent | undefined;
        for (const agent of day.kinds[conversation.kind] ?? []) {
          if (!hasRoom(agent, now) || agent.open + (taken.get(agent) ?? 0) >= agent.capacity) continue;
          const idle = taken.has(agent) ? now : (agent.lastAssignedAt ?? -1);
          const least = best && (taken.has(best) ? now : (best.lastAssignedAt ?? -1));
          if (least === undefined || idle < least) best = agent;
        }
        if (!best) return [];
        taken.set(best, (taken.get(best) ?? 0) + 1);
        return [{ conversation, agent: best }];
      });
    },
  };
}

/** A unit of capacity that becomes free at a time. */
interface Seat {
  agent: SimulatedAgent;
  from: number;
}

interface Plan {
  conversation: SimulatedConversation;
  agent: SimulatedAgent;
  at: number;
}

/**
 * A policy that knows all arrivals and endings within `horizon` milliseconds. It assigns as many
 * conversations as possible in that time with the least total wait, and recomputes once per `interval`.
 */
export function createForesight(horizon = 300_000, interval = 60_000): Policy {
  let plan = new Map<SimulatedConversation, Plan>();
  let planned = Number.NEGATIVE_INFINITY;
  return {
    name: "matching with foresight",
    decide({ now, waiting, day, next }) {
      if (now >= planned + interval) {
        planned = now;
        const coming = [...waiting];
        for (let nth = next; (day.conversations[nth]?.arrivesAt ?? Infinity) <= now + horizon; nth++) {
          const one = day.conversations[nth];
          if (one) coming.push(one);
        }
        plan = makePlan(coming, now, horizon, day);
      }
      return waiting.flatMap((conversation) => {
        const found = plan.get(conversation);
        return found && found.at <= now && hasRoom(found.agent, now)
          ? [{ conversation, agent: found.agent }]
          : [];
      });
    },
  };
}

function makePlan(
  conversations: readonly SimulatedConversation[],
  now: number,
  horizon: number,
  { kinds }: Day,
): Map<SimulatedConversation, Plan> {
  const seats: Seat[] = [];
  const seatsOf = new Map<SimulatedAgent, number[]>();
  const findSeats = (agent: SimulatedAgent) => {
    let numbers = seatsOf.get(agent);
    if (!numbers) {
      const froms = [
        ...Array.from({ length: agent.capacity - agent.open }, () => Math.max(now, agent.start)),
        ...agent.closings,
      ].filter((from) => from <= now + horizon && isAtWork(agent, from));
      numbers = froms.map((from) => seats.push({ agent, from }) - 1);
      seatsOf.set(agent, numbers);
    }
    return numbers;
  };
  const edges = conversations.map((conversation) => (kinds[conversation.kind] ?? []).flatMap(findSeats));
  const start = (row: number, seat: number) =>
    Math.max(now, conversations[row]?.arrivesAt ?? 0, seats[seat]?.from ?? 0);
  const cost = (row: number, seat: number) =>
    start(row, seat) - Math.max(now, conversations[row]?.arrivesAt ?? 0);
  const seatOf = cheapestMatching(edges, seats.length, cost, 2 * horizon);
  return new Map(
    conversations.flatMap((conversation, row) => {
      const seat = seatOf[row] ?? -1;
      const agent = seats[seat]?.agent;
      return agent ? [[conversation, { conversation, agent, at: start(row, seat) }]] : [];
    }),
  );
}

/**
 * Returns the column assigned to each row, or -1, with the least total cost. An unassigned row costs
 * `penalty`. Uses the Hungarian method (shortest augmenting paths with potentials) on a sparse graph.
 */
export function cheapestMatching(
  edges: readonly (readonly number[])[],
  columns: number,
  cost: (row: number, column: number) => number,
  penalty: number,
): Int32Array {
  const columnOf = new Int32Array(edges.length).fill(-1);
  const rowOf = new Int32Array(columns).fill(-1);
  const price = new Float64Array(columns);
  const distance = new Float64Array(columns);
  const cameFrom = new Int32Array(columns);
  for (let root = 0; root < edges.length; root++) {
    distance.fill(Infinity);
    const heap = createHeap<{ column: number; at: number }>((one, other) => one.at - other.at);
    const settled: number[] = [];
    // The cheapest end of the path: a free column, or a row that gives up its column.
    let best = penalty;
    let last = -1;
    let loser = root;
    const relax = (row: number, at: number) => {
      for (const column of edges[row] ?? []) {
        const next = at + cost(row, column) + (price[column] ?? 0);
        if (next >= (distance[column] ?? Infinity) || next >= best) continue;
        distance[column] = next;
        cameFrom[column] = row;
        heap.add({ column, at: next });
      }
    };
    relax(root, 0);
    for (let item = heap.take(); item && item.at < best; item = heap.take()) {
      const { column, at } = item;
      if (at > (distance[column] ?? Infinity)) continue;
      const row = rowOf[column] ?? -1;
      if (row < 0) {
        best = at;
        last = column;
        loser = -1;
        break;
      }
      settled.push(column);
      const left = at - cost(row, column) - (price[column] ?? 0);
      if (left + penalty < best) {
        best = left + penalty;
        last = column;
        loser = row;
      }
      relax(row, left);
    }
    for (const column of settled)
      if ((distance[column] ?? Infinity) < best)
        price[column] = (price[column] ?? 0) + best - (distance[column] ?? 0);
    if (loser === root && last < 0) continue;
    if (loser >= 0) columnOf[loser] = -1;
    for (let column = last; ; ) {
      const row = cameFrom[column] ?? root;
      const before = columnOf[row] ?? -1;
      columnOf[row] = column;
      rowOf[column] = row;
      if (row === root) break;
      column = before;
    }
  }
  return columnOf;
}
