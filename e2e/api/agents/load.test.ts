import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { call } from "@/e2e/support/api/client";
import {
  etagOf,
  expectRefusal,
  makeAgent,
  makeMember,
  makePreset,
  makeWorkspace,
  sql,
  type TestWorkspace,
} from "@/e2e/support/api/fixtures";
import type { Candidates } from "@/lib/agents/inbox/contract";
import type { Availability } from "@/lib/availability/declared/contract";
import type { AvailabilityExplanation } from "@/lib/availability/effective/contract";
import type { Channel } from "@/lib/availability/effective/values";

// Conversations and offers are inserted, because the matcher would move them.

let here: TestWorkspace;
let queueId: string;
let agentId: string;

beforeAll(async () => {
  here = await makeWorkspace();
  queueId = randomUUID();
  await sql(
    "INSERT INTO routing_queues (workspace_id, id, name, created_at, updated_at) VALUES ($1, $2, 'General', now(), now())",
    [here.id, queueId],
  );
});

beforeEach(async () => {
  const person = await makeMember(here.id);
  agentId = (await makeAgent(here, { name: person.name, userId: person.id })).id;
  const params = { workspaceId: here.id, agentId };
  const body = { status: "active", wrapUpTime: 600 };
  expect((await call("patchAgent", { params, as: here.key, body })).status).toBe(200);
});

/** Times are seconds from now. */
async function assign(channel: Channel, at = 0): Promise<string> {
  const id = randomUUID();
  await sql(
    `INSERT INTO conversations (workspace_id, id, external_id, channel, state, agent_id, assigned_at, created_at, updated_at)
     SELECT $1, $2, $3, $4::conversation_channel, 'assigned', $5, at, at, at
     FROM (SELECT now() + $6 * interval '1 second' AS at) t`,
    [here.id, id, id, channel, agentId, at],
  );
  return id;
}

const close = (id: string, at = 0) =>
  sql(
    `UPDATE conversations SET state = 'closed', closed_at = t.at, updated_at = t.at
     FROM (SELECT now() + $3 * interval '1 second' AS at) t WHERE workspace_id = $1 AND id = $2`,
    [here.id, id, at],
  );

/** The test's own agent, who has responded before. */
async function offer(channel: Channel, expiresAt: number): Promise<string> {
  const id = randomUUID();
  await sql(
    "UPDATE agent_states SET last_status_set = now() - interval '1 day', last_activity_set = now() - interval '1 day' WHERE agent_id = $1",
    [agentId],
  );
  await sql(
    `INSERT INTO conversations (workspace_id, id, external_id, channel, state, queue_id, queued_at, created_at, updated_at)
     VALUES ($1, $2, $3, $4::conversation_channel, 'offered', $5, now(), now(), now())`,
    [here.id, id, id, channel, queueId],
  );
  await sql(
    `INSERT INTO offers (workspace_id, id, conversation_id, agent_id, channel, created_at, expires_at)
     VALUES ($1, $2, $2, $3, $4::conversation_channel, now() - interval '1 minute', now() + $5 * interval '1 second')`,
    [here.id, id, agentId, channel, expiresAt],
  );
  return id;
}

async function explain(query: Record<string, string> = {}): Promise<AvailabilityExplanation> {
  const params = { workspaceId: here.id, agentId };
  const { status, body } = await call<AvailabilityExplanation>("explainAvailability", {
    params,
    as: here.key,
    query,
  });
  expect(status).toBe(200);
  return body;
}

async function candidate(channel: Channel) {
  const params = { workspaceId: here.id };
  const query = { channel, agentIds: agentId };
  const { body } = await call<Candidates>("listCandidates", { params, as: here.key, query });
  return { found: body.results[0], others: body.others };
}

const ready = (as = here.key, reference = agentId) =>
  call<Availability>("postReady", { params: { workspaceId: here.id, agentId: reference }, as });

describe("load", () => {
  it("closes the other channels during a call", async () => {
    const id = await assign("voice");
    const { channels } = await explain();
    expect(channels.voice).toEqual({ open: false, room: 0, closedBy: ["atCapacity"] });
    expect(channels.messaging?.closedBy).toEqual(["inCall"]);
    expect((await candidate("email")).others).toEqual({ inCall: 1 });
    expect((await candidate("voice")).others).toEqual({ atCapacity: 1 });
    await close(id, -601);
    expect((await candidate("voice")).found).toMatchObject({ open: 0, offered: 0, capacity: 1 });
  });

  it("includes offers until they expire", async () => {
    await offer("voice", 60);
    await offer("email", 60);
    const { channels, deciders } = await explain();
    expect(channels.messaging).toMatchObject({ open: false, closedBy: ["inCall"] });
    expect(channels.messaging?.nextChangeAt).toBeDefined();
    expect(deciders.map(({ code }) => code)).toEqual(["atCapacity", "inCall"]);
    expect(deciders[0]).toMatchObject({ details: { channel: "voice", open: 0, offered: 1, capacity: 1 } });
    expect((await candidate("email")).others).toEqual({ inCall: 1 });
    const later = new Date(Date.now() + 120_000).toISOString();
    // Both count as missed by then, and the default policy closes after 2.
    expect((await explain({ at: later })).channels.voice?.closedBy).toEqual(["notResponding"]);
  });

  it("shows open and offered conversations of candidates", async () => {
    await assign("email");
    await offer("email", 60);
    await offer("email", 60);
    expect((await candidate("email")).found).toMatchObject({ open: 1, offered: 2 });
  });
});

describe("wrap-up", () => {
  it("closes all channels after a conversation closed, until it is over or the agent is ready", async () => {
    const id = await assign("messaging", -100);
    await close(id, -60);
    const { channels, deciders } = await explain();
    expect(channels.email).toMatchObject({ open: false, closedBy: ["wrappingUp"] });
    expect(deciders).toEqual([
      expect.objectContaining({ decider: "wrapUp", remedy: "time", details: { conversationId: id } }),
    ]);
    const [decider] = deciders;
    expect(Date.parse(decider?.until ?? "") - Date.parse(decider?.since ?? "")).toBe(600_000);
    expect((await candidate("messaging")).others).toEqual({ wrappingUp: 1 });

    const answer = await ready();
    expect(answer.status).toBe(200);
    const params = { workspaceId: here.id, agentId };
    const read = await call<Availability>("getAvailability", { params, as: here.key });
    expect(answer.body).toEqual(read.body);
    expect(etagOf(answer)).toBe(etagOf(read));
    expect((await explain()).deciders).toEqual([]);
    expect((await candidate("messaging")).found).toMatchObject({ open: 0 });

    const then = new Date(Date.now() - 30_000).toISOString();
    for (const aged of ["agent_spans SET from_at = from_at", "changes SET created_at = created_at"])
      await sql(`UPDATE ${aged} - interval '1 hour' WHERE agent_id = $1`, [agentId]);
    expect((await explain({ at: then })).channels.email?.closedBy).toContain("wrappingUp");
  });
});

describe("unanswered offers", () => {
  it("close channels once there are as many as the policy says, settled or not", async () => {
    await offer("email", -20);
    expect((await explain()).deciders).toEqual([]);
    await offer("messaging", -10);
    const pending = async () => {
      const [row] = await sql(
        "SELECT count(*)::int AS count FROM offers WHERE agent_id = $1 AND state = 'pending'",
        [agentId],
      );
      return row?.count;
    };
    for (;;) {
      const before = await pending();
      expect((await explain()).channels.voice?.closedBy).toEqual(["notResponding"]);
      expect((await candidate("voice")).others).toEqual({ notResponding: 1 });
      expect((await candidate("email")).found).toMatchObject({ offered: 0 });
      // The matcher has recorded them by now.
      if (before === 0) break;
      await expect.poll(pending).toBe(0);
    }
  });

  it("are forgotten when the agent is ready", async () => {
    await offer("email", -20);
    await offer("messaging", -10);
    expect((await ready()).status).toBe(200);
    expect((await explain()).deciders).toEqual([]);
    expect((await candidate("voice")).found).toBeDefined();
  });

  it("are forgotten when the agent declares something", async () => {
    await offer("email", -20);
    await offer("messaging", -10);
    const params = { workspaceId: here.id, agentId };
    for (const activity of ["busy", "available"])
      await call("patchAvailability", { params, as: here.key, body: { activity } });
    expect((await explain()).deciders).toEqual([]);
    expect((await candidate("voice")).found).toBeDefined();
  });
});

describe("ready", () => {
  it("is for one's own agent, or with availability.write", async () => {
    expect((await ready(here.agent.auth, "me")).status).toBe(200);
    expectRefusal(await ready(here.agent.auth), 403, "Forbidden");
    expect((await ready(here.supervisor.auth)).status).toBe(200);
    expectRefusal(await ready(here.key, randomUUID()), 404, "AgentNotFound");
  });

  it("is an event of the agent, so that pages refetch", async () => {
    const params = { workspaceId: here.id };
    const events = (after?: string) =>
      call<{ results: { type: string; resource: { id: string } }[]; nextCursor: string }>("listEvents", {
        params,
        as: here.key,
        query: { types: "agent.workload.changed", ...(after ? { after } : {}) },
      });
    const { nextCursor } = (await events()).body;
    await ready();
    await expect
      .poll(async () => (await events(nextCursor)).body.results.map(({ resource }) => resource.id))
      .toEqual([agentId]);
  });
});

describe("a pending preset", () => {
  it("waits for a call to end", async () => {
    const id = await assign("voice");
    const params = { workspaceId: here.id, agentId };
    const presetId = await makePreset(here.id);
    const body = { presetId, when: "afterConversations" };
    expect((await call("putPreset", { params, as: here.key, body })).status).toBe(200);
    expect((await explain()).next).toMatchObject({ presetId });
    await close(id, -601);
    expect((await explain()).next).toBeUndefined();
  });
});
