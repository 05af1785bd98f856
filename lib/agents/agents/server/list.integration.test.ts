import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Agent } from "@/lib/agents/agents/contract";
import type { AgentFilter } from "@/lib/agents/agents/server/filter.sql";
import { type AgentPage, listStatement } from "@/lib/agents/agents/server/list.sql";
import { createAgentRepository } from "@/lib/agents/agents/server/repository";
import { agentOrders, type agentSortKeys } from "@/lib/agents/agents/values";
import type { Activity, AgentStatus } from "@/lib/availability/declared/contract";
import { compileCalendar } from "@/lib/hours/calendar/compile";
import { isInHours } from "@/lib/hours/calendar/hours";
import type { HoursAt } from "@/lib/hours/calendar/server/workspace-hours";
import { simpleCalendar } from "@/lib/hours/calendar/simple";
import type { StoredSchedule } from "@/lib/hours/schedule/stored";
import { createDatabase } from "@/lib/platform/database/db";
import { type AuthorizedWorkspaceId, newId } from "@/lib/platform/ids";
import { wordsOf } from "@/lib/platform/text/text-folding";
import { rankOf, ranks } from "@/lib/platform/text/text-ranking";
import { testDatabaseUrl } from "@/lib/testing/environment";
import { explainPrepared } from "@/lib/testing/explain";
import {
  combineRows,
  insertRows,
  makeAgent,
  makeMembership,
  makePerson,
  makeWorkspace,
} from "@/lib/testing/factories";
import { findHours, laterHours, noHours } from "@/lib/testing/hours";
import { createRandom } from "@/lib/testing/random";

// Compares every filter and order, with few and with many matches, to the same filter on an array in memory.
// The statement picks a different strategy in each case.

const db = createDatabase(testDatabaseUrl(), 2, () => {});
/** A single connection, so that prepared statements are reused. */
const single = createDatabase(testDatabaseUrl(), 1, () => {});
afterAll(() => Promise.all([db.close(), single.close()]));
const repository = createAgentRepository(db, "http://127.0.0.1:3000");

const random = createRandom(5);
const now = Date.parse("2026-03-09T08:30:00Z");
const workspaceId = newId<AuthorizedWorkspaceId>();
const [few, many, half, nobody] = [newId(), newId(), newId(), newId()];
const statuses = ["active", "away", "offline"] as const;
/**
 * `now` is a Monday morning: agents with `day` hours are working, except on holidays; those with `night`
 * hours are not.
 */
const zones = ["Europe/Berlin", "Asia/Kathmandu"];
const [day, night]: StoredSchedule[] = [
  { monday: { from: 0, to: 1439 } },
  { monday: { from: 1320, to: 1380 } },
];

const people = Array.from({ length: 1500 }, (_, index) => {
  const activity = random.pick<Activity>(["available", "available", "busy", "onBreak"]);
  const has = (chance: number) => [
    ...(random.chance(0.02) ? [few] : []),
    ...(random.chance(chance) ? [many] : []),
  ];
  return {
    id: newId(),
    userId: newId(),
    name: `${random.pick(["Ana", "Björn", "Čeda"])} ${random.chance(0.03) ? "Rare" : "Usual"} ${random.integer(0, 99)}`,
    email: `${index}${random.chance(0.03) ? ".rare" : ""}.${workspaceId}@example.com`,
    createdAt: now - random.integer(0, 500) * 1000,
    status: index % 60 === 0 ? ("offline" as const) : random.pick<AgentStatus>(["active", "away"]),
    activity,
    expiresAt:
      activity !== "available" && random.chance(0.5) ? now + random.integer(-5, 5) * 60_000 : undefined,
    assigned: random.integer(0, 9),
    statusSet: now - random.integer(0, 1000) * 60_000,
    timezone: random.pick(zones),
    weeklySchedule: random.pick([day, day, day, night, null]),
    // Some holidays are unique to one agent.
    holidays: random.chance(0.3)
      ? [{ name: "Off", month: 3, day: random.pick([9, 9, 10]) }]
      : random.chance(0.1)
        ? [{ name: "Own", month: 1 + (index % 12), day: 1 + (index % 28) }]
        : [],
    // Half of the agents have one, half the other, and a few have both.
    teams: [...has(0.8), ...(index % 2 === 0 ? [half] : [])],
    skills: [...has(0.7), ...(index % 2 === 1 || index % 50 === 0 ? [half] : [])],
    roles: has(0.9),
  };
});
type Person = (typeof people)[number];

beforeAll(async () => {
  const settings = { workspaceId, createdAt: new Date(now), updatedAt: new Date(now) };
  await insertRows(
    db.query,
    combineRows([
      makeWorkspace({ id: workspaceId, slug: workspaceId }),
      {
        teams: [few, many, half].map((id) => ({ ...settings, id, name: id })),
        skills: [few, many, half].map((id) => ({
          ...settings,
          id,
          name: id,
          nameKey: id,
          valueType: "single" as const,
        })),
        roles: [few, many].map((id) => ({
          ...settings,
          id,
          name: id,
          type: "organization" as const,
          permissions: [],
        })),
      },
      ...people.map((person) =>
        combineRows([
          makePerson({ id: person.userId, emails: [person.email] }),
          makeMembership({ workspaceId, userId: person.userId, roleIds: person.roles }),
          makeAgent(
            {
              workspaceId,
              id: person.id,
              userId: person.userId,
              name: person.name,
              createdAt: new Date(person.createdAt),
              timezone: person.timezone,
              weeklySchedule: person.weeklySchedule ?? null,
              holidays: person.holidays,
            },
            {
              status: person.status,
              activity: person.activity,
              activityExpiresAt: person.expiresAt === undefined ? null : new Date(person.expiresAt),
              lastStatusSet: new Date(person.statusSet),
              emailCount: person.assigned,
              assignedCount: person.assigned,
            },
          ),
          {
            teamMembers: person.teams.map((teamId) => ({
              workspaceId,
              teamId,
              agentId: person.id,
              memberSince: new Date(now),
            })),
            agentSkills: person.skills.map((skillId, position) => ({
              workspaceId,
              skillId,
              agentId: person.id,
              position,
            })),
          },
        ]),
      ),
    ]),
  );
  await db.query("ANALYZE");
  for (const instant of [now, evening]) known.set(instant, await findHours(db, workspaceId, instant));
});

const activityOf = ({ activity, expiresAt }: Person): Activity =>
  expiresAt !== undefined && expiresAt <= now ? "available" : activity;
const shares = (some: readonly string[], others: readonly string[]) =>
  some.some((each) => others.includes(each));

const known = new Map<number, HoursAt>();
const hoursAt = (inHours: boolean, instant = now): AgentFilter => ({
  hours: { inHours, hours: laterHours(() => known.get(instant)) },
});
const isIn = ({ weeklySchedule, holidays, timezone }: Person, instant = now) =>
  isInHours(
    compileCalendar(simpleCalendar({ weeklySchedule: weeklySchedule ?? null, holidays, timezone })),
    instant,
  );
/** At this time the `night` agents are working, except on holidays, and those without a schedule. */
const evening = Date.parse("2026-03-09T22:30:00Z");

interface Case {
  filter: AgentFilter;
  matches: (person: Person) => boolean;
}

const singles: Record<string, Case> = {
  "a rare name": { filter: { name: "RARE" }, matches: ({ name }) => name.includes("Rare") },
  "a frequent name": { filter: { name: "cedá" }, matches: ({ name }) => name.startsWith("Čeda") },
  "a frequent letter in the name": { filter: { name: "J" }, matches: ({ name }) => name.includes("j") },
  "two rare letters in the name": {
    filter: { name: "Rá" },
    matches: ({ name }) => /ra/i.test(name),
  },
  "a LIKE wildcard as the name": { filter: { name: "%" }, matches: () => false },
  "two characters in the address": { filter: { email: "1." }, matches: ({ email }) => email.includes("1.") },
  "a rare address": { filter: { email: "rare" }, matches: ({ email }) => email.includes("rare") },
  "a word in the name of some and the address of others": {
    filter: { search: "RÁRE" },
    matches: ({ name, email }) => name.includes("Rare") || email.includes("rare"),
  },
  "a word of two characters": {
    filter: { search: "1." },
    matches: ({ name, email }) => name.includes("1.") || email.includes("1."),
  },
  "words in a different order": {
    filter: { search: " rare  ana" },
    matches: ({ name, email }) => name.startsWith("Ana") && (name.includes("Rare") || email.includes("rare")),
  },
  "a word of the address and words of the name": {
    filter: { search: `${workspaceId}@example bjorn usual` },
    matches: ({ name }) => name.startsWith("Björn Usual"),
  },
  "words that no one has together": { filter: { search: "ana bjorn" }, matches: () => false },
  "an empty search": { filter: { search: " " }, matches: () => true },
  "a LIKE wildcard as a word": { filter: { search: "%" }, matches: () => false },
  "an address common to all": { filter: { email: workspaceId }, matches: () => true },
  ...Object.fromEntries(
    (["teams", "skills", "roles"] as const).flatMap((kind) => {
      const by = (ids: string[]): Case => ({
        filter: { [`${kind.slice(0, -1)}Ids`]: ids },
        matches: (person) => shares(person[kind], ids),
      });
      return [
        [`rare ${kind}`, by([few])],
        [`frequent ${kind}`, by([many])],
        [`rare or frequent ${kind}`, by([few, many])],
        [`unused ${kind}`, by([nobody])],
        [`${kind} of half`, by([half])],
      ];
    }),
  ),
  ...Object.fromEntries(
    [...statuses.map((status) => [status]), ["active", "offline"], [...statuses]].map((some) => [
      `status ${some}`,
      { filter: { agentStatuses: some }, matches: (person: Person) => some.includes(person.status) },
    ]),
  ),
  ...Object.fromEntries(
    [["available"], ["busy"], ["onCall"], ["busy", "available"]].map((some) => [
      `activity ${some}`,
      { filter: { activities: some }, matches: (person: Person) => some.includes(activityOf(person)) },
    ]),
  ),
  "a recent status change": {
    filter: { lastStatusActivitySince: now - 600_000 },
    matches: ({ statusSet }) => statusSet >= now - 600_000,
  },
  "a status change between two times": {
    filter: { lastStatusActivitySince: now - 40_000_000, lastStatusActivityUpto: now - 600_000 },
    matches: ({ statusSet }) => statusSet >= now - 40_000_000 && statusSet <= now - 600_000,
  },
  "working hours in progress": { filter: hoursAt(true), matches: (person) => isIn(person) },
  "no working hours in progress": { filter: hoursAt(false), matches: (person) => !isIn(person) },
  "working hours late in the evening": {
    filter: hoursAt(true, evening),
    matches: (person) => isIn(person, evening),
  },
  "hours that nobody knows": {
    filter: { hours: { inHours: false, hours: noHours } },
    matches: () => true,
  },
};

const both = (one: string, other: string): [string, Case] => {
  const [a, b] = [singles[one], singles[other]];
  if (!a || !b) throw new Error(`there is no case ${a ? other : one}`);
  return [
    `${one} and ${other}`,
    {
      filter: { ...a.filter, ...b.filter },
      matches: (person) => a.matches(person) && b.matches(person),
    },
  ];
};

const cases: Record<string, Case> = {
  "no filter": { filter: {}, matches: () => true },
  ...singles,
  ...Object.fromEntries([
    both("a rare name", "status active"),
    both("a rare address", "frequent roles"),
    both("frequent teams", "frequent skills"),
    both("rare skills", "status active"),
    both("teams of half", "skills of half"),
    both("a frequent letter in the name", "teams of half"),
    both("two rare letters in the name", "status active"),
    both("two characters in the address", "skills of half"),
    both("rare or frequent teams", "rare skills"),
    both("words in a different order", "status active"),
    both("a word of two characters", "working hours in progress"),
    both("rare or frequent teams", "rare or frequent skills"),
    both("status active,offline", "activity busy,available"),
    both("status offline", "activity available"),
    both("status active", "activity busy"),
    both("status active", "activity available"),
    both("activity busy", "a recent status change"),
    both("frequent roles", "activity available"),
    both("rare roles", "frequent teams"),
    both("working hours in progress", "status active"),
    both("no working hours in progress", "a rare name"),
    both("working hours late in the evening", "rare skills"),
  ]),
};

const orders: Record<(typeof agentSortKeys)[number], (person: Person) => (string | number)[]> = {
  createdAt: ({ createdAt, id }) => [createdAt, id],
  name: ({ name, id }) => [name.toLowerCase().normalize("NFD").replace(/\p{M}/gu, ""), name, id],
  assignedCount: ({ assigned, id }) => [assigned, id],
  statusAssignedCount: ({ status, assigned, id }) => [statuses.indexOf(status), assigned, id],
};

const byMatch =
  (search = "") =>
  (person: Person) => [rankOf(person.name, search) ?? ranks.elsewhere, ...orders.name(person)];

function compare(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  const at = a.findIndex((part, index) => part !== b[index]);
  return at < 0 ? 0 : (a[at] ?? "") < (b[at] ?? "") ? -1 : 1;
}

describe.each(Object.entries(cases))("agents with %s", (_, { filter, matches }) => {
  it.each(agentOrders)("are all found, page by page, sorted by %s", async (sortBy) => {
    const key = sortBy === "match" ? byMatch(filter.search) : orders[sortBy];
    const expected = people.filter(matches).sort((a, b) => compare(key(a), key(b)));
    for (const reverse of [false, true]) {
      if (reverse) expected.reverse();
      const found: string[] = [];
      let after: AgentPage["after"];
      do {
        const page = { sortBy, reverse, limit: 100, after, now };
        const { results, total, next } = await repository.list(workspaceId, filter, page);
        expect(total).toBe(expected.length);
        found.push(...(JSON.parse(`[${results}]`) as Agent[]).map((agent) => agent.id));
        after = next ?? undefined;
      } while (after);
      expect(found).toEqual(expected.map((person) => person.id));
    }
  });

  it.each(agentOrders)("are found by indexes only, sorted by %s", async (sortBy) => {
    const first: AgentPage = { sortBy, reverse: false, limit: 10, after: undefined, now };
    const { next } = await repository.list(workspaceId, {}, { ...first, limit: 100 });
    const rank = sortBy === "match" && wordsOf(filter.search ?? "").length > 0 ? [ranks.start] : [];
    for (const after of [undefined, next ? [...rank, ...next] : undefined]) {
      const statement = listStatement(workspaceId, filter, { ...first, after }, "");
      const plan = (await explainPrepared(single, statement)).join("\n");
      expect(plan).not.toMatch(/Seq Scan|Workers Planned/);
    }
  });
});

describe("a small workspace among large ones", () => {
  const small = newId<AuthorizedWorkspaceId>();
  // Their addresses are similar to those of others. The last person is only invited, so this workspace sees
  // only the address of the invitation.
  const guests = Array.from({ length: 4 }, (_, index) => ({
    id: newId(),
    userId: newId(),
    emails: [`guest${index}.${small}@example.com`, `${index}.private.${small}@example.com`],
  }));
  const invited = guests.at(-1);

  beforeAll(async () => {
    await insertRows(
      db.query,
      combineRows([
        makeWorkspace({ id: small, slug: small }),
        ...guests.map(({ id, userId, emails }) =>
          combineRows([
            makePerson({ id: userId, emails }),
            makeMembership({ workspaceId: small, userId }),
            makeAgent({ workspaceId: small, id, userId }),
          ]),
        ),
      ]),
    );
    await db.query(
      `INSERT INTO invitations (workspace_id, user_id, email, token_hash, mailed, expires_at, created_at)
       VALUES (:small::uuid, :userId::uuid, :email, sha256(:small::text::bytea), false, now(), now())`,
      { small, userId: invited?.userId, email: invited?.emails[0] },
    );
    await db.query("ANALYZE");
  });

  it.each([
    ["@example.com", [0, 1, 2, 3]],
    [workspaceId, []],
    ["GUEST2", [2]],
    ["private", [0, 1, 2]],
    ["t3", [3]],
    ["3.", [3]],
    ["3.private", []],
    ["0.", [0]],
  ])("finds its own agents by an address with %s", async (email, expected) => {
    const page: AgentPage = { sortBy: "createdAt", reverse: false, limit: 10, after: undefined, now };
    const { results, total } = await repository.list(small, { email }, page);
    const found = (JSON.parse(`[${results}]`) as Agent[]).map((agent) => agent.id);
    expect(found.sort()).toEqual(expected.map((index) => guests[index]?.id).sort());
    expect(total).toBe(expected.length);
  });
});
