import { beforeAll, describe, expect, it } from "vitest";
import { call } from "@/e2e/support/api/client";
import { database, list, makeTenant, namesOf, type Tenant } from "@/e2e/support/api/list-fixtures";
import type { Agent } from "@/lib/agents/agents/contract";

let tenant: Tenant;
const unknown = ["Mars/Olympus_Mons", "US/Pacific-New", "Etc/Unknown", ""];

async function make(name: string, timezone: string) {
  return await call<Agent>("createAgent", {
    params: { workspaceId: tenant.id },
    as: tenant.as,
    body: { name, type: "bot", timezone },
  });
}

beforeAll(async () => {
  tenant = await makeTenant();
  expect((await make("known", "Asia/Calcutta")).status).toBe(201);
  for (const zone of unknown) {
    const { body } = await make(`in "${zone}"`, "UTC");
    await database.query("UPDATE agents SET timezone = :zone WHERE id = :id::uuid", { zone, id: body.id });
  }
});

describe("a time zone that the zone data does not include", () => {
  it.each(["US/Pacific-New", "Canada/East-Saskatchewan", "Etc/Unknown", "SystemV/EST5", "Mars/Olympus_Mons"])(
    "is rejected: %s",
    async (zone) => {
      const answer = await make("new", zone);
      expect(answer).toMatchObject({ status: 422, body: { code: "InvalidAgent" } });
    },
  );

  it("stores aliases as they were sent", async () => {
    const { results } = (await list(tenant, { name: "known" })).body;
    expect(results.filter(({ name }) => name === "known")).toMatchObject([{ timezone: "Asia/Calcutta" }]);
  });

  it("breaks no list, filter, export or page if a database row contains it", async () => {
    const everybody = ["known", ...unknown.map((zone) => `in "${zone}"`)].sort();
    expect(namesOf(await list(tenant, { inHours: "true", limit: "100" })).sort()).toEqual(everybody);
    expect(namesOf(await list(tenant, { inHours: "false" }))).toEqual([]);
    const all = await call<{ results: { id: string; name: string }[] }>("listAllAgents", {
      params: { workspaceId: tenant.id },
      as: tenant.as,
    });
    expect(all.body.results.map(({ name }) => name).sort()).toEqual(everybody);
    for (const { id, name } of all.body.results) {
      const params = { workspaceId: tenant.id, agentId: id };
      const answer = await call<Agent>("getAgent", { params, as: tenant.as });
      expect(answer, name).toMatchObject({ status: 200, body: { name } });
      const changed = await call<Agent>("patchAgent", { params, as: tenant.as, body: { bio: "New" } });
      expect(changed, name).toMatchObject({ status: 200, body: { timezone: answer.body.timezone } });
    }
  });
});
