import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { call } from "@/e2e/support/api/client";
import {
  etagOf,
  expectRefusal,
  ledger,
  makeAgent,
  makePreset,
  makeWorkspace,
  sessionCookie,
  sql,
  type TestWorkspace,
} from "@/e2e/support/api/fixtures";
import type { Availability } from "@/lib/availability/declared/contract";
import type { AvailabilityExplanation } from "@/lib/availability/effective/contract";

let here: TestWorkspace;
let elsewhere: TestWorkspace;
let lunch: string;
beforeAll(async () => {
  [here, elsewhere] = await Promise.all([makeWorkspace(), makeWorkspace()]);
  lunch = await makePreset(here.id, { seconds: 1800 });
});

const put = (agentId: string, body: unknown, as = here.key, headers: Record<string, string> = {}) =>
  call<Availability>("putPreset", { params: { workspaceId: here.id, agentId }, as, body, headers });
const withdraw = (agentId: string, as = here.key) =>
  call("deletePreset", { params: { workspaceId: here.id, agentId }, as });
const get = (agentId: string) =>
  call<Availability>("getAvailability", { params: { workspaceId: here.id, agentId }, as: here.key });
const next = async (agentId: string) =>
  (
    await call<AvailabilityExplanation>("explainAvailability", {
      params: { workspaceId: here.id, agentId },
      as: here.viewer.auth,
    })
  ).body.next;
const setOpen = (agentId: string, messaging: number, email = 0) =>
  sql(
    `UPDATE agent_states SET messaging_count = $2, email_count = $3, assigned_count = $2::int + $3::int WHERE agent_id = $1`,
    [agentId, messaging, email],
  );
const busy = async (messaging = 1, email = 0) => {
  const { id } = await makeAgent(here);
  await setOpen(id, messaging, email);
  return id;
};

describe("choosing a preset now", () => {
  it("sets status, activity, time and text, in one change", async () => {
    const { id } = await makeAgent(here);
    const answer = await put(id, { presetId: lunch, when: "now" });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ status: "active", activity: "onBreak", activityTtl: 1800 });
    expect(answer.body).not.toHaveProperty("activityText");
    expect(etagOf(answer)).toMatch(/^"2\./);
    expect(await next(id)).toBeUndefined();
    expect(await ledger(id)).toHaveLength(2);
  });

  it("clears what the activity before had, and takes its own time and text", async () => {
    const { id } = await makeAgent(here);
    await put(id, { presetId: lunch, when: "now", activityTtl: 60, activityText: "Soup" });
    expect((await get(id)).body).toMatchObject({ activityText: "Soup" });
    const later = await put(id, { presetId: lunch, when: "now", activityTtl: null });
    expect(later.body).not.toHaveProperty("activityText");
    expect(later.body).not.toHaveProperty("activityTtl");
  });

  it("withdraws what is pending, even if nothing else changes", async () => {
    const id = await busy();
    const free = await makePreset(here.id, { status: "away", activity: "available", seconds: null });
    await put(id, { presetId: lunch, when: "afterConversations" });
    await put(id, { presetId: free, when: "now" });
    expect(await next(id)).toBeUndefined();
  });
});

describe("choosing a preset for after the conversations", () => {
  it("waits for messaging, not for email, and shows the preset as next", async () => {
    const id = await busy(2, 1);
    const before = await get(id);
    const answer = await put(id, { presetId: lunch, when: "afterConversations" });
    expect(answer.body).toEqual(before.body);
    expect(etagOf(answer)).toBe(etagOf(before));
    expect(await next(id)).toEqual({ presetId: lunch, when: "afterConversations" });
    await setOpen(id, 1, 1);
    expect((await get(id)).body.activity).toBe("available");
    await setOpen(id, 0, 1);
    expect((await get(id)).body).toMatchObject({ status: "active", activity: "onBreak" });
    expect(await next(id)).toBeUndefined();
    const entry = (await ledger(id)).at(-1);
    expect(entry).toMatchObject({
      cause: "api",
      fields: { activity: { before: "available", after: "onBreak" }, activityTtl: { after: 1800 } },
    });
  });

  it("applies at once if no messaging conversation is open", async () => {
    const id = await busy(0, 3);
    const answer = await put(id, { presetId: lunch, when: "afterConversations", activityText: "Soup" });
    expect(answer.body).toMatchObject({ activity: "onBreak", activityText: "Soup" });
    expect(await next(id)).toBeUndefined();
  });

  it("keeps the time and text of the choice, also if the preset changes meanwhile", async () => {
    const id = await busy();
    const presetId = await makePreset(here.id);
    await put(id, { presetId, when: "afterConversations", activityTtl: 60, activityText: "Soup" });
    await call("patchStatus", {
      params: { workspaceId: here.id, statusId: presetId },
      as: here.key,
      body: { activity: "busy" },
    });
    await setOpen(id, 0);
    expect((await get(id)).body).toMatchObject({ activity: "onBreak", activityText: "Soup" });
  });

  it("is withdrawn by DELETE, as often as one likes, and by any later change", async () => {
    const id = await busy();
    await put(id, { presetId: lunch, when: "afterConversations" });
    for (let time = 0; time < 2; time++) expect((await withdraw(id)).status).toBe(204);
    expect(await next(id)).toBeUndefined();
    await put(id, { presetId: lunch, when: "afterConversations" });
    await call("patchAgent", {
      params: { workspaceId: here.id, agentId: id },
      as: here.key,
      body: { bio: "Not availability" },
    });
    expect(await next(id)).toBeDefined();
    await call("patchAgent", {
      params: { workspaceId: here.id, agentId: id },
      as: here.key,
      body: { status: "active" },
    });
    expect(await next(id)).toBeUndefined();
    await setOpen(id, 0);
    expect((await get(id)).body.activity).toBe("available");
  });

  it("goes when the preset or the agent is deleted", async () => {
    const [one, other] = [await busy(), await busy()];
    const presetId = await makePreset(here.id);
    for (const id of [one, other]) await put(id, { presetId, when: "afterConversations" });
    const status = { workspaceId: here.id, statusId: presetId };
    expect((await call("getStatusUsage", { params: status, as: here.key })).body).toEqual({ waiting: 2 });
    await call("deleteAgent", { params: { workspaceId: here.id, agentId: other }, as: here.key });
    expect((await call("getStatusUsage", { params: status, as: here.key })).body).toEqual({ waiting: 1 });
    await call("deleteStatus", { params: status, as: here.key });
    expect(await next(one)).toBeUndefined();
  });

  it("names who chose it in the ledger, not who closed the conversation", async () => {
    const id = here.agent.agentId;
    await setOpen(id, 1);
    const cookie = await sessionCookie(here.agent);
    const answer = await call("putPreset", {
      params: { workspaceId: here.id, agentId: "me" },
      body: { presetId: lunch, when: "afterConversations" },
      headers: { Cookie: cookie, "Sec-Fetch-Site": "same-origin" },
    });
    expect(answer.status).toBe(200);
    await setOpen(id, 0);
    const entry = (await ledger(id)).at(-1);
    expect(entry).toMatchObject({ cause: "user", actorKind: "user", actorId: here.agent.id });
  });
});

describe("a choice of a preset", () => {
  it.each([
    [{}, ["presetId", "when"]],
    [{ when: "later" }, ["presetId", "when"]],
    [{ presetId: "lunch", when: "now" }, ["presetId"]],
    [{ presetId: null, when: null }, ["presetId", "when"]],
    [{ presetId: randomUUID(), when: "now", activity: "busy" }, ["activity"]],
    [
      { presetId: randomUUID(), when: "now", activityTtl: 0, activityText: 7 },
      ["activityText", "activityTtl"],
    ],
    [{ presetId: randomUUID(), when: "afterConversations" }, ["presetId"]],
    [[], [""]],
  ])("is refused as %j", async (body, paths) => {
    const { id } = await makeAgent(here);
    expectRefusal(await put(id, body), 422, "InvalidAvailability", paths);
    expect(etagOf(await get(id))).toMatch(/^"1\./);
  });

  it("is refused with a preset of another workspace, as with none", async () => {
    const { id } = await makeAgent(here);
    const theirs = await makePreset(elsewhere.id);
    const answer = await put(id, { presetId: theirs, when: "now" });
    expectRefusal(answer, 422, "InvalidAvailability", ["presetId"]);
    expect(answer.body).toEqual((await put(id, { presetId: randomUUID(), when: "now" })).body);
  });

  it("is refused with a time for a preset that is available", async () => {
    const id = await busy();
    const presetId = await makePreset(here.id, { activity: "available", seconds: null });
    for (const when of ["now", "afterConversations"])
      expectRefusal(await put(id, { presetId, when, activityTtl: 60 }), 422, "InvalidAvailability", [
        "activityTtl",
      ]);
    expect(await next(id)).toBeUndefined();
  });

  it("checks If-Match", async () => {
    const id = await busy();
    const etag = etagOf(await get(id));
    const pending = { presetId: lunch, when: "afterConversations" };
    expect((await put(id, pending, here.key, { "If-Match": etag })).status).toBe(200);
    await put(id, { presetId: lunch, when: "now" }, here.key, { "If-Match": etag });
    for (const body of [pending, { presetId: lunch, when: "now" }])
      expectRefusal(await put(id, body, here.key, { "If-Match": etag }), 412, "PreconditionFailed");
  });

  it("is made for oneself by agents, and for others only with availability.write", async () => {
    const body = { presetId: lunch, when: "now" };
    expect((await put("me", body, here.agent.auth)).status).toBe(200);
    expect((await withdraw("me", here.agent.auth)).status).toBe(204);
    const { id } = await makeAgent(here);
    for (const as of [here.agent.auth, here.viewer.auth]) {
      expectRefusal(await put(id, body, as), 403, "Forbidden");
      expectRefusal(await withdraw(id, as), 403, "Forbidden");
    }
    expectRefusal(await put("me", body, here.key), 404, "AgentNotFound");
    expectRefusal(await withdraw(randomUUID()), 404, "AgentNotFound");
    expectRefusal(await put(elsewhere.agent.agentId, body), 404, "AgentNotFound");
  });

  it("can't activate a suspended person's agent", async () => {
    const suspended = await makeWorkspace();
    await call("patchUser", {
      params: { workspaceId: suspended.id, userId: suspended.agent.id },
      as: suspended.key,
      body: { status: "suspended" },
    });
    const active = await makePreset(suspended.id);
    const away = await makePreset(suspended.id, { status: "away" });
    const { agentId } = suspended.agent;
    const choose = (presetId: string, when: string) =>
      call("putPreset", {
        params: { workspaceId: suspended.id, agentId },
        as: suspended.key,
        body: { presetId, when },
      });
    for (const when of ["now", "afterConversations"])
      expectRefusal(await choose(active, when), 409, "PersonSuspended");
    expect((await choose(away, "now")).status).toBe(200);
  });
});
