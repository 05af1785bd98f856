import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { compileCalendar } from "@/lib/hours/calendar/compile";
import type { AgentCalendar } from "@/lib/hours/calendar/data";
import { hoursBetween } from "@/lib/hours/calendar/hours";
import { offHoursAt } from "@/lib/hours/calendar/off-hours";
import { createCalendars } from "@/lib/hours/calendar/server/calendars";
import { createCalendarRepository } from "@/lib/hours/calendar/server/repository";
import { createDatabase } from "@/lib/platform/database/db";
import { type AgentId, newId, type WorkspaceId } from "@/lib/platform/ids";
import { DAY_MS } from "@/lib/platform/time/calendar";
import { calendarCases } from "@/lib/testing/calendar-cases";
import { makeCalendar, makeTimeOffType } from "@/lib/testing/calendar-rows";
import { repeatedSeed, testDatabaseUrl } from "@/lib/testing/environment";
import { combineRows, insertRows, makeWorkspace } from "@/lib/testing/factories";

const db = createDatabase(testDatabaseUrl(), 2, () => {});
afterAll(() => db.close());

const calendars = createCalendars(createCalendarRepository(db));
const AT = Date.UTC(2026, 10, 29, 12);
const TODAY = Math.floor(AT / DAY_MS);
const today = { from: TODAY, to: TODAY };

async function makeEmptyWorkspace() {
  const workspaceId = newId<WorkspaceId>();
  const timeOffTypeId = newId();
  await insertRows(
    db.query,
    combineRows([
      makeWorkspace({ id: workspaceId, slug: workspaceId }),
      makeTimeOffType(workspaceId, timeOffTypeId),
    ]),
  );
  return { workspaceId, timeOffTypeId };
}

const always: AgentCalendar = {
  timezone: "Europe/Berlin",
  travel: [],
  versions: null,
  holidays: [],
  calendars: [],
  rotations: [],
  shifts: [],
  overrides: [],
  timeOff: [],
};

const nineToFive = { from: 540, to: 1020 };
const workweek: AgentCalendar = {
  ...always,
  versions: [{ from: null, week: Array.from({ length: 7 }, () => [nineToFive]) }],
};

/** A rotation with the same shift every day. */
const inRotation: AgentCalendar = {
  ...workweek,
  shifts: [{ id: "early", name: "Early", spans: [{ from: 360, to: 840 }], worksOnHolidays: false }],
  rotations: [
    {
      id: "support",
      name: "Support",
      timezone: null,
      startDay: TODAY - 100,
      offset: 0,
      from: null,
      until: null,
      versions: [{ from: null, weeks: [Array.from({ length: 7 }, () => "early")] }],
    },
  ],
};

async function makeAgents(given: readonly AgentCalendar[]) {
  const { workspaceId, timeOffTypeId } = await makeEmptyWorkspace();
  const made = given.map((calendar) => {
    const id = newId<AgentId>();
    return { id, ...makeCalendar({ workspaceId, id, timeOffTypeId }, calendar) };
  });
  await insertRows(db.query, combineRows(made.map(({ rows }) => rows)));
  return { workspaceId, made };
}

const hoursOn = async (workspaceId: WorkspaceId, id: AgentId) => {
  const calendar = (await calendars.of(workspaceId, [id], today)).get(id);
  return calendar && hoursBetween(calendar, AT - DAY_MS / 2, AT + DAY_MS / 2);
};

describe("calendars", () => {
  it("are the same after they were stored, with all layers", async () => {
    const cases = fc.sample(calendarCases, { numRuns: 300, ...repeatedSeed() });
    const { workspaceId, made } = await makeAgents(cases.map(({ calendar }) => calendar));
    for (const [index, { id, calendar }] of made.entries()) {
      const at = cases[index]?.at ?? 0;
      const day = Math.floor(at / DAY_MS);
      const found = (await calendars.of(workspaceId, [id], { from: day - 3, to: day + 3 })).get(id);
      if (!found) throw new Error("the agent is missing");
      const expected = compileCalendar(calendar);
      const between = [at - 2 * DAY_MS, at + 2 * DAY_MS] as const;
      expect(hoursBetween(found, ...between)).toEqual(hoursBetween(expected, ...between));
      expect(offHoursAt(found, at, at + DAY_MS)?.holiday).toEqual(
        offHoursAt(expected, at, at + DAY_MS)?.holiday,
      );
    }
    const all = await calendars.all(workspaceId, today);
    expect([...all.keys()].sort()).toEqual(made.map(({ id }) => id).sort());
  });

  it("share compiled hours among agents with equal ones, but not the names of holidays", async () => {
    const named = (name: string) => ({ ...workweek, holidays: [{ name, month: 11, day: 29 }] });
    const { workspaceId, made } = await makeAgents([workweek, workweek, named("Here"), named("There")]);
    const all = await calendars.all(workspaceId, today);
    const [first, second, here, there] = made.map(({ id }) => all.get(id));
    expect(first?.hours).toBe(second?.hours);
    expect(here && offHoursAt(here, AT)?.holiday?.name).toBe("Here");
    expect(there && offHoursAt(there, AT)?.holiday?.name).toBe("There");
  });

  it("leave out agents that don't exist and those of other workspaces", async () => {
    const { workspaceId } = await makeAgents([workweek]);
    const { made } = await makeAgents([workweek]);
    const ids = [newId<AgentId>(), ...made.map(({ id }) => id)];
    expect([...(await calendars.of(workspaceId, ids, today))]).toEqual([]);
  });

  it("reflect a change of a shared shift", async () => {
    const { workspaceId, made } = await makeAgents([inRotation]);
    const [agent] = made;
    if (!agent) throw new Error("the agent is missing");
    const before = await hoursOn(workspaceId, agent.id);
    await db.query(
      `UPDATE shifts SET intervals = '[{"from": 600, "to": 660}]' WHERE workspace_id = :workspaceId::uuid`,
      { workspaceId },
    );
    const after = await hoursOn(workspaceId, agent.id);
    const lengths = (list = before) => list?.map(({ start, end }) => (end - start) / 3_600_000);
    expect([lengths(before), lengths(after)]).toEqual([[8], [1]]);
  });

  it("ignore a change that was rolled back, even if the next one has the same revision", async () => {
    const { workspaceId, made } = await makeAgents([inRotation]);
    const [agent] = made;
    if (!agent) throw new Error("the agent is missing");
    const set = (intervals: string) =>
      db.query(`UPDATE shifts SET intervals = :intervals::jsonb WHERE workspace_id = :workspaceId::uuid`, {
        workspaceId,
        intervals,
      });
    const seen: (number | undefined)[] = [];
    const look = async () => seen.push((await hoursOn(workspaceId, agent.id))?.length);
    await look();
    const undone = db.transaction(async () => {
      await set('[{"from": 600, "to": 660}, {"from": 720, "to": 780}]');
      await look();
      throw new Error("undo");
    });
    await expect(undone).rejects.toThrow("undo");
    await look();
    await set('[{"from": 600, "to": 660}, {"from": 720, "to": 780}, {"from": 800, "to": 820}]');
    await look();
    expect(seen).toEqual([1, 2, 1, 3]);
  });
});
