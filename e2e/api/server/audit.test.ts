import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { call } from "@/e2e/support/api/client";
import {
  expectRefusal,
  join,
  makeKey,
  makeMember,
  makePerson,
  makeRole,
  makeWorkspace,
  managedRole,
  sql,
  type TestWorkspace,
  token,
} from "@/e2e/support/api/fixtures";
import type { InvitedUser } from "@/lib/access/people/contract";
import type { AuditEvent, AuditPage } from "@/lib/records/audit/contract";

let here: TestWorkspace;
beforeAll(async () => {
  here = await makeWorkspace();
});

const list = (
  query: Record<string, string | number | string[]> = {},
  as = here.supervisor.auth,
  id = here.id,
) => call<AuditPage>("listAuditEvents", { params: { workspaceId: id }, query, as });

const events = async (query: Record<string, string | number | string[]> = {}, id = here.id) => {
  const as = id === here.id ? here.supervisor.auth : (await makeKey(id)).auth;
  return (await list({ limit: 100, ...query }, as, id)).body.results;
};

/**
 * Waits for exactly one matching event. Denied requests are recorded after the response, so it may take a
 * moment.
 */
const eventually = (
  query: Record<string, string | string[]>,
  fits: (event: AuditEvent) => boolean,
  id = here.id,
) =>
  vi.waitFor(
    async () => {
      const found = (await events(query, id)).filter(fits);
      expect(found).toHaveLength(1);
      return found[0] as AuditEvent;
    },
    { timeout: 60_000, interval: 200 },
  );

const newest = async (actions: string): Promise<AuditEvent | undefined> => (await events({ actions }))[0];

const fail = (email: string) =>
  call("createToken", { body: { email, password: "not the password" } }).then((answer) =>
    expectRefusal(answer, 401, "Unauthorized"),
  );

describe("security-related actions are recorded", () => {
  it("tokens, with person, time and IP address", async () => {
    const before = Date.now();
    const member = await makeMember(here.id);
    const [event, ...more] = await events({ actions: "token.created", actorId: member.id });
    expect(more).toEqual([]);
    expect(event).toEqual({
      id: expect.any(String),
      at: expect.any(String),
      action: "token.created",
      outcome: "ok",
      actor: { kind: "user", id: member.id, name: member.name },
      address: expect.stringMatching(/^[\d.:a-f]+$/),
    });
    expect(Date.parse(event?.at ?? "")).toBeGreaterThanOrEqual(before);
  });

  it("an invitation that is sent, resent and accepted", async () => {
    const email = `${randomUUID()}@invited.example`;
    const params = { workspaceId: here.id };
    const { body: invited } = await call<InvitedUser>("inviteUser", {
      params,
      as: here.supervisor.auth,
      body: { email, name: "Ina", roleIds: [managedRole("Agent")] },
    });
    const { body: again } = await call<InvitedUser>("resendInvitation", {
      params: { ...params, userId: invited.id },
      as: here.key,
    });
    await call("acceptInvitation", {
      body: { token: again.inviteUrl?.split("/").at(-1) ?? "", password: "three words of mine" },
    });
    const kept = (
      await events({ actions: "invitation.created,invitation.resent,invitation.accepted" })
    ).filter((event) => [event.target?.id, event.actor?.id].includes(invited.id));
    const roles = [{ id: managedRole("Agent"), name: "Agent" }];
    const target = { type: "person", id: invited.id, name: "Ina" };
    expect(kept).toMatchObject([
      { action: "invitation.accepted", outcome: "ok", actor: { kind: "user", id: invited.id, name: "Ina" } },
      { action: "invitation.resent", actor: { kind: "accessKey" }, target, details: { email, roles } },
      { action: "invitation.created", actor: { id: here.supervisor.id }, target, details: { email, roles } },
    ]);
    expect(JSON.stringify(kept)).not.toContain(again.inviteUrl?.split("/").at(-1));
  });

  it("role changes, suspensions, restores and removals of people", async () => {
    const person = await makePerson(here.id, { name: "Rob In", roles: [managedRole("Agent")] });
    const params = { workspaceId: here.id, userId: person.id };
    const patch = (body: unknown) => call("patchUser", { params, as: here.supervisor.auth, body });
    await patch({ roleIds: [managedRole("Viewer")] });
    await patch({ roleIds: [managedRole("Viewer")] });
    await patch({ status: "suspended" });
    await patch({ status: "active" });
    await call("deleteUser", { params, as: here.supervisor.auth });
    const kept = (await events()).filter((event) => event.target?.id === person.id);
    expect(kept.map(({ action }) => action)).toEqual([
      "person.removed",
      "person.restored",
      "person.suspended",
      "person.changed",
    ]);
    expect(kept[3]?.details).toEqual({
      roles: {
        before: [{ id: managedRole("Agent"), name: "Agent" }],
        after: [{ id: managedRole("Viewer"), name: "Viewer" }],
      },
    });
    expect(kept[0]).toMatchObject({
      target: { type: "person", name: "Rob In" },
      details: { email: person.email, status: "active" },
    });
  });

  it("changes of roles and access keys; deleting a role revokes its keys", async () => {
    const params = { workspaceId: here.id };
    const as = here.supervisor.auth;
    const { body: role } = await call<{ id: string }>("createRole", {
      params,
      as,
      body: { name: "Desk", permissions: ["agents.read"] },
    });
    await call("patchRole", {
      params: { ...params, roleId: role.id },
      as,
      body: { name: "Front desk", permissions: ["agents.read", "own.write"] },
    });
    const { body: key } = await call<{ id: string; key: string }>("createAccessKey", {
      params,
      as,
      body: { name: "Wall", roleId: role.id },
    });
    await call("patchAccessKey", {
      params: { ...params, accessKeyId: key.id },
      as,
      body: { name: "Big wall" },
    });
    await call("deleteRole", { params: { ...params, roleId: role.id }, as });
    const kept = (await events()).filter((event) => [role.id, key.id].includes(event.target?.id ?? ""));
    expect(kept.map(({ action, target, details }) => ({ action, name: target?.name, details }))).toEqual([
      {
        action: "accessKey.revoked",
        name: "Big wall",
        details: { role: { id: role.id, name: "Front desk" } },
      },
      {
        action: "role.deleted",
        name: "Front desk",
        details: { permissions: ["agents.read", "own.write"], members: 0 },
      },
      {
        action: "accessKey.changed",
        name: "Big wall",
        details: { name: { before: "Wall", after: "Big wall" } },
      },
      { action: "accessKey.created", name: "Wall", details: { role: { id: role.id, name: "Front desk" } } },
      {
        action: "role.changed",
        name: "Front desk",
        details: {
          name: { before: "Desk", after: "Front desk" },
          permissions: { before: ["agents.read"], after: ["agents.read", "own.write"] },
        },
      },
      { action: "role.created", name: "Desk", details: { permissions: ["agents.read"] } },
    ]);
    expect(JSON.stringify(kept)).not.toContain(key.key);
  });

  const settings = [
    ["team", "Team", "teamId", { name: "Desk" }],
    ["skill", "Skill", "skillId", { name: "Language" }],
    ["queue", "Queue", "queueId", { name: "Support" }],
    ["preset", "Status", "statusId", { name: "Lunch", status: "active", activity: "onBreak" }],
    [
      "capacityRule",
      "CapacityRule",
      "capacityRuleId",
      { name: "Usual", description: "Most", capacity: { messaging: 1, email: 1 } },
    ],
    [
      "senderProfile",
      "SenderProfile",
      "senderProfileId",
      { name: "Support", email: { username: "a", domain: "b.example" } },
    ],
    ["holidayCalendar", "HolidayCalendar", "holidayCalendarId", { name: "Office", days: [] }],
    [
      "shift",
      "Shift",
      "shiftId",
      { name: "Early", intervals: [{ from: { hour: 6, minute: 0 }, to: { hour: 14, minute: 0 } }] },
    ],
    [
      "rotation",
      "Rotation",
      "rotationId",
      { name: "Two weeks", startDate: "2026-03-02", weeks: [{}, {}], members: [] },
    ],
    ["timeOffType", "TimeOffType", "timeOffTypeId", { name: "Moving house", approval: "required" }],
  ] as const;

  it.each(settings)("a %s that is created, changed and deleted", async (...row) => {
    const [type, operation, parameter, draft] = row;
    const params = { workspaceId: here.id };
    const as = here.supervisor.auth;
    const { status, body } = await call<{ id: string }>(`create${operation}`, { params, as, body: draft });
    expect(status).toBe(201);
    const one = { ...params, [parameter]: body.id };
    await call(`patch${operation}`, { params: one, as, body: { name: "Renamed" } });
    await call(`patch${operation}`, { params: one, as, body: {} });
    await call(`delete${operation}`, { params: one, as });
    const actions = ["created", "changed", "deleted"].map((what) => `${type}.${what}`);
    const kept = (await events({ actions })).filter(({ target }) => target?.id === body.id);
    expect(kept.map(({ action, target, details }) => ({ action, name: target?.name, details }))).toEqual([
      { action: `${type}.deleted`, name: "Renamed" },
      { action: `${type}.changed`, name: "Renamed", details: { fields: ["name"] } },
      { action: `${type}.created`, name: draft.name },
    ]);
  });

  it.each([
    ...settings,
    ["role", "Role", "roleId", { name: "Desk", permissions: ["agents.read", "ledger.read"] }] as const,
  ])("no change of a %s without effect, and its times stay", async (...row) => {
    const [type, operation, parameter, draft] = row;
    const params = { workspaceId: here.id };
    const as = here.supervisor.auth;
    const name = `${draft.name} ${randomUUID().slice(0, 8)}`;
    const made = await call<{ id: string }>(`create${operation}`, { params, as, body: { ...draft, name } });
    const one = { ...params, [parameter]: made.body.id };
    const before = await call(`get${operation}`, { params: one, as });
    const after = await call(`patch${operation}`, { params: one, as, body: { name } });
    expect([made.status, before.status, after.status]).toEqual([201, 200, 200]);
    expect(after.body).toEqual(before.body);
    expect(await call(`get${operation}`, { params: one, as })).toMatchObject({ body: before.body });
    const kept = (await events({ actions: `${type}.changed` })).filter(
      ({ target }) => target?.id === made.body.id,
    );
    expect(kept).toEqual([]);
  });

  it.each([
    ["team", "Team", "teamId", {}, { description: "At night." }],
    ["queue", "Queue", "queueId", {}, { priority: 7 }],
    ["role", "Role", "roleId", { permissions: ["agents.read"] }, { permissions: [] }],
  ] as const)("two changes of a %s at once, each with its own properties", async (...row) => {
    const [type, operation, parameter, draft, other] = row;
    const params = { workspaceId: here.id };
    const as = here.supervisor.auth;
    const ids: string[] = [];
    for (let round = 0; round < 10; round++) {
      const name = `Twice ${randomUUID().slice(0, 8)}`;
      const made = await call<{ id: string }>(`create${operation}`, { params, as, body: { ...draft, name } });
      const one = { ...params, [parameter]: made.body.id };
      const changes = [{ name: `${name} renamed` }, other].map((body) =>
        call(`patch${operation}`, { params: one, as, body }),
      );
      expect((await Promise.all(changes)).map(({ status }) => status)).toEqual([200, 200]);
      ids.push(made.body.id);
    }
    const kept = (await events({ actions: `${type}.changed` }))
      .filter(({ target }) => ids.includes(target?.id ?? ""))
      .map(({ details = {} }) => ("fields" in details ? details.fields : Object.keys(details)));
    expect(kept).toHaveLength(2 * ids.length);
    for (const fields of [["name"], Object.keys(other)])
      expect(kept.filter((each) => JSON.stringify(each) === JSON.stringify(fields))).toHaveLength(ids.length);
  });

  it("a member who adds themselves to a team or leaves it, once", async () => {
    const as = here.supervisor.auth;
    const { body: team } = await call<{ id: string }>("createTeam", {
      params: { workspaceId: here.id },
      as,
      body: { name: "Night" },
    });
    const params = { workspaceId: here.id, teamId: team.id, agentId: here.agent.agentId };
    for (const operation of ["addTeamMember", "addTeamMember", "removeTeamMember"] as const)
      await call(operation, { params, as });
    const kept = (await events({ actions: "team.changed" })).filter(({ target }) => target?.id === team.id);
    expect(kept.map(({ details }) => details)).toEqual([
      { fields: ["members"], agentId: here.agent.agentId, isMember: false },
      { fields: ["members"], agentId: here.agent.agentId, isMember: true },
    ]);
    await call("addTeamMember", { params, as: here.agent.auth });
    await eventually(
      { actions: "team.changed", actorId: here.agent.id },
      ({ outcome, target }) => outcome === "refused" && target?.id === team.id,
    );
  });

  it("a password change, in every workspace that the person can access", async () => {
    const [other, inviting] = await Promise.all([makeWorkspace(), makeWorkspace()]);
    const person = await makePerson(here.id);
    await join(other.id, person.id);
    await join(inviting.id, person.id, { status: "invited" });
    await call("changePassword", {
      as: await token(person),
      body: { current: "a password of the tests", new: "three words of mine" },
    });
    const query = { actions: "password.changed", actorId: person.id };
    for (const id of [here.id, other.id]) expect(await events(query, id)).toHaveLength(1);
    expect(await events(query, inviting.id)).toEqual([]);
  });
});

describe("denied requests are recorded", () => {
  it("a failed sign-in, in every workspace that the person has joined", async () => {
    const [other, inviting] = await Promise.all([makeWorkspace(), makeWorkspace()]);
    const person = await makePerson(here.id, { name: "Tess" });
    await join(other.id, person.id, { status: "suspended" });
    await join(inviting.id, person.id, { status: "invited" });
    await fail(person.email.toUpperCase());
    const query = { actions: "token.created", actorId: person.id };
    for (const id of [here.id, other.id])
      expect(await eventually(query, ({ outcome }) => outcome === "refused", id)).toMatchObject({
        actor: { kind: "user", id: person.id, name: "Tess" },
        address: expect.any(String),
      });
    expect(await events(query, inviting.id)).toEqual([]);
  });

  it("nothing for an unknown email address", async () => {
    const before = await sql<{ count: number }>("SELECT count(*)::int AS count FROM audit_events");
    await fail(`${randomUUID()}@nobody.example`);
    const person = await makePerson(here.id);
    await fail(person.email);
    await eventually({ actorId: person.id }, ({ outcome }) => outcome === "refused");
    const after = await sql<{ count: number }>(
      "SELECT count(*)::int AS count FROM audit_events WHERE actor_id IS NULL",
    );
    expect(before[0]?.count).toBeGreaterThan(0);
    expect(after[0]?.count).toBe(0);
  });

  it("a missing permission, with the reason", async () => {
    const role = await makeRole(here.id, ["people.write"]);
    const member = await makeMember(here.id, { name: "Mallory", roles: [role] });
    const supervisor = await makePerson(here.id, { roles: [managedRole("Supervisor")] });
    const answer = await call("deleteUser", {
      params: { workspaceId: here.id, userId: supervisor.id },
      as: member.auth,
    });
    expectRefusal(answer, 403, "Forbidden");
    expect(
      await eventually({ actorId: member.id }, ({ action }) => action === "person.removed"),
    ).toMatchObject({
      outcome: "refused",
      actor: { id: member.id, name: "Mallory" },
      target: { type: "person", id: supervisor.id },
      details: { reason: expect.stringContaining("that you don't have") },
    });
  });

  it("an expired access key", async () => {
    const { id, auth } = await makeKey(here.id, { expiresAt: new Date(Date.now() - 1000) });
    expectRefusal(
      await call("listAgents", { params: { workspaceId: here.id }, as: auth }),
      401,
      "Unauthorized",
    );
    expect(await eventually({ actions: "accessKey.used" }, ({ target }) => target?.id === id)).toMatchObject({
      outcome: "refused",
      actor: { kind: "accessKey", id },
      details: { reason: "expired" },
    });
  });

  it("not a change that was rolled back", async () => {
    // There is no second supervisor: the last one cannot be suspended, so nothing is recorded as done.
    const alone = await makeWorkspace();
    const answer = await call("patchUser", {
      params: { workspaceId: alone.id, userId: alone.supervisor.id },
      as: alone.key,
      body: { status: "suspended", roleIds: [managedRole("Viewer")] },
    });
    expectRefusal(answer, 409, "LastSupervisor");
    const kept = await events({ actions: "person.changed,person.suspended" }, alone.id);
    expect(kept).toEqual([]);
  });
});

describe("reading the log", () => {
  it("requires ledger.read", async () => {
    expectRefusal(await list({}, here.agent.auth), 403, "Forbidden");
    const { auth } = await makeKey(here.id, { roleId: await makeRole(here.id, ["ledger.read"]) });
    expect((await list({}, auth)).status).toBe(200);
  });

  it("shows nothing of another workspace", async () => {
    const other = await makeWorkspace();
    const [mine] = await events({ limit: "1" });
    const theirs = await events({}, other.id);
    expect(theirs.map(({ id }) => id)).not.toContain(mine?.id);
    expectRefusal(await list({}, other.supervisor.auth), 404, "WorkspaceNotFound");
  });

  it("is paged newest first without duplicates, and binds the token to the filters", async () => {
    const all = await events();
    const seen: string[] = [];
    let pageToken: string | undefined;
    do {
      const { body } = await list({ limit: 3, ...(pageToken ? { pageToken } : {}), upto: all[0]?.at ?? "" });
      seen.push(...body.results.map(({ id }) => id));
      pageToken = body.nextPageToken;
      if (pageToken)
        expectRefusal(await list({ pageToken, actions: "role.created" }), 400, "InvalidPageToken");
    } while (pageToken && seen.length < 30);
    const expected = all.filter(({ at }) => at <= (all[0]?.at ?? "")).map(({ id }) => id);
    expect(seen).toEqual(expected.slice(0, seen.length));
  });

  it("filters by action, person and time, combined with AND", async () => {
    const [last] = await events({ actions: "role.created" });
    expect(last).toBeDefined();
    const at = last?.at ?? "";
    expect(await events({ actions: "role.created", since: at, upto: at })).toContainEqual(last);
    expect(await events({ actions: "role.created", actorId: randomUUID() })).toEqual([]);
    expect(
      await events({ actions: "role.created", since: new Date(Date.parse(at) + 1).toISOString() }),
    ).toEqual([]);
    expectRefusal(await list({ actions: "role.eaten" }), 400, "InvalidQuery", ["actions"]);
  });
});

describe("exporting the log", () => {
  const exported = (accept: string, query: Record<string, string> = {}) =>
    call<string>("listAuditEvents", {
      params: { workspaceId: here.id },
      query,
      headers: { Accept: accept },
      as: here.supervisor.auth,
    });

  it("returns every event as JSON Lines, and is itself recorded", async () => {
    const { status, headers, body } = await exported("application/x-ndjson");
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("application/x-ndjson");
    expect(headers.get("vary")).toContain("Accept");
    const lines = body
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as AuditEvent);
    expect(lines[0]).toMatchObject({ action: "audit.exported", details: { format: "jsonLines" } });
    expect(lines).toEqual(expect.arrayContaining((await events({ actions: "role.created" })).slice(0, 3)));
    expect(lines.map(({ id }) => id)).toEqual(
      lines
        .map(({ id }) => id)
        .toSorted()
        .reverse(),
    );
  });

  it("reads several batches to the end", async () => {
    const large = await makeWorkspace();
    await sql(
      `INSERT INTO audit_events (workspace_id, id, action, outcome, at)
       SELECT $1, gen_random_uuid(), 'token.created', 'ok', now() - interval '1 day' FROM generate_series(1, 2500)`,
      [large.id],
    );
    const { body } = await call<string>("listAuditEvents", {
      params: { workspaceId: large.id },
      query: { upto: new Date(Date.now() - 3600_000).toISOString() },
      headers: { Accept: "application/x-ndjson" },
      as: large.supervisor.auth,
    });
    const ids = body
      .trimEnd()
      .split("\n")
      .map((line) => (JSON.parse(line) as AuditEvent).id);
    expect(new Set(ids).size).toBe(2500);
    expect(ids).toHaveLength(2500);
  });

  it("returns CSV with texts escaped against formula injection", async () => {
    const name = `=HYPERLINK("https://x.example","go")`;
    const answer = await call("createRole", {
      params: { workspaceId: here.id },
      as: here.supervisor.auth,
      body: { name, permissions: [] },
    });
    expect(answer.status).toBe(201);
    const { headers, body } = await exported("text/csv", { actions: "role.created" });
    expect(headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(headers.get("content-disposition")).toMatch(/^attachment; filename="audit-\d{4}-\d\d-\d\d\.csv"$/);
    // Decoding the text removes the byte order mark.
    expect(body.split("\r\n")[0]?.replace("\uFEFF", "")).toBe(
      "at,action,outcome,actorKind,actorId,actorName,address,targetType,targetId,targetName,details,id",
    );
    expect(body).toContain(`"'=HYPERLINK(""https://x.example"",""go"")"`);
    expect((await newest("audit.exported"))?.details).toMatchObject({
      format: "csv",
      actions: ["role.created"],
    });
  });

  it("returns JSON Lines for */* and for unsupported types", async () => {
    for (const accept of ["*/*", "application/*, text/csv;q=0.5", "image/png"]) {
      const { body } = await exported(accept);
      expect(body).toHaveProperty("results");
    }
  });
});
