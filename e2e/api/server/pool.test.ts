import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addAgents, addTeams, makeTenant, type Tenant } from "@/e2e/support/api/list-fixtures";
import { type OwnServer, startOwnServer } from "@/e2e/support/api/own-server";

// A request that holds one connection while waiting for a second one can deadlock. With four connections and
// 64 concurrent requests, that happens within a second.

let server: OwnServer;
let tenant: Tenant;
let agents: string[];
let team: string;

beforeAll(async () => {
  server = await startOwnServer({ DATABASE_POOL: "4" });
  tenant = await makeTenant();
  [team = ""] = await addTeams(tenant, ["Everybody"]);
  agents = await addAgents(
    tenant,
    Array.from({ length: 64 }, (_, index) => ({ name: `Agent ${index}` })),
  );
});
afterAll(() => server?.stop());

test("64 concurrent requests succeed on four connections", async () => {
  const headers = { Authorization: tenant.as };
  const base = `/api/workspaces/${tenant.id}`;
  const asks: ((agent: string, turn: number) => ReturnType<OwnServer["send"]>)[] = [
    () => server.send("GET", `${base}/agents?sortBy=name&name=agent`, { headers }),
    () => server.send("GET", `${base}/all-agents`, { headers }),
    (agent) => server.send("GET", `${base}/agents/${agent}`, { headers }),
    (agent, turn) =>
      server.send("PATCH", `${base}/agents/${agent}/availability`, {
        headers,
        body: { status: turn % 2 ? "active" : "offline" },
      }),
    (agent, turn) =>
      server.send("PATCH", `${base}/agents/${agent}`, {
        headers,
        body: { bio: `Turn ${turn}`, wrapUpTime: turn },
      }),
    () =>
      server.send("POST", `${base}/agents`, {
        headers: { ...headers, "Idempotency-Key": randomUUID() },
        body: { name: "Made", type: "bot", teamIds: [team] },
      }),
    (_, turn) =>
      server.send("PATCH", `${base}/teams/${team}`, { headers, body: { description: `Turn ${turn}` } }),
    () => server.send("GET", `${base}/teams`, { headers }),
  ];
  const statuses = await Promise.all(
    agents.map(async (agent, index) => {
      const found: number[] = [];
      for (let turn = 0; turn < 6; turn++) {
        const answer = await asks[(index + turn) % asks.length]?.(agent, turn);
        found.push(answer?.status ?? 0);
      }
      return found;
    }),
  );
  expect([...new Set(statuses.flat())].sort()).toEqual([200, 201]);
});
