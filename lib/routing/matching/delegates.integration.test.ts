import { afterAll, describe, expect, it } from "vitest";
import { createDatabase } from "@/lib/platform/database/db";
import { type AgentId, type AuthorizedWorkspaceId, newId } from "@/lib/platform/ids";
import { testDatabaseUrl } from "@/lib/testing/environment";
import { makeDelegates, makeRouting, makeRun } from "@/lib/testing/routing";

const db = createDatabase(testDatabaseUrl(), 6, () => undefined);
afterAll(() => db.close());

/** A Tuesday, 9:00 in Berlin. */
const start = Date.parse("2027-03-02T08:00:00.000Z");

/** Enters approved time off on a date. */
async function off(
  workspaceId: AuthorizedWorkspaceId,
  agentId: AgentId,
  delegateAgentId: AgentId | undefined,
  date = "2027-03-02",
): Promise<void> {
  await db.query(
    `INSERT INTO time_off (workspace_id, id, agent_id, type_id, state, start_date, end_date, delegate_agent_id,
       created_at, updated_at)
     SELECT :workspaceId::uuid, :id::uuid, :agentId::uuid, t.id, 'approved', :date::date, :date::date,
       :delegateAgentId::uuid, now(), now()
     FROM time_off_types t WHERE t.workspace_id = :workspaceId::uuid AND t.position = 0`,
    { workspaceId, id: newId(), agentId, delegateAgentId: delegateAgentId ?? null, date },
  );
}

async function makeDesk(agents: number) {
  const routing = await makeRouting(db, { messaging: 1, email: 1 });
  const { workspaceId } = routing;
  const ids = await routing.agents(agents);
  const queueId = await routing.queue();
  const prefer = async (preferredAgentId: string, count = 1) =>
    await routing.conversations(
      Array.from({ length: count }, (_, index) => ({
        queueId,
        preferredAgentId,
        queuedAt: start - 10_000 + index,
      })),
    );
  const takers = async (conversationIds: readonly string[]) => {
    await makeRun(db, () => start)(workspaceId);
    const rows = await db.query<{ id: string; agentId: string | null }>(
      `SELECT id, agent_id AS "agentId" FROM conversations WHERE workspace_id = :workspaceId::uuid`,
      { workspaceId },
    );
    return conversationIds.map((id) => rows.find((row) => row.id === id)?.agentId ?? null);
  };
  return { workspaceId, ids, prefer, takers };
}

describe("a conversation that prefers an agent who is off", () => {
  it("goes to the delegate, along the chain", async () => {
    const { workspaceId, ids, prefer, takers } = await makeDesk(6);
    const [a, b, c] = ids as [AgentId, AgentId, AgentId];
    await off(workspaceId, a, b);
    await off(workspaceId, b, c);
    expect(await takers(await prefer(a))).toEqual([c]);
  });

  it("goes to the agent on other dates", async () => {
    const { workspaceId, ids, prefer, takers } = await makeDesk(6);
    const [a, b] = ids as [AgentId, AgentId];
    await off(workspaceId, a, b, "2027-03-03");
    expect(await takers(await prefer(a))).toEqual([a]);
  });

  it("goes to the delegate while they can take it, then to others", async () => {
    const { workspaceId, ids, prefer, takers } = await makeDesk(3);
    const [a, b] = ids as [AgentId, AgentId];
    await off(workspaceId, a, b);
    const [first, second] = await takers(await prefer(a, 2));
    expect(first).toBe(b);
    expect(second).not.toBeNull();
    expect(second).not.toBe(b);
  });
});

describe("the delegates of a workspace", () => {
  it("are those of agents who are off at that time", async () => {
    const { workspaceId, ids } = await makeDesk(3);
    const [a, b, c] = ids as [AgentId, AgentId, AgentId];
    await off(workspaceId, a, b);
    await off(workspaceId, b, c, "2027-03-03");
    const delegates = makeDelegates(db);
    expect(await delegates.at(workspaceId, start)).toEqual(new Map([[a, b]]));
    expect(await delegates.at(workspaceId, start + 86_400_000)).toEqual(new Map([[b, c]]));
    expect(await delegates.at(workspaceId, start + 3 * 86_400_000)).toEqual(new Map());
  });
});
