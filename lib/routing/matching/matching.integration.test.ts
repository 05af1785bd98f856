import { afterAll, describe, expect, it } from "vitest";
import { createDatabase } from "@/lib/platform/database/db";
import { type AgentId, type AuthorizedWorkspaceId, newId } from "@/lib/platform/ids";
import { testDatabaseUrl } from "@/lib/testing/environment";
import { combineRows, insertRows, makeAgent, makeMembership, makePerson } from "@/lib/testing/factories";
import { makeRouting, makeRun } from "@/lib/testing/routing";

const db = createDatabase(testDatabaseUrl(), 12, () => undefined);
afterAll(() => db.close());

/** A Tuesday, 9:00 in Berlin. */
const start = Date.parse("2027-03-02T08:00:00.000Z");

interface Row {
  id: string;
  state: string;
  agentId: string | null;
  offeredTo: string | null;
  step: number;
  rank: number | null;
  considered: number | null;
}

async function conversationsOf(workspaceId: AuthorizedWorkspaceId): Promise<Map<string, Row>> {
  const rows = await db.query<Row>(
    `SELECT c.id, c.state::text AS state, c.agent_id AS "agentId", c.step, o.agent_id AS "offeredTo",
       d.rank, d.considered
     FROM conversations c
     LEFT JOIN offers o ON o.workspace_id = c.workspace_id AND o.conversation_id = c.id AND o.state = 'pending'
     LEFT JOIN LATERAL (SELECT rank, considered FROM routing_decisions d WHERE d.workspace_id = c.workspace_id
       AND d.conversation_id = c.id ORDER BY d.at DESC, d.id DESC LIMIT 1) d ON true
     WHERE c.workspace_id = :workspaceId::uuid`,
    { workspaceId },
  );
  return new Map(rows.map((row) => [row.id, row]));
}

describe("a run", () => {
  it("assigns what waits to open agents up to their capacity, most urgent first", async () => {
    const routing = await makeRouting(db, { messaging: 2, email: 1 });
    const { workspaceId } = routing;
    const agents = await routing.agents(3);
    const queueId = await routing.queue();
    const ids = await routing.conversations(
      Array.from({ length: 10 }, (_, index) => ({ queueId, queuedAt: start - (10 - index) * 1000 })),
    );
    expect(await makeRun(db, () => start)(workspaceId)).toBe("done");
    const found = await conversationsOf(workspaceId);
    expect(ids.map((id) => found.get(id)?.state)).toEqual([
      ...Array(6).fill("assigned"),
      ...Array(4).fill("queued"),
    ]);
    for (const agent of agents)
      expect([...found.values()].filter(({ agentId }) => agentId === agent)).toHaveLength(2);
    expect(found.get(ids[0] ?? "")).toMatchObject({ rank: 1, considered: 3 });
  });

  it("ends with more future times than a call can have arguments", async () => {
    const routing = await makeRouting(db, { messaging: 1, email: 1 });
    const { workspaceId } = routing;
    // More steps than the API takes, so that fewer conversations do.
    const teams = await routing.teams(201);
    const steps = teams
      .slice(1)
      .map((teamId, index) => ({ afterSeconds: 10 * (index + 1), teamIds: [teamId] }));
    const queueId = await routing.queue({ primary: teams.slice(0, 1), steps });
    const [id = ""] = await routing.conversations([{ queueId, queuedAt: start }]);
    await db.query(
      `INSERT INTO conversations SELECT (jsonb_populate_record(c, jsonb_build_object(
         'id', gen_random_uuid(), 'external_id', gen_random_uuid()))).*
       FROM conversations c, generate_series(1, 699)
       WHERE c.workspace_id = :workspaceId::uuid AND c.id = :id::uuid`,
      { workspaceId, id },
    );
    expect(await makeRun(db, () => start)(workspaceId)).toBe("done");
    expect(await nextAt(workspaceId)).toBe(start + 10_000);
  });

  it("offers in queues that ask, and returns expired offers to the queue", async () => {
    const routing = await makeRouting(db, { messaging: 1, email: 1 });
    const { workspaceId } = routing;
    const agents = await routing.agents(2);
    const queueId = await routing.queue({ offerMode: "accept", offerTimeout: 20 });
    const [id = ""] = await routing.conversations([{ queueId, queuedAt: start }]);
    let now = start;
    const run = makeRun(db, () => now);
    await run(workspaceId);
    const first = (await conversationsOf(workspaceId)).get(id);
    expect(first).toMatchObject({ state: "offered", agentId: null });
    expect(await nextAt(workspaceId)).toBe(start + 20_000);
    now = start + 19_999;
    await run(workspaceId);
    expect((await conversationsOf(workspaceId)).get(id)?.offeredTo).toBe(first?.offeredTo);
    now = start + 20_000;
    await run(workspaceId);
    const second = (await conversationsOf(workspaceId)).get(id);
    expect(second?.state).toBe("offered");
    expect([first?.offeredTo, second?.offeredTo].toSorted()).toEqual(agents.toSorted());
    // Both have been asked: the first is asked again a minute after the offer expired.
    now = start + 40_000;
    await run(workspaceId);
    expect((await conversationsOf(workspaceId)).get(id)?.state).toBe("queued");
    now = start + 79_999;
    await run(workspaceId);
    expect((await conversationsOf(workspaceId)).get(id)?.state).toBe("queued");
    expect(await nextAt(workspaceId)).toBe(start + 80_000);
    now = start + 80_000;
    await run(workspaceId);
    expect((await conversationsOf(workspaceId)).get(id)).toMatchObject({ offeredTo: first?.offeredTo });
    const settled = await db.query<{ at: Date }>(
      `SELECT settled_at AS at FROM offers WHERE workspace_id = :workspaceId::uuid AND state = 'expired' ORDER BY 1`,
      { workspaceId },
    );
    expect(settled.map(({ at }) => at.getTime())).toEqual([start + 20_000, start + 40_000]);
    const missed = await db.query<{ count: number }>(
      `SELECT cardinality(missed_offers_at) AS count FROM agent_states WHERE workspace_id = :workspaceId::uuid`,
      { workspaceId },
    );
    expect(missed.map(({ count }) => count)).toEqual([1, 1]);
  });

  it("widens the choice of agents by steps, and records the step", async () => {
    const routing = await makeRouting(db, { messaging: 5, email: 5 });
    const { workspaceId } = routing;
    const [primary = "", later = "", secondary = ""] = await routing.teams(3);
    const [skill = ""] = await routing.skills(1);
    const [value = "", otherValue = ""] = await routing.skillValues(skill, 2);
    const requiredSkills = [{ skillId: skill, valueIds: [value] }];
    const agents = await routing.agents(3, (index) => ({
      teamIds: [[primary, later, secondary][index] ?? ""],
      skills: [{ skillId: skill, valueIds: [index === 1 ? value : otherValue] }],
    }));
    const queueId = await routing.queue({
      targetSeconds: 60,
      primary: [primary],
      secondary: [secondary],
      steps: [
        { afterSeconds: 30, teamIds: [later] },
        { afterSeconds: 90, dropSkills: true },
      ],
    });
    const queued = { queueId, queuedAt: start };
    const [skilled = "", strict = ""] = await routing.conversations([
      { ...queued, requiredSkills },
      { ...queued, requiredSkills: [{ skillId: skill, valueIds: [value, otherValue] }], channel: "voice" },
    ]);
    let now = start;
    const run = makeRun(db, () => now);
    await run(workspaceId);
    let found = await conversationsOf(workspaceId);
    expect(found.get(skilled)).toMatchObject({ state: "queued", step: 0 });
    expect(found.get(strict)).toMatchObject({ state: "assigned", agentId: agents[0], step: 0 });
    expect(await nextAt(workspaceId)).toBe(start + 30_000);
    now = start + 30_000;
    await db.query("UPDATE agent_states SET status = 'away' WHERE agent_id = :id::uuid", { id: agents[1] });
    await run(workspaceId);
    expect((await conversationsOf(workspaceId)).get(skilled)).toMatchObject({ state: "queued", step: 1 });
    now = start + 60_000;
    await run(workspaceId);
    expect((await conversationsOf(workspaceId)).get(skilled)).toMatchObject({ state: "queued", step: 2 });
    now = start + 90_000;
    await run(workspaceId);
    found = await conversationsOf(workspaceId);
    // The first agent is in a call.
    expect(found.get(skilled)).toMatchObject({ state: "assigned", agentId: agents[2], step: 3 });
  });

  it("withdraws offers of agents who leave, but not of those who are away", async () => {
    const routing = await makeRouting(db, { messaging: 1, email: 1 });
    const { workspaceId } = routing;
    const agents = await routing.agents(2);
    const queueId = await routing.queue({ offerMode: "accept", offerTimeout: 600 });
    await routing.conversations([1, 2].map((age) => ({ queueId, queuedAt: start - age })));
    const run = makeRun(db, () => start);
    await run(workspaceId);
    await setStatus(agents[0] ?? "", "offline");
    await setStatus(agents[1] ?? "", "away");
    await run(workspaceId);
    const found = [...(await conversationsOf(workspaceId)).values()];
    expect(found.map(({ state }) => state).toSorted()).toEqual(["offered", "queued"]);
    expect(found.find(({ state }) => state === "offered")?.offeredTo).toBe(agents[1]);
    // A withdrawn offer does not count as asked.
    await setStatus(agents[0] ?? "", "active");
    await run(workspaceId);
    const again = [...(await conversationsOf(workspaceId)).values()];
    expect(again.map(({ offeredTo }) => offeredTo).toSorted()).toEqual(agents.toSorted());
  });

  it("returns conversations of agents who left, after the policy's time", async () => {
    const routing = await makeRouting(db, { messaging: 3, email: 3 });
    const { workspaceId } = routing;
    const [agent = ""] = await routing.agents(1);
    const queueId = await routing.queue();
    await routing.conversations([
      { queueId, queuedAt: start - 1000 },
      { queueId, queuedAt: start - 1000, channel: "email" },
    ]);
    let now = start;
    const run = makeRun(db, () => now);
    await run(workspaceId);
    await db.query(
      `INSERT INTO availability_policies (workspace_id, presence, enforce_hours, allow, reassign_on_leave, updated_at)
       VALUES (:workspaceId::uuid, 'off', true, '{}', '{"messaging": 120}', now())`,
      { workspaceId },
    );
    await setStatus(agent, "offline", start + 1000);
    now = start + 2000;
    await run(workspaceId);
    expect(await nextAt(workspaceId)).toBe(now + 30_000);
    now = start + 120_999;
    await run(workspaceId);
    expect([...(await conversationsOf(workspaceId)).values()].map(({ state }) => state)).toEqual([
      "assigned",
      "assigned",
    ]);
    expect(await nextAt(workspaceId)).toBe(start + 121_000);
    now = start + 121_000;
    await run(workspaceId);
    const rows = await db.query<{ channel: string; state: string; queuedAt: Date }>(
      `SELECT channel::text AS channel, state::text AS state, queued_at AS "queuedAt" FROM conversations
       WHERE workspace_id = :workspaceId::uuid ORDER BY channel`,
      { workspaceId },
    );
    expect(rows).toEqual([
      { channel: "email", state: "assigned", queuedAt: new Date(start - 1000) },
      { channel: "messaging", state: "queued", queuedAt: new Date(start - 1000) },
    ]);
  });

  it("counts the time of a suspension from its beginning, not from later changes of the person", async () => {
    const routing = await makeRouting(db, { messaging: 3, email: 3 });
    const { workspaceId } = routing;
    const [userId, agentId] = [newId(), newId<AgentId>()];
    await insertRows(
      db.query,
      combineRows([
        makePerson({ id: userId }),
        makeMembership({ workspaceId, userId }),
        makeAgent({ workspaceId, id: agentId, userId }, { status: "active" }),
      ]),
    );
    const queueId = await routing.queue();
    await routing.conversations([{ queueId, queuedAt: start - 1000 }]);
    await db.query(
      `INSERT INTO availability_policies (workspace_id, presence, enforce_hours, allow, reassign_on_leave, updated_at)
       VALUES (:workspaceId::uuid, 'off', false, '{}', '{"messaging": 120}', now())`,
      { workspaceId },
    );
    let now = start;
    const run = makeRun(db, () => now);
    await run(workspaceId);
    const states = async () => [...(await conversationsOf(workspaceId)).values()].map(({ state }) => state);
    expect(await states()).toEqual(["assigned"]);
    const change = (columns: string, at: number) =>
      db.query(
        `UPDATE memberships SET ${columns}, updated_at = :at::timestamptz WHERE user_id = :userId::uuid`,
        { userId, at: new Date(at) },
      );
    await change("status = 'suspended'", start + 1000);
    // Like a change that leaves the status alone.
    await change("status = status", start + 90_000);
    now = start + 120_999;
    await run(workspaceId);
    expect(await states()).toEqual(["assigned"]);
    now = start + 121_000;
    await run(workspaceId);
    expect(await states()).toEqual(["queued"]);
  });

  it("fills agents who become active one seat at a time", async () => {
    const routing = await makeRouting(db, { messaging: 5, email: 5 });
    const { workspaceId } = routing;
    const [agent = "", early = ""] = await routing.agents(2, (index) => ({
      state: { status: index === 0 ? "away" : "active" },
    }));
    const queueId = await routing.queue({ rampSeconds: 60 });
    let now = start;
    const run = makeRun(db, () => now);
    await run(workspaceId);
    await setStatus(agent, "active", start);
    await setStatus(early, "away", start);
    await routing.conversations(
      Array.from({ length: 9 }, (_, index) => ({ queueId, queuedAt: start + index })),
    );
    const held = async () =>
      [...(await conversationsOf(workspaceId)).values()].filter(({ agentId }) => agentId === agent).length;
    now = start + 1000;
    await run(workspaceId);
    expect(await held()).toBe(1);
    expect(await nextAt(workspaceId)).toBeLessThanOrEqual(start + 31_000);
    now = start + 60_999;
    await run(workspaceId);
    expect(await held()).toBe(1);
    now = start + 61_000;
    await run(workspaceId);
    expect(await held()).toBe(2);
    // An agent who was active when the ramp was first seen gets everything immediately.
    await setStatus(early, "active", start);
    now = start + 61_500;
    await run(workspaceId);
    const found = [...(await conversationsOf(workspaceId)).values()];
    expect(found.filter(({ agentId }) => agentId === early)).toHaveLength(1);
  });

  it("looks again when an activity ends", async () => {
    const routing = await makeRouting(db, { messaging: 1, email: 1 });
    const { workspaceId } = routing;
    const [agent = ""] = await routing.agents(1, () => ({
      state: { activity: "busy", activityExpiresAt: new Date(start + 7000) },
    }));
    const queueId = await routing.queue();
    const [id = ""] = await routing.conversations([{ queueId, queuedAt: start }]);
    let now = start;
    const run = makeRun(db, () => now);
    await run(workspaceId);
    expect(await nextAt(workspaceId)).toBe(start + 7000);
    now = start + 7000;
    await run(workspaceId);
    expect((await conversationsOf(workspaceId)).get(id)).toMatchObject({ agentId: agent });
  });

  it("gives a conversation back to an excluded agent only while nobody else is open", async () => {
    const routing = await makeRouting(db, { messaging: 1, email: 1 });
    const { workspaceId } = routing;
    const [agent = "", other = ""] = await routing.agents(2);
    const queueId = await routing.queue();
    const [first = ""] = await routing.conversations([
      { queueId, queuedAt: start, excludedAgentIds: [agent], preferredAgentId: agent },
    ]);
    await makeRun(db, () => start)(workspaceId);
    expect((await conversationsOf(workspaceId)).get(first)).toMatchObject({ agentId: other, considered: 1 });
    const [second = ""] = await routing.conversations([
      { queueId, queuedAt: start, excludedAgentIds: [agent] },
    ]);
    await makeRun(db, () => start)(workspaceId);
    expect((await conversationsOf(workspaceId)).get(second)).toMatchObject({ agentId: agent });
  });

  it("gives nobody a chat who gets a call", async () => {
    const routing = await makeRouting(db, { messaging: 5, email: 5 });
    const { workspaceId } = routing;
    const [agent = ""] = await routing.agents(1);
    const queueId = await routing.queue();
    const [chat = "", call = "", lateChat = "", lateCall = ""] = await routing.conversations([
      { queueId, queuedAt: start - 4000 },
      { queueId, queuedAt: start - 3000, channel: "voice" },
      { queueId, queuedAt: start - 2000 },
      { queueId, queuedAt: start - 1000, channel: "voice" },
    ]);
    await makeRun(db, () => start)(workspaceId);
    const found = await conversationsOf(workspaceId);
    expect(found.get(chat)?.agentId).toBe(agent);
    expect(found.get(call)?.agentId).toBe(agent);
    expect([found.get(lateChat)?.state, found.get(lateCall)?.state]).toEqual(["queued", "queued"]);
  });
});

async function nextAt(workspaceId: AuthorizedWorkspaceId): Promise<number | undefined> {
  const [row] = await db.query<{ at: Date }>(
    "SELECT next_at AS at FROM routing_matchers WHERE workspace_id = :workspaceId::uuid",
    { workspaceId },
  );
  return row?.at.getTime();
}

async function setStatus(agentId: string, status: string, at = start): Promise<void> {
  await db.query(
    `UPDATE agent_states SET status = :status::text::agent_status, last_status_set = :at::timestamptz
     WHERE agent_id = :agentId::uuid`,
    { agentId, status, at: new Date(at) },
  );
}
