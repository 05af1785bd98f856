import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { call } from "@/e2e/support/api/client";
import { describeEntityTags } from "@/e2e/support/api/entity-tags";
import {
  expectRefusal,
  ledger,
  makeAgent,
  makeHolidayCalendar,
  makeWorkspace,
  sql,
  type TestWorkspace,
  versionOf,
} from "@/e2e/support/api/fixtures";
import type { AssignedCalendars, HolidayCalendar } from "@/lib/hours/holiday-calendars/contract";

let here: TestWorkspace;
let elsewhere: TestWorkspace;
beforeAll(async () => {
  [here, elsewhere] = await Promise.all([makeWorkspace(), makeWorkspace()]);
});

const year = new Date().getUTCFullYear();
const days = [
  { date: "2026-03-01", name: "Move" },
  { date: "2026-12-24", name: "Party" },
];
type Options = { as?: string; headers?: Record<string, string> };
const on = <Body = HolidayCalendar>(
  id: "getHolidayCalendar" | "patchHolidayCalendar" | "deleteHolidayCalendar" | "assignHolidayCalendar",
  holidayCalendarId: string,
  body?: unknown,
  { as = here.supervisor.auth, ...options }: Options = {},
) =>
  call<Body>(id, {
    params: { workspaceId: here.id, holidayCalendarId },
    as,
    ...options,
    ...(body === undefined ? {} : { body }),
  });
const create = (
  body: Record<string, unknown> = {},
  { as = here.supervisor.auth, headers = {} }: Options = {},
) =>
  call<HolidayCalendar>("createHolidayCalendar", {
    params: { workspaceId: here.id },
    as,
    headers,
    body: { name: randomUUID(), ...body },
  });
const made = async (body: Record<string, unknown> = {}) => (await create(body)).body;
const ofAgent = (agentId: string, as = here.viewer.auth) =>
  call<AssignedCalendars>("getAgentHolidayCalendars", { params: { workspaceId: here.id, agentId }, as });
const setOfAgent = (
  agentId: string,
  calendarIds: unknown,
  { as = here.supervisor.auth, headers = {} }: Options = {},
) =>
  call<AssignedCalendars>("putAgentHolidayCalendars", {
    params: { workspaceId: here.id, agentId },
    as,
    headers,
    body: { calendarIds },
  });
const assign = (id: string, agentIds: readonly string[], options: Options = {}) =>
  on("assignHolidayCalendar", id, { agentIds }, options);
const version = async (agentId: string) =>
  versionOf(await call("getAgent", { params: { workspaceId: here.id, agentId }, as: here.key }));
const audited = async (id: string) =>
  (
    await sql<{ action: string }>("SELECT action FROM audit_events WHERE target_id = $1 ORDER BY id", [id])
  ).map(({ action }) => action);

describeEntityTags("holiday calendar", {
  make: () => create() as never,
  get: (id, headers) => on("getHolidayCalendar", id, undefined, { headers }),
  patch: (id, headers, body = { name: randomUUID() }) => on("patchHolidayCalendar", id, body, { headers }),
  remove: (id, headers) => on("deleteHolidayCalendar", id, undefined, { headers }),
});

describe("a holiday calendar with days of its own", () => {
  it("is created, read, listed, changed and deleted", async () => {
    const first = await create({ name: "  Office  ", days: days.toReversed() });
    expect(first.status).toBe(201);
    expect(first.body).toEqual({
      id: first.body.id,
      workspaceId: here.id,
      name: "Office",
      days,
      agentCount: 0,
      createdAt: first.body.createdAt,
      updatedAt: first.body.createdAt,
    });
    expect(first.headers.get("location")).toMatch(new RegExp(`/holiday-calendars/${first.body.id}$`));
    const read = await on("getHolidayCalendar", first.body.id);
    expect(read.body).toEqual(first.body);
    const changed = await on("patchHolidayCalendar", first.body.id, { days: [days[1]] });
    expect(changed.body).toMatchObject({ name: "Office", days: [days[1]] });
    const { body } = await call<{ results: HolidayCalendar[] }>("listHolidayCalendars", {
      params: { workspaceId: here.id },
      as: here.viewer.auth,
      query: { limit: 100 },
    });
    expect(body.results.find(({ id }) => id === first.body.id)).toEqual(changed.body);
    expect((await on("deleteHolidayCalendar", first.body.id)).status).toBe(204);
    expectRefusal(await on("getHolidayCalendar", first.body.id), 404, "HolidayCalendarNotFound");
    expect(await audited(first.body.id)).toEqual([
      "holidayCalendar.created",
      "holidayCalendar.changed",
      "holidayCalendar.deleted",
    ]);
  });

  it("doesn't change by an empty change, or one to the same values", async () => {
    const calendar = await made({ days });
    expect((await on("patchHolidayCalendar", calendar.id, {})).body).toEqual(calendar);
    expect((await on("patchHolidayCalendar", calendar.id, { name: calendar.name, days })).body).toEqual(
      calendar,
    );
    expect(await audited(calendar.id)).toEqual(["holidayCalendar.created"]);
  });

  it("has a name that no other one has, regardless of case", async () => {
    const [one, two] = [await made(), await made()];
    expectRefusal(await create({ name: one.name.toUpperCase() }), 409, "HolidayCalendarAlreadyExists");
    expectRefusal(
      await on("patchHolidayCalendar", two.id, { name: one.name }),
      409,
      "HolidayCalendarAlreadyExists",
    );
    const name = randomUUID();
    const answers = await Promise.all([1, 2, 3].map(() => create({ name })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  it("is created once for the same idempotency key", async () => {
    const headers = { "Idempotency-Key": randomUUID() };
    const name = randomUUID();
    const answers = await Promise.all([1, 2, 3].map(() => create({ name }, { headers })));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  });

  it.each([
    [{ name: "" }, ["name"]],
    [{ days: null }, ["days"]],
    [{ days: [{ date: "2026-02-30", name: "Never" }] }, ["days.0.date"]],
    [{ days: [{ date: "2026-03-01", name: " " }] }, ["days.0.name"]],
    [{ days: [days[0], days[0]] }, ["days.1.date"]],
    [{ source: { country: "DE" }, days }, ["days"]],
    [{ source: { country: "de" } }, ["source.country"]],
    [{ source: { country: "XX" } }, ["source.country"]],
    [{ source: { country: "DE", region: "ZZ" } }, ["source.region"]],
    [{ source: { country: "DE", region: "BY.A.B" } }, ["source.region"]],
    [{ agentCount: 3 }, ["agentCount"]],
  ])("refuses %j", async (body, paths) => {
    expectRefusal(await create(body), 422, "InvalidHolidayCalendar", paths);
    expectRefusal(
      await on("patchHolidayCalendar", (await made()).id, body),
      422,
      "InvalidHolidayCalendar",
      paths,
    );
  });
});

describe("a holiday calendar with a source", () => {
  it("has the movable days of this year and the next two", async () => {
    const calendar = await made({ source: { country: "DE", region: "BY" } });
    expect(calendar.source).toEqual({ country: "DE", region: "BY" });
    expect(new Set(calendar.days.map(({ date }) => date.slice(0, 4)))).toEqual(
      new Set([year, year + 1, year + 2].map(String)),
    );
    expect(calendar.days.filter(({ name }) => name === "Easter Monday")).toHaveLength(3);
    expect(calendar.days.filter(({ date }) => date.endsWith("-01-06"))).toHaveLength(3);
    const muslim = await made({ source: { country: "AE" } });
    const feasts = muslim.days.filter(({ name }) => /Fitr|Ramadan|Adha|Sacrifice/i.test(name));
    expect(feasts.length).toBeGreaterThanOrEqual(6);
  });

  it("keeps its days as its own without the source, and gets others with another one", async () => {
    const calendar = await made({ source: { country: "DE" } });
    expectRefusal(await on("patchHolidayCalendar", calendar.id, { days }), 422, "InvalidHolidayCalendar", [
      "days",
    ]);
    const french = await on("patchHolidayCalendar", calendar.id, { source: { country: "FR" } });
    expect(french.body.days.map(({ date }) => date.slice(5))).toContain("07-14");
    expect(french.body.days.map(({ date }) => date.slice(5))).not.toContain("10-03");
    const own = await on("patchHolidayCalendar", calendar.id, { source: null });
    expect(own.body).toMatchObject({ days: french.body.days });
    expect(own.body).not.toHaveProperty("source");
    expect((await on("patchHolidayCalendar", calendar.id, { days })).body.days).toEqual(days);
    const again = await on("patchHolidayCalendar", calendar.id, { source: { country: "DE" } });
    expect(again.body.days).toEqual(calendar.days);
    expect((await on("patchHolidayCalendar", calendar.id, { source: null, days })).body.days).toEqual(days);
  });
});

describe("holiday calendars of agents", () => {
  it("are assigned to many, who keep their others", async () => {
    const [one, two] = [await makeAgent(here), await makeAgent(here)];
    const [first, second] = [
      await made({ days, name: `A ${randomUUID()}` }),
      await made({ name: `B ${randomUUID()}` }),
    ];
    expect((await setOfAgent(one.id, [first.id])).body).toEqual({ calendarIds: [first.id] });
    const answer = await assign(second.id, [two.id, one.id, two.id]);
    expect(answer).toMatchObject({ status: 200, body: { id: second.id, agentCount: 2 } });
    expect((await ofAgent(one.id)).body).toEqual({ calendarIds: [first.id, second.id] });
    await assign(second.id, [two.id, one.id]);
    expect([await version(one.id), await version(two.id)]).toEqual([3, 2]);
    const named = ({ id, name }: HolidayCalendar) => ({ id, name });
    expect((await ledger(one.id)).slice(1).map(({ fields }) => fields)).toEqual([
      { holidayCalendars: { before: [], after: [named(first)] } },
      { holidayCalendars: { before: [named(first)], after: [first, second].map(named) } },
    ]);
    expect(await audited(second.id)).toEqual(["holidayCalendar.created", "holidayCalendar.changed"]);
    const [keys] = await sql<{ same: boolean }>(
      "SELECT count(DISTINCT hours_key) = 2 AS same FROM agents WHERE id = ANY($1)",
      [[one.id, two.id]],
    );
    expect(keys?.same).toBe(true);
  });

  it("lose a deleted calendar, which their ledgers tell", async () => {
    const agent = await makeAgent(here);
    const calendar = await made({ days });
    await assign(calendar.id, [agent.id]);
    expect((await on("deleteHolidayCalendar", calendar.id)).status).toBe(204);
    expect((await ofAgent(agent.id)).body).toEqual({ calendarIds: [] });
    expect((await ledger(agent.id)).at(-1)?.fields).toEqual({
      holidayCalendars: { before: [{ id: calendar.id, name: calendar.name }], after: [] },
    });
    expect(await version(agent.id)).toBe(3);
  });

  it("survive assignment and deletion at the same time", async () => {
    const agents = await Promise.all([1, 2, 3].map(() => makeAgent(here)));
    const ids = agents.map(({ id }) => id);
    const calendar = await made();
    await assign(calendar.id, ids.slice(0, 1));
    const answers = await Promise.all([
      assign(calendar.id, ids),
      on("deleteHolidayCalendar", calendar.id),
      assign(calendar.id, ids.toReversed()),
      setOfAgent(String(ids[2]), [calendar.id]),
    ]);
    for (const { status } of answers) expect([200, 204, 404, 422]).toContain(status);
    for (const id of ids) expect((await ofAgent(id)).body).toEqual({ calendarIds: [] });
  });

  it("compare If-Match, and don't change by the same list", async () => {
    const agent = await makeAgent(here);
    const [one, two] = [await made(), await made()];
    const etag = (await ofAgent(agent.id)).headers.get("etag") ?? "";
    const first = await setOfAgent(agent.id, [one.id, two.id, one.id], { headers: { "If-Match": etag } });
    expect(first.status).toBe(200);
    expectRefusal(
      await setOfAgent(agent.id, [], { headers: { "If-Match": etag } }),
      412,
      "PreconditionFailed",
    );
    expect((await setOfAgent(agent.id, [two.id, one.id])).headers.get("etag")).toBe(
      first.headers.get("etag"),
    );
    expect(await version(agent.id)).toBe(2);
  });

  it("are of the same workspace, at most 20 of an agent", async () => {
    const agent = await makeAgent(here);
    const calendar = await made();
    const foreign = await makeHolidayCalendar(elsewhere.id);
    expectRefusal(await setOfAgent(agent.id, [calendar.id, foreign]), 422, "InvalidHolidayCalendar", [
      "calendarIds.1",
    ]);
    expectRefusal(await setOfAgent(elsewhere.agent.agentId, []), 404, "AgentNotFound");
    expectRefusal(await ofAgent(elsewhere.agent.agentId), 404, "AgentNotFound");
    expectRefusal(await assign(foreign, [agent.id]), 404, "HolidayCalendarNotFound");
    for (const id of ["getHolidayCalendar", "deleteHolidayCalendar"] as const)
      expectRefusal(await on(id, foreign), 404, "HolidayCalendarNotFound");
    expectRefusal(await on("patchHolidayCalendar", foreign, {}), 404, "HolidayCalendarNotFound");
    expectRefusal(
      await assign(calendar.id, [agent.id, elsewhere.agent.agentId]),
      422,
      "InvalidHolidayCalendar",
      ["agentIds.1"],
    );
    expect((await ofAgent(agent.id)).body).toEqual({ calendarIds: [] });
    const ids = await Promise.all(Array.from({ length: 21 }, () => makeHolidayCalendar(here.id)));
    expectRefusal(await setOfAgent(agent.id, ids), 422, "InvalidHolidayCalendar", ["calendarIds"]);
    expect((await setOfAgent(agent.id, ids.slice(1))).status).toBe(200);
    expectRefusal(
      await assign(String(ids[0]), [here.agent.agentId, agent.id]),
      422,
      "InvalidHolidayCalendar",
      ["agentIds.1"],
    );
    expect((await ofAgent(here.agent.agentId)).body).toEqual({ calendarIds: [] });
  });

  it("may be chosen by the agent, but calendars change only with calendar.write", async () => {
    const calendar = await made();
    expect((await setOfAgent("me", [calendar.id], { as: here.agent.auth })).status).toBe(200);
    expectRefusal(
      await setOfAgent(here.supervisor.agentId, [calendar.id], { as: here.agent.auth }),
      403,
      "Forbidden",
    );
    expectRefusal(await assign(calendar.id, [here.agent.agentId], { as: here.agent.auth }), 403, "Forbidden");
    expectRefusal(await create({}, { as: here.agent.auth }), 403, "Forbidden");
  });
});
