import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { firstCode, tally, type Verdict, verdictsAt } from "@/lib/availability/effective/rules";
import { factsOf, policyOf } from "@/lib/availability/effective/server/serializer";
import { createEffectiveService } from "@/lib/availability/effective/server/service";
import { type Channel, channels } from "@/lib/availability/effective/values";
import type { Prisma } from "@/lib/generated/prisma/client";
import { createDatabase } from "@/lib/platform/database/db";
import { createPageTokens } from "@/lib/platform/http/server/page-token";
import { type AgentId, type AuthorizedWorkspaceId, newId, type UserId } from "@/lib/platform/ids";
import { type Actor, permissions } from "@/lib/platform/security/permissions";
import { createSecrets } from "@/lib/platform/security/secrets";
import { createExplainService } from "@/lib/routing/matching/server/explain";
import { createExplainRepository } from "@/lib/routing/matching/server/explain-repository";
import { offerModes, strategies } from "@/lib/routing/queues/values";
import { repeatedRuns, repeatedSeed, testDatabaseUrl } from "@/lib/testing/environment";
import { combineRows, insertRows, makeAgent, makeWorkspace } from "@/lib/testing/factories";
import { makeEffective } from "@/lib/testing/hours";
import { createRandom, type Random } from "@/lib/testing/random";
import { makeDelegates, makeRun } from "@/lib/testing/routing";

// Compares explanations with a second, deliberately simple implementation, on random desks. `FC_RUNS` sets the number
// of desks.

const db = createDatabase(testDatabaseUrl(), 4, () => {});
afterAll(() => db.close());

const { repository: effectiveRepository, calendars } = makeEffective(db);
const effective = createEffectiveService({
  db,
  repository: effectiveRepository,
  calendars,
  audit: { record: async () => undefined },
});
const pageTokens = createPageTokens(createSecrets("a secret of the tests, which is long"));
const serviceFor = () =>
  createExplainService({
    repository: createExplainRepository(db, "http://127.0.0.1:3000"),
    effective,
    delegates: makeDelegates(db),
    pageTokens,
  });

const RUNS = repeatedRuns(25);
const now = new Date("2026-03-10T10:00:00Z");
const NOW = now.getTime();
const ago = (seconds: number) => new Date(NOW - seconds * 1000);

interface TestAgent {
  id: AgentId;
  teams: string[];
  /** The values of each skill. */
  skills: Map<string, string[]>;
  turnAt: number | null;
  opening: { openedAt: number; seats: number } | null;
}

interface TestConversation {
  id: string;
  channel: Channel;
  priority: number;
  queuedAt: number;
  requiredSkills: { skillId: string; valueIds: string[] }[];
  preferred: string | null;
  excluded: string[];
  asked: Map<string, number>;
}

interface Desk {
  workspaceId: AuthorizedWorkspaceId;
  actor: Actor;
  agents: TestAgent[];
  queue: Prisma.RoutingQueueCreateManyInput & { id: string; priority: number; targetSeconds: number };
  strategy: (typeof strategies)[number];
  rampSeconds: number;
  primary: string[];
  /** In the order of time. */
  later: { afterSeconds: number; teams: string[]; drops: boolean }[];
  conversations: TestConversation[];
  /** Offers of these have expired, so that they wait again. */
  expired: Pick<TestConversation, "id" | "priority" | "queuedAt">[];
}

const some = <Item>(random: Random, items: readonly Item[], most: number) =>
  random.shuffle(items).slice(0, random.integer(0, most));

/** Creates a queue, agents with work and habits, and conversations that wait in the queue; just one of them if `alone`. */
async function makeDesk(random: Random, { alone = false } = {}): Promise<Desk> {
  const workspaceId = newId<AuthorizedWorkspaceId>();
  const base = { workspaceId, createdAt: ago(86_400), updatedAt: ago(86_400) };
  const teams = Array.from({ length: 4 }, () => newId());
  const skills = Array.from({ length: 4 }, () => ({ id: newId(), values: [newId(), newId(), newId()] }));
  const rules = [0, 1, 2, 4].map((capacity) => ({ id: newId(), capacity }));
  const queueId = newId();
  const strategy = random.pick(strategies);
  const rampSeconds = alone ? 0 : random.pick([0, 0, 30]);
  const times = random
    .shuffle([20, 40, 60, 90, 150])
    .slice(0, random.integer(0, 3))
    .sort((a, b) => a - b);
  const targetSeconds = random.pick([30, 75, 300]);
  const primary = some(random, teams, 2);
  const secondary = random.chance(0.5) ? some(random, teams, 2) : [];
  const steps = times.map((afterSeconds) => {
    const dropSkills = random.chance(0.4);
    return { afterSeconds, dropSkills, teams: dropSkills ? some(random, teams, 1) : [random.pick(teams)] };
  });
  const later = [
    ...steps.map((step) => ({ afterSeconds: step.afterSeconds, teams: step.teams, drops: step.dropSkills })),
    ...(secondary.length > 0 ? [{ afterSeconds: targetSeconds, teams: secondary, drops: false }] : []),
  ].sort((one, other) => one.afterSeconds - other.afterSeconds);
  const agents = Array.from(
    { length: random.integer(1, 25) },
    (): TestAgent => ({
      id: newId<AgentId>(),
      teams: some(random, teams, 2),
      skills: new Map(some(random, skills, 4).map(({ id, values }) => [id, some(random, values, 2)])),
      turnAt: random.chance(0.5) ? NOW - random.integer(1, 5) * 1000 : null,
      opening: random.chance(0.7)
        ? { openedAt: NOW - random.integer(1, 90) * 1000, seats: random.integer(0, 4) }
        : null,
    }),
  );
  const ids = agents.map(({ id }) => id as string);
  const conversations = Array.from(
    { length: alone ? 1 : random.integer(1, 8) },
    (): TestConversation => ({
      id: newId(),
      channel: random.pick(channels),
      priority: random.pick([0, 50, 50, 100]),
      queuedAt: NOW - random.pick([0, 10, 45, 80, 200, 400]) * 1000,
      requiredSkills: some(random, skills, 2).map(({ id, values }) => ({
        skillId: id,
        valueIds: random.chance(0.5) ? some(random, values, 2) : [],
      })),
      preferred: random.chance(0.3) ? random.pick(ids) : null,
      excluded: random.chance(0.3) ? some(random, ids, 2) : [],
      asked: new Map(
        random.chance(0.4)
          ? some(random, ids, ids.length).map((id) => [id, NOW - random.integer(1, 100) * 1000])
          : [],
      ),
    }),
  );
  await insertRows(
    db.query,
    combineRows([
      makeWorkspace({ id: workspaceId, slug: workspaceId }),
      {
        teams: teams.map((id, nth) => ({ ...base, id, name: `Team ${nth}` })),
        skills: skills.map(({ id }) => ({ ...base, id, name: id, nameKey: id, valueType: "multiple" })),
        skillValues: skills.flatMap(({ id, values }) =>
          values.map((value, position) => ({ workspaceId, skillId: id, id: value, position, value })),
        ),
        capacityRules: rules.map(({ id, capacity }) => ({
          ...base,
          id,
          name: id,
          description: "",
          messagingCapacity: capacity,
          emailCapacity: 2 * capacity,
        })),
      },
      ...agents.map((agent) =>
        combineRows([
          makeAgent(
            { workspaceId, id: agent.id, wrapUpTime: random.pick([0, 60]) },
            {
              status: random.pick(["active", "active", "active", "active", "away", "offline"]),
              activity: random.pick(["available", "available", "available", "busy", "onBreak"]),
              capacityRuleId: random.chance(0.8) ? random.pick(rules).id : null,
            },
          ),
          {
            teamMembers: agent.teams.map((teamId) => ({
              workspaceId,
              teamId,
              agentId: agent.id,
              memberSince: ago(1),
            })),
            agentSkills: [...agent.skills.keys()].map((skillId, position) => ({
              workspaceId,
              agentId: agent.id,
              skillId,
              position,
            })),
            agentSkillValues: [...agent.skills].flatMap(([skillId, values]) =>
              values.map((valueId) => ({ workspaceId, agentId: agent.id, skillId, valueId })),
            ),
          },
        ]),
      ),
    ]),
  );
  const queue = {
    ...base,
    id: queueId,
    name: "Support",
    priority: random.pick([0, 50, 100]),
    strategy,
    rampSeconds,
    targetSeconds,
    offerMode: random.pick(offerModes),
    steps: steps.map(({ afterSeconds, dropSkills }) => ({ afterSeconds, ...(dropSkills && { dropSkills }) })),
  };
  await db.prisma.routingQueue.createMany({ data: [queue] });
  const queueTeam =
    (kind: "primary" | "secondary" | "step", step = 0) =>
    (teamId: string, position: number) => ({
      workspaceId,
      queueId,
      teamId,
      kind,
      step,
      position,
    });
  await db.prisma.routingQueueTeam.createMany({
    data: [
      ...primary.map(queueTeam("primary")),
      ...secondary.map(queueTeam("secondary")),
      ...steps.flatMap(({ teams: joining }, nth) => joining.map(queueTeam("step", nth))),
    ],
  });
  const conversation = (
    rest: Partial<Prisma.ConversationCreateManyInput>,
  ): Prisma.ConversationCreateManyInput => ({
    ...base,
    id: newId(),
    externalId: newId(),
    channel: "messaging",
    state: "queued",
    queueId,
    ...rest,
  });
  const taken = agents.flatMap(({ id }) =>
    Array.from({ length: random.integer(0, 3) }, () => {
      const closedAt = random.chance(0.3) ? ago(random.integer(1, 120)) : null;
      return conversation({
        channel: random.pick(["messaging", "messaging", "email", "voice"]),
        agentId: id,
        state: closedAt ? "closed" : "assigned",
        assignedAt: ago(random.integer(130, 140)),
        closedAt,
      });
    }),
  );
  // A trigger counts what begins as assigned, so closed ones are assigned first.
  await db.prisma.conversation.createMany({
    data: taken.map((one) => ({ ...one, state: "assigned", closedAt: null })),
  });
  for (const { id, closedAt } of taken)
    if (closedAt)
      await db.prisma.conversation.updateMany({
        where: { workspaceId, id },
        data: { state: "closed", closedAt, updatedAt: closedAt },
      });
  await db.prisma.conversation.createMany({
    data: conversations.map((one) =>
      conversation({
        id: one.id,
        channel: one.channel,
        priority: one.priority,
        queuedAt: new Date(one.queuedAt),
        requiredSkills: one.requiredSkills,
        preferredAgentId: one.preferred,
        excludedAgentIds: one.excluded,
      }),
    ),
  });
  const offered = agents
    .filter(() => !alone && random.chance(0.3))
    .map(({ id }) => ({
      agentId: id,
      expiresAt: ago(random.pick([-20, 0, 5])),
      one: conversation({ channel: random.pick(channels), state: "offered", queuedAt: ago(50) }),
    }));
  await db.prisma.conversation.createMany({ data: offered.map(({ one }) => one) });
  await db.prisma.offer.createMany({
    data: offered.map(({ agentId, expiresAt, one }) => ({
      workspaceId,
      id: newId(),
      conversationId: one.id,
      agentId,
      channel: one.channel,
      createdAt: ago(40),
      expiresAt,
    })),
  });
  await db.prisma.offer.createMany({
    data: conversations.flatMap((one) =>
      [...one.asked].map(([agentId, at]) => ({
        workspaceId,
        id: newId(),
        conversationId: one.id,
        agentId,
        channel: one.channel,
        state: random.pick(["declined", "expired"] as const),
        createdAt: new Date(at - 5_000),
        expiresAt: new Date(at),
        settledAt: new Date(at),
      })),
    ),
  });
  await db.prisma.queueTurn.createMany({
    data: agents.flatMap(({ id, turnAt }) =>
      turnAt === null ? [] : [{ workspaceId, queueId, agentId: id, at: new Date(turnAt) }],
    ),
  });
  await db.prisma.agentOpening.createMany({
    data: agents.flatMap(({ id, opening }) =>
      opening
        ? [{ workspaceId, agentId: id, openedAt: new Date(opening.openedAt), seats: opening.seats }]
        : [],
    ),
  });
  const actor: Actor = {
    kind: "user",
    id: newId<UserId>(),
    name: "Robin",
    via: "session",
    workspaceId,
    permissions: new Set(permissions),
    agentId: undefined,
  };
  const expired = offered
    .filter(({ expiresAt }) => expiresAt <= now)
    .map(({ one }) => ({ id: one.id ?? "", priority: 50, queuedAt: NOW - 50_000 }));
  return { workspaceId, actor, agents, queue, strategy, rampSeconds, primary, later, conversations, expired };
}

/** Whether an agent may take a conversation at an entry of the queue. */
function slowlyMatches(
  { primary, later }: Desk,
  agent: TestAgent,
  one: TestConversation,
  entry: number,
): boolean {
  const passed = later.slice(0, entry);
  const teams = [...primary, ...passed.flatMap((each) => each.teams)];
  if (primary.length > 0 && !agent.teams.some((team) => teams.includes(team))) return false;
  if (passed.some(({ drops }) => drops)) return true;
  for (const { skillId, valueIds } of one.requiredSkills) {
    const values = agent.skills.get(skillId);
    if (!values) return false;
    if (valueIds.length > 0 && !values.some((value) => valueIds.includes(value))) return false;
  }
  return true;
}

interface Judged extends TestAgent {
  verdict: Verdict;
  taken: number;
  capacity: number | undefined;
  lastAssignedAt: number;
}

async function judge(desk: Desk, channel: Channel): Promise<Judged[]> {
  const { workspaceId, agents } = desk;
  const rows = await effectiveRepository.findFacts(
    workspaceId,
    agents.map(({ id }) => id),
    now,
  );
  const today = Math.floor(NOW / 86_400_000);
  const found = await calendars.of(
    workspaceId,
    agents.map(({ id }) => id),
    { from: today - 2, to: today + 2 },
  );
  const states = await db.prisma.agentState.findMany({ where: { workspaceId } });
  return agents.map((agent) => {
    const row = rows.find(({ id }) => id === agent.id);
    if (!row) throw new Error("an agent is missing");
    const calendar = found.get(agent.id);
    if (!calendar) throw new Error("a calendar is missing");
    const facts = factsOf(row, calendar, NOW);
    const { voice, ...rule } = { voice: 1, messaging: undefined, email: undefined, ...facts.capacityRule };
    const last = states.find(({ agentId }) => agentId === agent.id)?.lastAssignedAt;
    return {
      ...agent,
      verdict: verdictsAt(facts, policyOf(row), NOW)[channel],
      taken:
        facts.open[channel] +
        facts.offers.filter((offer) => offer.channel === channel && offer.expiresAt > NOW).length,
      capacity: channel === "voice" ? voice : rule[channel],
      lastAssignedAt: last?.getTime() ?? -1e15,
    };
  });
}

/** Those of the agents who are open but were asked less than a minute ago. */
function slowlyJustAsked(one: TestConversation, matching: readonly Judged[]): { justAsked?: number } {
  const asked = matching.filter(
    ({ id, verdict }) => firstCode(verdict) === undefined && (one.asked.get(id) ?? 0) > NOW - 60_000,
  );
  return asked.length > 0 ? { justAsked: asked.length } : {};
}

/** The candidates by pairwise comparison, in the order of the documentation. */
function slowCandidates(desk: Desk, one: TestConversation, open: Judged[]): string[] {
  const { strategy, rampSeconds } = desk;
  const others = open.filter(({ id }) => !one.excluded.includes(id));
  const chosen = others.length > 0 ? others : open;
  const fresh = chosen.filter(({ id }) => !one.asked.has(id));
  const asked =
    fresh.length > 0 ? fresh : chosen.filter(({ id }) => (one.asked.get(id) ?? 0) <= NOW - 60_000);
  const ramped = asked.filter(
    ({ opening }) =>
      rampSeconds === 0 ||
      opening === null ||
      opening.seats < 1 + Math.floor((NOW - opening.openedAt) / 1000 / rampSeconds),
  );
  const drops = !one.requiredSkills.every(({ skillId }) => open.every(({ skills }) => skills.has(skillId)));
  const keys = (agent: Judged): (number | string)[] => [
    fresh.length > 0 ? 0 : (one.asked.get(agent.id) ?? 0),
    agent.id === one.preferred ? 0 : 1,
    strategy === "longestIdle"
      ? agent.lastAssignedAt
      : strategy === "roundRobin"
        ? (agent.turnAt ?? -1e15)
        : agent.capacity === undefined
          ? agent.taken - 1e9
          : (agent.taken + 1) / agent.capacity,
    agent.skills.size -
      (drops ? one.requiredSkills.filter(({ skillId }) => agent.skills.has(skillId)).length : 0),
    agent.lastAssignedAt,
    agent.id,
  ];
  return ramped
    .sort((a, b) => {
      const [mine, theirs] = [keys(a), keys(b)];
      const place = mine.findIndex((key, nth) => key !== theirs[nth]);
      return place < 0 ? 0 : (mine[place] ?? 0) < (theirs[place] ?? 0) ? -1 : 1;
    })
    .map(({ id }) => id);
}

describe("an explanation", () => {
  it(`agrees with a simple implementation on ${RUNS} random desks`, {
    timeout: 60_000 + RUNS * 4_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 2 ** 31 - 1 }), async (seed) => {
        const desk = await makeDesk(createRandom(seed));
        const { actor, workspaceId, queue, later, conversations } = desk;
        const service = serviceFor();
        const urgency = ({ priority, queuedAt }: Pick<TestConversation, "priority" | "queuedAt">) =>
          ((1 + priority + queue.priority) * ((NOW - queuedAt) / 1000)) / queue.targetSeconds;
        const inOrder = [...conversations, ...desk.expired].toSorted(
          (a, b) =>
            urgency(b) - urgency(a) ||
            b.priority - a.priority ||
            a.queuedAt - b.queuedAt ||
            (a.id < b.id ? -1 : 1),
        );
        const reasons = await service.waitingReasons(
          actor,
          [...conversations.map(({ id }) => id), newId()],
          now,
        );
        expect(reasons.results.map(({ conversationId }) => conversationId)).toEqual(
          conversations.map(({ id }) => id),
        );
        for (const one of conversations) {
          const judged = await judge(desk, one.channel);
          const explanation = await service.conversation(actor, one.id, now);
          expect(explanation).toMatchObject({
            state: "queued",
            position: inOrder.indexOf(one) + 1,
            ahead: inOrder.indexOf(one),
          });
          const expected = [{ afterSeconds: 0 }, ...later].map(({ afterSeconds }, step) => {
            const matching = judged.filter((agent) => slowlyMatches(desk, agent, one, step));
            return {
              step,
              afterSeconds,
              matching: matching.length,
              ...tally(matching.map(({ verdict }) => verdict)),
              ...slowlyJustAsked(one, matching),
            };
          });
          expect(explanation.steps).toEqual(expected);
          const reached = later.filter(
            ({ afterSeconds }) => afterSeconds * 1000 <= NOW - one.queuedAt,
          ).length;
          const { step: _, afterSeconds: __, ...reason } = expected[reached] ?? { step: 0, afterSeconds: 0 };
          expect(reasons.results.find(({ conversationId }) => conversationId === one.id)).toEqual({
            conversationId: one.id,
            ...reason,
          });
          const open = judged.filter(
            (agent) => firstCode(agent.verdict) === undefined && slowlyMatches(desk, agent, one, reached),
          );
          expect(explanation.candidates.map(({ agentId }) => agentId)).toEqual(
            slowCandidates(desk, one, open).slice(0, 10),
          );
        }
        await db.query("DELETE FROM workspaces WHERE id = :workspaceId::uuid", { workspaceId });
      }),
      { numRuns: RUNS, ...repeatedSeed(), endOnFailure: true },
    );
  });

  it("names first whom the matcher then chooses", { timeout: 60_000 + RUNS * 4_000 }, async () => {
    let chosen = 0;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 2 ** 31 - 1 }), async (seed) => {
        const { actor, workspaceId, conversations, queue } = await makeDesk(createRandom(seed), {
          alone: true,
        });
        const [one] = conversations;
        if (!one) throw new Error("there is no conversation");
        const service = serviceFor();
        const { candidates } = await service.conversation(actor, one.id, now);
        expect(await makeRun(db, () => NOW)(workspaceId)).toBe("done");
        const after = await service.conversation(actor, one.id, now);
        const [best] = candidates;
        if (best) chosen++;
        expect(after.state).toBe(best ? (queue.offerMode === "auto" ? "assigned" : "offered") : "queued");
        expect(after.decision?.agentId).toBe(best?.agentId);
        if (after.decision) {
          expect(after.decision).toMatchObject({ kind: "automatic", rank: 1 });
          expect(Math.min(after.decision.considered, 10)).toBe(candidates.length);
          expect(after.decision).not.toHaveProperty("actor");
        }
        await db.query("DELETE FROM workspaces WHERE id = :workspaceId::uuid", { workspaceId });
      }),
      { numRuns: RUNS, ...repeatedSeed(), endOnFailure: true },
    );
    expect(chosen).toBeGreaterThan(0);
  });
});
