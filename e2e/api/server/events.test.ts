import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { baseUrl, call } from "@/e2e/support/api/client";
import { type OpenStream, openStream as open } from "@/e2e/support/api/event-stream";
import {
  expectRefusal,
  makeAgent,
  makeMember,
  makeWorkspace,
  managedRole,
  sessionCookie,
  sql,
  type TestWorkspace,
} from "@/e2e/support/api/fixtures";
import { startOwnServer } from "@/e2e/support/api/own-server";
import type { EventPage } from "@/lib/platform/events/contract";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
});

const streams: OpenStream[] = [];
afterEach(() => {
  for (const stream of streams.splice(0)) stream.close();
});

async function openStream(...args: Parameters<typeof open>): Promise<OpenStream> {
  const stream = await open(...args);
  streams.push(stream);
  return stream;
}

const asSupervisor = () => ({ as: workspace.supervisor.auth });
const listEvents = (query: Record<string, string | readonly string[]> = {}, as = workspace.supervisor.auth) =>
  call<EventPage>("listEvents", { params: { workspaceId: workspace.id }, query, as });

async function setStatus(agentId: string, status: string): Promise<void> {
  const answer = await call("patchAvailability", {
    params: { workspaceId: workspace.id, agentId },
    body: { status },
    as: workspace.supervisor.auth,
  });
  expect(answer.status).toBe(200);
}

/** Events appear only after older transactions of other tests have ended. */
async function eventually<T>(read: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
  for (const end = Date.now() + 10_000; ; await sleep(50)) {
    const value = await read();
    if (holds(value)) return value;
    if (Date.now() > end) throw new Error(`not within 10 s: ${JSON.stringify(value)}`);
  }
}

const makeTeam = (name: string) =>
  call<{ id: string }>("createTeam", {
    params: { workspaceId: workspace.id },
    body: { name },
    as: workspace.supervisor.auth,
  });

describe("pages of events", () => {
  it("start now, continue after a cursor, and can be filtered", async () => {
    const [agent, other] = [await makeAgent(workspace), await makeAgent(workspace)];
    const first = await listEvents();
    expect(first).toMatchObject({ status: 200, body: { results: [] } });
    await setStatus(agent.id, "active");
    await setStatus(other.id, "active");
    const team = await makeTeam("Events");
    const after = first.body.nextCursor;
    const { body } = await eventually(
      () => listEvents({ after }),
      (answer) => answer.body.results.length >= 3,
    );
    expect(body.results.map(({ type, resource }) => [type, resource.id])).toEqual([
      ["agent.status.changed", agent.id],
      ["agent.status.changed", other.id],
      ["team.created", team.body.id],
    ]);
    const [status] = body.results;
    expect(status).toMatchObject({
      resource: { type: "agent", version: 2 },
      actor: { kind: "user", id: workspace.supervisor.id, name: workspace.supervisor.name },
      cause: "api",
      changes: { status: { before: "away", after: "active" } },
    });

    const typesOf = async (query: Record<string, string | readonly string[]>) =>
      (await listEvents({ after, ...query })).body.results.map(({ type, resource }) => [type, resource.id]);
    expect(await typesOf({ types: "team." })).toEqual([["team.created", team.body.id]]);
    expect(await typesOf({ types: ["agent.created", "team.created"] })).toEqual([
      ["team.created", team.body.id],
    ]);
    expect(await typesOf({ agentIds: other.id })).toEqual([
      ["agent.status.changed", other.id],
      ["team.created", team.body.id],
    ]);
    expect(await typesOf({ limit: "1" })).toHaveLength(1);
    expect((await listEvents({ after: body.nextCursor })).body.results).toEqual([]);
  });

  it("tell of all that goes or changes with a team, a skill or an agent, and nothing twice", async () => {
    const { id: workspaceId } = workspace;
    const create = async (operation: string, body: object, params: object = {}) =>
      (await call<{ id: string }>(operation, { params: { workspaceId, ...params }, body, ...asSupervisor() }))
        .body.id;
    const remove = async (operation: string, params: object) =>
      expect((await call(operation, { params: { workspaceId, ...params }, ...asSupervisor() })).status).toBe(
        204,
      );
    const name = randomUUID();
    const [teamId, kept, skillId] = await Promise.all([
      create("createTeam", { name }),
      create("createTeam", { name: `${name} 2` }),
      create("createSkill", { name }),
    ]);
    const { id: agentId } = await makeAgent(workspace);
    const nine = { hour: 9, minute: 0 };
    const hours = { days: ["monday"], from: nine, to: { hour: 17, minute: 0 }, minimum: 1 };
    const queueId = await create("createQueue", {
      name,
      teams: [{ type: "primary", ids: [teamId, kept] }],
      steps: [{ afterSeconds: 5, teamIds: [teamId] }],
    });
    const [ofTeam, ofSkill, ofBoth] = await Promise.all([
      create("createCoverageNeed", { ...hours, teamId }),
      create("createCoverageNeed", { ...hours, skillId }),
      create("createCoverageNeed", { ...hours, teamId, skillId }),
    ]);
    const shift = await create("createShift", {
      name,
      intervals: [{ from: nine, to: { hour: 17, minute: 0 } }],
    });
    const rotationId = await create("createRotation", {
      name,
      startDate: "2030-01-07",
      weeks: [{ monday: shift }],
    });
    await call("putRotationMembers", {
      params: { workspaceId, rotationId },
      body: { members: [{ agentId, offset: 0 }] },
      ...asSupervisor(),
    });
    const teamFeed = await create(
      "createCalendarFeed",
      { teamId },
      { agentId: workspace.supervisor.agentId },
    );
    const ownFeed = await create("createCalendarFeed", {}, { agentId });
    const queueOf = () =>
      call<{ updatedAt: string; steps: unknown[] }>("getQueue", {
        params: { workspaceId, queueId },
        ...asSupervisor(),
      });
    const before = (await queueOf()).body;

    const after = (await listEvents()).body.nextCursor;
    await remove("deleteTeam", { teamId });
    await remove("deleteSkill", { skillId });
    await remove("deleteAgent", { agentId });
    const { body } = await eventually(
      () => listEvents({ after }),
      (answer) => answer.body.results.some(({ type }) => type === "agent.deleted"),
    );
    const told = body.results.map(({ type, resource }) => `${type} ${resource.id}`);
    expect(told.toSorted()).toEqual(
      [
        `team.deleted ${teamId}`,
        `skill.deleted ${skillId}`,
        `agent.deleted ${agentId}`,
        `queue.updated ${queueId}`,
        `rotation.updated ${rotationId}`,
        ...[ofTeam, ofSkill, ofBoth].map((id) => `coverageNeed.deleted ${id}`),
        ...[teamFeed, ownFeed].map((id) => `calendarFeed.deleted ${id}`),
      ].toSorted(),
    );
    const queue = (await queueOf()).body;
    expect(queue.steps).toEqual([]);
    expect(queue.updatedAt > before.updatedAt).toBe(true);
    expect(
      (
        await call("patchQueue", {
          params: { workspaceId, queueId },
          body: { steps: queue.steps },
          ...asSupervisor(),
        })
      ).status,
    ).toBe(200);
  });

  it("leave large changes to the ledger", async () => {
    const agent = await makeAgent(workspace);
    const after = (await listEvents()).body.nextCursor;
    const holidays = Array.from({ length: 200 }, (_, index) => ({
      name: `Holiday ${index} ${"x".repeat(60)}`,
      month: 1 + (index % 12),
      day: 1 + Math.floor(index / 12),
    }));
    const params = { workspaceId: workspace.id, agentId: agent.id };
    for (const body of [{ holidays }, { holidays: holidays.slice(0, 1) }, { holidays: [] }])
      expect((await call("patchAgent", { params, body, as: workspace.supervisor.auth })).status).toBe(200);
    const { body } = await eventually(
      () => listEvents({ after, agentIds: agent.id }),
      (answer) => answer.body.results.length >= 3,
    );
    expect(body.results.map(({ type, changes }) => [type, changes !== undefined])).toEqual([
      ["agent.updated", false],
      ["agent.updated", false],
      ["agent.updated", true],
    ]);
  });

  it("tell of presets", async () => {
    const after = (await listEvents()).body.nextCursor;
    const preset = await call<{ id: string }>("createStatus", {
      params: { workspaceId: workspace.id },
      body: { name: "Lunch", status: "active", activity: "onBreak" },
      as: workspace.supervisor.auth,
    });
    const { body } = await eventually(
      () => listEvents({ after }),
      (answer) => answer.body.results.length > 0,
    );
    expect(body.results.map(({ type, resource }) => [type, resource])).toEqual([
      ["preset.created", { type: "preset", id: preset.body.id }],
    ]);
  });

  it("hide what the caller may not read", async () => {
    const { nextCursor } = (await listEvents()).body;
    await setStatus((await makeAgent(workspace)).id, "active");
    await makeMember(workspace.id, {});
    const role = await call("createRole", {
      params: { workspaceId: workspace.id },
      body: { name: `Role ${nextCursor}`, permissions: ["agents.read"] },
      as: workspace.supervisor.auth,
    });
    expect(role.status).toBe(201);
    const key = await call("createAccessKey", {
      params: { workspaceId: workspace.id },
      body: { name: "Events", roleId: managedRole("Viewer") },
      as: workspace.supervisor.auth,
    });
    expect(key.status).toBe(201);
    await eventually(
      () => listEvents({ after: nextCursor, types: "accessKey." }),
      (answer) => answer.body.results.length > 0,
    );
    const seen = await listEvents({ after: nextCursor }, workspace.viewer.auth);
    expect(new Set(seen.body.results.map(({ type }) => type))).toEqual(
      new Set(["agent.created", "agent.status.changed", "role.created"]),
    );
    for (const event of seen.body.results)
      expect(Object.keys(event)).toEqual(["id", "type", "workspaceId", "occurredAt", "resource"]);
  });

  it("refuse what is not a cursor, a type or a number", async () => {
    for (const query of [
      { after: "yesterday" },
      { types: "agents." },
      { types: "access.changed" },
      { limit: "0" },
      { limit: "1001" },
      { agentIds: "me" },
    ])
      expectRefusal(await listEvents(query as unknown as Record<string, string>), 400, "InvalidQuery");
  });

  it("show nothing of another workspace, with its cursors neither", async () => {
    const stranger = await makeWorkspace();
    await makeAgent(stranger);
    const { nextCursor } = (await listEvents({ after: "start" })).body;
    const foreign = await call<EventPage>("listEvents", {
      params: { workspaceId: stranger.id },
      query: { after: "start" },
      as: stranger.supervisor.auth,
    });
    expect(new Set(foreign.body.results.map((event) => event.workspaceId))).toEqual(new Set([stranger.id]));
    await call("listEvents", {
      params: { workspaceId: stranger.id },
      query: { after: nextCursor },
      as: stranger.supervisor.auth,
    }).then((answer) => expect(answer.status).toBe(200));
  });
});

describe("streams of events", () => {
  it("bring each change, with headers against buffers", async () => {
    const agent = await makeAgent(workspace);
    const stream = await openStream(workspace.id, {
      ...asSupervisor(),
      headers: { "Accept-Encoding": "gzip" },
    });
    expect(stream.headers.get("content-type")).toBe("text/event-stream");
    expect(stream.headers.get("cache-control")).toBe("no-store, no-transform");
    expect(stream.headers.get("x-accel-buffering")).toBe("no");
    expect(stream.headers.get("content-encoding")).toBe(null);
    await setStatus(agent.id, "active");
    const frame = await stream.until(({ data }) => data.resource?.id === agent.id);
    expect(frame.event).toBe("agent.status.changed");
    expect(frame.data.id).toBe(frame.id);
  });

  it("continue after Last-Event-ID, which wins over the address", async () => {
    const agent = await makeAgent(workspace);
    const query = { agentIds: agent.id, types: "agent." };
    const stream = await openStream(workspace.id, { ...asSupervisor(), query });
    const early = stream.lastId();
    await setStatus(agent.id, "active");
    const first = await stream.until(({ event }) => event === "agent.status.changed");
    stream.close();
    await setStatus(agent.id, "away");
    const resumed = await openStream(workspace.id, {
      ...asSupervisor(),
      query: { ...query, after: early },
      headers: { "Last-Event-ID": first.id },
    });
    await resumed.until(({ data }) => data.resource.version === 3);
    expect(resumed.frames.map(({ data }) => data.resource.version)).toEqual([3]);
  });

  it("are refused to strangers, and with a wrong cursor", async () => {
    const stranger = await makeWorkspace();
    await expect(openStream(workspace.id, { as: stranger.supervisor.auth })).rejects.toThrow("404");
    await expect(openStream(workspace.id)).rejects.toThrow("401");
    await expect(
      openStream(workspace.id, { ...asSupervisor(), headers: { "Last-Event-ID": "x" } }),
    ).rejects.toThrow("400");
  });

  it("end when the person is suspended", async () => {
    const member = await makeMember(workspace.id, { roles: [managedRole("Viewer")] });
    const stream = await openStream(workspace.id, { as: member.auth });
    const answer = await call("patchUser", {
      params: { workspaceId: workspace.id, userId: member.id },
      body: { status: "suspended" },
      as: workspace.supervisor.auth,
    });
    expect(answer.status).toBe(200);
    await stream.ended;
    await expect(openStream(workspace.id, { as: member.auth })).rejects.toThrow(/40[134]/);
  });

  it("end when the key is revoked", async () => {
    const key = await call<{ id: string; key: string }>("createAccessKey", {
      params: { workspaceId: workspace.id },
      body: { name: "Events", roleId: managedRole("Viewer") },
      as: workspace.supervisor.auth,
    });
    const stream = await openStream(workspace.id, { as: `AccessKey ${key.body.key}` });
    const answer = await call("deleteAccessKey", {
      params: { workspaceId: workspace.id, accessKeyId: key.body.id },
      as: workspace.supervisor.auth,
    });
    expect(answer.status).toBe(204);
    await stream.ended;
  });

  it("end when the browser's session is ended, and not those of the person's other sessions", async () => {
    const member = await makeMember(workspace.id, { roles: [managedRole("Viewer")] });
    const [cookie, other] = [await sessionCookie(member), await sessionCookie(member)];
    const stream = await openStream(workspace.id, { headers: { Cookie: cookie } });
    const stays = await openStream(workspace.id, { headers: { Cookie: other } });
    const ended = await fetch(`${baseUrl}/api/sessions/end-others`, {
      method: "POST",
      headers: { Cookie: other, Origin: baseUrl, "Sec-Fetch-Site": "same-origin" },
    });
    expect(ended.status).toBe(204);
    await stream.ended;
    const agent = await makeAgent(workspace);
    await stays.until(({ data }) => data.resource?.id === agent.id);
  });

  it("end when the role loses its permission", async () => {
    const role = await call<{ id: string }>("createRole", {
      params: { workspaceId: workspace.id },
      body: { name: "Reader of events", permissions: ["agents.read"] },
      as: workspace.supervisor.auth,
    });
    const member = await makeMember(workspace.id, { roles: [role.body.id] });
    const stream = await openStream(workspace.id, { as: member.auth });
    const answer = await call("patchRole", {
      params: { workspaceId: workspace.id, roleId: role.body.id },
      body: { permissions: ["settings.read"] },
      as: workspace.supervisor.auth,
    });
    expect(answer.status).toBe(200);
    await stream.ended;
  });

  it("are limited to 20 per actor, and a closed one makes room", async () => {
    const { auth } = await makeMember(workspace.id, { roles: [managedRole("Viewer")] });
    const opened = await Promise.all(
      Array.from({ length: 20 }, () => openStream(workspace.id, { as: auth })),
    );
    await expect(openStream(workspace.id, { as: auth })).rejects.toThrow(/429.*RateLimited/);
    // HEAD answers like GET, but holds no stream.
    opened[0]?.close();
    await eventually(
      () =>
        fetch(`${baseUrl}/api/workspaces/${workspace.id}/events`, {
          method: "HEAD",
          headers: { Authorization: auth, Accept: "text/event-stream" },
        }),
      (response) => response.status === 200,
    );
    await openStream(workspace.id, { as: auth });
  });
});

describe("two servers on one database", () => {
  it("bring the same events, and a client continues on the other when one is killed", async () => {
    const [first, second] = await Promise.all([startOwnServer({}), startOwnServer({})]);
    try {
      const agent = await makeAgent(workspace);
      const query = { agentIds: agent.id, types: "agent." };
      const as = workspace.key;
      const here = await openStream(workspace.id, { as, query, server: first.url });
      const there = await openStream(workspace.id, { as, query, server: second.url });
      await setStatus(agent.id, "active");
      await here.until(({ data }) => data.resource.version === 2);
      process.kill(first.pid, "SIGKILL");
      await here.ended;
      await setStatus(agent.id, "away");
      const resumed = await openStream(workspace.id, {
        as,
        query,
        server: second.url,
        headers: { "Last-Event-ID": here.lastId() },
      });
      await setStatus(agent.id, "offline");
      await Promise.all(
        [there, resumed].map((each) => each.until(({ data }) => data.resource.version === 4)),
      );
      const versions = (stream: OpenStream) => stream.frames.map(({ data }) => data.resource.version);
      expect([...versions(here), ...versions(resumed)]).toEqual([2, 3, 4]);
      expect(versions(there)).toEqual([2, 3, 4]);
    } finally {
      await Promise.all([first.stop(), second.stop()]);
    }
  });

  it("end their streams when they stop, without waiting for them", async () => {
    const server = await startOwnServer({});
    const stream = await openStream(workspace.id, { as: workspace.key, server: server.url });
    await server.stop();
    await stream.ended;
    expect(server.log()).not.toContain("was aborted");
  });
});

describe("an outage of the database", () => {
  it("leaves streams open, and loses nothing", async () => {
    const agent = await makeAgent(workspace);
    const server = await startOwnServer({});
    try {
      const stream = await openStream(workspace.id, {
        as: workspace.key,
        query: { agentIds: agent.id, types: "agent." },
        server: server.url,
      });
      // All connections of that server break at once.
      await setStatus(agent.id, "active");
      await stream.until(({ data }) => data.resource.version === 2);
      await sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'rollcall%' AND pid <> pg_backend_pid()",
      );
      await setStatus(agent.id, "away").catch(() => setStatus(agent.id, "away"));
      await stream.until(({ data }) => data.resource.version === 3);
      expect(stream.frames.map(({ data }) => data.resource.version)).toEqual([2, 3]);
    } finally {
      await server.stop();
    }
  });
});
