import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { createAgentRepository } from "@/lib/agents/agents/server/repository";
import type { CandidateRow } from "@/lib/agents/inbox/server/candidates.sql";
import { createInboxRepository } from "@/lib/agents/inbox/server/repository";
import { serializeBoard, serializeCounts } from "@/lib/agents/inbox/server/serializer";
import { loadOf } from "@/lib/availability/effective/deciders";
import type { AvailabilityFacts } from "@/lib/availability/effective/facts";
import { compareCandidates, tally, verdictsAt } from "@/lib/availability/effective/rules";
import { factsOf } from "@/lib/availability/effective/server/serializer";
import type { Question } from "@/lib/availability/effective/server/verdict.sql";
import { type Channel, channels } from "@/lib/availability/effective/values";
import { type CompiledCalendar, compileCalendar } from "@/lib/hours/calendar/compile";
import { createDatabase } from "@/lib/platform/database/db";
import { type AgentId, type AuthorizedWorkspaceId, newId } from "@/lib/platform/ids";
import { type WorkforceCase, workforceCases } from "@/lib/testing/availability-cases";
import { slowAvailability } from "@/lib/testing/availability-oracle";
import { makeCalendar, makeTimeOffType } from "@/lib/testing/calendar-rows";
import { repeatedRuns, repeatedSeed, testDatabaseUrl } from "@/lib/testing/environment";
import {
  combineRows,
  insertRows,
  makeMembership,
  makePerson,
  makeWorkspace,
  type Rows,
} from "@/lib/testing/factories";
import { makeEffective } from "@/lib/testing/hours";

/*
 * Compares the SQL of candidates, of the list's `canTake` and of the board with the pure function and with
 * the oracle. `FC_RUNS` sets the number of agents; each statement covers many.
 */

const db = createDatabase(testDatabaseUrl(), 2, () => {});
afterAll(() => db.close());

const agents = createAgentRepository(db, "http://127.0.0.1:3000");
const { repository: effective, calendars } = makeEffective(db);
const inbox = createInboxRepository(db, "http://127.0.0.1:3000");

const BATCH = 100;
const RUNS = Math.ceil(repeatedRuns(2_000) / BATCH);

interface Workforce {
  workspaceId: AuthorizedWorkspaceId;
  ids: AgentId[];
  teams: string[];
  /** The facts with the calendars as stored. */
  stored: AvailabilityFacts[];
}

const timeOffIn = (calendar: CompiledCalendar) =>
  calendar.timeOff().map(({ id, start, end, timeOff: { reason } }) => ({ id, start, end, reason }));

const date = (time: number | null) => (time === null ? null : new Date(time));

/**
 * Stores facts like the product does. Agents alternate between two teams; those with an even number have the
 * skill.
 */
async function store({ agents, now }: WorkforceCase): Promise<Workforce> {
  const workspaceId = newId<AuthorizedWorkspaceId>();
  const ids = agents.map(() => newId<AgentId>());
  const teams = [newId(), newId()];
  const skillId = newId();
  const queueId = newId();
  const timeOffTypeId = newId();
  const stored: AvailabilityFacts[] = [];
  const base = { workspaceId, createdAt: new Date(0), updatedAt: new Date(0) };
  const conversation = (channel: Channel) => ({ ...base, id: newId(), externalId: newId(), channel });
  const rules = new Map<string, Rows["capacityRules"][number]>();
  const ruleOf = ({ capacityRule }: AvailabilityFacts) => {
    if (!capacityRule) return undefined;
    const { messaging, email } = capacityRule;
    const rule = rules.get(`${messaging}/${email}`) ?? {
      ...base,
      id: newId(),
      name: `${messaging}/${email}`,
      description: "",
      messagingCapacity: messaging,
      emailCapacity: email,
    };
    rules.set(rule.name, rule);
    return rule.id;
  };
  const parts = agents.map((facts, index): Partial<Rows> => {
    const { declared, hours, open, presence } = facts;
    const offers = facts.offers.map((offer) => ({ ...offer, conversation: conversation(offer.channel) }));
    const closed = facts.closed.map(({ closedAt }) => closedAt);
    const id = ids[index] ?? newId<AgentId>();
    const userId = facts.type === "user" ? newId() : undefined;
    const { rows: created, calendar } = makeCalendar(
      {
        workspaceId,
        id,
        timeOffTypeId,
        ...(userId && { userId }),
        wrapUpTime: facts.wrapUpTime,
        ...(facts.forwardsCalls && {
          forwardEnabled: true,
          forwardNumber: "+4930123456",
          forwardMaskCaller: false,
        }),
      },
      { ...hours.hours.data, ...hours.exceptions },
      {
        status: declared.status,
        activity: declared.activity,
        activityExpiresAt: date(declared.activityExpiresAt),
        lastStatusSet: new Date(0),
        lastActivitySet: new Date(0),
        lastClosedAt: closed.length > 0 ? new Date(Math.max(...closed)) : null,
        missedOffersAt: facts.missedOffers.map((at) => new Date(at)),
        lastAssignedAt: index % 3 === 0 ? null : new Date(now - (index % 7) * 1_000),
        capacityRuleId: ruleOf(facts) ?? null,
      },
    );
    const compiled = compileCalendar(calendar);
    stored.push({ ...facts, hours: compiled, timeOff: timeOffIn(compiled) });
    return combineRows([
      ...(userId
        ? [
            makePerson({ id: userId }),
            makeMembership({ workspaceId, userId, status: facts.membership?.status ?? "active" }),
          ]
        : []),
      created,
      {
        teamMembers: teams
          .slice(0, (index % 3) + 1 === 3 ? 0 : (index % 3) + 1)
          .map((teamId) => ({ workspaceId, teamId, agentId: id, memberSince: new Date(0) })),
        agentSkills: index % 2 === 0 ? [{ workspaceId, agentId: id, skillId, position: 0 }] : [],
        presenceSessions: presence.sessions.map(({ endsAt, lastInputAt }) => ({
          workspaceId,
          agentId: id,
          id: newId(),
          device: "desktop" as const,
          visible: true,
          lastInputAt: new Date(lastInputAt),
          startedAt: new Date(lastInputAt),
          lastSeenAt: new Date(now),
          endedAt: date(endsAt && endsAt - 60_000),
          endsAt: new Date(endsAt ?? now + 150_000),
        })),
        conversations: [
          ...channels.flatMap((channel) =>
            Array.from({ length: open[channel] }, () => ({
              ...conversation(channel),
              agentId: id,
              state: "assigned" as const,
              assignedAt: new Date(0),
            })),
          ),
          ...offers.map(({ conversation }) => ({
            ...conversation,
            queueId,
            state: "offered" as const,
            queuedAt: new Date(0),
          })),
          ...closed.map((at) => ({
            ...conversation("email"),
            agentId: id,
            state: "closed" as const,
            closedAt: new Date(at),
          })),
        ],
        offers: offers.map(({ channel, expiresAt, conversation }) => ({
          workspaceId,
          id: newId(),
          conversationId: conversation.id,
          agentId: id,
          channel,
          createdAt: new Date(expiresAt - 30_000),
          expiresAt: new Date(expiresAt),
        })),
      },
    ]);
  });
  const key = `skill ${skillId}`;
  await insertRows(
    db.query,
    combineRows([
      makeWorkspace({ id: workspaceId, slug: workspaceId }),
      makeTimeOffType(workspaceId, timeOffTypeId),
      {
        teams: teams.map((id, index) => ({ ...base, id, name: `Team ${index}` })),
        skills: [{ ...base, id: skillId, name: key, nameKey: key, valueType: "single" }],
        capacityRules: [...rules.values()],
        routingQueues: [{ ...base, id: queueId, name: "General" }],
      },
      ...parts,
    ]),
  );
  return { workspaceId, ids, teams, stored };
}

const inOrder = (offers: AvailabilityFacts["offers"]) =>
  offers.map(({ channel, expiresAt }) => `${channel} ${expiresAt}`).sort();

/** Explanations must be about the same rows. */
async function expectSameLoad(
  workspaceId: AuthorizedWorkspaceId,
  ids: readonly AgentId[],
  { agents, now, at }: WorkforceCase,
): Promise<void> {
  const rows = await effective.findFacts(workspaceId, ids, new Date(now));
  expect(rows).toHaveLength(ids.length);
  const day = Math.floor(now / 86_400_000);
  const known = await calendars.of(workspaceId, ids, { from: day - 2, to: day + 2 });
  for (const row of rows) {
    const calendar = known.get(row.id as AgentId);
    if (!calendar) throw new Error("a calendar is missing");
    const facts = agents[ids.indexOf(row.id as AgentId)];
    const found = factsOf(row, calendar, now);
    const wrapUps = (closed: AvailabilityFacts["closed"] = []) =>
      closed
        .map(({ closedAt }) => closedAt)
        .filter((closedAt) => closedAt + (facts?.wrapUpTime ?? 0) * 1_000 > at)
        .sort();
    expect(found.open).toEqual(facts?.open);
    expect(inOrder(found.offers)).toEqual(inOrder(facts?.offers ?? []));
    expect(found.missedOffers).toEqual(facts?.missedOffers);
    expect(wrapUps(found.closed)).toEqual(wrapUps(facts?.closed));
  }
}

/** Assigned conversations of `store` are as old as possible. */
function lastAssignedAt({ open }: AvailabilityFacts, index: number, now: number): number | null {
  if (index % 3 > 0) return now - (index % 7) * 1_000;
  return channels.some((channel) => open[channel] > 0) ? 0 : null;
}

async function allCandidates(
  workspaceId: AuthorizedWorkspaceId,
  question: Question,
  channel: Channel,
  filter = {},
) {
  const rows: CandidateRow[] = [];
  for (let after: CandidateRow["key"] | undefined; ; after = rows.at(-1)?.key) {
    const { results, counts } = await inbox.candidates(workspaceId, question, channel, filter, {
      limit: 37,
      after,
    });
    rows.push(...results.slice(0, 37));
    if (results.length <= 37) return { rows, counts };
  }
}

async function listed(workspaceId: AuthorizedWorkspaceId, question: Question, canTake: readonly Channel[]) {
  const page = { sortBy: "name", reverse: false, limit: 1_000, after: undefined, now: question.now } as const;
  const filter = { canTake: { ...question, channels: canTake } };
  const { results, total } = await agents.list(workspaceId, filter, page);
  const shown: { id: string }[] = JSON.parse(`[${results}]`);
  expect(total).toBe(shown.length);
  return shown.map(({ id }) => id).sort();
}

describe("who can take the next conversation", () => {
  it(`is the same in SQL, in the function and in a second implementation, for ${(RUNS * BATCH).toLocaleString("en")} random agents`, {
    timeout: 120_000 + RUNS * 10_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(workforceCases(BATCH), async (workforce) => {
        const { policy, now, at } = workforce;
        const { workspaceId, ids, teams, stored } = await store(workforce);
        const { hours } = await effective.findCircumstances(workspaceId, at);
        const clock = `'${new Date(now).toISOString()}'::timestamptz`;
        const question = { policy, hours, at, now, clock };
        const judged = stored.map((facts, index) => ({
          id: ids[index] ?? "",
          index,
          facts,
          verdicts: verdictsAt(facts, policy, at),
        }));
        await expectSameLoad(workspaceId, ids, workforce);
        for (const { facts, verdicts } of judged) {
          const oracle = slowAvailability(facts, policy, at - 1, at + 1);
          for (const channel of channels)
            expect(verdicts[channel].closedBy).toEqual(oracle.closedBy(channel, at));
        }
        const board = serializeBoard(await inbox.board(workspaceId, question, {}), at);
        expect(board.agents).toBe(judged.length);
        for (const channel of channels) {
          const open = judged.filter(({ verdicts }) => verdicts[channel].open);
          const { closed } = tally(judged.map(({ verdicts }) => verdicts[channel]));

          const { rows, counts } = await allCandidates(workspaceId, question, channel);
          const { open: total = 0, ...others } = counts;
          expect(total).toBe(open.length);
          expect(serializeCounts(others)).toEqual(closed);
          const ranked = open.map(({ id, index, facts }) => ({
            agentId: id,
            ...loadOf(facts, channel, at),
            lastAssignedAt: lastAssignedAt(facts, index, now),
          }));
          expect(rows.map(({ id, open, offered }) => ({ id, open, offered }))).toEqual(
            ranked
              .sort(compareCandidates)
              .map(({ agentId, open, offered }) => ({ id: agentId, open, offered })),
          );

          expect(await listed(workspaceId, question, [channel])).toEqual(open.map(({ id }) => id).sort());

          const rooms = open.map(({ verdicts }) => verdicts[channel].room);
          expect(board.channels[channel]).toEqual({
            open: open.length,
            closed,
            ...(rooms.includes(undefined) ? {} : { room: rooms.reduce<number>((a, b) => a + (b ?? 0), 0) }),
          });
          for (const [nth, teamId] of teams.entries()) {
            const members = judged.filter(({ index }) => index % 3 !== 2 && index % 3 >= nth);
            const part = board.teams.find((team) => team.teamId === teamId);
            expect(part).toMatchObject({ name: `Team ${nth}`, agents: members.length });
            expect(part?.open[channel]).toBe(members.filter(({ verdicts }) => verdicts[channel].open).length);
          }
          const skilled = judged.filter(({ index }) => index % 2 === 0);
          expect(board.skills).toHaveLength(1);
          expect(board.skills[0]).toMatchObject({ agents: skilled.length });
          expect(board.skills[0]?.open[channel]).toBe(
            skilled.filter(({ verdicts }) => verdicts[channel].open).length,
          );
        }
        const some = ["messaging", "voice"] as const;
        expect(await listed(workspaceId, question, some)).toEqual(
          judged
            .filter(({ verdicts }) => some.some((channel) => verdicts[channel].open))
            .map(({ id }) => id)
            .sort(),
        );
        const few = ids.slice(0, 10);
        const filtered = await allCandidates(workspaceId, question, "email", {
          agentIds: [...few, newId()],
          teamIds: teams,
        });
        expect(filtered.rows.map(({ id }) => id).sort()).toEqual(
          judged
            .filter(
              ({ id, index, verdicts }) =>
                few.includes(id as AgentId) && index % 3 !== 2 && verdicts.email.open,
            )
            .map(({ id }) => id)
            .sort(),
        );
        await db.query("DELETE FROM workspaces WHERE id = :workspaceId::uuid", { workspaceId });
      }),
      { numRuns: RUNS, ...repeatedSeed(), endOnFailure: true },
    );
  });
});
