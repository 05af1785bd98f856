import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { baseUrl, call } from "@/e2e/support/api/client";
import {
  expectRefusal,
  makeAgent,
  makeMember,
  makeRole,
  makeWorkspace,
  sessionCookie,
  sql,
  type TestWorkspace,
} from "@/e2e/support/api/fixtures";
import type { Presence, PresenceLease, PresenceSessions } from "@/lib/availability/presence/contract";

let here: TestWorkspace;
let other: TestWorkspace;
beforeAll(async () => {
  [here, other] = await Promise.all([makeWorkspace(), makeWorkspace()]);
});

const heartbeat = { device: "desktop", visible: true, input: false };
const params = (sessionId: string, agentId = "me", workspaceId = here.id) => ({
  workspaceId,
  agentId,
  sessionId,
});
const put = (id: string, body: unknown = heartbeat, as = here.agent.auth, agentId = "me") =>
  call<PresenceLease>("putPresenceSession", { params: params(id, agentId), body, as });
const list = (as = here.agent.auth, agentId = "me") =>
  call<PresenceSessions>("listPresenceSessions", { params: { workspaceId: here.id, agentId }, as });
const presence = (agentId: string, as = here.viewer.auth) =>
  call<Presence>("getPresence", { params: { workspaceId: here.id, agentId }, as });

describe("presence sessions", () => {
  it("start and continue with heartbeats, and end", async () => {
    const id = randomUUID();
    const before = Date.now();
    const { status, body } = await put(id.toUpperCase());
    expect(status).toBe(200);
    expect(body).toEqual({ endsAt: expect.any(String), beatIn: expect.any(Number) });
    expect(Math.abs(Date.parse(body.endsAt) - before - 150_000)).toBeLessThan(10_000);
    expect(body.beatIn).toBeGreaterThanOrEqual(41);
    expect(body.beatIn).toBeLessThanOrEqual(49);
    const { body: next } = await put(id, { ...heartbeat, device: "mobile", visible: false });
    expect(Date.parse(next.endsAt)).toBeGreaterThanOrEqual(Date.parse(body.endsAt));
    const [session] = (await list()).body.results;
    expect(session).toEqual({
      id,
      device: "mobile",
      visible: false,
      startedAt: expect.any(String),
      lastSeenAt: expect.any(String),
      endsAt: next.endsAt,
    });
    const { agentId } = here.agent;
    expect((await presence(agentId)).body).toEqual({
      state: "present",
      since: session?.startedAt,
      sessions: 1,
      lastSeenAt: session?.lastSeenAt,
    });
    const ended = await call("deletePresenceSession", { params: params(id), as: here.agent.auth });
    expect(ended.status).toBe(204);
    const [closing] = (await list()).body.results;
    expect(Date.parse(closing?.endsAt ?? "") - Date.now()).toBeLessThanOrEqual(60_000);
    expect((await presence(agentId)).body).toMatchObject({ state: "present", sessions: 1 });
    expect((await put(id, heartbeat, here.agent.auth, agentId)).status).toBe(200);
    expect(Date.parse((await list()).body.results[0]?.endsAt ?? "") - Date.now()).toBeGreaterThan(100_000);
  });

  it("that have expired are gone", async () => {
    const { id, auth } = await makeMember(here.id, { roles: [await makeRole(here.id, ["own.write"])] });
    const { id: agentId } = await makeAgent(here, { userId: id });
    const session = randomUUID();
    expect((await put(session, heartbeat, auth)).status).toBe(200);
    await sql(
      "UPDATE presence_sessions SET ends_at = now() - interval '1 second', last_seen_at = now() - interval '151 seconds' WHERE id = $1",
      [session],
    );
    expect((await presence(agentId)).body).toMatchObject({ state: "absent", sessions: 0 });
    expect((await list(auth)).body).toEqual({ results: [] });
    for (const operation of ["deletePresenceSession", "endPresenceSession"] as const)
      expectRefusal(await call(operation, { params: params(session), as: auth }), 404, "SessionNotFound");
    expect((await put(session, heartbeat, auth)).status).toBe(200);
  });

  it("refuse odd bodies and ids", async () => {
    const bodies: unknown[] = [
      {},
      [],
      { device: "fridge", visible: true, input: false },
      { device: "desktop", visible: "true", input: false },
      { device: "desktop", visible: true },
      { ...heartbeat, address: "10.0.0.1" },
      { ...heartbeat, input: null },
    ];
    for (const body of bodies) expectRefusal(await put(randomUUID(), body), 422, "InvalidPresence");
    expectRefusal(await put("mine"), 400, "BadRequest");
    expectRefusal(await put("00000000-0000-0000-0000-00000000000g"), 400, "BadRequest");
    expect((await put("00000000-0000-0000-0000-000000000000")).status).toBe(200);
  });

  it("are only one's own", async () => {
    const id = randomUUID();
    await put(id);
    for (const operation of ["deletePresenceSession", "endPresenceSession"] as const)
      expectRefusal(
        await call(operation, { params: params(id), as: here.supervisor.auth }),
        404,
        "SessionNotFound",
      );
    expectRefusal(await put(id, heartbeat, here.supervisor.auth), 404, "SessionNotFound");
    // The same id in another workspace is another session.
    const elsewhere = await call("putPresenceSession", {
      params: params(id, "me", other.id),
      body: heartbeat,
      as: other.agent.auth,
    });
    expect(elsewhere.status).toBe(200);
    expectRefusal(await put(id, heartbeat, here.supervisor.auth, here.agent.agentId), 403, "Forbidden");
    expectRefusal(await put(id, heartbeat, other.agent.auth), 404, "WorkspaceNotFound");
    expectRefusal(await put(id, heartbeat, here.key), 404, "AgentNotFound");
    expectRefusal(await put(id, heartbeat, here.viewer.auth), 403, "Forbidden");
  });

  it("are visible to oneself and to supervisors", async () => {
    await put(randomUUID());
    const { agentId } = here.agent;
    expect((await list(here.supervisor.auth, agentId)).body.results.length).toBeGreaterThan(0);
    expect((await list(here.agent.auth, agentId)).status).toBe(200);
    const colleague = await makeMember(here.id, {
      roles: [await makeRole(here.id, ["agents.read", "own.write"])],
    });
    expectRefusal(await list(colleague.auth, agentId), 403, "Forbidden");
    expect((await presence(agentId, colleague.auth)).status).toBe(200);
    expectRefusal(await presence(randomUUID()), 404, "AgentNotFound");
    expectRefusal(await presence(agentId, other.supervisor.auth), 404, "WorkspaceNotFound");
  });
});

describe("the end from a page that is left", () => {
  const end = async (id: string, cookie: string, init: RequestInit) =>
    fetch(`${baseUrl}/api/workspaces/${here.id}/agents/me/presence/sessions/${id}/end`, {
      method: "POST",
      ...init,
      headers: { Cookie: cookie, ...init.headers },
    });

  it("takes any content type, from the own origin", async () => {
    const cookie = await sessionCookie(here.agent);
    const own = { "Sec-Fetch-Site": "same-origin" };
    const bodies: RequestInit[] = [
      { headers: own },
      { headers: { ...own, "Content-Type": "text/plain;charset=UTF-8" }, body: "" },
      { headers: { ...own, "Content-Type": "application/json" }, body: "{not json" },
      { headers: { ...own, "Content-Type": "application/x-www-form-urlencoded" }, body: "a=b" },
      { headers: { ...own, "Content-Type": "application/octet-stream" }, body: new Uint8Array([0, 255]) },
    ];
    for (const init of bodies) {
      const id = randomUUID();
      await put(id);
      expect((await end(id, cookie, init)).status).toBe(204);
    }
  });

  it("is refused from other origins", async () => {
    const cookie = await sessionCookie(here.agent);
    const id = randomUUID();
    await put(id);
    for (const headers of [
      { "Sec-Fetch-Site": "cross-site" },
      { "Sec-Fetch-Site": "same-site" },
      { Origin: "https://evil.example" },
      {},
    ] as const)
      expect((await end(id, cookie, { headers })).status).toBe(403);
    expect((await end(id, cookie, { headers: { "Sec-Fetch-Site": "same-origin" } })).status).toBe(204);
  });
});

it("a heartbeat does not keep a sign-in from its idle timeout", async () => {
  const cookie = await sessionCookie(here.agent);
  const [session] = await sql<{ id: string }>(
    "SELECT id FROM sessions WHERE user_id = $1 ORDER BY created_at DESC LIMIT 1",
    [here.agent.id],
  );
  const lastSeen = async () =>
    (await sql<{ at: Date }>("SELECT last_seen_at AS at FROM sessions WHERE id = $1", [session?.id]))[0]?.at;
  await sql("UPDATE sessions SET last_seen_at = now() - interval '1 hour' WHERE id = $1", [session?.id]);
  const before = await lastSeen();
  const headers = { Cookie: cookie, "Sec-Fetch-Site": "same-origin" };
  const sent = await call("putPresenceSession", { params: params(randomUUID()), body: heartbeat, headers });
  expect(sent.status).toBe(200);
  // Uses are recorded after the response.
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await lastSeen()).toEqual(before);
  await call("listWorkspaces", { headers });
  await expect.poll(lastSeen).not.toEqual(before);
});
