import { afterAll, describe, expect, it } from "vitest";
import { createDatabase } from "@/lib/platform/database/db";
import { newId } from "@/lib/platform/ids";
import { DAY_MS } from "@/lib/platform/time/calendar";
import { createConversationRetention } from "@/lib/routing/conversations/server/retention";
import { testDatabaseUrl } from "@/lib/testing/environment";
import { makeRouting, makeRun } from "@/lib/testing/routing";

const db = createDatabase(testDatabaseUrl(), 4, () => undefined);
afterAll(() => db.close());

const now = new Date("2027-03-02T08:00:00.000Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS);

async function makeWork() {
  const routing = await makeRouting(db, { messaging: 10, email: 10 });
  const { workspaceId } = routing;
  const [agentId] = await routing.agents(1);
  const queueId = await routing.queue();
  /** Adds conversations that an agent had. */
  async function closed(count: number, at: Date): Promise<string[]> {
    const ids = Array.from({ length: count }, () => newId());
    await db.query(
      `INSERT INTO conversations (workspace_id, id, external_id, channel, queue_id, state, agent_id, queued_at,
         assigned_at, closed_at, created_at, updated_at)
       SELECT :workspaceId::uuid, i, i::text, 'messaging', :queueId::uuid, 'closed', :agentId::uuid, :at::timestamptz,
         :at::timestamptz, :at::timestamptz, :at::timestamptz, :at::timestamptz FROM unnest(:ids::uuid[]) i`,
      { workspaceId, queueId, agentId, ids, at },
    );
    return ids;
  }
  const left = async () =>
    (
      await db.query<{ id: string }>(
        "SELECT id FROM conversations WHERE workspace_id = :workspaceId::uuid ORDER BY id",
        { workspaceId },
      )
    ).map(({ id }) => id);
  return { routing, workspaceId, agentId, queueId, closed, left };
}

describe("closed conversations", () => {
  it("are deleted after their retention, in batches, with their offers and decisions", async () => {
    const { routing, workspaceId, agentId, queueId, closed, left } = await makeWork();
    const old = await closed(4_100, daysAgo(401));
    const young = await closed(3, daysAgo(399));
    // What is open stays, however old.
    const [open = ""] = await routing.conversations([{ queueId, queuedAt: daysAgo(500).getTime() }]);
    await makeRun(db, () => daysAgo(450).getTime())(workspaceId);
    await db.query(
      `INSERT INTO offers (workspace_id, id, conversation_id, agent_id, channel, state, created_at, expires_at, settled_at)
       VALUES (:workspaceId::uuid, :id::uuid, :old::uuid, :agentId::uuid, 'messaging', 'declined', now(), now(), now())`,
      { workspaceId, id: newId(), old: old[0], agentId },
    );
    const sweep = (keepDays: number) => createConversationRetention(db, keepDays).sweep(now);
    expect(await sweep(0)).toBe(0);
    expect(await sweep(402)).toBe(0);
    expect(await sweep(400)).toBeGreaterThanOrEqual(old.length);
    expect(await left()).toEqual([...young, open].toSorted());
    const [state] = await db.query<{ messaging: number }>(
      "SELECT messaging_count AS messaging FROM agent_states WHERE agent_id = :agentId::uuid",
      { agentId },
    );
    expect(state?.messaging).toBe(1);
    expect(await sweep(400)).toBe(0);
  });
});
