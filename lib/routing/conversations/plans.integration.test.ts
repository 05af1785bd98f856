import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDatabase } from "@/lib/platform/database/db";
import { type AuthorizedWorkspaceId, newId } from "@/lib/platform/ids";
import {
  type ConversationFilter,
  type ConversationPage,
  listStatement,
} from "@/lib/routing/conversations/server/list.sql";
import { conversationOrders } from "@/lib/routing/conversations/values";
import { testDatabaseUrl } from "@/lib/testing/environment";
import { explainPrepared } from "@/lib/testing/explain";
import { insertRows, makeWorkspace } from "@/lib/testing/factories";

// Closed conversations accumulate, so reading a page must not scan all of them. Only counting may.

const db = createDatabase(testDatabaseUrl(), 1, () => {});
afterAll(() => db.close());

const workspaceId = newId<AuthorizedWorkspaceId>();
const [queueId, agentId] = [newId(), newId()];
const [all, open] = [30_000, 300];
const now = new Date();

beforeAll(async () => {
  await insertRows(db.query, makeWorkspace({ id: workspaceId, slug: workspaceId }));
  const values = { workspace: workspaceId, queue: queueId };
  await db.query(
    `INSERT INTO routing_queues (workspace_id, id, name, created_at, updated_at)
     VALUES (:workspace::uuid, :queue::uuid, 'Queue', now(), now())`,
    values,
  );
  // The newest conversations are open, as in production, so a scan by time meets all closed ones first.
  await db.query(
    `INSERT INTO conversations (workspace_id, id, external_id, channel, queue_id, priority, state, agent_id, queued_at,
       closed_at, created_at, updated_at)
     SELECT :workspace::uuid, gen_random_uuid(), n::text, 'messaging', :queue::uuid, n % 101,
       CASE WHEN n > :all::int - :open::int THEN 'queued' ELSE 'closed' END::conversation_state,
       CASE WHEN n % 1000 = 0 AND n <= :all::int - :open::int THEN :agent::uuid END,
       now() + n * interval '1 second', CASE WHEN n <= :all::int - :open::int THEN now() END, now() + n * interval '1 second', now()
     FROM generate_series(1, :all::int) n`,
    { ...values, agent: agentId, all, open },
  );
  await db.query("ANALYZE conversations");
});

interface PlanNode {
  "Node Type": string;
  "Relation Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  Plans?: PlanNode[];
}

/** Returns how many conversations a plan reads, not including the count. */
function readBy(node: PlanNode): number {
  if (node["Node Type"] === "Aggregate") return 0;
  const rows = (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)) * node["Actual Loops"];
  const own = node["Relation Name"] === "conversations" ? rows : 0;
  return (node.Plans ?? []).reduce((sum, plan) => sum + readBy(plan), own);
}

async function read(filter: ConversationFilter, page: Partial<ConversationPage> = {}): Promise<number> {
  const whole = { sortBy: "queuedAt", reverse: false, limit: 11, after: undefined, now, ...page } as const;
  const statement = listStatement(workspaceId, filter, whole);
  const dates = Object.entries(statement.params).map(([name, value]) => [
    name,
    value instanceof Date ? value.toISOString() : value,
  ]);
  const shown = { ...statement, params: Object.fromEntries(dates) };
  const [plan] = await explainPrepared<[{ Plan: PlanNode }]>(db, shown, "(ANALYZE, FORMAT JSON)");
  if (!plan) throw new Error("EXPLAIN returned no plan");
  return readBy(plan[0].Plan);
}

describe.each(conversationOrders)("a page by %s", (sortBy) => {
  it.each([false, true])("reads about as many conversations as it shows; in reverse: %s", async (reverse) => {
    expect(await read({}, { sortBy, reverse })).toBeLessThanOrEqual(30);
    const key = { queuedAt: now.getTime() + 15_000_000, createdAt: now.getTime() + 15_000_000, priority: 50 };
    const after = [key[sortBy], newId()];
    expect(await read({}, { sortBy, reverse, after })).toBeLessThanOrEqual(60);
  });

  it("of open ones reads no closed ones", async () => {
    for (const states of [["queued"], ["queued", "offered", "assigned"]] as const)
      expect(await read({ states }, { sortBy })).toBeLessThanOrEqual(open + 30);
  });

  it("of one agent or one external id reads those only", async () => {
    expect(await read({ agentIds: [agentId] }, { sortBy })).toBeLessThanOrEqual(80);
    expect(await read({ externalId: "77" }, { sortBy })).toBeLessThanOrEqual(5);
  });
});
