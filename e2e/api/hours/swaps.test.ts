import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { type Answer, call } from "@/e2e/support/api/client";
import {
  expectRefusal,
  ledger,
  makeAgent,
  makeMember,
  makeWorkspace,
  managedRole,
  sql,
  type TestWorkspace,
} from "@/e2e/support/api/fixtures";
import type { PlannedShift } from "@/lib/hours/shifts/hours-contract";
import type { ShiftSwap } from "@/lib/hours/shifts/swaps-contract";

const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const [soon, later] = [day(7), day(9)];
const hours = (from: number, to: number) => ({
  from: { hour: from, minute: 0 },
  to: { hour: to, minute: 0 },
});

interface Colleague {
  id: string;
  auth: string;
}

let here: TestWorkspace;
let giver: Colleague;
let taker: Colleague;

/** Creates a person with an agent who works on the given dates only. */
async function colleague(dates: Record<string, [number, number]>, timezone = "UTC"): Promise<Colleague> {
  const {
    id: userId,
    auth,
    name,
  } = await makeMember(here.id, { name: "Kim", roles: [managedRole("Agent")] });
  const { id } = await makeAgent(here, { name, userId, timezone, weeklySchedule: {} });
  for (const [date, [from, to]] of Object.entries(dates))
    await override(id, date, [{ from: from * 60, to: to * 60 }]);
  return { id, auth };
}

const override = (agentId: string, date: string, intervals: unknown[]) =>
  sql(
    `INSERT INTO agent_overrides (workspace_id, agent_id, date, intervals, source, created_at, updated_at)
     VALUES ($1, $2, $3, $4, 'user', now(), now())`,
    [here.id, agentId, date, JSON.stringify(intervals)],
  );

async function timeOff(agentId: string, date: string) {
  await sql(
    `INSERT INTO time_off (workspace_id, id, agent_id, type_id, state, start_date, end_date, created_at, updated_at)
     SELECT $1, $2, $3, id, 'approved', $4, $4, now(), now() FROM time_off_types
     WHERE workspace_id = $1 AND name = 'Vacation'`,
    [here.id, randomUUID(), agentId, date],
  );
}

async function shareTeam(...agents: Colleague[]) {
  const body = { name: "Team", agentIds: agents.map(({ id }) => id) };
  await call("createTeam", { params: { workspaceId: here.id }, as: here.key, body });
}

beforeEach(async () => {
  here = await makeWorkspace();
  giver = await colleague({ [soon]: [9, 17] });
  taker = await colleague({ [later]: [22, 6] });
});

const offer = (body: Record<string, unknown> = {}, as = giver.auth) =>
  call<ShiftSwap>("createShiftSwap", {
    params: { workspaceId: here.id },
    as,
    body: { agentId: giver.id, date: soon, withAgentId: taker.id, ...body },
  });
type Verb = "accept" | "approve" | "decline" | "cancel";
const operations = {
  accept: "acceptShiftSwap",
  approve: "approveShiftSwap",
  decline: "declineShiftSwap",
  cancel: "cancelShiftSwap",
} as const;
const answer = (verb: Verb, shiftSwapId: string, as: string, body?: unknown): Promise<Answer<ShiftSwap>> =>
  call<ShiftSwap>(operations[verb], {
    params: { workspaceId: here.id, shiftSwapId },
    as,
    ...(body === undefined ? {} : { body }),
  });
const offered = async (body: Record<string, unknown> = {}) => {
  const made = await offer(body);
  expect(made.body).toMatchObject({ state: "offered" });
  return made.body.id;
};
const shiftsOf = async (agentId: string) =>
  (
    await call<{ results: PlannedShift[] }>("listAgentShifts", {
      params: { workspaceId: here.id, agentId },
      query: { from: day(0), to: day(20) },
      as: here.key,
    })
  ).body.results.map(({ date, start, end }) => `${date} ${start.slice(11, 16)}-${end.slice(11, 16)}`);
const setPolicy = (swapApproval: string) =>
  call("patchCalendarPolicy", { params: { workspaceId: here.id }, as: here.key, body: { swapApproval } });
const eventsOf = async (id: string) =>
  (await sql<{ type: string }>("SELECT type FROM events WHERE resource_id = $1 ORDER BY id", [id])).map(
    ({ type }) => type,
  );

describe("a shift swap", () => {
  it("is offered, accepted and approved, and then moves the shift", async () => {
    const made = await offer({ note: "Dentist" });
    expect(made.status).toBe(201);
    const { id } = made.body;
    expect(made.body).toMatchObject({
      agentId: giver.id,
      date: soon,
      withAgentId: taker.id,
      note: "Dentist",
    });
    const accepted = await answer("accept", id, taker.auth);
    expect(accepted).toMatchObject({ status: 200, body: { state: "accepted" } });
    expect(accepted.body).not.toHaveProperty("decidedBy");
    expect(await shiftsOf(giver.id)).toEqual([`${soon} 09:00-17:00`]);
    expectRefusal(await answer("approve", id, taker.auth), 403, "Forbidden");
    const approved = await answer("approve", id, here.supervisor.auth, { comment: "Fine" });
    expect(approved.body).toMatchObject({
      state: "approved",
      decidedBy: { id: here.supervisor.id, name: here.supervisor.name },
      comment: "Fine",
    });
    expect(await shiftsOf(giver.id)).toEqual([]);
    expect(await shiftsOf(taker.id)).toEqual([`${soon} 09:00-17:00`, `${later} 22:00-06:00`]);
    expect(await eventsOf(id)).toEqual(["shiftSwap.offered", "shiftSwap.accepted", "shiftSwap.approved"]);
    expect((await ledger(giver.id)).at(-1)?.fields.override).toEqual({
      before: [{ date: soon, intervals: [hours(9, 17)] }],
      after: [{ date: soon, intervals: [] }],
    });
    expect((await ledger(taker.id)).at(-1)?.fields.override).toEqual({
      after: [{ date: soon, intervals: [hours(9, 17)] }],
    });
    expect(await eventsOf(taker.id)).toContain("agent.updated");
    const rows = await sql(
      "SELECT source, source_id FROM agent_overrides WHERE agent_id = $1 AND date = $2",
      [taker.id, soon],
    );
    expect(rows).toEqual([{ source: "swap", source_id: id }]);
  });

  it("exchanges two shifts, at once if nobody must approve", async () => {
    expect((await setPolicy("automatic")).body).toMatchObject({ swapApproval: "automatic" });
    const id = await offered({ withDate: later });
    expect((await answer("accept", id, taker.auth)).body).toMatchObject({
      state: "approved",
      withDate: later,
    });
    expect(await shiftsOf(giver.id)).toEqual([`${later} 22:00-06:00`]);
    expect(await shiftsOf(taker.id)).toEqual([`${soon} 09:00-17:00`]);
  });

  it("exchanges two shifts of the same date, and back", async () => {
    await setPolicy("automatic");
    const night = await colleague({ [soon]: [20, 4] });
    for (const expected of [["20:00-04:00"], ["09:00-17:00"]]) {
      const id = await offered({ withAgentId: night.id, withDate: soon });
      expect((await answer("accept", id, night.auth)).status).toBe(200);
      expect(await shiftsOf(giver.id)).toEqual(expected.map((time) => `${soon} ${time}`));
    }
  });

  it("can go back to who gave the shift away", async () => {
    await setPolicy("automatic");
    await answer("accept", await offered(), taker.auth);
    const back = await offer({ agentId: taker.id, withAgentId: giver.id }, taker.auth);
    expect((await answer("accept", back.body.id, giver.auth)).status).toBe(200);
    expect(await shiftsOf(giver.id)).toEqual([`${soon} 09:00-17:00`]);
    expect(await shiftsOf(taker.id)).toEqual([`${later} 22:00-06:00`]);
  });

  it("is open to the agent's teams without a colleague", async () => {
    const third = await colleague({});
    await shareTeam(giver, third);
    const id = (await offer({ withAgentId: undefined })).body.id;
    expectRefusal(await answer("accept", id, taker.auth), 403, "Forbidden");
    expectRefusal(await answer("accept", id, giver.auth), 403, "Forbidden");
    expectRefusal(await answer("accept", id, here.key), 403, "Forbidden");
    const list = async (agentId: string, as = here.key) =>
      (
        await call<{ results: ShiftSwap[]; total: number }>("listShiftSwaps", {
          params: { workspaceId: here.id },
          query: { agentIds: agentId, states: ["offered", "accepted"] },
          as,
        })
      ).body;
    expect((await list(third.id)).total).toBe(1);
    expect((await list("me", third.auth)).results).toMatchObject([{ id }]);
    expect((await list(taker.id)).results).toEqual([]);
    expect((await answer("accept", id, third.auth)).body).toMatchObject({
      state: "accepted",
      withAgentId: third.id,
    });
    expect((await list(giver.id)).results).toMatchObject([{ id, state: "accepted" }]);
  });

  it("is offered by the agent, and answered by the colleague; a supervisor acts for all", async () => {
    expectRefusal(await offer({}, taker.auth), 403, "Forbidden");
    const id = await offered();
    expectRefusal(await answer("accept", id, giver.auth), 403, "Forbidden");
    expectRefusal(await answer("decline", id, giver.auth), 403, "Forbidden");
    expectRefusal(await answer("cancel", id, taker.auth), 403, "Forbidden");
    expectRefusal(await offer(), 409, "ShiftSwapAlreadyExists");
    expect((await answer("decline", id, taker.auth, { comment: "No" })).body).toMatchObject({
      state: "declined",
      comment: "No",
      decidedBy: { name: "Kim" },
    });
    for (const verb of ["accept", "approve", "decline", "cancel"] as const)
      expectRefusal(await answer(verb, id, here.key), 409, "ShiftSwapGone");
    const second = await offered();
    expect((await answer("accept", second, here.supervisor.auth)).status).toBe(200);
    expect((await answer("cancel", second, taker.auth)).body).toMatchObject({ state: "cancelled" });
    const third = await offered();
    expect((await answer("cancel", third, giver.auth)).body).toMatchObject({ state: "cancelled" });
    expect(await shiftsOf(giver.id)).toEqual([`${soon} 09:00-17:00`]);
  });

  it("is refused if it can't take place, and says why", async () => {
    const refused = async (body: Record<string, unknown>, path: string, text: RegExp) => {
      const made = await offer(body, here.key);
      expectRefusal(made, 422, "InvalidShiftSwap", [path]);
      expect(JSON.stringify(made.body)).toMatch(text);
    };
    await refused({ date: later }, "date", /no shift/);
    await refused({ date: day(-1) }, "date", /no shift/);
    await refused({ withDate: soon }, "withDate", /no shift/);
    await refused({ withAgentId: giver.id }, "withAgentId", /another agent/);
    await refused({ withAgentId: randomUUID() }, "withAgentId", /not an agent/);
    const berlin = await colleague({}, "Europe/Berlin");
    await refused({ withAgentId: berlin.id }, "withAgentId", /time zone/);
    const working = await makeAgent(here, { timezone: "UTC" });
    await refused({ withAgentId: working.id }, "withAgentId", /works/);
    const tired = await colleague({ [day(6)]: [22, 10] });
    await refused({ withAgentId: tired.id }, "withAgentId", /works/);
    const excepted = await colleague({ [soon]: [1, 2] });
    await refused({ withAgentId: excepted.id }, "withAgentId", /override/);
    const away = await colleague({});
    await timeOff(away.id, soon);
    await refused({ withAgentId: away.id }, "withAgentId", /time off/);
    await timeOff(giver.id, soon);
    await refused({}, "date", /time off/);
    expectRefusal(await offer({ agentId: randomUUID() }, here.key), 404, "AgentNotFound");
  });

  it("can't be accepted or approved once the shift has begun or has changed", async () => {
    const id = await offered();
    await answer("accept", id, taker.auth);
    await sql("UPDATE agent_overrides SET intervals = '[]' WHERE agent_id = $1", [giver.id]);
    expectRefusal(await answer("approve", id, here.key), 409, "ShiftSwapGone", ["date"]);
    const begun = await colleague({ [day(0)]: [0, 0] });
    expectRefusal(await offer({ agentId: begun.id, date: day(0) }, begun.auth), 422, "InvalidShiftSwap", [
      "date",
    ]);
    const other = await colleague({ [later]: [9, 10] });
    const late = (await offer({ agentId: other.id, date: later, withAgentId: giver.id }, other.auth)).body.id;
    await sql("UPDATE shift_swaps SET date = $2 WHERE id = $1", [late, day(0)]);
    await override(other.id, day(0), [{ from: 0, to: 0 }]);
    expectRefusal(await answer("accept", late, giver.auth), 409, "ShiftSwapGone", ["date"]);
  });

  it("moves only the shifts that were offered, even if they change before the answer", async () => {
    const change = (agentId: string, date: string, intervals: unknown[]) =>
      call("putOverride", {
        params: { workspaceId: here.id, agentId, date },
        as: here.key,
        body: { intervals },
      });
    const made = await offer({ withDate: later });
    expect(made.body).toMatchObject({ intervals: [hours(9, 17)], withIntervals: [hours(22, 6)] });
    await change(giver.id, soon, [hours(6, 14)]);
    expectRefusal(await answer("accept", made.body.id, taker.auth), 409, "ShiftSwapGone", ["date"]);
    await change(giver.id, soon, [hours(9, 17)]);
    await change(taker.id, later, [hours(20, 4)]);
    expectRefusal(await answer("accept", made.body.id, taker.auth), 409, "ShiftSwapGone", ["withDate"]);
    await change(taker.id, later, [hours(22, 6)]);
    expect((await answer("accept", made.body.id, taker.auth)).body).toMatchObject({ state: "accepted" });
    await change(giver.id, soon, [hours(9, 12), hours(13, 17)]);
    await change(taker.id, later, [hours(22, 5)]);
    const refused = await answer("approve", made.body.id, here.key);
    expectRefusal(refused, 409, "ShiftSwapGone", ["date", "withDate"]);
    expect(JSON.stringify(refused.body)).toMatch(/have changed since they were offered/);
    expect(await shiftsOf(taker.id)).toEqual([`${later} 22:00-05:00`]);
    // Offered again, with the new times.
    await answer("cancel", made.body.id, giver.auth);
    const again = await offer({ withDate: later });
    expect(again.body).toMatchObject({
      intervals: [hours(9, 12), hours(13, 17)],
      withIntervals: [hours(22, 5)],
    });
    await answer("accept", again.body.id, taker.auth);
    expect((await answer("approve", again.body.id, here.key)).status).toBe(200);
    expect(await shiftsOf(taker.id)).toEqual([`${soon} 09:00-12:00`, `${soon} 13:00-17:00`]);
  });

  it("isn't approved after another time zone, or an edited shared shift, has moved it", async () => {
    const third = await colleague({});
    await shareTeam(giver, third);
    const id = (await offer({ withAgentId: undefined })).body.id;
    await answer("accept", id, third.auth);
    for (const agentId of [giver.id, third.id])
      await call("patchAgent", {
        params: { workspaceId: here.id, agentId },
        as: here.key,
        body: { timezone: "Asia/Tokyo" },
      });
    expectRefusal(await answer("approve", id, here.key), 409, "ShiftSwapGone", ["date"]);

    const shift = await call<{ id: string }>("createShift", {
      params: { workspaceId: here.id },
      as: here.key,
      body: { name: "Early", intervals: [hours(6, 14)] },
    });
    const everyDay = Object.fromEntries(
      ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"].map((weekday) => [
        weekday,
        shift.body.id,
      ]),
    );
    const worker = await colleague({});
    await call("createRotation", {
      params: { workspaceId: here.id },
      as: here.key,
      body: { name: "Crew", startDate: "2026-01-05", weeks: [everyDay], members: [{ agentId: worker.id }] },
    });
    const swap = await offer({ agentId: worker.id }, worker.auth);
    expect(swap.body.intervals).toEqual([hours(6, 14)]);
    await answer("accept", swap.body.id, taker.auth);
    const edit = (intervals: unknown[]) =>
      call("patchShift", {
        params: { workspaceId: here.id, shiftId: shift.body.id },
        as: here.key,
        body: { intervals },
      });
    await edit([hours(7, 15)]);
    expectRefusal(await answer("approve", swap.body.id, here.key), 409, "ShiftSwapGone", ["date"]);
    await edit([hours(6, 14)]);
    expect((await answer("approve", swap.body.id, here.key)).status).toBe(200);
    expect(await shiftsOf(taker.id)).toContain(`${soon} 06:00-14:00`);
  });

  it("of a workspace that is older than the recorded shifts can still be answered", async () => {
    const id = await offered();
    await sql("UPDATE shift_swaps SET offered = NULL WHERE id = $1", [id]);
    expect((await answer("accept", id, taker.auth)).body).not.toHaveProperty("intervals");
    expect((await answer("approve", id, here.key)).status).toBe(200);
  });

  it("ends with the colleague, or with the agent", async () => {
    const id = await offered();
    await call("deleteAgent", { params: { workspaceId: here.id, agentId: taker.id }, as: here.key });
    const swap = { params: { workspaceId: here.id, shiftSwapId: id }, as: here.key };
    expect((await call("getShiftSwap", swap)).body).toMatchObject({ state: "cancelled" });
    expectRefusal(await answer("accept", id, here.key), 403, "Forbidden");
    await call("deleteAgent", { params: { workspaceId: here.id, agentId: giver.id }, as: here.key });
    expectRefusal(await call("getShiftSwap", swap), 404, "ShiftSwapNotFound");
  });

  it("has exactly one outcome if eight answer at the same time", async () => {
    for (let attempt = 0; attempt < 5; attempt++) {
      await sql("DELETE FROM agent_overrides WHERE source = 'swap' AND workspace_id = $1", [here.id]);
      await sql("DELETE FROM agent_overrides WHERE agent_id = $1 AND date = $2", [giver.id, soon]);
      await override(giver.id, soon, [{ from: 540, to: 1020 }]);
      const id = await offered();
      if (attempt % 2 === 0) await answer("accept", id, taker.auth);
      const verbs: Verb[] = [
        "approve",
        "cancel",
        "approve",
        "decline",
        "accept",
        "approve",
        "cancel",
        "accept",
      ];
      const answers = await Promise.all(
        verbs.map((verb) => answer(verb, id, verb === "accept" ? taker.auth : here.supervisor.auth)),
      );
      const final = answers.filter(({ body }) => ["approved", "cancelled", "declined"].includes(body.state));
      expect(final).toHaveLength(1);
      for (const refused of answers.filter(({ status }) => status !== 200))
        expectRefusal(refused, 409, "ShiftSwapGone");
      expect(answers.filter(({ body }) => body.state === "accepted").length).toBeLessThanOrEqual(1);
      const [giverShifts, takerShifts] = [await shiftsOf(giver.id), await shiftsOf(taker.id)];
      const isApproved = final[0]?.body.state === "approved";
      expect(giverShifts).toEqual(isApproved ? [] : [`${soon} 09:00-17:00`]);
      expect(takerShifts).toEqual([...(isApproved ? [`${soon} 09:00-17:00`] : []), `${later} 22:00-06:00`]);
      expect((await eventsOf(id)).filter((type) => /approved|cancelled|declined/.test(type))).toHaveLength(1);
    }
  });

  it("gives a colleague one shift if two are accepted for the same date", async () => {
    await setPolicy("automatic");
    const second = await colleague({ [soon]: [9, 17] });
    const ids = [await offered(), (await offer({ agentId: second.id }, second.auth)).body.id];
    const answers = await Promise.all(ids.map((id) => answer("accept", id, taker.auth)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
  });
});

describe("the calendar policy", () => {
  it("requires approval until changed, and is audited", async () => {
    const read = (headers = {}) =>
      call("getCalendarPolicy", { params: { workspaceId: here.id }, as: here.key, headers });
    const first = await read();
    expect(first.body).toEqual({ swapApproval: "required" });
    const headers = { "If-Match": first.headers.get("etag") ?? "" };
    const change = (headers = {}) =>
      call("patchCalendarPolicy", {
        params: { workspaceId: here.id },
        as: here.supervisor.auth,
        body: { swapApproval: "automatic" },
        headers,
      });
    expect((await change(headers)).body).toMatchObject({ swapApproval: "automatic" });
    expectRefusal(await change(headers), 412, "PreconditionFailed");
    const rows = await sql(
      "SELECT 1 FROM audit_events WHERE action = 'calendarPolicy.changed' AND workspace_id = $1",
      [here.id],
    );
    expect(rows).toHaveLength(1);
    expectRefusal(await setPolicy("sometimes"), 422, "InvalidCalendarPolicy", ["swapApproval"]);
  });
});
