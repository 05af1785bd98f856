import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { call } from "@/e2e/support/api/client";
import { addAgents, makeTenant, type Tenant } from "@/e2e/support/api/list-fixtures";
import { type OwnServer, startOwnServer } from "@/e2e/support/api/own-server";
import { byWayOf, portOf, startTcpProxy, type TcpProxy } from "@/lib/testing/tcp-proxy";

const databaseUrl = process.env.DATABASE_URL ?? "";

let tenant: Tenant;
let agents: string[];
beforeAll(async () => {
  tenant = await makeTenant();
  agents = await addAgents(
    tenant,
    Array.from({ length: 12 }, (_, index) => ({ name: `Agent ${index}` })),
  );
});

const base = () => `/api/workspaces/${tenant.id}`;
const asTenant = (key?: string) => ({
  Authorization: tenant.as,
  ...(key === undefined ? {} : { "Idempotency-Key": key }),
});

/** Requests that use the database in different ways. */
const asks: ((server: OwnServer, agent: string) => ReturnType<OwnServer["send"]>)[] = [
  (server) => server.send("GET", `${base()}/agents?name=agent`, { headers: asTenant() }),
  (server) => server.send("GET", `${base()}/all-agents`, { headers: asTenant() }),
  (server, agent) => server.send("GET", `${base()}/agents/${agent}`, { headers: asTenant() }),
  (server) => server.send("GET", `${base()}/roles`, { headers: asTenant() }),
  (server, agent) =>
    server.send("PATCH", `${base()}/agents/${agent}`, { headers: asTenant(), body: { bio: randomUUID() } }),
  (server, agent) =>
    server.send("PATCH", `${base()}/agents/${agent}/availability`, {
      headers: asTenant(),
      body: { status: "away" },
    }),
  (server) =>
    server.send("POST", `${base()}/agents`, {
      headers: asTenant(randomUUID()),
      body: { name: "Made", type: "bot" },
    }),
];

const allAtOnce = (server: OwnServer) =>
  Promise.all(agents.map((agent, index) => asks[index % asks.length]?.(server, agent)));

describe("a database host that stops responding", () => {
  let proxy: TcpProxy;
  let server: OwnServer;
  beforeAll(async () => {
    proxy = await startTcpProxy(portOf(databaseUrl));
    server = await startOwnServer({ DATABASE_URL: byWayOf(databaseUrl, proxy.port), DATABASE_PATIENCE: "2" });
  });
  afterAll(async () => {
    await server?.stop();
    await proxy?.close();
  });

  it("causes 503 until it responds again, and no errors afterwards", async () => {
    for (const answer of await allAtOnce(server)) expect(answer?.status).toBeLessThan(300);
    for (let time = 0; time < 2; time++) {
      proxy.silence("all");
      for (let turn = 0; turn < 2; turn++)
        for (const answer of await allAtOnce(server)) {
          expect(answer?.status).toBe(503);
          expect(answer?.body.code).toBe("Unavailable");
          expect(Number(answer?.headers.get("retry-after"))).toBeLessThanOrEqual(5);
        }
      expect((await server.send("GET", "/api/live")).status).toBe(200);
      const { status, headers, body } = await server.send("GET", "/api/ready");
      expect(status).toBe(503);
      expect(headers.get("retry-after")).toBe("5");
      expect(body).toMatchObject({
        status: "unavailable",
        checks: { database: "unreachable", migrations: "unknown", disk: "ok" },
      });
      proxy.resume();
      await expect.poll(async () => (await server.send("GET", "/api/health")).status).toBe(200);
      for (let turn = 0; turn < 3; turn++)
        for (const answer of await allAtOnce(server)) expect(answer?.status).toBeLessThan(300);
    }
    await expect.poll(async () => (await server.send("GET", "/api/ready")).status).toBe(200);
  });
});

describe("a read-only database", () => {
  let server: OwnServer;
  beforeAll(async () => {
    const readOnly = new URL(databaseUrl);
    readOnly.searchParams.set("options", "-c default_transaction_read_only=on");
    server = await startOwnServer({ DATABASE_URL: readOnly.toString() });
  });
  afterAll(() => server?.stop());

  it("is readable and rejects changes", async () => {
    for (const path of [
      "agents?name=agent",
      "all-agents",
      `agents/${agents[0]}`,
      "teams",
      "roles",
      "changes",
      "users",
    ])
      expect((await server.send("GET", `${base()}/${path}`, { headers: asTenant() })).status, path).toBe(200);
    const writes = [
      server.send("PATCH", `${base()}/agents/${agents[0]}`, { headers: asTenant(), body: { bio: "Never" } }),
      server.send("PATCH", `${base()}/agents/${agents[0]}/availability`, {
        headers: asTenant(),
        body: { status: "active" },
      }),
      server.send("POST", `${base()}/agents`, {
        headers: asTenant(randomUUID()),
        body: { name: "Never", type: "bot" },
      }),
      server.send("POST", `${base()}/teams`, { headers: asTenant(), body: { name: "Never", agentIds: [] } }),
      server.send("POST", "/api/tokens", {
        body: { email: "nobody@northwind.example", password: "not this one" },
      }),
    ];
    for (const { status, headers, body } of await Promise.all(writes)) {
      expect([status, body.code]).toEqual([503, "Unavailable"]);
      expect(body.message).toContain("read-only");
      expect(headers.get("retry-after")).toBe("5");
    }
  });

  it("is alive, but not ready", async () => {
    expect((await server.send("GET", "/api/live")).body).toEqual({ status: "ok" });
    const { status, body } = await server.send("GET", "/api/ready");
    expect(status).toBe(503);
    expect(body).toMatchObject({ checks: { database: "readOnly", migrations: "ok", disk: "ok" } });
  });
});

describe("the server under test", () => {
  it("reports itself alive and ready without credentials", async () => {
    expect((await call("getLiveness")).body).toEqual({ status: "ok" });
    expect((await call("getReadiness")).body).toEqual({
      status: "ok",
      checks: {
        database: "ok",
        migrations: "ok",
        disk: expect.stringMatching(/^(ok|remote)$/),
        jobs: { dispatcherLag: 0, oldestDueJob: 0 },
        zoneData: { release: expect.stringMatching(/^\d{4}[a-z]$/) },
      },
    });
  });
});
