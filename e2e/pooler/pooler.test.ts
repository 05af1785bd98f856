import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { raw } from "@/e2e/support/api/client";
import { addAgents, addTeams, makeTenant, type Tenant } from "@/e2e/support/api/list-fixtures";
import { connect } from "@/scripts/database/connection";
import { checkAddresses, lendsConnections } from "@/scripts/database/pooler";

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run these tests with npm test -- --only pooler`);
  return value;
}

const directUrl = setting("DATABASE_URL");
const poolerUrl = setting("TEST_POOLER_URL");
const sessionPoolerUrl = setting("TEST_SESSION_POOLER_URL");
const addresses = { databaseUrl: directUrl, pooled: false, directUrl: undefined, statementTimeout: 15 };

describe("a connection pooler in transaction mode", () => {
  it("is distinguished from PostgreSQL itself and from a pooler in session mode", async () => {
    expect(await lendsConnections(directUrl)).toBe(false);
    expect(await lendsConnections(sessionPoolerUrl)).toBe(false);
    expect(await lendsConnections(poolerUrl)).toBe(true);
  });

  it("makes the server refuse to start unless it is configured, with a line that says what to set", async () => {
    await expect(checkAddresses({ ...addresses, databaseUrl: poolerUrl })).rejects.toThrow(
      /DATABASE_URL points to a pooler .* Set DATABASE_POOLER=transaction, and DATABASE_DIRECT_URL/,
    );
    await expect(checkAddresses({ ...addresses, pooled: true, directUrl: poolerUrl })).rejects.toThrow(
      /DATABASE_DIRECT_URL points to a pooler .* PostgreSQL itself/,
    );
    expect(await checkAddresses({ ...addresses, databaseUrl: poolerUrl, pooled: true, directUrl })).toBe(
      directUrl,
    );
    expect(await checkAddresses(addresses)).toBe(directUrl);
  });

  it("provides sessions that keep one query plan, and end by themselves", async () => {
    const client = await connect(poolerUrl);
    const { rows } = await client.query(
      `select current_setting('plan_cache_mode') as plans, current_setting('enable_seqscan') as scans,
         current_setting('statement_timeout') as longest, current_setting('lock_timeout') as lock`,
    );
    await client.end();
    expect(rows).toEqual([{ plans: "force_generic_plan", scans: "off", longest: "15s", lock: "5s" }]);
  });
});

describe("behind the pooler", () => {
  let tenant: Tenant;
  let agents: string[];
  let team: string;
  beforeAll(async () => {
    tenant = await makeTenant();
    [team = ""] = await addTeams(tenant, ["Everybody"]);
    agents = await addAgents(
      tenant,
      Array.from({ length: 48 }, (_, index) => ({ name: `Agent ${index}` })),
    );
  });

  it("concurrent requests of all kinds succeed repeatedly", async () => {
    const base = `/api/workspaces/${tenant.id}`;
    const send = async (method: string, path: string, body?: unknown, key?: string) =>
      (
        await raw(path, {
          method,
          headers: {
            Authorization: tenant.as,
            ...(body === undefined ? {} : { "Content-Type": "application/json" }),
            ...(key === undefined ? {} : { "Idempotency-Key": key }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        })
      ).status;
    const asks: ((agent: string, turn: number) => Promise<number>)[] = [
      () => send("GET", `${base}/agents?sortBy=name&name=agent`),
      () => send("GET", `${base}/agents?inHours=true&teamIds=${team}`),
      () => send("GET", `${base}/all-agents`),
      (agent) => send("GET", `${base}/agents/${agent}`),
      (agent, turn) =>
        send("PATCH", `${base}/agents/${agent}/availability`, { status: turn % 2 ? "active" : "offline" }),
      (agent, turn) => send("PATCH", `${base}/agents/${agent}`, { bio: `Turn ${turn}`, wrapUpTime: turn }),
      () => send("POST", `${base}/agents`, { name: "Made", type: "bot", teamIds: [team] }, randomUUID()),
      (_, turn) => send("PATCH", `${base}/teams/${team}`, { description: `Turn ${turn}` }),
      () => send("GET", `${base}/changes`),
      () => send("GET", "/api/ready"),
    ];
    const statuses = await Promise.all(
      agents.map(async (agent, index) => {
        const found: number[] = [];
        for (let turn = 0; turn < 10; turn++)
          found.push((await asks[(index + turn) % asks.length]?.(agent, turn)) ?? 0);
        return found;
      }),
    );
    expect([...new Set(statuses.flat())].sort()).toEqual([200, 201]);
  });
});
