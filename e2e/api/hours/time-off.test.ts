import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { type Answer, call } from "@/e2e/support/api/client";
import {
  etagOf,
  expectRefusal,
  ledger,
  makeAgent,
  makeMember,
  makeTeam,
  makeTimeOffType,
  makeWorkspace,
  managedRole,
  sql,
  type TestWorkspace,
} from "@/e2e/support/api/fixtures";
import type { TimeOff } from "@/lib/hours/time-off/contract";

interface Page {
  results: TimeOff[];
  nextPageToken?: string;
  total: number;
}

let here: TestWorkspace;
let vacation: string;
let sick: string;
let colleague: { auth: string };
beforeAll(async () => {
  here = await makeWorkspace();
  [vacation, sick] = await Promise.all([
    makeTimeOffType(here, { approval: "required" }),
    makeTimeOffType(here, { approval: "automatic", private: true }),
  ]);
  const person = await makeMember(here.id, { roles: [managedRole("Agent")] });
  await makeAgent(here, { name: "Colleague", userId: person.id });
  colleague = person;
});

/** A week of its own for each test, because approved time off must not overlap. */
let weeks = 0;
const nextWeek = () => {
  const monday = Date.UTC(2031, 0, 6) + weeks++ * 7 * 86_400_000;
  const date = (day: number) => new Date(monday + day * 86_400_000).toISOString().slice(0, 10);
  return { startDate: date(0), endDate: date(4) };
};

const on = (agentId: string, timeOffId?: string) => ({
  workspaceId: here.id,
  agentId,
  ...(timeOffId ? { timeOffId } : {}),
});
type Change = "createTimeOff" | "patchTimeOff" | "approveTimeOff" | "declineTimeOff" | "cancelTimeOff";
const send = (id: Change, as: string, params: Record<string, string>, body: unknown = {}, headers = {}) =>
  call<TimeOff>(id, { params, as, body, headers });
const create = (as: string, body: Record<string, unknown> = {}, agentId = here.agent.agentId) =>
  send("createTimeOff", as, on(agentId), { typeId: vacation, ...nextWeek(), ...body });
const get = (as: string, id: string, agentId = here.agent.agentId) =>
  call<TimeOff>("getTimeOff", { params: on(agentId, id), as });
const remove = (as: string, id: string, headers = {}) =>
  call("deleteTimeOff", { params: on(here.agent.agentId, id), as, headers });
const settle = (id: Change, as: string, timeOffId: string, body: unknown = {}) =>
  send(id, as, on(here.agent.agentId, timeOffId), body);
const list = async (as: string, query = {}) =>
  (await call<Page>("listTimeOff", { params: { workspaceId: here.id }, as, query })).body;

describe("requesting time off", () => {
  it("begins requested or approved by the type, with who asked through what", async () => {
    const requested = await send("createTimeOff", here.agent.auth, on("me"), {
      typeId: vacation,
      ...nextWeek(),
    });
    expect(requested).toMatchObject({ status: 201, body: { state: "requested", source: "api" } });
    expect(requested.body).not.toHaveProperty("decidedBy");
    const path = new URL(requested.headers.get("location") ?? "").pathname;
    expect(path).toBe(
      `/api/workspaces/${here.id}/agents/${here.agent.agentId}/time-off/${requested.body.id}`,
    );
    const approved = await create(here.agent.auth, { typeId: sick });
    expect(approved).toMatchObject({ status: 201, body: { state: "approved" } });
    expect(approved.body).not.toHaveProperty("decidedBy");
  });

  it("is for oneself alone without timeOff.write, and a person cannot approve their own", async () => {
    expectRefusal(await create(here.agent.auth, {}, here.supervisor.agentId), 403, "Forbidden");
    expectRefusal(await create(here.agent.auth, { state: "approved" }), 403, "Forbidden");
    const { body } = await create(here.agent.auth);
    expectRefusal(await settle("approveTimeOff", here.agent.auth, body.id), 403, "Forbidden");
    expectRefusal(await settle("declineTimeOff", here.agent.auth, body.id), 403, "Forbidden");
  });

  it("can be entered approved by a supervisor, for anybody", async () => {
    const { status, body } = await create(here.supervisor.auth, { state: "approved" });
    expect(status).toBe(201);
    expect(body).toMatchObject({ state: "approved", decidedBy: { name: "Sam Supervisor" } });
  });

  it("keeps parts of days, notes and a delegate", async () => {
    const draft = {
      startTime: { hour: 13, minute: 30 },
      endTime: { hour: 9, minute: 0 },
      note: "Moving house",
      publicNote: "Ask Sam 👋",
      delegateAgentId: here.supervisor.agentId,
    };
    const { body } = await create(here.agent.auth, draft);
    expect(body).toMatchObject(draft);
    expect((await get(here.agent.auth, body.id)).body).toEqual(body);
  });

  it.each([
    [{ endDate: "2030-12-31" }, ["endDate"]],
    [{ startDate: "2031-02-30" }, ["startDate"]],
    [{ startTime: { hour: 24, minute: 0 } }, ["startTime.hour"]],
    [{ typeId: randomUUID() }, ["typeId"]],
    [{ delegateAgentId: randomUUID() }, ["delegateAgentId"]],
    [{ publicNote: "a".repeat(141) }, ["publicNote"]],
    [{ state: "declined" }, ["state"]],
    [{ source: "ics" }, ["source"]],
  ])("refuses %j", async (body, paths) => {
    expectRefusal(await create(here.supervisor.auth, body), 422, "InvalidTimeOff", paths);
  });

  it("refuses an end before the start on the same date, also by a later change", async () => {
    const { startDate } = nextWeek();
    const times = { startDate, endDate: startDate, startTime: { hour: 12, minute: 0 } };
    const end = (hour: number) => ({ endTime: { hour, minute: 0 } });
    expectRefusal(await create(here.agent.auth, { ...times, ...end(12) }), 422, "InvalidTimeOff", [
      "endTime",
    ]);
    const { body } = await create(here.agent.auth, { ...times, ...end(13) });
    const answer = await settle("patchTimeOff", here.agent.auth, body.id, end(11));
    expectRefusal(answer, 422, "InvalidTimeOff", ["endTime"]);
  });

  it("does not exist for agents that do not", async () => {
    expectRefusal(await create(here.supervisor.auth, {}, randomUUID()), 404, "AgentNotFound");
    expectRefusal(await create(here.key, {}, "me"), 404, "AgentNotFound");
    expectRefusal(await get(here.key, randomUUID(), randomUUID()), 404, "AgentNotFound");
    expectRefusal(await get(here.key, randomUUID()), 404, "TimeOffNotFound");
    const { body } = await create(here.agent.auth);
    expectRefusal(await get(here.key, body.id, here.supervisor.agentId), 404, "TimeOffNotFound");
  });

  it("happens once for repeated requests with the same idempotency key", async () => {
    const body = { typeId: vacation, ...nextWeek() };
    const headers = { "Idempotency-Key": randomUUID() };
    const answers = await Promise.all(
      Array.from({ length: 4 }, () =>
        send("createTimeOff", here.agent.auth, on(here.agent.agentId), body, headers),
      ),
    );
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
  });
});

describe("deciding", () => {
  it("approves, declines and cancels with a comment, and repeats without effect", async () => {
    for (const [operation, state] of [
      ["approveTimeOff", "approved"],
      ["declineTimeOff", "declined"],
      ["cancelTimeOff", "cancelled"],
    ] as const) {
      const { body } = await create(here.agent.auth);
      const decided = await settle(operation, here.supervisor.auth, body.id, { comment: "As agreed" });
      expect(decided.body).toMatchObject({
        state,
        comment: "As agreed",
        decidedBy: { id: here.supervisor.id },
      });
      const again = await settle(operation, here.key, body.id, { comment: "Again" });
      expect(again.body).toEqual(decided.body);
    }
  });

  it("can cancel approved time off, but not decline it; what is settled stays so", async () => {
    const { body } = await create(here.supervisor.auth, { state: "approved" });
    expectRefusal(await settle("declineTimeOff", here.key, body.id), 409, "TimeOffDecided");
    expect((await settle("cancelTimeOff", here.agent.auth, body.id)).body.state).toBe("cancelled");
    for (const operation of ["approveTimeOff", "declineTimeOff"] as const)
      expectRefusal(await settle(operation, here.key, body.id), 409, "TimeOffDecided");
    const change = await settle("patchTimeOff", here.key, body.id, { note: "x" });
    expectRefusal(change, 409, "TimeOffDecided");
  });

  it("keeps approved time off of an agent apart, to the minute", async () => {
    const { startDate } = nextWeek();
    const part = (from: number, to: number) => ({
      startDate,
      endDate: startDate,
      startTime: { hour: from, minute: 0 },
      endTime: { hour: to, minute: 0 },
      state: "approved",
    });
    expect((await create(here.key, part(9, 12))).status).toBe(201);
    expect((await create(here.key, part(12, 15))).status).toBe(201);
    expectRefusal(await create(here.key, part(11, 13)), 409, "TimeOffOverlaps");
    const { body } = await create(here.key, { ...part(8, 10), state: "requested" });
    expectRefusal(await settle("approveTimeOff", here.key, body.id), 409, "TimeOffOverlaps");
    const other = await create(here.key, part(9, 12), here.supervisor.agentId);
    expect(other.status).toBe(201);
    const { body: later } = await create(here.key, part(15, 16));
    const moved = await settle("patchTimeOff", here.key, later.id, { startTime: { hour: 14, minute: 59 } });
    expectRefusal(moved, 409, "TimeOffOverlaps");
  });

  it("approves one of several that overlap, in any order", async () => {
    for (let round = 0; round < 8; round++) {
      const dates = nextWeek();
      const requests = await Promise.all(
        Array.from({ length: 3 }, async () => (await create(here.agent.auth, dates)).body.id),
      );
      const answers = await Promise.all(requests.map((id) => settle("approveTimeOff", here.key, id)));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
      for (const answer of answers) if (answer.status === 409) expectRefusal(answer, 409, "TimeOffOverlaps");
    }
  });

  it("ends the same whether A or B is approved first, if they do not overlap", async () => {
    const dates = [nextWeek(), nextWeek()];
    const [a, b] = await Promise.all(
      dates.map(async (each) => (await create(here.agent.auth, each)).body.id),
    );
    const answers = await Promise.all([a, b].map((id) => settle("approveTimeOff", here.key, id ?? "")));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  });
});

describe("changing time off", () => {
  it("asks again if the agent changes the time, but not for a note or by a supervisor", async () => {
    const { body } = await create(here.supervisor.auth, { state: "approved" });
    const noted = await settle("patchTimeOff", here.agent.auth, body.id, {
      publicNote: "Back soon",
      note: null,
    });
    expect(noted.body).toMatchObject({ state: "approved", publicNote: "Back soon" });
    const moved = await settle("patchTimeOff", here.key, body.id, { endDate: body.startDate });
    expect(moved.body).toMatchObject({ state: "approved", endDate: body.startDate });
    const again = await settle("patchTimeOff", here.agent.auth, body.id, { endDate: body.endDate });
    expect(again.body.state).toBe("requested");
    expect(again.body).not.toHaveProperty("decidedBy");
    const ill = await settle("patchTimeOff", here.agent.auth, body.id, { typeId: sick });
    expect(ill.body.state).toBe("approved");
  });

  it("needs the current ETag if one is sent", async () => {
    const made = await create(here.agent.auth);
    const { id } = made.body;
    const old = { "If-Match": etagOf(made) };
    const params = on(here.agent.agentId, id);
    const note = (text: string, headers = {}) =>
      send("patchTimeOff", here.agent.auth, params, { note: text }, headers);
    const changed = await note("one", old);
    expect(changed.status).toBe(200);
    expectRefusal(await note("two", old), 412, "PreconditionFailed");
    expectRefusal(await remove(here.agent.auth, id, old), 412, "PreconditionFailed");
    expect((await note("three", { "If-Match": etagOf(changed) })).status).toBe(200);
    const read = await get(here.agent.auth, id);
    const cached = await call("getTimeOff", {
      params,
      as: here.agent.auth,
      headers: { "If-None-Match": etagOf(read) },
    });
    expect(cached.status).toBe(304);
  });

  it("can be deleted by the agent while nobody has decided, later by a supervisor", async () => {
    const { body: open } = await create(here.agent.auth);
    expectRefusal(await remove(colleague.auth, open.id), 403, "Forbidden");
    expect((await remove(here.agent.auth, open.id)).status).toBe(204);
    expectRefusal(await remove(here.agent.auth, open.id), 404, "TimeOffNotFound");
    const { body: approved } = await create(here.supervisor.auth, { state: "approved" });
    expectRefusal(await remove(here.agent.auth, approved.id), 403, "Forbidden");
    expect((await remove(here.supervisor.auth, approved.id)).status).toBe(204);
  });
});

describe("what colleagues see", () => {
  const secret = { note: "A secret", publicNote: "Back on Monday" };

  it("is approved time off with its public note, and the type unless it is private", async () => {
    const { body: hidden } = await create(here.agent.auth, { typeId: sick, ...secret });
    const seen = (await get(colleague.auth, hidden.id)).body;
    expect(seen).toMatchObject({ state: "approved", publicNote: secret.publicNote });
    for (const property of ["typeId", "note", "comment", "decidedBy"])
      expect(seen).not.toHaveProperty(property);
    const { body: open } = await create(here.supervisor.auth, { ...secret, state: "approved" });
    expect((await get(colleague.auth, open.id)).body).toMatchObject({ typeId: vacation });
    expect((await get(colleague.auth, open.id)).body).not.toHaveProperty("note");
    for (const as of [here.agent.auth, here.supervisor.auth, here.key])
      expect((await get(as, hidden.id)).body).toMatchObject({ ...secret, typeId: sick });
    const listed = await list(colleague.auth, { agentIds: here.agent.agentId, limit: 100 });
    expect(listed.results.find(({ id }) => id === hidden.id)).toEqual(seen);
    expect(JSON.stringify(listed)).not.toContain(secret.note);
  });

  it("is nothing of requests and of what was declined or cancelled", async () => {
    const { body } = await create(here.agent.auth, secret);
    expectRefusal(await get(colleague.auth, body.id), 404, "TimeOffNotFound");
    await settle("declineTimeOff", here.key, body.id);
    expectRefusal(await get(colleague.auth, body.id), 404, "TimeOffNotFound");
    const listed = await list(colleague.auth, { limit: 100, states: ["requested", "declined", "cancelled"] });
    expect(listed).toMatchObject({ results: [], total: 0 });
    expect((await get(here.agent.auth, body.id)).status).toBe(200);
  });

  it("does not let them act", async () => {
    const { body } = await create(here.supervisor.auth, { state: "approved" });
    for (const operation of ["patchTimeOff", "cancelTimeOff"] as const)
      expectRefusal(await settle(operation, colleague.auth, body.id), 403, "Forbidden");
  });
});

describe("the list", () => {
  let where: TestWorkspace;
  let agents: string[];
  let teamId: string;
  const ask = async (query: Record<string, string | number | readonly string[]>, as = where.key) =>
    await call<Page>("listTimeOff", { params: { workspaceId: where.id }, as, query });
  const datesOf = (answer: Answer<Page>) => answer.body.results.map(({ startDate }) => startDate);

  beforeAll(async () => {
    where = await makeWorkspace();
    const typeId = await makeTimeOffType(where);
    agents = [where.agent.agentId, where.supervisor.agentId];
    teamId = await makeTeam(where.id);
    const member = { workspaceId: where.id, teamId, agentId: agents[1] ?? "" };
    await call("addTeamMember", { params: member, as: where.key });
    for (const agentId of agents)
      for (const [day, state] of [
        ["2031-05-05", "approved"],
        ["2031-05-12", "requested"],
        ["2031-05-19", "approved"],
      ])
        await call("createTimeOff", {
          params: { workspaceId: where.id, agentId },
          as: where.key,
          body: {
            typeId,
            startDate: day,
            endDate: `${day?.slice(0, 8)}${String(Number(day?.slice(8)) + 2).padStart(2, "0")}`,
            state,
          },
        });
  });

  it("is by start date, in pages that show everything once", async () => {
    const found: TimeOff[] = [];
    let pageToken: string | undefined;
    do {
      const { body } = await ask({ limit: 4, ...(pageToken && { pageToken }) });
      expect(body.total).toBe(6);
      found.push(...body.results);
      pageToken = body.nextPageToken;
    } while (pageToken);
    expect(new Set(found.map(({ id }) => id)).size).toBe(6);
    const dates = found.map(({ startDate }) => startDate);
    expect(dates).toEqual(dates.toSorted());
  });

  it("can be narrowed to dates that touch, agents, teams and states", async () => {
    expect(datesOf(await ask({ from: "2031-05-07", to: "2031-05-12" }))).toEqual([
      "2031-05-05",
      "2031-05-05",
      "2031-05-12",
      "2031-05-12",
    ]);
    expect(datesOf(await ask({ from: "2031-05-08", states: ["approved"] }))).toEqual([
      "2031-05-19",
      "2031-05-19",
    ]);
    expect(datesOf(await ask({ agentIds: agents[0] ?? "", to: "2031-05-11" }))).toEqual(["2031-05-05"]);
    const ofTeam = await ask({ teamIds: teamId });
    expect(ofTeam.body.results.map(({ agentId }) => agentId)).toEqual(Array(3).fill(agents[1]));
    const own = await ask({ agentIds: "me" }, where.agent.auth);
    expect(own.body.results.map(({ state }) => state)).toEqual(["approved", "requested", "approved"]);
  });

  it("shows colleagues what is approved", async () => {
    const { body } = await ask({}, where.agent.auth);
    expect(body.total).toBe(5);
    expect((await ask({}, where.viewer.auth)).body.total).toBe(4);
  });

  it.each([
    [{ from: "2031-13-01" }, "from"],
    [{ from: "2031-05-02", to: "2031-05-01" }, "to"],
    [{ from: "2031-01-01", to: "2032-01-02" }, "to"],
    [{ states: "open" }, "states"],
    [{ agentIds: "you" }, "agentIds"],
    [{ limit: 101 }, "limit"],
  ])("refuses %j", async (query, path) => {
    expectRefusal(await ask(query), 400, "InvalidQuery", [path]);
  });

  it("refuses a page token of other filters", async () => {
    const { body } = await ask({ limit: 1 });
    const pageToken = body.nextPageToken ?? "";
    expectRefusal(await ask({ pageToken, states: ["approved"] }), 400, "InvalidPageToken");
    expectRefusal(await ask({ pageToken }, where.agent.auth), 400, "InvalidPageToken");
  });
});

describe("delegates", () => {
  const off = (agentId: string, delegateAgentId: string, more = {}) =>
    call<TimeOff>("createTimeOff", {
      params: on(agentId),
      as: here.key,
      body: {
        typeId: vacation,
        startDate: "2035-03-05",
        endDate: "2035-03-09",
        state: "approved",
        delegateAgentId,
        ...more,
      },
    });
  const bots = async (count: number) =>
    await Promise.all(Array.from({ length: count }, async () => (await makeAgent(here)).id));

  it("are five in a row at most", async () => {
    const ids = await bots(7);
    for (let index = 0; index < 5; index++)
      expect((await off(ids[index] ?? "", ids[index + 1] ?? "")).status).toBe(201);
    expectRefusal(await off(ids[5] ?? "", ids[6] ?? ""), 422, "DelegateLoop", ["delegateAgentId"]);
  });

  it("must not be oneself or lead back at any instant", async () => {
    const [a = "", b = "", c = ""] = await bots(3);
    expectRefusal(await off(a, a), 422, "DelegateLoop", ["delegateAgentId"]);
    await off(a, b);
    await off(b, c);
    const friday = { startDate: "2035-03-09", endDate: "2035-03-20" };
    expectRefusal(await off(c, a, friday), 422, "DelegateLoop", ["delegateAgentId"]);
    const { status, body } = await off(c, a, { startDate: "2035-03-10", endDate: "2035-03-20" });
    expect(status).toBe(201);
    const change = { params: on(c, body.id), as: here.key, body: { startDate: "2035-03-09" } };
    expectRefusal(await call("patchTimeOff", change), 422, "DelegateLoop", ["delegateAgentId"]);
  });

  it("are checked again on approval", async () => {
    const [a = "", b = ""] = await bots(2);
    const first = await off(a, b, { state: "requested" });
    expect((await off(b, a)).status).toBe(201);
    const approved = await send("approveTimeOff", here.key, on(a, first.body.id));
    expectRefusal(approved, 422, "DelegateLoop", ["delegateAgentId"]);
  });

  it("never form a loop by concurrent requests", async () => {
    for (let round = 0; round < 5; round++) {
      const [a = "", b = ""] = await bots(2);
      const answers = await Promise.all([off(a, b), off(b, a)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
    }
  });

  it("lose their task when they are deleted", async () => {
    const [a = "", b = ""] = await bots(2);
    const { body } = await off(a, b);
    await call("deleteAgent", { params: { workspaceId: here.id, agentId: b }, as: here.key });
    expect((await get(here.key, body.id, a)).body).not.toHaveProperty("delegateAgentId");
  });
});

describe("what time off leaves behind", () => {
  it("is an entry in the agent's ledger when hours change, and events", async () => {
    const agent = await makeAgent(here);
    const dates = nextWeek();
    const { body } = await create(here.key, { ...dates, state: "requested" }, agent.id);
    const act = (id: Change, change: unknown = {}) => send(id, here.key, on(agent.id, body.id), change);
    await act("approveTimeOff");
    await act("patchTimeOff", { note: "Not about hours" });
    await act("patchTimeOff", { endDate: dates.startDate });
    await act("cancelTimeOff");
    const entries = (await ledger(agent.id))
      .map(({ fields }) => fields)
      .filter((fields) => "timeOff" in fields);
    const long = { id: body.id, ...dates };
    const short = { ...long, endDate: dates.startDate };
    expect(entries).toEqual([
      { timeOff: { before: [], after: [long] } },
      { timeOff: { before: [long], after: [short] } },
      { timeOff: { before: [short], after: [] } },
    ]);
    const events = await sql<{ type: string }>("SELECT type FROM events WHERE resource_id = $1 ORDER BY id", [
      body.id,
    ]);
    const types = events.map(({ type }) => type);
    expect(types).toEqual([
      "timeOff.requested",
      "timeOff.approved",
      "timeOff.updated",
      "timeOff.updated",
      "timeOff.cancelled",
    ]);
  });

  it("is nothing after the agent is deleted", async () => {
    const agent = await makeAgent(here);
    const { body } = await create(here.key, { state: "approved" }, agent.id);
    await call("deleteAgent", { params: { workspaceId: here.id, agentId: agent.id }, as: here.key });
    expect(await sql("SELECT 1 FROM time_off WHERE id = $1", [body.id])).toEqual([]);
  });
});
