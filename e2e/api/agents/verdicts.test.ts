import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { call } from "@/e2e/support/api/client";
import { expectRefusal, makeAgent, makeWorkspace, type TestWorkspace } from "@/e2e/support/api/fixtures";
import type { AvailabilityExplanation } from "@/lib/availability/effective/contract";
import type { AgentVerdicts } from "@/lib/availability/effective/verdicts-contract";

let here: TestWorkspace;
beforeAll(async () => {
  here = await makeWorkspace();
});

const verdicts = (agentIds: readonly string[] | undefined, as = here.viewer.auth) =>
  call<AgentVerdicts>("listVerdicts", {
    params: { workspaceId: here.id },
    ...(agentIds ? { query: { agentIds } } : {}),
    as,
  });

async function declare(agentId: string, body: unknown): Promise<void> {
  const params = { workspaceId: here.id, agentId };
  expect((await call("patchAvailability", { params, as: here.key, body })).status).toBe(200);
}

describe("verdicts", () => {
  it("give the same codes as the explanation of each agent", async () => {
    const agents = await Promise.all(Array.from({ length: 4 }, () => makeAgent(here)));
    const [open, busy, off] = agents.map(({ id }) => id) as [string, string, string, string];
    await declare(open, { status: "active" });
    await declare(busy, { status: "active", activity: "onCall" });
    const params = { workspaceId: here.id, agentId: off };
    await call("patchAgent", { params, as: here.key, body: { weeklySchedule: {} } });

    const ids = [...agents.map(({ id }) => id), here.agent.agentId];
    const { status, body } = await verdicts([...ids, open]);
    expect(status).toBe(200);
    expect(Math.abs(Date.parse(body.at) - Date.now())).toBeLessThan(60_000);
    const found = new Map(body.results.map(({ agentId, closedBy }) => [agentId, closedBy]));
    expect([...found.keys()].sort()).toEqual([...ids].sort());
    expect(found.get(open)).toEqual({ messaging: [], email: [], voice: [] });
    expect(found.get(busy)?.voice).toEqual(["onCall"]);
    for (const agentId of ids) {
      const { body: why } = await call<AvailabilityExplanation>("explainAvailability", {
        params: { workspaceId: here.id, agentId },
        as: here.viewer.auth,
      });
      for (const channel of ["messaging", "email", "voice"] as const)
        expect(found.get(agentId)?.[channel]).toEqual(why.channels[channel]?.closedBy);
    }
  });

  it("leave out agents that do not exist, and those of another workspace", async () => {
    const other = await makeWorkspace();
    const foreign = await makeAgent(other);
    const { status, body } = await verdicts([randomUUID(), foreign.id, here.agent.agentId]);
    expect(status).toBe(200);
    expect(body.results.map(({ agentId }) => agentId)).toEqual([here.agent.agentId]);
  });

  it("take from 1 to 200 ids", async () => {
    const many = (count: number) => Array.from({ length: count }, () => randomUUID());
    expect((await verdicts(many(200))).body.results).toEqual([]);
    for (const [ids, problem] of [
      [undefined, "is required."],
      [many(201), "must have from 1 to 200 ids."],
    ] as const) {
      const refused = await verdicts(ids);
      expectRefusal(refused, 400, "InvalidQuery");
      expect(refused.body).toMatchObject({ details: { agentIds: [problem] } });
    }
    expectRefusal(await verdicts(["none"]), 400, "InvalidQuery");
  });
});
