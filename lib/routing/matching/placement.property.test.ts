import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Channel, channels } from "@/lib/availability/effective/values";
import { strategies } from "@/lib/routing/queues/values";
import { repeatedRuns, repeatedSeed } from "@/lib/testing/environment";
import { type Placement, placeBatch } from "./placement";
import { Pool, type PoolAgent } from "./pool";
import type { QueueRules, RequiredSkill, Waiting } from "./rules";

/*
 * Compares the placement of batches with a second, deliberately simple implementation: it tries all ways to seat
 * conversations, and sorts agents from scratch for each.
 */

const now = Date.parse("2027-03-02T08:00:00.000Z");
const seconds = (count: number) => now - count * 1000;
const ids = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`);
const [teamIds, skillIds, valueIds, agentIds] = [ids("t", 3), ids("s", 3), ids("v", 2), ids("a", 5)];

const skills: fc.Arbitrary<RequiredSkill[]> = fc.uniqueArray(
  fc.record({ skillId: fc.constantFrom(...skillIds), valueIds: fc.subarray(valueIds) }),
  { maxLength: 2, selector: ({ skillId }) => skillId },
);

const queue = (id: string): fc.Arbitrary<QueueRules> =>
  fc.record({
    id: fc.constant(id),
    priority: fc.integer({ min: 0, max: 100 }),
    targetSeconds: fc.constantFrom(30, 60, 120),
    strategy: fc.constantFrom(...strategies),
    offerMode: fc.constantFrom("auto" as const, "accept" as const),
    rampSeconds: fc.constant(0),
    primaryTeamIds: fc.subarray(teamIds, { maxLength: 2 }),
    secondaryTeamIds: fc.subarray(teamIds, { maxLength: 1 }),
    steps: fc
      .uniqueArray(
        fc.record({
          afterSeconds: fc.integer({ min: 1, max: 200 }),
          teamIds: fc.subarray(teamIds, { maxLength: 1 }),
          dropSkills: fc.boolean(),
        }),
        { maxLength: 2, selector: ({ afterSeconds }) => afterSeconds },
      )
      .map((steps) => steps.toSorted((one, other) => one.afterSeconds - other.afterSeconds)),
  });

const seats = fc.option(
  fc
    .record({
      open: fc.integer({ min: 0, max: 3 }),
      offered: fc.integer({ min: 0, max: 1 }),
      room: fc.option(fc.integer({ min: 1, max: 2 }), { freq: 5 }),
    })
    .map(({ open, offered, room }) => ({ open, offered, capacity: room && open + offered + room })),
  { freq: 4 },
);

const agent = (id: string): fc.Arbitrary<PoolAgent> =>
  fc.record({
    id: fc.constant(id),
    teamIds: fc.subarray(teamIds),
    skills: skills.map((list) => new Map(list.map((one) => [one.skillId, one.valueIds]))),
    seats: fc.record({
      messaging: seats,
      email: seats,
      voice: fc.constant({ open: 0, offered: 0, capacity: 1 }),
    }),
    lastAssignedAt: fc.option(fc.integer({ min: 1, max: 5 }).map(seconds)),
    turns: fc
      .option(fc.integer({ min: 1, max: 5 }))
      .map((turn) => new Map(turn ? [["q0", seconds(turn)]] : [])),
    opening: fc.constant(null),
  });

const waiting = (
  id: string,
  queues: readonly QueueRules[],
  used: readonly Channel[],
): fc.Arbitrary<Waiting> =>
  fc.record({
    id: fc.constant(id),
    queue: fc.constantFrom(...queues),
    channel: fc.constantFrom(...used),
    priority: fc.constantFrom(0, 50, 100),
    requiredSkills: skills,
    preferredAgentId: fc.option(fc.constantFrom(...agentIds)),
    excludedAgentIds: fc.subarray(agentIds, { maxLength: 1 }),
    queuedAt: fc.integer({ min: 0, max: 240 }).map(seconds),
    asked: fc.uniqueArray(
      fc.record({ agentId: fc.constantFrom(...agentIds), at: fc.integer({ min: 1, max: 90 }).map(seconds) }),
      { maxLength: 2, selector: ({ agentId }) => agentId },
    ),
  });

const batch = (used: readonly Channel[]) =>
  fc.tuple(queue("q0"), queue("q1")).chain((queues) =>
    fc.record({
      agents: fc.tuple(...agentIds.map(agent)),
      conversations: fc
        .integer({ min: 1, max: 7 })
        .chain((count) => fc.tuple(...ids("c", count).map((id) => waiting(id, queues, used)))),
    }),
  );

type Batch = { agents: PoolAgent[]; conversations: Waiting[] };

// The second implementation.

const waited = ({ queuedAt }: Waiting) => (now - queuedAt) / 1000;

function byUrgency(conversations: readonly Waiting[]): Waiting[] {
  const weight = ({ priority, queue }: Waiting) => (1 + priority + queue.priority) / queue.targetSeconds;
  const keys = (one: Waiting) =>
    [
      -((1 + one.priority + one.queue.priority) * waited(one)) / one.queue.targetSeconds,
      -weight(one),
      one.queuedAt,
      one.id,
    ] as const;
  return conversations.toSorted((one, other) => compareKeys(keys(one), keys(other)));
}

function compareKeys(one: readonly (number | string)[], other: readonly (number | string)[]): number {
  for (const [index, mine] of one.entries()) {
    const theirs = other[index] ?? 0;
    if (mine !== theirs) return mine < theirs ? -1 : 1;
  }
  return 0;
}

/** Teams and skills by the words of the rules, step by step. */
function mayTake(conversation: Waiting, { teamIds: mine, skills: has }: PoolAgent): boolean {
  const { queue, requiredSkills } = conversation;
  const passed = queue.steps.filter(({ afterSeconds }) => waited(conversation) >= afterSeconds);
  let teams = queue.primaryTeamIds;
  if (teams.length > 0) {
    for (const step of passed) teams = [...teams, ...(step.teamIds ?? [])];
    if (waited(conversation) >= queue.targetSeconds) teams = [...teams, ...queue.secondaryTeamIds];
    if (!mine.some((team) => teams.includes(team))) return false;
  }
  if (passed.some(({ dropSkills }) => dropSkills)) return true;
  for (const { skillId, valueIds: wanted } of requiredSkills) {
    const values = has.get(skillId);
    if (!values) return false;
    if (wanted.length > 0 && !wanted.some((value) => values.includes(value))) return false;
  }
  return true;
}

function candidatesOf(conversation: Waiting, agents: readonly PoolAgent[]): PoolAgent[] {
  const open = agents.filter((one) => one.seats[conversation.channel] && mayTake(conversation, one));
  const others = open.filter(({ id }) => !conversation.excludedAgentIds.includes(id));
  const allowed = others.length > 0 ? others : open;
  const answer = (id: string) => conversation.asked.find(({ agentId }) => agentId === id)?.at;
  const fresh = allowed.filter(({ id }) => answer(id) === undefined);
  return fresh.length > 0 ? fresh : allowed.filter(({ id }) => (answer(id) ?? now) <= now - 60_000);
}

/** Whether some way exists to seat all of these conversations, trying each agent for each. */
function canSeatAll(
  conversations: readonly Waiting[],
  agents: readonly PoolAgent[],
  taken: readonly string[] = [],
): boolean {
  const [first, ...rest] = conversations;
  if (!first) return true;
  return candidatesOf(first, agents).some((one) => {
    const key = `${one.id} ${first.channel}`;
    const seat = one.seats[first.channel];
    const used = taken.filter((other) => other === key).length;
    if (!seat || (seat.capacity !== null && seat.open + seat.offered + used >= seat.capacity)) return false;
    return canSeatAll(rest, agents, [...taken, key]);
  });
}

/** The most urgent set that can be seated: each conversation joins if all before it can keep a seat. */
function bestSet(conversations: readonly Waiting[], agents: readonly PoolAgent[]): string[] {
  const chosen: Waiting[] = [];
  for (const one of byUrgency(conversations)) if (canSeatAll([...chosen, one], agents)) chosen.push(one);
  return chosen.map(({ id }) => id);
}

/** The order of candidates of a single conversation. */
function orderOf(conversation: Waiting, agents: readonly PoolAgent[]): string[] {
  const { queue, channel, preferredAgentId, requiredSkills, asked } = conversation;
  const candidates = candidatesOf(conversation, agents);
  const never = Number.NEGATIVE_INFINITY;
  const keys = (one: PoolAgent) => {
    const seat = one.seats[channel];
    const load = (seat?.open ?? 0) + (seat?.offered ?? 0);
    const strategy = {
      leastLoaded: seat?.capacity == null ? [0, load] : [1, (load + 1) / seat.capacity],
      longestIdle: [one.lastAssignedAt ?? never],
      roundRobin: [one.turns.get(queue.id) ?? never],
    }[queue.strategy];
    return [
      asked.find(({ agentId }) => agentId === one.id)?.at ?? 0,
      one.id === preferredAgentId ? 0 : 1,
      ...strategy,
      [...one.skills.keys()].filter((id) => !requiredSkills.some(({ skillId }) => skillId === id)).length,
      one.lastAssignedAt ?? never,
      one.id,
    ];
  };
  return candidates.toSorted((one, other) => compareKeys(keys(one), keys(other))).map(({ id }) => id);
}

const runs = repeatedRuns(2_000);
const place = ({ agents, conversations }: Batch) => placeBatch(new Pool(agents, now), conversations);
const shuffled = <Item>(items: readonly Item[]) => items.toReversed();

function expectValid({ agents, conversations }: Batch, placements: readonly Placement[]): void {
  expect(new Set(placements.map(({ conversation }) => conversation.id)).size).toBe(placements.length);
  for (const { conversation, agentId, rank, considered } of placements) {
    const candidates = candidatesOf(conversation, agents).map(({ id }) => id);
    expect(candidates).toContain(agentId);
    expect(considered).toBe(candidates.length);
    expect(rank).toBeGreaterThanOrEqual(1);
    expect(rank).toBeLessThanOrEqual(considered);
  }
  for (const one of agents)
    for (const channel of channels) {
      const seat = one.seats[channel];
      const given = placements.filter(
        ({ agentId, conversation }) => agentId === one.id && conversation.channel === channel,
      ).length;
      if (given > 0 && seat?.capacity !== null)
        expect(given + (seat?.open ?? 0) + (seat?.offered ?? 0)).toBeLessThanOrEqual(seat?.capacity ?? 0);
    }
  expect(conversations.length).toBeGreaterThanOrEqual(placements.length);
}

describe("a batch", () => {
  it(`seats the most urgent set of conversations that can be seated, in ${runs} random batches`, () => {
    fc.assert(
      fc.property(batch(["messaging"]), (one) => {
        const placements = place(one);
        expectValid(one, placements);
        expect(placements.map(({ conversation }) => conversation.id)).toEqual(
          bestSet(one.conversations, one.agents),
        );
      }),
      { numRuns: runs, ...repeatedSeed() },
    );
  });

  it("gives a single conversation to the first agent of its order", () => {
    fc.assert(
      fc.property(batch(channels), ({ agents, conversations }) => {
        for (const conversation of conversations) {
          const [placement] = place({ agents, conversations: [conversation] });
          const [first] = orderOf(conversation, agents);
          expect(placement?.agentId).toBe(first);
          if (placement) expect(placement.rank).toBe(1);
        }
      }),
      { numRuns: runs, ...repeatedSeed() },
    );
  });

  it("gives nobody in a call anything less urgent, and leaves nobody waiting who could be seated", () => {
    fc.assert(
      fc.property(batch(channels), (one) => {
        const placements = place(one);
        expectValid(one, placements);
        const order = byUrgency(one.conversations).map(({ id }) => id);
        const placed = (wanted: (channel: Channel) => boolean, agentId: string) =>
          placements
            .filter((other) => other.agentId === agentId && wanted(other.conversation.channel))
            .map(({ conversation }) => order.indexOf(conversation.id));
        for (const { id } of one.agents) {
          const [call] = placed((channel) => channel === "voice", id);
          if (call === undefined) continue;
          for (const other of placed((channel) => channel !== "voice", id)) expect(other).toBeLessThan(call);
        }
        const left = one.conversations.filter(
          ({ id }) => !placements.some(({ conversation }) => conversation.id === id),
        );
        for (const conversation of left)
          for (const { id, seats: of } of candidatesOf(conversation, one.agents)) {
            const seat = of[conversation.channel];
            const given = placed((channel) => channel === conversation.channel, id).length;
            const isFull =
              !seat || (seat.capacity !== null && seat.open + seat.offered + given >= seat.capacity);
            const isText = conversation.channel !== "voice";
            const isClosed = placed((channel) => (channel === "voice") === isText, id).some((place) =>
              isText ? place < order.indexOf(conversation.id) : place > order.indexOf(conversation.id),
            );
            expect(isFull || isClosed).toBe(true);
          }
      }),
      { numRuns: runs, ...repeatedSeed() },
    );
  });

  it("seats all texts that an agent can take after their call has moved to somebody else", () => {
    const free = { open: 0, offered: 0 };
    const one = (id: string, canText: boolean): PoolAgent => ({
      id,
      teamIds: [],
      skills: new Map(),
      seats: {
        messaging: canText ? { ...free, capacity: null } : null,
        email: null,
        voice: { ...free, capacity: 1 },
      },
      lastAssignedAt: null,
      turns: new Map(),
      opening: null,
    });
    const queue: QueueRules = {
      id: "q",
      priority: 50,
      targetSeconds: 60,
      strategy: "leastLoaded",
      offerMode: "auto",
      rampSeconds: 0,
      primaryTeamIds: [],
      secondaryTeamIds: [],
      steps: [],
    };
    const wait = (id: string, channel: Channel, waited: number): Waiting => ({
      id,
      queue,
      channel,
      priority: 50,
      requiredSkills: [],
      preferredAgentId: null,
      excludedAgentIds: [],
      queuedAt: seconds(waited),
      asked: [],
    });
    const conversations = [
      wait("call", "voice", 30),
      wait("first", "messaging", 20),
      wait("second", "messaging", 10),
    ];
    const placements = place({ agents: [one("a", true), one("b", false)], conversations });
    expect(placements.map(({ conversation, agentId }) => [conversation.id, agentId])).toEqual([
      ["call", "b"],
      ["first", "a"],
      ["second", "a"],
    ]);
  });

  it("does not depend on the order of its input", () => {
    fc.assert(
      fc.property(batch(channels), ({ agents, conversations }) => {
        const placements = place({ agents, conversations });
        expect(place({ agents: shuffled(agents), conversations: shuffled(conversations) })).toEqual(
          placements,
        );
      }),
      { numRuns: runs, ...repeatedSeed() },
    );
  });
});
