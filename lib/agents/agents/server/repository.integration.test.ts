import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AgentPage } from "@/lib/agents/agents/server/list.sql";
import { createAgentRepository } from "@/lib/agents/agents/server/repository";
import { createDatabase, type Database } from "@/lib/platform/database/db";
import { type AgentId, type AuthorizedWorkspaceId, newId } from "@/lib/platform/ids";
import { testDatabaseUrl } from "@/lib/testing/environment";
import { combineRows, insertRows, makeAgent, makeWorkspace } from "@/lib/testing/factories";

const db = createDatabase(testDatabaseUrl(), 2, () => {});
afterAll(() => db.close());

let statements = 0;
/** Counts statements. Reads must use `query`, so access to Prisma throws. */
const counting: Database = {
  ...db,
  query: (text, params) => {
    statements++;
    return db.query(text, params);
  },
  get prisma(): never {
    throw new Error("a list must not go through Prisma");
  },
};

const workspaceId = newId<AuthorizedWorkspaceId>();
const page: AgentPage = { sortBy: "name", reverse: false, limit: 10, after: undefined, now: Date.now() };

beforeAll(async () => {
  await insertRows(
    db.query,
    combineRows([
      makeWorkspace({ id: workspaceId, slug: workspaceId }),
      ...Array.from({ length: 120 }, (_, index) =>
        makeAgent({ workspaceId, type: "bot", name: `Agent ${String(index).padStart(3, "0")}` }),
      ),
    ]),
  );
});

describe("the list of agents", () => {
  const repository = createAgentRepository(counting, "http://127.0.0.1:3000");

  it.each([1, 10, 100])("reads a page of %i and the total in one statement", async (limit) => {
    statements = 0;
    const found = await repository.list(workspaceId, { name: "agent" }, { ...page, limit });
    expect(found).toMatchObject({ total: 120, next: expect.anything() });
    expect(JSON.parse(`[${found.results}]`)).toHaveLength(limit);
    expect(statements).toBe(1);
  });

  it("reads agents by id in one statement", async () => {
    const { results } = await repository.list(workspaceId, {}, { ...page, limit: 50 });
    const ids = (JSON.parse(`[${results}]`) as { id: AgentId }[]).map((agent) => agent.id).reverse();
    statements = 0;
    const found = await repository.showMany(workspaceId, [...ids, newId<AgentId>()], Date.now());
    expect(found.total).toBe(50);
    expect((JSON.parse(`[${found.results}]`) as { id: AgentId }[]).map((agent) => agent.id)).toEqual(ids);
    expect(statements).toBe(1);
  });
});
