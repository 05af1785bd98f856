import { beforeAll, describe, expect, it } from "vitest";
import { call } from "@/e2e/support/api/client";
import { expectRefusal, makeAgent, makeWorkspace, sql, type TestWorkspace } from "@/e2e/support/api/fixtures";
import type { AvailabilityExplanation } from "@/lib/availability/effective/contract";

let here: TestWorkspace;
beforeAll(async () => {
  here = await makeWorkspace();
});

const DAY = 86_400_000;
const fromNow = (ms: number) => new Date(Date.now() + ms).toISOString();

const explain = (agentId: string, query: Record<string, string> = {}, as = here.viewer.auth) =>
  call<AvailabilityExplanation>("explainAvailability", {
    params: { workspaceId: here.id, agentId },
    query,
    as,
  });

const patch = async (agentId: string, body: unknown) => {
  const answer = await call("patchAgent", { params: { workspaceId: here.id, agentId }, as: here.key, body });
  expect(answer.status).toBe(200);
};

const declare = async (agentId: string, body: unknown) => {
  const params = { workspaceId: here.id, agentId };
  const answer = await call("patchAvailability", { params, as: here.key, body });
  expect(answer.status).toBe(200);
};

describe("explain", () => {
  it("opens all channels to an active agent", async () => {
    const { id } = await makeAgent(here);
    await declare(id, { status: "active" });
    const before = Date.now();
    const { status, body } = await explain(id);
    expect(status).toBe(200);
    expect(body).toEqual({
      agentId: id,
      at: expect.any(String),
      timezone: "Europe/Berlin",
      channels: {
        messaging: { open: true, closedBy: [] },
        email: { open: true, closedBy: [] },
        voice: { open: true, room: 1, closedBy: [] },
      },
      deciders: [],
    });
    expect(Math.abs(Date.parse(body.at) - before)).toBeLessThan(60_000);
  });

  it("lists every reason, and answers about a later time", async () => {
    const { agentId } = here.agent;
    await patch(agentId, { weeklySchedule: {} });
    await declare(agentId, { activity: "inMeeting", activityTtl: 3600, activityText: "Retro" });
    const { body } = await explain(agentId);
    expect(body.channels.email).toEqual({ open: false, closedBy: ["away", "inMeeting", "outOfHours"] });
    expect(body.deciders).toEqual([
      {
        decider: "status",
        code: "away",
        channels: ["messaging", "email", "voice"],
        since: expect.any(String),
        remedy: "agent",
      },
      {
        decider: "activity",
        code: "inMeeting",
        channels: ["messaging", "email", "voice"],
        since: expect.any(String),
        until: expect.any(String),
        remedy: "agent",
        details: { text: "Retro" },
      },
      {
        decider: "hours",
        code: "outOfHours",
        channels: ["messaging", "email", "voice"],
        remedy: "time",
      },
    ]);
    const at = fromNow(2 * 3_600_000);
    const later = await explain(agentId, { at });
    expect(later.body.at).toBe(at);
    expect(later.body.channels.email?.closedBy).toEqual(["away", "outOfHours"]);
    expect((await explain("me", {}, here.agent.auth)).body.agentId).toBe(agentId);
  });

  it("follows the policy, capacity and membership", async () => {
    const place = await makeWorkspace();
    const ask = async (query: Record<string, string> = {}) => {
      const params = { workspaceId: place.id, agentId: place.agent.agentId };
      return (await call<AvailabilityExplanation>("explainAvailability", { params, query, as: place.key }))
        .body;
    };
    await sql("UPDATE agent_states SET status = 'active' WHERE workspace_id = $1", [place.id]);
    await call("createCapacityRule", {
      params: { workspaceId: place.id },
      as: place.key,
      body: { name: "All", description: "All", default: true, capacity: { messaging: 0, email: 3 } },
    });
    const full = await ask();
    expect(full.channels).toEqual({
      messaging: { open: false, room: 0, closedBy: ["atCapacity"] },
      email: { open: true, room: 3, closedBy: [] },
      voice: { open: true, room: 1, closedBy: [] },
    });
    expect(full.deciders).toMatchObject([
      {
        decider: "capacity",
        channels: ["messaging"],
        remedy: "supervisor",
        details: { channel: "messaging", open: 0, offered: 0, capacity: 0 },
      },
    ]);

    await call("patchAvailabilityPolicy", {
      params: { workspaceId: place.id },
      as: place.key,
      body: { presence: "gate", allow: { absent: ["voice"] } },
    });
    const absent = await ask();
    expect(absent.channels.voice).toEqual({ open: true, room: 1, closedBy: [] });
    expect(absent.channels.email?.closedBy).toEqual(["absent"]);
    expect(absent.deciders.map(({ code, channels }) => [code, channels])).toEqual([
      ["absent", ["messaging", "email"]],
      ["atCapacity", ["messaging"]],
    ]);

    const email = await ask({ channel: "email" });
    expect(Object.keys(email.channels)).toEqual(["email"]);
    expect(email.deciders.map(({ code }) => code)).toEqual(["absent"]);

    await sql("UPDATE memberships SET status = 'suspended' WHERE workspace_id = $1 AND user_id = $2", [
      place.id,
      place.agent.id,
    ]);
    expect((await ask()).channels.voice?.closedBy).toEqual(["suspended"]);
  });

  it("tells when hours end and begin", async () => {
    const { id } = await makeAgent(here);
    await declare(id, { status: "active" });
    const bot = await explain(id);
    expect(bot.body.deciders).toEqual([]);
    const { agentId } = here.supervisor;
    await declare(agentId, { status: "active" });
    const hours = { from: { hour: 9, minute: 0 }, to: { hour: 17, minute: 0 } };
    await patch(agentId, { timezone: "UTC", weeklySchedule: { monday: hours } });
    const monday = new Date();
    monday.setUTCHours(8, 0, 0, 0);
    monday.setUTCDate(monday.getUTCDate() + ((8 - monday.getUTCDay()) % 7 || 7));
    const start = new Date(monday.getTime() + 3_600_000).toISOString();
    const end = new Date(monday.getTime() + 9 * 3_600_000).toISOString();
    const early = (await explain(agentId, { at: monday.toISOString() })).body;
    expect(early.channels.voice).toEqual({
      open: false,
      room: 1,
      closedBy: ["outOfHours"],
      nextChangeAt: start,
    });
    expect(early.deciders).toMatchObject([{ code: "outOfHours", until: start }]);
    expect((await explain(agentId, { at: start })).body.channels.voice).toMatchObject({
      open: true,
      nextChangeAt: end,
    });
  });

  it("refuses times out of range, unknown channels and unknown agents", async () => {
    const { agentId } = here.agent;
    for (const query of [
      { at: fromNow(401 * DAY) },
      { at: fromNow(-401 * DAY) },
      { at: "tomorrow" },
      { channel: "fax" },
      { when: "now" },
    ])
      expectRefusal(await explain(agentId, query), 400, "InvalidQuery");
    expect((await explain(agentId, { at: fromNow(399 * DAY) })).status).toBe(200);
    expectRefusal(await explain(agentId, { at: fromNow(-DAY) }), 404, "AgentNotFound");
    expectRefusal(await explain(here.id), 404, "AgentNotFound");
    expectRefusal(await explain("me", {}, here.key), 404, "AgentNotFound");
  });
});
