import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { call } from "@/e2e/support/api/client";
import {
  expectRefusal,
  makeAgent,
  makeMember,
  makeRole,
  makeWorkspace,
  sql,
  type TestWorkspace,
} from "@/e2e/support/api/fixtures";
import type { Spans } from "@/lib/availability/spans/contract";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let here: TestWorkspace;
let other: TestWorkspace;
beforeAll(async () => {
  [here, other] = await Promise.all([makeWorkspace(), makeWorkspace()]);
});

const list = (agentId: string, query: Record<string, string | readonly string[]> = {}, as?: string) =>
  call<Spans>("listSpans", { params: { workspaceId: here.id, agentId }, query, as: as ?? here.viewer.auth });

const declare = async (agentId: string, body: unknown, as = here.key) => {
  const params = { workspaceId: here.id, agentId };
  expect((await call("patchAvailability", { params, as, body })).status).toBe(200);
};

/** Moves an agent's spans and creation into the past, because API tests can't wait. */
const shift = (agentId: string, ms: number) =>
  sql(
    `WITH agent AS (UPDATE agents SET created_at = created_at - $2 * interval '1 ms' WHERE id = $1)
     UPDATE agent_spans SET from_at = from_at - $2 * interval '1 ms',
       activity_expires_at = activity_expires_at - $2 * interval '1 ms' WHERE agent_id = $1`,
    [agentId, ms],
  );

const lengthOf = ({ results }: Spans, now: number) =>
  results.reduce((sum, { from, to }) => sum + (to ? Date.parse(to) : now) - Date.parse(from), 0);

describe("spans", () => {
  it("show what an agent declared, who caused it, and when an activity ended by itself", async () => {
    const { agentId } = here.agent;
    await shift(agentId, DAY);
    await declare(agentId, { status: "active" }, here.agent.auth);
    await declare(agentId, { activity: "onBreak", activityTtl: 60, activityText: "Lunch" });
    await shift(agentId, HOUR);
    const { status, body } = await list(agentId);
    expect(status).toBe(200);
    const [first, second, third, fourth] = body.results;
    expect(body.results).toEqual([
      { from: expect.any(String), to: second?.from, status: "away", activity: "available", cause: "api" },
      { from: expect.any(String), to: third?.from, status: "active", activity: "available", cause: "api" },
      {
        from: expect.any(String),
        to: fourth?.from,
        status: "active",
        activity: "onBreak",
        activityText: "Lunch",
        cause: "api",
      },
      { from: expect.any(String), status: "active", activity: "available", cause: "timeout" },
    ]);
    expect(Date.parse(fourth?.from ?? "") - Date.parse(third?.from ?? "")).toBe(60_000);
    expect(first?.from).not.toBe(second?.from);
    expect((await list("me", {}, here.agent.auth)).body.results).toHaveLength(4);
  });

  it("add up to the period exactly, wherever it is cut", async () => {
    const { id } = await makeAgent(here);
    await declare(id, { status: "active" });
    await declare(id, { activity: "busy", activityTtl: 120 });
    await shift(id, 40 * DAY);
    await declare(id, { status: "offline" });
    const from = Date.now() - 30 * DAY;
    const whole = await list(id, { from: new Date(from).toISOString() });
    expect(whole.body.results.map(({ status, to }) => ({ status, ended: to !== undefined }))).toEqual([
      { status: "active", ended: true },
      { status: "offline", ended: false },
    ]);
    for (const [start, length] of [
      [from, 31 * DAY],
      [from + 1, 1],
      [from, 0],
      [Date.now() - 40 * DAY - 200_000, 400_000],
      [Date.now() - 40 * DAY - 90_001, 33],
    ] as const) {
      const to = Math.min(start + length, Date.now());
      const query = { from: new Date(start).toISOString(), to: new Date(to).toISOString() };
      const { body } = await list(id, query);
      const [first] = body.results;
      const begins = first ? Date.parse(first.from) : to;
      expect(lengthOf(body, to)).toBe(to - begins);
      for (const [index, { from: next }] of body.results.slice(1).entries())
        expect(next).toBe(body.results[index]?.to);
    }
  });

  it("are none before the agent's creation, and cut at now for the future", async () => {
    const { id } = await makeAgent(here);
    const past = { from: "2026-01-01T00:00:00Z", to: "2026-01-02T00:00:00Z" };
    expect(await list(id, past)).toMatchObject({ status: 200, body: { results: [] } });
    const to = new Date(Date.now() + DAY).toISOString();
    const { body } = await list(id, { from: new Date(Date.now() - DAY).toISOString(), to });
    expect(body.results).toMatchObject([{ status: "away", activity: "available" }]);
    expect(body.results[0]?.to).toBeUndefined();
  });

  it("refuse a period with over 10,000 changes", async () => {
    const { id } = await makeAgent(here);
    await sql(
      `INSERT INTO agent_spans (workspace_id, agent_id, from_at, status, activity, cause)
       SELECT workspace_id, id, created_at - n * interval '1 second', (ARRAY['away', 'offline'])[n % 2 + 1]::agent_status, 'available'::activity, 'api'::change_cause
       FROM agents, generate_series(1, 10000) n WHERE id = $1`,
      [id],
    );
    await sql("UPDATE agents SET created_at = created_at - interval '1 day' WHERE id = $1", [id]);
    expectRefusal(await list(id), 400, "InvalidQuery", ["from"]);
    const from = new Date(Date.now() - HOUR).toISOString();
    expect((await list(id, { from })).body.results.length).toBeGreaterThan(3_000);
  });

  it("refuse odd periods", async () => {
    const { id } = await makeAgent(here);
    const at = (ms: number) => new Date(Date.now() + ms).toISOString();
    for (const query of [
      { from: at(-32 * DAY) },
      { from: at(-DAY), to: at(-2 * DAY) },
      { from: at(DAY) },
      { from: "yesterday" },
      { from: "" },
      { from: "2026-02-30T00:00:00Z" },
      { from: "2026-02-20" },
      { to: [at(-DAY), at(0)] },
      { until: at(0) },
    ])
      expectRefusal(await list(id, query), 400, "InvalidQuery");
  });

  it("are not shown to other workspaces, or without agents.read", async () => {
    const { id } = await makeAgent(here);
    expectRefusal(await list(id, {}, other.supervisor.auth), 404, "WorkspaceNotFound");
    expectRefusal(await list((await makeAgent(other)).id), 404, "AgentNotFound");
    expectRefusal(await list(randomUUID()), 404, "AgentNotFound");
    expectRefusal(await list("me"), 404, "AgentNotFound");
    expectRefusal(await list("nobody"), 400, "BadRequest");
    const lesser = await makeMember(here.id, { roles: [await makeRole(here.id, ["settings.read"])] });
    expectRefusal(await list(id, {}, lesser.auth), 403, "Forbidden");
  });
});
