import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { call } from "@/e2e/support/api/client";
import { describeEntityTags } from "@/e2e/support/api/entity-tags";
import {
  expectRefusal,
  ledger,
  makeAgent,
  makeWorkspace,
  sql,
  type TestWorkspace,
} from "@/e2e/support/api/fixtures";
import type { Shift } from "@/lib/hours/shifts/contract";
import type { HoursExplanation, PlannedShift } from "@/lib/hours/shifts/hours-contract";
import type { Rotation } from "@/lib/hours/shifts/rotations-contract";

const interval = (from: number, to: number) => ({
  from: { hour: from, minute: 0 },
  to: { hour: to, minute: 0 },
});
const draft = () => ({ name: `Shift ${randomUUID()}`, intervals: [interval(22, 6)] });

let here: TestWorkspace;
let elsewhere: TestWorkspace;
beforeAll(async () => {
  [here, elsewhere] = await Promise.all([makeWorkspace(), makeWorkspace()]);
});

const params = (shiftId?: string) => ({ workspaceId: here.id, ...(shiftId ? { shiftId } : {}) });
const create = (body: unknown = draft()) =>
  call<Shift>("createShift", { params: params(), as: here.supervisor.auth, body });
const get = (id: string, headers = {}) =>
  call<Shift>("getShift", { params: params(id), as: here.key, headers });
const patch = (id: string, body: unknown, headers = {}) =>
  call<Shift>("patchShift", { params: params(id), as: here.supervisor.auth, body, headers });
const remove = (id: string, headers = {}) =>
  call("deleteShift", { params: params(id), as: here.supervisor.auth, headers });
const rotate = (body: Record<string, unknown>) =>
  call<Rotation>("createRotation", {
    params: params(),
    as: here.key,
    body: { name: `Rotation ${randomUUID()}`, startDate: "2026-01-05", ...body },
  });
const week = (shiftId: string) => ({ monday: shiftId, tuesday: shiftId });
const shiftsOf = (agentId: string, from: string, to: string) =>
  call<{ timezone: string; results: PlannedShift[] }>("listAgentShifts", {
    params: { workspaceId: here.id, agentId },
    query: { from, to },
    as: here.key,
  });

describe("a shift", () => {
  it("is created with defaults, sorted intervals and its address, and can be read and listed", async () => {
    const answer = await create({ ...draft(), intervals: [interval(13, 17), interval(9, 12)] });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      intervals: [interval(9, 12), interval(13, 17)],
      colour: "blue",
      worksOnHolidays: false,
      agentCount: 0,
    });
    expect(answer.headers.get("location")).toContain(`/api/workspaces/${here.id}/shifts/${answer.body.id}`);
    expect((await get(answer.body.id)).body).toEqual(answer.body);
    const list = await call<{ results: Shift[] }>("listShifts", {
      params: params(),
      query: { limit: 100 },
      as: here.key,
    });
    expect(list.body.results).toContainEqual(answer.body);
  });

  it.each([
    [{ name: "" }, ["name"]],
    [{ colour: "black" }, ["colour"]],
    [{ intervals: [] }, ["intervals"]],
    [{ intervals: [interval(9, 12), interval(11, 13)] }, ["intervals.1.from"]],
    [{ worksOnHolidays: null }, ["worksOnHolidays"]],
    [{ surprise: 1 }, ["surprise"]],
  ])("is rejected with %j", async (body, paths) => {
    expectRefusal(await create({ ...draft(), ...body }), 422, "InvalidShift", paths);
    const { id } = (await create()).body;
    expectRefusal(await patch(id, body), 422, "InvalidShift", paths);
  });

  it("has a name that no other shift has, regardless of case and accents", async () => {
    const name = `Früh ${randomUUID()}`;
    const made = await Promise.all([1, 2, 3, 4].map(() => create({ ...draft(), name })));
    expect(made.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    expectRefusal(await create({ ...draft(), name: name.toUpperCase() }), 409, "ShiftAlreadyExists");
    const { id } = (await create()).body;
    expectRefusal(await patch(id, { name }), 409, "ShiftAlreadyExists");
  });

  it("of another workspace is handled like a missing one", async () => {
    const { id } = (await create()).body;
    const theirs = { params: { workspaceId: elsewhere.id, shiftId: id }, as: elsewhere.key };
    expectRefusal(await call("getShift", theirs), 404, "ShiftNotFound");
    expectRefusal(await call("patchShift", { ...theirs, body: {} }), 404, "ShiftNotFound");
    expectRefusal(await call("deleteShift", theirs), 404, "ShiftNotFound");
  });

  it("changes the hours of all who work it, with an entry in their ledgers", async () => {
    const { id } = (await create()).body;
    const agent = await makeAgent(here, { timezone: "UTC" });
    expect((await rotate({ weeks: [week(id)], members: [{ agentId: agent.id }] })).status).toBe(201);
    expect((await get(id)).body.agentCount).toBe(1);
    expect((await patch(id, { intervals: [interval(6, 14)] })).status).toBe(200);
    const shifts = (await shiftsOf(agent.id, "2026-03-02", "2026-03-08")).body.results;
    expect(shifts.map(({ start, end }) => [start, end])).toEqual([
      ["2026-03-02T06:00:00.000Z", "2026-03-02T14:00:00.000Z"],
      ["2026-03-03T06:00:00.000Z", "2026-03-03T14:00:00.000Z"],
    ]);
    expect((await ledger(agent.id)).at(-1)?.fields.rotation).toMatchObject({
      before: [{ shift: { id, intervals: [interval(22, 6)] } }],
      after: [{ shift: { id, intervals: [interval(6, 14)] } }],
    });
    const entries = (await ledger(agent.id)).length;
    expect((await patch(id, { colour: "red" })).status).toBe(200);
    expect((await ledger(agent.id)).length).toBe(entries);
  });

  it("can't be deleted while a rotation uses it, even if both happen at once", async () => {
    for (let attempt = 0; attempt < 10; attempt++) {
      const { id } = (await create()).body;
      const [removed, rotated] = await Promise.all([remove(id), rotate({ weeks: [week(id)] })]);
      if (removed.status === 204) {
        expectRefusal(rotated, 422, "InvalidRotation", ["weeks.0.monday", "weeks.0.tuesday"]);
        continue;
      }
      expectRefusal(removed, 409, "ShiftInUse");
      expect(rotated.status).toBe(201);
      const rotation = { params: { workspaceId: here.id, rotationId: rotated.body.id }, as: here.key };
      expect((await call("deleteRotation", rotation)).status).toBe(204);
      expect((await remove(id)).status).toBe(204);
      expectRefusal(await get(id), 404, "ShiftNotFound");
    }
  });

  it("is audited", async () => {
    const { id } = (await create()).body;
    await patch(id, { colour: "pink" });
    await remove(id);
    const rows = await sql<{ action: string }>(
      "SELECT action FROM audit_events WHERE target_id = $1 ORDER BY at",
      [id],
    );
    expect(rows.map(({ action }) => action).sort()).toEqual([
      "shift.changed",
      "shift.created",
      "shift.deleted",
    ]);
  });
});

describeEntityTags("shift", {
  make: () => create(),
  get,
  patch: (id, headers, body = { name: randomUUID() }) => patch(id, body, headers),
  remove,
});

describe("the shifts of an agent", () => {
  it("come from the weekly hours, also around the clock", async () => {
    const always = await makeAgent(here, { timezone: "Europe/Berlin" });
    const { body } = await shiftsOf(always.id, "2026-03-29", "2026-03-29");
    expect(body).toEqual({
      timezone: "Europe/Berlin",
      results: [
        {
          date: "2026-03-29",
          start: "2026-03-28T23:00:00.000Z",
          end: "2026-03-29T22:00:00.000Z",
          source: "weekly",
        },
      ],
    });
  });

  it("are those of 1 to 92 dates", async () => {
    const { id } = await makeAgent(here);
    expect((await shiftsOf(id, "2026-01-01", "2026-04-02")).body.results).toHaveLength(92);
    expectRefusal(await shiftsOf(id, "2026-01-01", "2026-04-03"), 400, "InvalidQuery", ["to"]);
    expectRefusal(await shiftsOf(id, "2026-01-02", "2026-01-01"), 400, "InvalidQuery", ["to"]);
    expectRefusal(await shiftsOf(randomUUID(), "2026-01-01", "2026-01-01"), 404, "AgentNotFound");
  });

  it("are explained at a time", async () => {
    const agent = await makeAgent(here, {
      timezone: "UTC",
      weeklySchedule: { monday: interval(9, 17), tuesday: interval(9, 17) },
      holidays: [{ name: "Founders", day: 3, month: 3 }],
    });
    const explain = async (at: string) =>
      (
        await call<HoursExplanation>("explainHours", {
          params: { workspaceId: here.id, agentId: agent.id },
          query: { at },
          as: here.key,
        })
      ).body;
    expect(await explain("2026-03-02T10:00:00Z")).toMatchObject({
      in: true,
      since: "2026-03-02T09:00:00.000Z",
      until: "2026-03-02T17:00:00.000Z",
      shifts: [{ date: "2026-03-02", source: "weekly" }],
      suppressed: [],
    });
    expect(await explain("2026-03-03T10:00:00Z")).toMatchObject({
      in: false,
      shifts: [],
      suppressed: [{ shift: { date: "2026-03-03" }, by: { source: "holiday", name: "Founders" } }],
    });
  });

  it.each(["Pacific/Kiritimati", "Pacific/Niue"])(
    "are explained at the first and last times in %s",
    async (timezone) => {
      const agent = await makeAgent(here, { timezone });
      const explain = (at: string) =>
        call<HoursExplanation>("explainHours", {
          params: { workspaceId: here.id, agentId: agent.id },
          query: { at },
          as: here.key,
        });
      for (const at of ["1971-01-01T00:00:00Z", "2198-12-31T23:59:59.999Z"])
        expect((await explain(at)).body).toMatchObject({ in: true, shifts: [{ source: "weekly" }] });
      for (const at of ["1970-12-31T23:59:59.999Z", "2199-01-01T00:00:00Z", "2199-12-31T23:59:59.999Z"])
        expectRefusal(await explain(at), 400, "InvalidQuery", ["at"]);
    },
  );
});
