import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { call } from "@/e2e/support/api/client";
import {
  expectRefusal,
  ledger,
  makeAgent,
  makeWorkspace,
  type TestWorkspace,
  versionOf,
} from "@/e2e/support/api/fixtures";
import type { Override } from "@/lib/hours/weeks/contract";

let here: TestWorkspace;
let elsewhere: TestWorkspace;
let agentId: string;
beforeAll(async () => {
  [here, elsewhere] = await Promise.all([makeWorkspace(), makeWorkspace()]);
});
beforeEach(async () => {
  agentId = (await makeAgent(here)).id;
});

const day = "2026-12-24";
const intervals = [
  { from: { hour: 8, minute: 0 }, to: { hour: 12, minute: 30 } },
  { from: { hour: 22, minute: 0 }, to: { hour: 2, minute: 0 } },
];
type Options = { as?: string; of?: string; date?: string };
const params = ({ of = agentId, date = day }: Options) => ({ workspaceId: here.id, agentId: of, date });
const put = (body: unknown, { as = here.supervisor.auth, ...options }: Options = {}) =>
  call<Override>("putOverride", { params: params(options), as, body });
const remove = ({ as = here.supervisor.auth, ...options }: Options = {}) =>
  call("deleteOverride", { params: params(options), as });
const list = async (query: Record<string, string> = {}, of = agentId) =>
  (
    await call<{ results: Override[] }>("listOverrides", {
      params: params({ of }),
      query,
      as: here.viewer.auth,
    })
  ).body.results;
const many = (body: unknown, { as = here.supervisor.auth, headers = {} } = {}) =>
  call<{ results: Override[] }>("createOverrides", { params: { workspaceId: here.id }, as, body, headers });
const version = async (of = agentId) =>
  versionOf(await call("getAgent", { params: params({ of }), as: here.key }));

describe("an override", () => {
  it("is set, replaced and deleted, each recorded for the agent", async () => {
    const first = await put({ intervals: intervals.toReversed(), note: "Christmas" });
    expect(first).toMatchObject({
      status: 200,
      body: { agentId, date: day, intervals, note: "Christmas", source: "user" },
    });
    expect(await list()).toEqual([first.body]);
    const second = await put({ intervals: [], note: "  " });
    expect(second.body).toEqual({
      ...first.body,
      intervals: [],
      note: undefined,
      updatedAt: second.body.updatedAt,
    });
    expect((await remove()).status).toBe(204);
    expectRefusal(await remove(), 404, "OverrideNotFound");
    expect(await list()).toEqual([]);
    const [was, is] = [
      { date: day, intervals, note: "Christmas" },
      { date: day, intervals: [] },
    ];
    expect((await ledger(agentId)).slice(1).map(({ fields }) => fields)).toEqual([
      { override: { after: [was] } },
      { override: { before: [was], after: [is] } },
      { override: { before: [is] } },
    ]);
    expect(await version()).toBe(4);
  });

  it("set a second time changes nothing", async () => {
    const first = await put({ intervals, note: "Same" });
    expect((await put({ intervals, note: "Same" })).body).toEqual(first.body);
    expect(await version()).toBe(2);
    expect(await ledger(agentId)).toHaveLength(2);
  });

  it("is written by several at the same time, one after the other", async () => {
    const answers = await Promise.all([1, 2, 3, 4].map((at) => put({ intervals, note: `Number ${at}` })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await list()).toHaveLength(1);
    expect(await version()).toBe(5);
    const removed = await Promise.all([remove(), remove()]);
    expect(removed.map(({ status }) => status).sort()).toEqual([204, 404]);
  });

  it("is listed by date, between two dates", async () => {
    for (const date of ["2026-12-31", "2026-02-28", "2199-12-31"]) await put({ intervals: [] }, { date });
    const dates = async (query: Record<string, string>) => (await list(query)).map(({ date }) => date);
    expect(await dates({})).toEqual(["2026-02-28", "2026-12-31", "2199-12-31"]);
    expect(await dates({ from: "2026-12-31", to: "2026-12-31" })).toEqual(["2026-12-31"]);
    expect(await dates({ to: "2026-12-30" })).toEqual(["2026-02-28"]);
    const wrong = (query: Record<string, string>) =>
      call("listOverrides", { params: params({}), query, as: here.key });
    expectRefusal(await wrong({ from: "2026-12-31", to: "2026-12-30" }), 400, "InvalidQuery", ["to"]);
    expectRefusal(await wrong({ from: "2026-13-01" }), 400, "InvalidQuery", ["from"]);
  });

  it.each([
    [{}, ["intervals"]],
    [{ intervals: null }, ["intervals"]],
    [{ intervals: [{ from: { hour: 8, minute: 0 } }] }, ["intervals.0.to"]],
    [{ intervals: [intervals[0], intervals[0]] }, ["intervals.1.from"]],
    [{ intervals: [], note: "a".repeat(141) }, ["note"]],
    [{ intervals: [], source: "swap" }, ["source"]],
  ])("refuses %j", async (body, paths) => {
    expectRefusal(await put(body), 422, "InvalidOverride", paths);
  });

  it("refuses dates that don't exist, other workspaces' agents, and other people's hours", async () => {
    expect((await put({ intervals }, { date: "2026-02-29" })).status).toBe(400);
    expect((await put({ intervals }, { date: "today" })).status).toBe(400);
    expectRefusal(await put({ intervals }, { of: elsewhere.agent.agentId }), 404, "AgentNotFound");
    expectRefusal(await remove({ of: elsewhere.agent.agentId }), 404, "AgentNotFound");
    expectRefusal(await put({ intervals }, { as: here.agent.auth }), 403, "Forbidden");
    expectRefusal(await put({ intervals }, { as: here.viewer.auth, of: "me" }), 403, "Forbidden");
    expect((await put({ intervals }, { as: here.agent.auth, of: "me" })).status).toBe(200);
    expect((await remove({ as: here.agent.auth, of: "me" })).status).toBe(204);
  });
});

describe("overrides of many agents", () => {
  it("replace those that exist, and record only what changes", async () => {
    const [one, two, three] = [agentId, (await makeAgent(here)).id, (await makeAgent(here)).id];
    await put({ intervals: [], note: "Party" }, { of: one });
    await put({ intervals }, { of: two });
    const answer = await many({ agentIds: [three, two, one, two], date: day, intervals: [], note: "Party" });
    expect(answer.status).toBe(200);
    expect(answer.body.results.map((each) => [each.agentId, each.intervals, each.note])).toEqual(
      [three, two, one].map((id) => [id, [], "Party"]),
    );
    expect(await Promise.all([one, two, three].map(version))).toEqual([2, 3, 2]);
  });

  it("are all or nothing", async () => {
    const agentIds = [agentId, elsewhere.agent.agentId, randomUUID()];
    expectRefusal(await many({ agentIds, date: day, intervals: [] }), 422, "InvalidOverride", [
      "agentIds.1",
      "agentIds.2",
    ]);
    expectRefusal(await many({ agentIds: [], date: day, intervals: [] }), 422, "InvalidOverride", [
      "agentIds",
    ]);
    expect(await list()).toEqual([]);
    expect(await version()).toBe(1);
  });

  it("of crossing lists at the same time don't block each other", async () => {
    const ids = [agentId, (await makeAgent(here)).id, (await makeAgent(here)).id];
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, at) =>
        many({ agentIds: at % 2 ? ids : ids.toReversed(), date: day, intervals: [], note: `${at}` }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(new Set(await Promise.all(ids.map(async (id) => (await list({}, id))[0]?.note))).size).toBe(1);
  });

  it("run once for the same idempotency key", async () => {
    const headers = { "Idempotency-Key": randomUUID() };
    const body = { agentIds: [agentId], date: day, intervals: [] };
    const [first, second] = [await many(body, { headers }), await many(body, { headers })];
    expect(second.body).toEqual(first.body);
    expectRefusal(await many({ ...body, date: "2026-12-25" }, { headers }), 409, "IdempotencyKeyReused");
  });

  it("are for planners only", async () => {
    const body = { agentIds: [here.agent.agentId], date: day, intervals: [] };
    expectRefusal(await many(body, { as: here.agent.auth }), 403, "Forbidden");
  });
});
