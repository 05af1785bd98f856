import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { call, raw } from "@/e2e/support/api/client";
import {
  etagOf,
  expectRefusal,
  ledger,
  makeAgent,
  makeKey,
  makeMember,
  makeRole,
  makeWorkspace,
  managedRole,
  sessionCookie,
  type TestWorkspace,
  versionOf,
} from "@/e2e/support/api/fixtures";
import type { Agent } from "@/lib/agents/agents/contract";
import type { Availability } from "@/lib/availability/declared/contract";
import { activities } from "@/lib/availability/declared/values";

let here: TestWorkspace;
let elsewhere: TestWorkspace;

beforeAll(async () => {
  [here, elsewhere] = await Promise.all([makeWorkspace(), makeWorkspace()]);
});

const get = (agentId: string, as = here.viewer.auth, headers: Record<string, string> = {}) =>
  call<Availability>("getAvailability", { params: { workspaceId: here.id, agentId }, as, headers });

const patch = (
  agentId: string,
  body: unknown,
  { as = here.supervisor.auth, ifMatch }: { as?: string; ifMatch?: string } = {},
) =>
  call<Availability>("patchAvailability", {
    params: { workspaceId: here.id, agentId },
    as,
    body,
    headers: ifMatch === undefined ? {} : { "If-Match": ifMatch },
  });

/** Expects a change to succeed and its response to equal a later read, alone and inside the agent. */
async function change(agentId: string, body: unknown): Promise<Availability> {
  const answer = await patch(agentId, body);
  expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 200 });
  const { activityTtl: _, ...fixed } = answer.body;
  const read = await get(agentId);
  expect(read.body).toMatchObject(fixed);
  expect(etagOf(read)).toBe(etagOf(answer));
  const agent = await call<Agent>("getAgent", {
    params: { workspaceId: here.id, agentId },
    as: here.viewer.auth,
  });
  expect(agent.body).toMatchObject({ status: fixed.status, availability: fixed });
  return answer.body;
}

describe("the availability of an agent", () => {
  it("is the same by ID, by an uppercase ID, as `me` and inside the agent", async () => {
    const { agentId, auth } = here.agent;
    const byId = await get(agentId);
    expect(byId.status).toBe(200);
    for (const reference of [agentId.toUpperCase(), "me"])
      expect((await get(reference, auth)).body).toEqual(byId.body);
    const agent = await call<Agent>("getAgent", { params: { workspaceId: here.id, agentId }, as: auth });
    expect(agent.body.availability).toEqual(byId.body);
  });

  it("is initially away and available, with the time of creation", async () => {
    const { id, createdAt } = await makeAgent(here);
    expect((await get(id)).body).toEqual({
      status: "away",
      activity: "available",
      lastStatusSet: createdAt,
      lastActivitySet: createdAt,
      updatedAt: createdAt,
    });
  });

  it("returns 404 for unknown agents, other workspaces and `me` without an agent; 400 for a malformed ID", async () => {
    for (const body of [undefined, {}]) {
      const send = (agentId: string, as: string) => (body ? patch(agentId, body, { as }) : get(agentId, as));
      expectRefusal(await send(randomUUID(), here.key), 404, "AgentNotFound");
      expectRefusal(await send(elsewhere.agent.agentId, here.key), 404, "AgentNotFound");
      expectRefusal(await send("me", here.key), 404, "AgentNotFound");
      expectRefusal(await send(here.agent.agentId, elsewhere.key), 404, "WorkspaceNotFound");
      expectRefusal(await send("mine", here.key), 400, "BadRequest", ["agentId"]);
    }
    expectRefusal(await get("me", here.viewer.auth), 404, "AgentNotFound");
    expectRefusal(await patch("me", {}, { as: here.viewer.auth }), 403, "Forbidden");
  });

  it("returns 304 for its ETag", async () => {
    const { id } = await makeAgent(here);
    const answer = await patch(id, { activity: "busy", activityText: "Writing" });
    for (const tag of [etagOf(answer), `W/${etagOf(answer)}`, `"x", ${etagOf(answer)}`, "*"])
      expect((await get(id, here.key, { "If-None-Match": tag })).status).toBe(304);
    expect((await get(id, here.key, { "If-None-Match": '"1"' })).status).toBe(200);
  });

  it("is not cacheable while the activity has an end", async () => {
    const { id } = await makeAgent(here);
    const params = { workspaceId: here.id, agentId: id };
    const answer = await patch(id, { activity: "busy", activityTtl: 600, activityText: "Writing" });
    const before = answer.body.activityTtl ?? 0;
    await sleep(1100);
    for (const operation of ["getAgent", "getAvailability"] as const) {
      const first = await call<Availability & { availability?: Availability }>(operation, {
        params,
        as: here.key,
      });
      expect(first.headers.get("cache-control"), operation).toBe("no-store");
      for (const tag of [etagOf(first), `W/${etagOf(first)}`, "*"]) {
        const headers = { "If-None-Match": tag };
        const again = await call<Availability & { availability?: Availability }>(operation, {
          params,
          as: here.key,
          headers,
        });
        expect({ operation, tag, status: again.status }).toEqual({ operation, tag, status: 200 });
        expect((again.body.availability ?? again.body).activityTtl, operation).toBeLessThan(before);
      }
    }
    const list = await call("listAgents", { params: { workspaceId: here.id }, as: here.key });
    expect(list.headers.get("cache-control")).toBe("no-store");
    expect(list.headers.get("etag")).toBeNull();

    const ended = await patch(id, { activityTtl: null });
    expect(ended.headers.get("cache-control")).toBe("private, no-cache");
    expect((await get(id, here.key, { "If-None-Match": etagOf(ended) })).status).toBe(304);
  });
});

describe("changing availability", () => {
  it("sets each status and activity, and updates the timestamp only of the one that changed", async () => {
    const { id } = await makeAgent(here);
    let before = (await get(id)).body;
    for (const status of ["active", "offline", "away"] as const) {
      const after = await change(id, { status });
      expect(after).toEqual({
        ...before,
        status,
        lastStatusSet: after.updatedAt,
        updatedAt: after.updatedAt,
      });
      expect(Date.parse(after.updatedAt)).toBeGreaterThan(Date.parse(before.updatedAt));
      before = after;
    }
    for (const activity of [...activities.toReversed()]) {
      const after = await change(id, { activity });
      expect(after).toEqual({
        ...before,
        activity,
        lastActivitySet: after.updatedAt,
        updatedAt: after.updatedAt,
      });
      expect(Date.parse(after.updatedAt)).toBeGreaterThan(Date.parse(before.updatedAt));
      before = after;
    }
  });

  it("changes no timestamp, version or ledger if the same value is set again", async () => {
    const { id } = await makeAgent(here);
    const set = await change(id, { status: "active", activity: "inMeeting", activityText: "Planning" });
    const version = versionOf(await get(id));
    for (const body of [
      {},
      { status: "active" },
      { activityText: "Planning" },
      { activityTtl: null },
      { status: "active", activity: "inMeeting", activityText: "Planning", activityTtl: null },
    ]) {
      const answer = await patch(id, body);
      expect(answer).toMatchObject({ status: 200, body: set });
      expect(versionOf(answer)).toBe(version);
    }
    expect((await ledger(id)).length).toBe(2);
  });

  it("keeps the activity's timestamp if only its duration or note changes", async () => {
    const { id } = await makeAgent(here);
    const { lastActivitySet } = await change(id, { activity: "onBreak" });
    const prolonged = await change(id, { activity: "onBreak", activityTtl: 900, activityText: "Lunch" });
    expect(prolonged).toMatchObject({ lastActivitySet, activityText: "Lunch" });
  });

  it("returns the remaining seconds, counting down from the given number", async () => {
    const { id } = await makeAgent(here);
    for (const seconds of [1, 86_400]) {
      const sent = Date.now();
      const { activityTtl } = await change(id, { activity: "busy", activityTtl: seconds });
      expect(activityTtl).toBe(seconds);
      const left = (await get(id)).body.activityTtl ?? 0;
      expect(left).toBeLessThanOrEqual(seconds);
      expect(left).toBeGreaterThanOrEqual(seconds - Math.ceil((Date.now() - sent) / 1000));
    }
  });

  it("clears duration and note when an activity is set, even the same one, unless new ones are given", async () => {
    const { id } = await makeAgent(here);
    const full = { activity: "busy", activityTtl: 600, activityText: "Old" };
    for (const activity of ["busy", "onCall", "available"]) {
      expect(await change(id, full)).toMatchObject({ activity: "busy", activityText: "Old" });
      const after = await change(id, { activity });
      expect(after.activity).toBe(activity);
      expect(after).not.toHaveProperty("activityTtl");
      expect(after).not.toHaveProperty("activityText");
    }
    await change(id, full);
    const newText = await change(id, { activity: "onCall", activityText: "New" });
    expect(newText).toMatchObject({ activity: "onCall", activityText: "New" });
    expect(newText).not.toHaveProperty("activityTtl");
    await change(id, full);
    const newSeconds = await change(id, { activity: "onCall", activityTtl: 60 });
    expect(newSeconds).toMatchObject({ activity: "onCall", activityTtl: 60 });
    expect(newSeconds).not.toHaveProperty("activityText");
  });

  it("keeps duration and note if no activity is given", async () => {
    const { id } = await makeAgent(here);
    await change(id, { activity: "busy", activityTtl: 600, activityText: "Kept" });
    const status = await change(id, { status: "active" });
    expect(status).toMatchObject({ activity: "busy", activityText: "Kept" });
    expect(status.activityTtl).toBeGreaterThan(590);
    const text = await change(id, { activityText: "Other" });
    expect(text).toMatchObject({ activity: "busy", activityText: "Other" });
    expect(text.activityTtl).toBeGreaterThan(590);
    expect(await change(id, { activityTtl: 60 })).toMatchObject({ activityText: "Other", activityTtl: 60 });
    const profile = await call<Agent>("patchAgent", {
      params: { workspaceId: here.id, agentId: id },
      as: here.key,
      body: { status: "offline" },
    });
    expect(profile.body.availability).toMatchObject({ activity: "busy", activityText: "Other" });
  });

  it("clears duration and note with null, independently of each other", async () => {
    const { id } = await makeAgent(here);
    await change(id, { activity: "busy", activityTtl: 600, activityText: "Old" });
    const endless = await change(id, { activityTtl: null });
    expect(endless).toMatchObject({ activity: "busy", activityText: "Old" });
    expect(endless).not.toHaveProperty("activityTtl");
    await change(id, { activityTtl: 600 });
    const silent = await change(id, { activityText: null });
    expect(silent.activityTtl).toBeGreaterThan(590);
    expect(silent).not.toHaveProperty("activityText");
    const both = await change(id, { activity: "onCall", activityTtl: null, activityText: null });
    expect(Object.keys(both).sort()).toEqual([
      "activity",
      "lastActivitySet",
      "lastStatusSet",
      "status",
      "updatedAt",
    ]);
  });

  it("accepts a note with the activity available, up to 140 code points", async () => {
    const { id } = await makeAgent(here);
    const activityText = "👍".repeat(140);
    expect(await change(id, { activityText })).toMatchObject({ activity: "available", activityText });
  });

  it("keeps the status before going offline, and the time it was last set to away", async () => {
    const { id, lastSetToAwayAt } = await makeAgent(here);
    const agent = async () =>
      (await call<Agent>("getAgent", { params: { workspaceId: here.id, agentId: id }, as: here.key })).body;
    await change(id, { status: "active" });
    expect(await agent()).not.toHaveProperty("statusBeforeOffline");
    await change(id, { status: "offline" });
    await change(id, { status: "offline" });
    expect(await agent()).toMatchObject({ statusBeforeOffline: "active", lastSetToAwayAt });
    const away = await change(id, { status: "away" });
    expect(await agent()).toMatchObject({
      statusBeforeOffline: "active",
      lastSetToAwayAt: away.lastStatusSet,
    });
    await change(id, { status: "offline" });
    expect(await agent()).toMatchObject({ statusBeforeOffline: "away", lastSetToAwayAt: away.lastStatusSet });
  });

  describe("names each invalid value by its path:", () => {
    const cases: [string, unknown, string[]][] = [
      ["a status that does not exist", { status: "busy" }, ["status"]],
      ["a status of null", { status: null }, ["status"]],
      ["an activity that does not exist", { activity: "away" }, ["activity"]],
      ["an activity of null", { activity: null }, ["activity"]],
      ["no seconds", { activity: "busy", activityTtl: 0 }, ["activityTtl"]],
      ["fewer than no seconds", { activity: "busy", activityTtl: -5 }, ["activityTtl"]],
      ["more than a day", { activity: "busy", activityTtl: 86_401 }, ["activityTtl"]],
      ["half a second", { activity: "busy", activityTtl: 1.5 }, ["activityTtl"]],
      ["seconds as a string", { activity: "busy", activityTtl: "60" }, ["activityTtl"]],
      ["seconds that no integer holds", { activity: "busy", activityTtl: 1e300 }, ["activityTtl"]],
      ["seconds for available", { activity: "available", activityTtl: 60 }, ["activityTtl"]],
      ["a text of 141 letters", { activityText: "x".repeat(141) }, ["activityText"]],
      ["a text of 141 signs of two units", { activityText: "👍".repeat(141) }, ["activityText"]],
      ["a NUL in the text", { activityText: "\0" }, ["activityText"]],
      ["a lone surrogate in the text", { activityText: "\ud83d" }, ["activityText"]],
      ["an unknown property", { activityUntil: "tomorrow" }, ["activityUntil"]],
      ["a time that is set by the server", { lastStatusSet: "2026-01-01T00:00:00.000Z" }, ["lastStatusSet"]],
      ["a list", [], [""]],
      ["null", null, [""]],
      [
        "all of it at once",
        { status: 1, activity: 2, activityTtl: "x", activityText: 3, x: 4 },
        ["status", "activity", "activityTtl", "activityText", "x"],
      ],
    ];
    it.each(cases)("%s", async (_what, body, paths) => {
      expectRefusal(await patch(here.agent.agentId, body), 422, "InvalidAvailability", paths);
    });
  });

  it("is rejected with a duration alone while the activity is available, and changes nothing else", async () => {
    const { id } = await makeAgent(here);
    const body = { status: "active", activityText: "Lost", activityTtl: 60 };
    expectRefusal(await patch(id, body), 422, "InvalidAvailability", ["activityTtl"]);
    expect((await get(id)).body).toMatchObject({ status: "away" });
    expect(versionOf(await get(id))).toBe(1);
  });

  it("is rejected with an outdated If-Match and succeeds with the ETag of the agent or its availability", async () => {
    const { id } = await makeAgent(here);
    const params = { workspaceId: here.id, agentId: id };
    const stale = etagOf(await get(id));
    const agent = await call("getAgent", { params, as: here.key });
    expect((await patch(id, { activity: "busy" }, { ifMatch: etagOf(agent) })).status).toBe(200);
    expectRefusal(await patch(id, { activity: "onCall" }, { ifMatch: stale }), 412, "PreconditionFailed");
    expectRefusal(await patch(id, { activityTtl: 5 }, { ifMatch: '"0"' }), 412, "PreconditionFailed");
    expect((await patch(id, { activity: "onCall" }, { ifMatch: etagOf(await get(id)) })).status).toBe(200);
    expectRefusal(await patch(randomUUID(), { activity: "busy" }, { ifMatch: stale }), 404, "AgentNotFound");
    expectRefusal(
      await patch(id, { activity: "busy" }, { ifMatch: stale, as: here.agent.auth }),
      403,
      "Forbidden",
    );
  });

  it("is allowed only to the agent, supervisors, keys and roles with the permission", async () => {
    const dispatcher = await makeMember(here.id, {
      roles: [await makeRole(here.id, ["availability.write"])],
    });
    const editor = await makeMember(here.id, { roles: [await makeRole(here.id, ["agents.write"])] });
    const { agentId, auth } = here.agent;
    for (const as of [auth, here.supervisor.auth, here.key, dispatcher.auth])
      expect((await patch(agentId, { activity: "busy" }, { as })).status).toBe(200);
    expect((await patch("me", { activity: "onCall" }, { as: auth })).body.activity).toBe("onCall");
    expect((await get(agentId)).body.activity).toBe("onCall");
    const { id } = await makeAgent(here);
    for (const as of [auth, here.viewer.auth, editor.auth])
      expectRefusal(await patch(id, { activity: "busy" }, { as }), 403, "Forbidden");
    expectRefusal(await patch(agentId, { activity: "busy" }, { as: here.viewer.auth }), 403, "Forbidden");
    expect((await get(id)).body.activity).toBe("available");
  });

  it("is recorded in the ledger with actor, cause and changed values", async () => {
    const own = await makeMember(here.id, { name: "Olly Own", roles: [managedRole("Agent")] });
    const { id, name } = await makeAgent(here, { userId: own.id });
    const key = await makeKey(here.id);
    const answer = await raw(`/api/workspaces/${here.id}/agents/me/availability`, {
      method: "PATCH",
      headers: {
        Cookie: await sessionCookie(own),
        "Sec-Fetch-Site": "same-origin",
        "Content-Type": "application/json",
      },
      body: JSON.stringify({ status: "active", activity: "busy", activityTtl: 60, activityText: "Mine" }),
    });
    expect(answer.status).toBe(200);
    await patch(id, { activity: "onCall" }, { as: own.auth });
    await patch(id, { status: "offline" }, { as: key.auth });
    expect((await ledger(id)).slice(1)).toEqual([
      {
        action: "updated",
        actorKind: "user",
        actorId: own.id,
        actorName: "Olly Own",
        agentName: name,
        cause: "user",
        fields: {
          status: { before: "away", after: "active" },
          activity: { before: "available", after: "busy" },
          activityTtl: { after: 60 },
          activityText: { after: "Mine" },
        },
      },
      expect.objectContaining({
        actorKind: "user",
        actorId: own.id,
        cause: "api",
        fields: expect.objectContaining({
          activity: { before: "busy", after: "onCall" },
          activityText: { before: "Mine" },
        }),
      }),
      expect.objectContaining({
        actorKind: "accessKey",
        actorId: key.id,
        actorName: key.name,
        cause: "api",
        fields: { status: { before: "active", after: "offline" } },
      }),
    ]);
  });
});

describe("an activity with a duration", () => {
  it("ends in every response at that moment, not before, without a background job", async () => {
    const place = await makeWorkspace();
    const { id } = await makeAgent(place);
    const params = { workspaceId: place.id, agentId: id };
    const as = place.viewer.auth;
    const list = (query: Record<string, string>) =>
      call<{ results: Agent[]; total: number }>("listAgents", { params, as, query });
    const everywhere = async () => {
      const [agent, alone, some, busy, available, byId, all] = await Promise.all([
        call<Agent>("getAgent", { params, as }),
        call<Availability>("getAvailability", { params, as }),
        list({ limit: "100" }),
        list({ activities: "busy" }),
        list({ activities: "available,onCall" }),
        list({ agentIds: id }),
        call<{ results: { id: string; activity: string }[] }>("listAllAgents", { params, as }),
      ]);
      const found = (page: { body: { results: Agent[] } }) =>
        page.body.results.find((each) => each.id === id)?.availability;
      return {
        availabilities: [agent.body.availability, alone.body, found(some), found(byId)],
        brief: all.body.results.find((each) => each.id === id)?.activity,
        busy: { total: busy.body.total, found: found(busy) !== undefined },
        available: { total: available.body.total, found: found(available) !== undefined },
        tags: { agent: etagOf(agent), alone: etagOf(alone), all: etagOf(all) },
      };
    };

    const briefly = async (activityTtl: number) => {
      const sent = Date.now();
      const set = await call<Availability>("patchAvailability", {
        params,
        as: place.key,
        body: { activity: "busy", activityTtl, activityText: "Back in a moment" },
      });
      expect(set).toMatchObject({ status: 200, body: { activity: "busy", activityTtl } });
      const ends = Date.now() + activityTtl * 1000;
      const during = await everywhere();
      // The ETag of all agents stays the same as long as nothing changes.
      const unchanged = await call("listAllAgents", {
        params,
        as,
        headers: { "If-None-Match": during.tags.all },
      });
      return { set, during, unchanged, ends, isInTime: Date.now() < sent + activityTtl * 1000 };
    };
    // On a machine too busy to answer within two seconds, it takes more.
    let seen = await briefly(2);
    for (const seconds of [10, 40]) if (!seen.isInTime) seen = await briefly(seconds);
    const { set, during, unchanged, ends } = seen;
    for (const availability of during.availabilities)
      expect(availability).toMatchObject({ activity: "busy", activityText: "Back in a moment" });
    expect(during).toMatchObject({
      brief: "busy",
      busy: { total: 1, found: true },
      available: { total: 2, found: false },
    });
    expect(unchanged.status).toBe(304);

    await sleep(ends + 10 - Date.now());
    const after = await everywhere();
    const { activityTtl: _, activityText: __, ...rest } = set.body;
    for (const availability of after.availabilities)
      expect(availability).toEqual({ ...rest, activity: "available" });
    expect(after).toMatchObject({
      brief: "available",
      busy: { total: 0, found: false },
      available: { total: 3, found: true },
    });
    for (const name of ["agent", "alone", "all"] as const) {
      expect(after.tags[name], name).not.toBe(during.tags[name]);
      const operation = { agent: "getAgent", alone: "getAvailability", all: "listAllAgents" } as const;
      const answer = await call(operation[name], {
        params,
        as,
        headers: { "If-None-Match": during.tags[name] },
      });
      expect(answer.status, name).toBe(200);
    }
  });

  it("holds until its last moment", async () => {
    const { id } = await makeAgent(here);
    const sent = Date.now();
    await patch(id, { activity: "busy", activityTtl: 2 });
    await sleep(sent + 1700 - Date.now());
    const late = await get(id);
    if (Date.now() < sent + 2000) expect(late.body).toMatchObject({ activity: "busy", activityTtl: 1 });
    expect(Date.now(), "the answer came in time to tell").toBeLessThan(sent + 2000);
  });

  it("has ended for changes too: its note is gone, and setting available changes nothing", async () => {
    const { id } = await makeAgent(here);
    const set = await patch(id, { activity: "busy", activityTtl: 1, activityText: "Gone soon" });
    await sleep(1050);
    const same = await patch(id, { activity: "available" });
    expect(same).toMatchObject({
      status: 200,
      body: { activity: "available", lastActivitySet: set.body.lastActivitySet },
    });
    expect(versionOf(same)).toBe(versionOf(set));
    expectRefusal(await patch(id, { activityTtl: 60 }), 422, "InvalidAvailability", ["activityTtl"]);
    const status = await patch(id, { status: "active" });
    expect(status.body).toMatchObject({ status: "active", activity: "available" });
    expect(status.body).not.toHaveProperty("activityText");
    const [, , entry] = await ledger(id);
    expect(entry?.fields).toEqual({ status: { before: "away", after: "active" } });
    const again = await patch(id, { activity: "busy" });
    expect(again.body).toMatchObject({ activity: "busy", lastActivitySet: again.body.updatedAt });
    expect(again.body).not.toHaveProperty("activityText");
  });
});
