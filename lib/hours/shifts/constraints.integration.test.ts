import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { createRotationRepository } from "@/lib/hours/shifts/server/rotation-repository";
import { createShiftRepository } from "@/lib/hours/shifts/server/shift-repository";
import { createSwapRepository } from "@/lib/hours/shifts/server/swap-repository";
import type { ShiftSwapId } from "@/lib/hours/shifts/swaps-contract";
import { createDatabase } from "@/lib/platform/database/db";
import { type AgentId, type AuthorizedWorkspaceId, newId } from "@/lib/platform/ids";
import { testDatabaseUrl } from "@/lib/testing/environment";
import { combineRows, insertRows, makeAgent, makeWorkspace } from "@/lib/testing/factories";

// What the tables refuse even if a service doesn't check.
const db = createDatabase(testDatabaseUrl(), 3, () => {});
afterAll(() => db.close());

const rotations = createRotationRepository(db);
const shifts = createShiftRepository(db);
const swaps = createSwapRepository(db);
const now = new Date("2026-03-02T09:00:00Z");

let workspaceId: AuthorizedWorkspaceId;
let one: AgentId;
let other: AgentId;
beforeEach(async () => {
  workspaceId = newId<AuthorizedWorkspaceId>();
  [one, other] = [newId<AgentId>(), newId<AgentId>()];
  await insertRows(
    db.query,
    combineRows([
      makeWorkspace({ id: workspaceId, slug: workspaceId }),
      makeAgent({ workspaceId, id: one }),
      makeAgent({ workspaceId, id: other }),
    ]),
  );
});

async function rotation(weeks: Parameters<typeof rotations.setWeeks>[3] = [{}]): Promise<string> {
  const id = newId();
  await rotations.insert(workspaceId, id, { name: id, timezone: null, startDate: "2026-01-05" }, now);
  await rotations.setWeeks(workspaceId, id, "2026-01-05", weeks);
  return id;
}

const member = (agentId: AgentId, from: string, until: string | null) => ({
  id: newId(),
  agentId,
  offset: 0,
  from,
  until,
});

describe("the tables of shifts", () => {
  it("keep an agent in one rotation on a date", async () => {
    const [first, second] = [await rotation(), await rotation()];
    const add = (id: string, ...added: ReturnType<typeof member>[]) =>
      rotations.changeMembers(workspaceId, id, { removed: [], added });
    await add(first, member(one, "2026-01-05", "2026-02-28"));
    await expect(add(second, member(one, "2026-02-28", null))).rejects.toMatchObject({
      code: "RotationOverlaps",
    });
    await add(second, member(one, "2026-03-01", null), member(other, "2026-01-05", null));
    await expect(add(second, member(one, "2027-01-01", "2027-01-01"))).rejects.toMatchObject({
      code: "RotationOverlaps",
    });
  });

  it("let an agent offer a date once at a time", async () => {
    const offer = async () => {
      const id = newId<ShiftSwapId>();
      await swaps.insert(
        workspaceId,
        {
          id,
          agentId: one,
          date: "2026-04-01",
          withAgentId: null,
          withDate: null,
          note: null,
          offered: { timezone: "UTC", intervals: [] },
          inReturn: null,
        },
        now,
      );
      return id;
    };
    const id = await offer();
    await expect(offer()).rejects.toMatchObject({ code: "ShiftSwapAlreadyExists" });
    await swaps.settle(workspaceId, id, { state: "accepted", withAgentId: other }, now);
    await expect(offer()).rejects.toMatchObject({ code: "ShiftSwapAlreadyExists" });
    await swaps.settle(workspaceId, id, { state: "declined" }, now);
    await expect(offer()).resolves.toBeTruthy();
    await expect(
      swaps.settle(workspaceId, id, { state: "offered", withAgentId: one }, now),
    ).rejects.toThrow();
  });

  it("know which rotations use a shift, in any week of any version", async () => {
    const columns = { colour: "blue", worksOnHolidays: false, intervals: [{ from: 0, to: 60 }] } as const;
    const ids = ["Used", "Later", "Unused"].map((name) => ({ name, id: newId<never>() }));
    for (const { name, id } of ids)
      await shifts.insert(workspaceId, id, { ...columns, intervals: [...columns.intervals], name }, now);
    const [used, later, unused] = ids.map(({ id }) => id);
    if (!used || !later || !unused) throw new Error("three shifts were made");
    const id = await rotation([{}, { sunday: used }]);
    await rotations.setWeeks(workspaceId, id, "2026-06-01", [{ monday: later }]);
    await rotations.changeMembers(workspaceId, id, { removed: [], added: [member(one, "2026-01-05", null)] });
    expect(await shifts.usage(workspaceId, used)).toMatchObject([{ id, members: [{ agentId: one }] }]);
    expect(await shifts.usage(workspaceId, later)).toMatchObject([{ id, members: [{ agentId: one }] }]);
    expect(await shifts.usage(workspaceId, unused)).toEqual([]);
    expect((await shifts.find(workspaceId, used))?.agentCount).toBe(1);
  });
});
