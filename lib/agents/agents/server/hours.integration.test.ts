import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Agent } from "@/lib/agents/agents/contract";
import type { AgentPage } from "@/lib/agents/agents/server/list.sql";
import { createAgentRepository } from "@/lib/agents/agents/server/repository";
import { compileCalendar } from "@/lib/hours/calendar/compile";
import { isInHours } from "@/lib/hours/calendar/hours";
import { simpleCalendar } from "@/lib/hours/calendar/simple";
import type { StoredSchedule } from "@/lib/hours/schedule/stored";
import { createDatabase } from "@/lib/platform/database/db";
import { type AgentId, type AuthorizedWorkspaceId, newId } from "@/lib/platform/ids";
import type { MonthDay } from "@/lib/platform/time/calendar";
import { repeatedSeed, testDatabaseUrl } from "@/lib/testing/environment";
import { combineRows, insertRows, makeAgent, makeWorkspace } from "@/lib/testing/factories";
import { findHours, makeEffective } from "@/lib/testing/hours";
import { holidaysNear, momentsIn, oddZones, schedules } from "@/lib/testing/schedules";

const db = createDatabase(testDatabaseUrl(), 2, () => {});
afterAll(() => db.close());

const repository = createAgentRepository(db, "http://127.0.0.1:3000");
const workspaceId = newId<AuthorizedWorkspaceId>();
const empty = newId<AuthorizedWorkspaceId>();
const page: AgentPage = { sortBy: "createdAt", reverse: false, limit: 1000, after: undefined, now: 0 };

interface Person {
  id: AgentId;
  timezone: string;
  weeklySchedule: StoredSchedule | null;
  holidays: MonthDay[];
}

/** One time per zone, and twelve agents per zone with holidays near that time. */
const draw = <T>(arbitrary: fc.Arbitrary<T>, count: number) =>
  fc.sample(arbitrary, { numRuns: count, ...repeatedSeed() });
const moments = oddZones.flatMap((zone) => draw(momentsIn(zone), 1));
/** Zone names that an older release or replaced time zone data may have stored. */
const unknownZones = ["Mars/Olympus_Mons", "US/Pacific-New", "", "Etc/Unknown"];
const zones = [...oddZones, ...unknownZones];
const agents: Person[] = zones.flatMap((timezone) =>
  draw(schedules, 12).map((weeklySchedule, index) => ({
    id: newId<AgentId>(),
    timezone,
    weeklySchedule,
    holidays: moments.flatMap((moment) => draw(holidaysNear(moment), 1)[0]?.slice(0, index % 3) ?? []),
  })),
);

beforeAll(async () => {
  await insertRows(
    db.query,
    combineRows([
      makeWorkspace({ id: workspaceId, slug: workspaceId }),
      makeWorkspace({ id: empty, slug: empty }),
      ...agents.map(({ holidays, ...agent }) =>
        makeAgent({ ...agent, workspaceId, holidays: holidays.map((date) => ({ name: "Off", ...date })) }),
      ),
    ]),
  );
});

const isIn = ({ timezone, weeklySchedule, holidays }: Omit<Person, "id">, instant: number) => {
  const named = holidays.map((date) => ({ name: "Off", ...date }));
  return isInHours(compileCalendar(simpleCalendar({ timezone, weeklySchedule, holidays: named })), instant);
};

async function found(instant: number, inHours: boolean): Promise<string[]> {
  const hours = { inHours, hours: await findHours(db, workspaceId, instant) };
  const { results, total } = await repository.list(workspaceId, { hours }, page);
  const shown: Agent[] = JSON.parse(`[${results}]`);
  expect(total).toBe(shown.length);
  return shown.map((agent) => agent.id).sort();
}

describe("working hours", () => {
  it("match in SQL what the rules compute, in unusual zones and at unusual moments", async () => {
    for (const moment of moments) {
      const [inside, outside]: string[][] = [[], []];
      for (const agent of agents) (isIn(agent, moment) ? inside : outside)?.push(agent.id);
      const when = new Date(moment).toISOString();
      expect(await found(moment, true), when).toEqual(inside?.sort());
      expect(await found(moment, false), when).toEqual(outside?.sort());
    }
  });

  it("use UTC for agents in unknown zones and stay correct for all others", async () => {
    const now = Date.parse("2026-11-28T12:00:00Z");
    const inside = new Set(await found(now, true));
    const outside = new Set(await found(now, false));
    expect(inside.size + outside.size).toBe(agents.length);
    for (const agent of agents)
      if (unknownZones.includes(agent.timezone))
        expect(inside.has(agent.id), agent.timezone).toBe(isIn({ ...agent, timezone: "UTC" }, now));
  });

  it("match nobody in a workspace without agents", async () => {
    const hours = { inHours: true, hours: await findHours(db, empty, 0) };
    expect(await repository.list(empty, { hours }, page)).toMatchObject({ results: "", total: 0 });
  });

  it("have totals that follow agents whose overrides contradict their usual hours, and who are deleted", async () => {
    const id = newId<AuthorizedWorkspaceId>();
    const [off, usual, extra] = [newId<AgentId>(), newId<AgentId>(), newId<AgentId>()];
    const noon = Date.parse("2026-11-30T12:00:00Z");
    const nine = { from: 540, to: 1020 };
    const override = (agentId: AgentId, intervals: object[]) => ({
      workspaceId: id,
      agentId,
      date: new Date("2026-11-30"),
      intervals,
      createdAt: new Date(0),
      updatedAt: new Date(0),
    });
    await insertRows(
      db.query,
      combineRows([
        makeWorkspace({ id, slug: id }),
        ...[off, usual].map((one) =>
          makeAgent({ id: one, workspaceId: id, timezone: "UTC", weeklySchedule: { monday: nine } }),
        ),
        makeAgent({ id: extra, workspaceId: id, timezone: "UTC", weeklySchedule: {} }),
        { agentOverrides: [override(off, []), override(extra, [nine])] },
      ]),
    );
    // One cache for all questions, as in a server.
    const effective = makeEffective(db).repository;
    const list = async (inHours: boolean) => {
      const { hours } = await effective.findCircumstances(id, noon);
      const { results, total } = await repository.list(
        id,
        { hours: { inHours, hours: hours.at(noon) } },
        page,
      );
      return { ids: (JSON.parse(`[${results}]`) as Agent[]).map((agent) => agent.id).sort(), total };
    };
    expect(await list(true)).toEqual({ ids: [usual, extra].sort(), total: 2 });
    expect(await list(false)).toEqual({ ids: [off], total: 1 });
    await db.query("DELETE FROM agents WHERE workspace_id = :id::uuid AND id = ANY(:gone::uuid[])", {
      id,
      gone: [off, extra],
    });
    expect(await list(true)).toEqual({ ids: [usual], total: 1 });
    expect(await list(false)).toEqual({ ids: [], total: 0 });
  });
});
