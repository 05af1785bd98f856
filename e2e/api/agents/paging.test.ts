import { beforeAll, describe, expect, it } from "vitest";
import { call } from "@/e2e/support/api/client";
import {
  addAgents,
  addTeams,
  database,
  inOrder,
  list,
  listEverything,
  makeTenant,
  orders,
  setWorkload,
  type Tenant,
} from "@/e2e/support/api/list-fixtures";
import type { Agent } from "@/lib/agents/agents/contract";

const statuses = ["active", "away", "offline"] as const;
const noon = Date.UTC(2026, 0, 5, 12);

/** Agents that tie in every order: equal names, times and workloads. */
const crowd = (count: number, prefix = "Same") =>
  Array.from({ length: count }, (_, index) => ({
    name: `${prefix} ${["Name", "name", "Ñame", "Other"][index % 4]}`,
    status: statuses[index % 3] ?? ("away" as const),
    messaging: index % 3,
    email: index % 2,
    createdAt: new Date(noon + (index % 5)),
  }));

/** Writes to a workspace as fast as possible, except to the observed agents, until stopped. */
function disturb(tenant: Tenant, others: readonly string[]) {
  let running = true;
  const counts = { inserted: 0, deleted: 0, renamed: 0, statuses: 0, workloads: 0 };
  const passing = [...others];
  const workspace = { workspaceId: tenant.id };

  async function write(step: number): Promise<void> {
    const agentId = passing[step % passing.length] ?? "";
    const agent = { params: { ...workspace, agentId }, as: tenant.as };
    if (step % 5 === 0) {
      const made = await call<{ id: string }>("createAgent", {
        params: workspace,
        body: { type: "bot", name: `${step % 2 === 0 ? "Aaa" : "Zzz"} ${step}` },
        as: tenant.as,
      });
      expect(made.status).toBe(201);
      passing.push(made.body.id);
      counts.inserted++;
    } else if (step % 5 === 1 && passing.length > 5) {
      const gone = passing.shift() ?? "";
      const answer = await call("deleteAgent", {
        params: { ...workspace, agentId: gone },
        as: tenant.as,
      });
      expect(answer.status).toBe(204);
      counts.deleted++;
    } else if (step % 5 === 2) {
      const name = `${["Aaa", "Same Name", "Zzz"][step % 3]} ${step}`;
      expect((await call("patchAgent", { ...agent, body: { name } })).status).toBe(200);
      counts.renamed++;
    } else if (step % 5 === 3) {
      const status = statuses[step % 3];
      expect((await call("patchAvailability", { ...agent, body: { status } })).status).toBe(200);
      counts.statuses++;
    } else {
      await setWorkload(tenant, agentId, step % 7, step % 3);
      counts.workloads++;
    }
  }

  const done = (async () => {
    for (let step = 0; running; step++) await write(step);
  })();
  return {
    counts,
    async stop() {
      running = false;
      await done;
    },
  };
}

describe("paging during writes by another client", () => {
  it.each(orders)(
    "by $sortBy, reverse $reverse, shows every unchanged agent exactly once, in order",
    async ({ sortBy, reverse }) => {
      const tenant = await makeTenant();
      const watched = await addAgents(tenant, crowd(60));
      const others = await addAgents(tenant, crowd(30, "Moving"));
      const before = new Map(
        (await listEverything(tenant, {}, { limit: 100 })).map((agent) => [agent.id, agent]),
      );

      const disturbance = disturb(tenant, others);
      let seen: Agent[];
      try {
        // Gives the writer time for a few writes between two pages.
        const between = () => new Promise((resolve) => setTimeout(resolve, 15));
        seen = await listEverything(tenant, { sortBy, reverse }, { limit: 7, between });
      } finally {
        await disturbance.stop();
      }

      for (const [what, count] of Object.entries(disturbance.counts)) expect(count, what).toBeGreaterThan(0);
      const stayed = seen.filter((agent) => watched.includes(agent.id)).map((agent) => agent.id);
      const wanted = inOrder(
        watched.flatMap((id) => before.get(id) ?? []),
        sortBy,
        reverse,
      ).map((agent) => agent.id);
      expect(stayed).toEqual(wanted);
      const repeated = seen.length - new Set(seen.map((agent) => agent.id)).size;
      // Agents created or re-sorted during paging may appear twice or not at all. By createdAt, agents never
      // move.
      if (sortBy === "createdAt") expect(repeated).toBe(0);
    },
  );

  it("by createdAt also shows agents created meanwhile, at the end", async () => {
    const tenant = await makeTenant();
    await addAgents(tenant, crowd(10));
    let made = "";
    const seen = await listEverything(
      tenant,
      { sortBy: "createdAt" },
      {
        limit: 4,
        between: async () => {
          if (made) return;
          const answer = await call<{ id: string }>("createAgent", {
            params: { workspaceId: tenant.id },
            body: { type: "bot", name: "Late" },
            as: tenant.as,
          });
          made = answer.body.id;
        },
      },
    );
    expect(seen.at(-1)?.id).toBe(made);
    expect(seen).toHaveLength(11);
  });

  it("continues at the same position if the last agent of the previous page is deleted or changed", async () => {
    for (const { sortBy, reverse } of orders) {
      const tenant = await makeTenant();
      await addAgents(tenant, crowd(9));
      const all = inOrder(await listEverything(tenant, {}), sortBy, reverse).map((agent) => agent.id);
      const first = await list(tenant, { sortBy, reverse, limit: 4 });
      const [gone, moved] = [first.body.results[3]?.id ?? "", first.body.results[2]?.id ?? ""];
      await call("deleteAgent", { params: { workspaceId: tenant.id, agentId: gone }, as: tenant.as });
      await database.query(
        `UPDATE agent_states SET version = version + 1 WHERE workspace_id = :workspaceId::uuid AND agent_id = :moved::uuid`,
        { workspaceId: tenant.id, moved },
      );
      const pageToken = first.body.nextPageToken ?? "";
      const second = await list(tenant, { sortBy, reverse, limit: 100, pageToken });
      expect(
        second.body.results.map((agent) => agent.id),
        `${sortBy} ${reverse}`,
      ).toEqual(all.slice(4));
      expect(second.body.total).toBe(8);
    }
  });
});

describe("a page token", () => {
  let tenant: Tenant;
  let everybody: Agent[];
  const tokenOf = async (query: Parameters<typeof list>[1] = {}) => {
    const answer = await list(tenant, { limit: 3, ...query });
    if (!answer.body.nextPageToken) throw new Error("there is no next page");
    return answer.body.nextPageToken;
  };
  const refused = async (query: Parameters<typeof list>[1], as = tenant) => {
    const { status, body } = await list(as, query);
    return { status, code: (body as unknown as { code?: string }).code };
  };
  const invalid = { status: 400, code: "InvalidPageToken" };

  beforeAll(async () => {
    tenant = await makeTenant();
    const [team = ""] = await addTeams(tenant, ["Team"]);
    await addAgents(
      tenant,
      crowd(23).map((agent, index) => (index % 2 === 0 ? { ...agent, teamIds: [team] } : agent)),
    );
    everybody = await listEverything(tenant, {}, { limit: 100 });
  });

  it("works with another limit", async () => {
    for (const { sortBy, reverse } of orders) {
      const wanted = inOrder(everybody, sortBy, reverse).map((agent) => agent.id);
      const second = await list(tenant, {
        sortBy,
        reverse,
        limit: 5,
        pageToken: await tokenOf({ sortBy, reverse }),
      });
      const third = await list(tenant, {
        sortBy,
        reverse,
        limit: 100,
        pageToken: second.body.nextPageToken ?? "",
      });
      const ids = [...second.body.results, ...third.body.results].map((agent) => agent.id);
      expect(ids, `${sortBy} ${reverse}`).toEqual(wanted.slice(3));
      expect(third.body).not.toHaveProperty("nextPageToken");
    }
  });

  it("works repeatedly, and with equivalent spellings of its parameters", async () => {
    const pageToken = await tokenOf();
    const first = await list(tenant, { pageToken });
    expect((await list(tenant, { pageToken })).body).toEqual(first.body);
    expect((await list(tenant, { pageToken, sortBy: "createdAt", reverse: false })).body).toEqual(first.body);
    const filtered = await tokenOf({ agentStatuses: "active,offline" });
    const answer = await list(tenant, {
      agentStatuses: ["offline", "active", "active"],
      pageToken: filtered,
    });
    expect(answer.status).toBe(200);
  });

  it("gives the full count on every page", async () => {
    const answer = await list(tenant, { pageToken: await tokenOf(), limit: 4 });
    expect(answer.body.total).toBe(23);
  });

  it("is not returned with the last page, whether full or not", async () => {
    for (const limit of [23, 24, 100])
      expect((await list(tenant, { limit })).body).not.toHaveProperty("nextPageToken");
    const pageToken = await tokenOf({ limit: 20 });
    for (const limit of [3, 4]) {
      const { body } = await list(tenant, { limit, pageToken });
      expect(body.results).toHaveLength(3);
      expect(body).not.toHaveProperty("nextPageToken");
    }
    expect((await list(tenant, { limit: 2, pageToken })).body).toHaveProperty("nextPageToken");
  });

  it("gives an empty last page with the right total if all later agents were deleted", async () => {
    const small = await makeTenant();
    const ids = await addAgents(small, crowd(4));
    const { body } = await list(small, { limit: 2 });
    const shown = body.results.map((agent) => agent.id);
    for (const agentId of ids.filter((id) => !shown.includes(id)))
      await call("deleteAgent", { params: { workspaceId: small.id, agentId }, as: small.as });
    const rest = await list(small, { limit: 2, pageToken: body.nextPageToken ?? "" });
    expect(rest.body).toEqual({ results: [], total: 2 });
  });

  it("works for every combination of filter and order", async () => {
    const teamId = everybody.find((agent) => agent.teams.length > 0)?.teams[0]?.id ?? "";
    const filters = [
      { query: { agentStatuses: ["active", "offline"] }, keeps: (agent: Agent) => agent.status !== "away" },
      { query: { teamIds: teamId }, keeps: (agent: Agent) => agent.teams.length > 0 },
      {
        query: { name: "NAME", agentStatuses: "away" },
        keeps: (agent: Agent) => /[nñ]ame/i.test(agent.name) && agent.status === "away",
      },
    ];
    for (const { query, keeps } of filters)
      for (const { sortBy, reverse } of orders) {
        const seen = await listEverything(tenant, { ...query, sortBy, reverse }, { limit: 2 });
        const wanted = inOrder(everybody.filter(keeps), sortBy, reverse);
        expect(wanted.length).toBeGreaterThan(2);
        expect(
          seen.map((agent) => agent.id),
          JSON.stringify({ query, sortBy, reverse }),
        ).toEqual(wanted.map((agent) => agent.id));
      }
  });

  it.each([
    { agentStatuses: "active" },
    { activities: "available" },
    { name: "same" },
    { email: "a" },
    { lastStatusActivitySince: "2020-01-01T00:00:00Z" },
    { lastStatusActivityUpto: "2030-01-01T00:00:00Z" },
    { sortBy: "name" },
    { reverse: true },
  ])("is rejected with additional parameters: %o", async (other) => {
    expect(await refused({ ...other, pageToken: await tokenOf() })).toEqual(invalid);
  });

  it("is rejected if a filter or order is missing or different", async () => {
    const filtered = await tokenOf({ agentStatuses: "active" });
    expect(await refused({ pageToken: filtered })).toEqual(invalid);
    expect(await refused({ agentStatuses: "away", pageToken: filtered })).toEqual(invalid);
    expect(await refused({ agentStatuses: "active,away", pageToken: filtered })).toEqual(invalid);
    for (const made of orders)
      for (const used of orders) {
        if (made === used) continue;
        const pageToken = await tokenOf(made);
        expect(await refused({ ...used, pageToken }), JSON.stringify({ made, used })).toEqual(invalid);
      }
  });

  it("is rejected in another workspace", async () => {
    const other = await makeTenant();
    await addAgents(other, crowd(9));
    expect(await refused({ pageToken: await tokenOf() }, other)).toEqual(invalid);
  });

  it("is rejected by another list of the same workspace, and vice versa", async () => {
    await addTeams(tenant, ["One", "Two", "Three"]);
    const shared = { params: { workspaceId: tenant.id }, as: tenant.as };
    const teams = await call<{ nextPageToken: string }>("listTeams", { ...shared, query: { limit: 1 } });
    expect(await refused({ pageToken: teams.body.nextPageToken })).toEqual(invalid);
    const pageToken = await tokenOf();
    for (const id of [
      "listTeams",
      "listSkills",
      "listCapacityRules",
      "listSenderProfiles",
      "listRoles",
    ] as const) {
      const answer = await call(id, { ...shared, query: { pageToken } });
      expect(answer.status, id).toBe(400);
      expect(answer.body.code, id).toBe("InvalidPageToken");
    }
  });

  it("is rejected if any character was changed, removed or added", async () => {
    const token = await tokenOf();
    const changed = [...token].map((letter, at) => {
      const other = letter === "A" ? "B" : "A";
      return token.slice(0, at) + other + token.slice(at + 1);
    });
    const broken = [
      token.slice(1),
      token.slice(0, -1),
      `${token}A`,
      `A${token}`,
      `${token}.A`,
      `.${token}`,
      `${token} `,
    ];
    for (const pageToken of [...changed, ...broken])
      expect(await refused({ pageToken }), pageToken).toEqual(invalid);
  });

  it.each([
    "garbage",
    ".",
    "..",
    "a.b",
    "null",
    "W10.W10",
    "🙂",
    "%",
    "../../etc/passwd",
    "a".repeat(8000),
    Buffer.from(JSON.stringify(["x", 0, "0"])).toString("base64url"),
  ])("is rejected if it is something else: %s", async (pageToken) => {
    expect(await refused({ pageToken })).toEqual(invalid);
  });

  it("is rejected above 8,000 characters", async () => {
    const { status, body } = await list(tenant, { pageToken: "a".repeat(8001) });
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: "InvalidQuery", details: { pageToken: [expect.any(String)] } });
  });

  it("reveals nothing beyond what the list has shown", async () => {
    const token = await tokenOf({ sortBy: "createdAt" });
    expect(token.length).toBeLessThan(500);
    expect(token).toMatch(/^[A-Za-z0-9_.-]+$/);
  });

  it("can contain the longest possible name", async () => {
    const long = await makeTenant();
    await addAgents(
      long,
      ["a", "b", "c"].map((last) => ({ name: "𠮷".repeat(254) + last })),
    );
    const seen = await listEverything(long, { sortBy: "name" }, { limit: 1 });
    expect(seen.map((agent) => agent.name.at(-1))).toEqual(["a", "b", "c"]);
  });
});
