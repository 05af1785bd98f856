import { beforeEach, describe, expect, it } from "vitest";
import { call } from "@/e2e/support/api/client";
import {
  etagOf,
  expectRefusal,
  makeAgent,
  makeWorkspace,
  sql,
  type TestWorkspace,
} from "@/e2e/support/api/fixtures";
import type { AvailabilityPolicyAnswer, PolicyPreview } from "@/lib/availability/effective/contract";
import type { AuditPage } from "@/lib/records/audit/contract";

let here: TestWorkspace;
beforeEach(async () => {
  here = await makeWorkspace();
});

const get = (headers: Record<string, string> = {}) =>
  call<AvailabilityPolicyAnswer>("getAvailabilityPolicy", {
    params: { workspaceId: here.id },
    as: here.agent.auth,
    headers,
  });

const patch = (body: unknown, headers: Record<string, string> = {}) =>
  call<AvailabilityPolicyAnswer>("patchAvailabilityPolicy", {
    params: { workspaceId: here.id },
    as: here.supervisor.auth,
    body,
    headers,
  });

const defaults = {
  presence: "off",
  idleAfterMinutes: null,
  missedOffers: 2,
  enforceHours: true,
  allow: { absent: ["email"], idle: ["email"], notResponding: ["email"] },
  reassignOnLeave: null,
};

const preview = (body: unknown, as = here.agent.auth) =>
  call<PolicyPreview>("previewAvailabilityPolicy", { params: { workspaceId: here.id }, as, body });

describe("a preview of the availability policy", () => {
  /** One agent at work, one out of hours and one on a break; the supervisor is away. */
  beforeEach(async () => {
    const set = (agentId: string, body: unknown) =>
      call("patchAgent", { params: { workspaceId: here.id, agentId }, as: here.key, body });
    await set(here.agent.agentId, { status: "active", weeklySchedule: {} });
    const [working, resting] = [await makeAgent(here), await makeAgent(here)];
    for (const { id } of [working, resting]) await set(id, { status: "active" });
    await call("patchAvailability", {
      params: { workspaceId: here.id, agentId: resting.id },
      as: here.key,
      body: { activity: "onBreak" },
    });
  });

  it("counts open channels before and after the change, and saves nothing", async () => {
    const same = { before: 1, after: 1 };
    const none = await preview({});
    expect(none.body).toEqual({
      at: expect.any(String),
      agents: 4,
      channels: { messaging: same, email: same, voice: same },
    });
    const hours = await preview({ enforceHours: false });
    const more = { before: 1, after: 2 };
    expect(hours.body.channels).toEqual({ messaging: more, email: more, voice: more });
    const email = await preview({ allow: { outOfHours: ["email"], onBreak: ["email"] } });
    expect(email.body.channels).toEqual({ messaging: same, email: { before: 1, after: 3 }, voice: same });
    expect((await get()).body).toMatchObject(defaults);
  });

  it("starts from the policy in effect", async () => {
    await patch({ enforceHours: false });
    const { body } = await preview({ enforceHours: true });
    expect(body.channels.voice).toEqual({ before: 2, after: 1 });
  });

  it("refuses what a change would refuse, and other workspaces", async () => {
    expectRefusal(await preview({ allow: { suspended: ["email"] } }), 422, "InvalidAvailabilityPolicy", [
      "allow.suspended",
    ]);
    const other = await makeWorkspace();
    expectRefusal(await preview({}, other.supervisor.auth), 404, "WorkspaceNotFound");
  });
});

describe("the availability policy", () => {
  it("has defaults, dated like the workspace", async () => {
    const [row] = await sql<{ createdAt: Date }>(
      `SELECT created_at AS "createdAt" FROM workspaces WHERE id = $1`,
      [here.id],
    );
    expect((await get()).body).toEqual({ ...defaults, updatedAt: row?.createdAt.toISOString() });
  });

  it("keeps what a change leaves out, and replaces `allow` as a whole", async () => {
    const all = {
      presence: "gate",
      idleAfterMinutes: 15,
      missedOffers: null,
      enforceHours: false,
      allow: { outOfHours: ["voice", "email"], onBreak: [] },
      reassignOnLeave: { messaging: 0, voice: 86_400 },
    };
    expect((await patch(all)).body).toMatchObject(all);
    const changed = await patch({
      allow: { idle: ["email"] },
      idleAfterMinutes: null,
      reassignOnLeave: { email: 60 },
    });
    expect(changed.body).toEqual({
      ...all,
      reassignOnLeave: { email: 60 },
      idleAfterMinutes: null,
      allow: { idle: ["email"] },
      updatedAt: expect.any(String),
    });
    expect((await get()).body).toEqual(changed.body);
    expect((await patch({ reassignOnLeave: null })).body.reassignOnLeave).toBeNull();
  });

  it("is the same after a change without effect", async () => {
    const before = await patch({ missedOffers: 3 });
    const after = await patch({ missedOffers: 3, allow: defaults.allow });
    expect(after.body).toEqual(before.body);
    expect(etagOf(after)).toBe(etagOf(before));
  });

  it("checks If-Match and If-None-Match", async () => {
    const etag = etagOf(await get());
    expect((await get({ "If-None-Match": etag })).status).toBe(304);
    expect((await patch({ enforceHours: false }, { "If-Match": etag })).status).toBe(200);
    expectRefusal(await patch({ enforceHours: true }, { "If-Match": etag }), 412, "PreconditionFailed");
    expect((await get()).body.enforceHours).toBe(false);
    expect((await get({ "If-None-Match": etag })).status).toBe(200);
  });

  it("lets only one of several changes of the same state through", async () => {
    const etag = etagOf(await get());
    const answers = await Promise.all(
      [3, 4, 5, 6].map((missedOffers) => patch({ missedOffers }, { "If-Match": etag })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
  });

  it.each([
    [{ presence: "on" }, ["presence"]],
    [{ idleAfterMinutes: 0, missedOffers: 11 }, ["idleAfterMinutes", "missedOffers"]],
    [{ idleAfterMinutes: 240.5 }, ["idleAfterMinutes"]],
    [{ idleAfterMinutes: 241 }, ["idleAfterMinutes"]],
    [{ missedOffers: 0 }, ["missedOffers"]],
    [{ enforceHours: null }, ["enforceHours"]],
    [
      { reassignOnLeave: { messaging: 86_401, voice: -1 } },
      ["reassignOnLeave.messaging", "reassignOnLeave.voice"],
    ],
    [{ reassignOnLeave: { email: 1.5, sms: 1 } }, ["reassignOnLeave.email", "reassignOnLeave.sms"]],
    [{ reassignOnLeave: { email: null } }, ["reassignOnLeave.email"]],
    [{ reassignOnLeave: 60 }, ["reassignOnLeave"]],
    [{ allow: null }, ["allow"]],
    [{ allow: [] }, ["allow"]],
    [{ allow: { suspended: ["email"] } }, ["allow.suspended"]],
    [{ allow: { timeOff: ["email"], atCapacity: [] } }, ["allow.atCapacity", "allow.timeOff"]],
    [{ allow: { idle: ["fax"] } }, ["allow.idle"]],
    [{ allow: { idle: ["email", "email"] } }, ["allow.idle"]],
    [{ allow: { idle: null, absent: "email" } }, ["allow.absent", "allow.idle"]],
    [{ updatedAt: "2026-01-01T00:00:00.000Z" }, ["updatedAt"]],
  ])("refuses %j", async (body, fields) => {
    const answer = await patch(body);
    expectRefusal(answer, 422, "InvalidAvailabilityPolicy");
    expect(Object.keys((answer.body as unknown as { details: object }).details).sort()).toEqual(fields);
    expect((await get()).body).toMatchObject(defaults);
  });

  it("records changes in the audit log, but none without effect", async () => {
    await patch({ presence: "sync", missedOffers: 2 });
    await patch({ presence: "sync" });
    const { body } = await call<AuditPage>("listAuditEvents", {
      params: { workspaceId: here.id },
      query: { actions: "availabilityPolicy.changed" },
      as: here.supervisor.auth,
    });
    expect(body.results.map(({ target, details, outcome }) => ({ target, details, outcome }))).toEqual([
      {
        target: { type: "availabilityPolicy", id: here.id },
        details: { fields: ["presence"] },
        outcome: "ok",
      },
    ]);
  });
});
