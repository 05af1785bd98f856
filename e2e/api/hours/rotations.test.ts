import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { call } from "@/e2e/support/api/client";
import { describeEntityTags } from "@/e2e/support/api/entity-tags";
import {
  expectRefusal,
  ledger,
  makeAgent,
  makeWorkspace,
  sql,
  type TestWorkspace,
} from "@/e2e/support/api/fixtures";
import type { Shift } from "@/lib/hours/shifts/contract";
import type { PlannedShift } from "@/lib/hours/shifts/hours-contract";
import type { Rotation } from "@/lib/hours/shifts/rotations-contract";

const interval = (from: number, to: number) => ({
  from: { hour: from, minute: 0 },
  to: { hour: to, minute: 0 },
});
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

let here: TestWorkspace;
let early: string;
let night: string;
const shift = async (name: string, from: number, to: number) => {
  const body = { name, intervals: [interval(from, to)] };
  return (await call<Shift>("createShift", { params: { workspaceId: here.id }, as: here.key, body })).body.id;
};
beforeAll(async () => {
  here = await makeWorkspace();
  early = await shift("Early", 6, 14);
  night = await shift("Night", 22, 6);
});

const params = (rotationId?: string) => ({ workspaceId: here.id, ...(rotationId ? { rotationId } : {}) });
const draft = () => ({
  name: `Rotation ${randomUUID()}`,
  startDate: "2026-01-05",
  weeks: [{ monday: early }],
});
const create = (body: Record<string, unknown> = {}) =>
  call<Rotation>("createRotation", {
    params: params(),
    as: here.supervisor.auth,
    body: { ...draft(), ...body },
  });
const get = (id: string, headers = {}) =>
  call<Rotation>("getRotation", { params: params(id), as: here.key, headers });
const patch = (id: string, body: unknown, headers = {}) =>
  call<Rotation>("patchRotation", { params: params(id), as: here.supervisor.auth, body, headers });
const put = (id: string, members: unknown, headers = {}) =>
  call<Rotation>("putRotationMembers", {
    params: params(id),
    as: here.supervisor.auth,
    body: { members },
    headers,
  });
const remove = (id: string, headers = {}) =>
  call("deleteRotation", { params: params(id), as: here.supervisor.auth, headers });
const bot = async () => (await makeAgent(here, { timezone: "UTC", weeklySchedule: {} })).id;
const startsOf = async (agentId: string, from: string, to: string) =>
  (
    await call<{ results: PlannedShift[] }>("listAgentShifts", {
      params: { workspaceId: here.id, agentId },
      query: { from, to },
      as: here.key,
    })
  ).body.results.map(({ date, name }) => `${date} ${name}`);

describe("a rotation", () => {
  it("repeats its weeks, ahead by each member's offset, within each membership", async () => {
    const [one, other] = [await bot(), await bot()];
    const answer = await create({
      weeks: [{ monday: early }, { monday: night, sunday: night }],
      members: [{ agentId: one }, { agentId: other, offset: 1, from: "2026-01-12", until: "2026-01-18" }],
    });
    expect(answer.status).toBe(201);
    expect(answer.body.members).toMatchObject([
      { agentId: one, offset: 0 },
      { agentId: other, offset: 1, from: "2026-01-12", until: "2026-01-18" },
    ]);
    expect(answer.body.agentCount).toBe(1);
    expect((await get(answer.body.id)).body).toEqual(answer.body);
    expect(await startsOf(one, "2025-12-29", "2026-01-25")).toEqual([
      "2026-01-05 Early",
      "2026-01-12 Night",
      "2026-01-18 Night",
      "2026-01-19 Early",
    ]);
    expect(await startsOf(other, "2026-01-05", "2026-01-25")).toEqual(["2026-01-12 Early"]);
  });

  it("changes from a date on, and never in the past", async () => {
    const agentId = await bot();
    const { id } = (await create({ weeks: [{ monday: early }], members: [{ agentId }] })).body;
    const before = await startsOf(agentId, inDays(-40), inDays(-1));
    expect(before.length).toBeGreaterThan(4);
    const weeks = [{ tuesday: night }];
    expectRefusal(await patch(id, { weeks, effectiveFrom: inDays(-3) }), 422, "InvalidRotation", [
      "effectiveFrom",
    ]);
    expectRefusal(await patch(id, { effectiveFrom: inDays(20) }), 422, "InvalidRotation", ["effectiveFrom"]);
    const far = await patch(id, { weeks, effectiveFrom: inDays(20) });
    expect(far.body.versions).toEqual([
      { from: "2026-01-05", weeks: [{ monday: early }] },
      { from: inDays(20), weeks },
    ]);
    expect(far.body.weeks).toEqual([{ monday: early }]);
    const now = await patch(id, { weeks: [{}] });
    expect(now.body.versions).toHaveLength(2);
    expect(now.body.weeks).toEqual([{}]);
    expect(await startsOf(agentId, inDays(-40), inDays(-1))).toEqual(before);
    expect(await startsOf(agentId, inDays(1), inDays(40))).toEqual([]);
    expect((await ledger(agentId)).filter(({ fields }) => fields.rotation)).toHaveLength(3);
  });

  it("is made of shifts and agents of the workspace", async () => {
    const elsewhere = await makeWorkspace();
    const theirs = (await makeAgent(elsewhere)).id;
    const unknown = randomUUID();
    expectRefusal(await create({ weeks: [{}, { friday: unknown, monday: early }] }), 422, "InvalidRotation", [
      "weeks.1.friday",
    ]);
    expectRefusal(await create({ members: [{ agentId: theirs }] }), 422, "InvalidRotation", [
      "members.0.agentId",
    ]);
    const { id } = (await create()).body;
    expectRefusal(await patch(id, { weeks: [{ sunday: unknown }] }), 422, "InvalidRotation", [
      "weeks.0.sunday",
    ]);
    const early2025 = { agentId: await bot(), until: "2025-12-31" };
    expectRefusal(await put(id, [early2025]), 422, "InvalidRotation", ["members.0.until"]);
    const other = { params: { workspaceId: elsewhere.id, rotationId: id }, as: elsewhere.key };
    expectRefusal(await call("getRotation", other), 404, "RotationNotFound");
    expectRefusal(
      await call("putRotationMembers", { ...other, body: { members: [] } }),
      404,
      "RotationNotFound",
    );
  });

  it("has a name of its own", async () => {
    const name = `Crew ${randomUUID()}`;
    const { id } = (await create({ name })).body;
    expectRefusal(await create({ name: name.toUpperCase() }), 409, "RotationAlreadyExists");
    const other = (await create()).body.id;
    expectRefusal(await patch(other, { name }), 409, "RotationAlreadyExists");
    expect((await patch(id, { name, timezone: "Asia/Tokyo" })).body.timezone).toBe("Asia/Tokyo");
    expect((await patch(id, { timezone: null })).body).not.toHaveProperty("timezone");
  });
});

describe("the members of a rotation", () => {
  it("are in one rotation at a time", async () => {
    const agentId = await bot();
    const [first, second] = [(await create()).body.id, (await create()).body.id];
    expect((await put(first, [{ agentId, from: "2026-01-05", until: "2026-06-30" }])).status).toBe(200);
    expectRefusal(await put(second, [{ agentId, from: "2026-06-30" }]), 409, "RotationOverlaps", [
      "members.0",
    ]);
    expectRefusal(
      await create({ members: [{ agentId: await bot() }, { agentId }] }),
      409,
      "RotationOverlaps",
      ["members.1"],
    );
    const later = { agentId, from: "2026-07-01" };
    expect((await put(second, [later])).status).toBe(200);
    expectRefusal(await put(second, [later, { agentId, from: "2026-09-01" }]), 409, "RotationOverlaps", [
      "members.1",
    ]);
    // It starts later, so the membership does, too.
    const next = await create({ startDate: "2027-01-04", members: [] });
    expect((await put(second, [{ ...later, until: "2027-01-03" }])).status).toBe(200);
    const put3 = await put(next.body.id, [{ agentId }]);
    expect(put3.status).toBe(200);
    expect(put3.body.members).toMatchObject([{ agentId, offset: 0 }]);
    expect(put3.body.members[0]).not.toHaveProperty("from");
  });

  it("keep the shifts of the past when they leave, change weeks or join, unless other dates are given", async () => {
    const [leaves, turns, joins] = [await bot(), await bot(), await bot()];
    const weeks = [{ monday: early }, { monday: night }];
    const { id } = (await create({ weeks, members: [{ agentId: leaves }, { agentId: turns }] })).body;
    const pastOf = (agentId: string) => startsOf(agentId, inDays(-60), inDays(-1));
    const before = await pastOf(leaves);
    expect(before.length).toBeGreaterThan(6);
    const future = await startsOf(turns, inDays(1), inDays(29));
    const changed = await put(id, [{ agentId: turns, offset: 1 }, { agentId: joins }]);
    expect(changed.body.agentCount).toBe(2);
    for (const agentId of [leaves, turns]) expect(await pastOf(agentId)).toEqual(before);
    expect(await pastOf(joins)).toEqual([]);
    expect(await startsOf(leaves, inDays(1), inDays(29))).toEqual([]);
    expect(await startsOf(joins, inDays(1), inDays(29))).toEqual(future);
    expect(await startsOf(turns, inDays(1), inDays(29))).not.toEqual(future);
    expect((await ledger(leaves)).at(-1)?.fields.rotation).toMatchObject({ after: [{ id }] });

    // As read, and without what has ended, nothing changes.
    const echo = changed.body.members.map(({ id: _, ...member }) => member);
    expect((await put(id, echo)).body).toEqual(changed.body);
    const current = echo.filter(({ until }) => until === undefined);
    expect(current).toHaveLength(2);
    expect((await put(id, current)).body).toEqual(changed.body);

    const corrected = [...current, { agentId: joins, from: inDays(-14), until: inDays(-8) }];
    expect((await put(id, corrected)).status).toBe(200);
    expect(await pastOf(joins)).toHaveLength(1);
    const over = [{ agentId: joins, offset: 3, until: inDays(-8) }];
    expectRefusal(await put(id, over), 422, "InvalidRotation", ["members.0.until"]);
  });

  it("join one of two rotations if both are written at once", async () => {
    for (let attempt = 0; attempt < 5; attempt++) {
      const agentId = await bot();
      const ids = await Promise.all([1, 2, 3].map(async () => (await create()).body.id));
      const answers = await Promise.all(ids.map((id) => put(id, [{ agentId }])));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
      const [{ count } = { count: 0 }] = await sql<{ count: number }>(
        "SELECT count(*)::int AS count FROM rotation_members WHERE agent_id = $1",
        [agentId],
      );
      expect(count).toBe(1);
    }
  });

  it("keep their ids and get a ledger entry only if their membership changes", async () => {
    const [stays, leaves, joins] = [await bot(), await bot(), await bot()];
    const made = (await create({ members: [{ agentId: stays, offset: 2 }, { agentId: leaves }] })).body;
    const entries = async (id: string) => (await ledger(id)).filter(({ fields }) => fields.rotation);
    expect(await entries(stays)).toHaveLength(1);
    const { members } = (await put(made.id, [{ agentId: joins }, { agentId: stays, offset: 2 }])).body;
    expect(members.find(({ agentId }) => agentId === stays)?.id).toBe(made.members[0]?.id);
    expect(await entries(stays)).toHaveLength(1);
    expect((await entries(leaves)).at(-1)?.fields.rotation).toMatchObject({ before: [{ id: made.id }] });
    expect((await entries(joins)).at(-1)?.fields.rotation).toMatchObject({ after: [{ id: made.id }] });
    const events = await sql("SELECT 1 FROM events WHERE type = 'agent.updated' AND resource_id = $1", [
      joins,
    ]);
    expect(events.length).toBe(1);
  });

  it("leave when the agent or the rotation is deleted", async () => {
    const [one, other] = [await bot(), await bot()];
    const { id } = (await create({ members: [{ agentId: one }, { agentId: other }] })).body;
    await call("deleteAgent", { params: { workspaceId: here.id, agentId: one }, as: here.key });
    expect((await get(id)).body.members).toMatchObject([{ agentId: other }]);
    expect(await startsOf(other, "2026-01-05", "2026-01-11")).toEqual(["2026-01-05 Early"]);
    expect((await remove(id)).status).toBe(204);
    expectRefusal(await get(id), 404, "RotationNotFound");
    expect(await startsOf(other, "2026-01-05", "2026-01-11")).toEqual([]);
    expect((await ledger(other)).at(-1)?.fields.rotation).toMatchObject({ before: [{ id }] });
  });
});

describeEntityTags("rotation", {
  make: () => create(),
  get,
  patch: (id, headers, body = { name: randomUUID() }) => patch(id, body, headers),
  remove,
});
