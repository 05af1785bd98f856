import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Answer, call, raw } from "@/e2e/support/api/client";
import {
  expectRefusal,
  join,
  ledger,
  type Member,
  makeAgent,
  makeMember,
  makePerson,
  makeRole,
  makeTeam,
  makeWorkspace,
  managedRole,
  sessionCookie,
  sql,
  type TestWorkspace,
  token,
} from "@/e2e/support/api/fixtures";
import { startMailbox } from "@/e2e/support/api/mailbox";
import { type OwnServer, startOwnServer } from "@/e2e/support/api/own-server";
import type { InvitedUser, User } from "@/lib/access/people/contract";
import type { Agent } from "@/lib/agents/agents/contract";
import type { Candidates } from "@/lib/agents/inbox/contract";
import type { AvailabilityExplanation } from "@/lib/availability/effective/contract";

/** The password of all fixtures. */
const password = "a password of the tests";
const chosen = "three words of mine";

let ours: TestWorkspace;
let theirs: TestWorkspace;

beforeAll(async () => {
  [ours, theirs] = await Promise.all([makeWorkspace(), makeWorkspace()]);
});

const newAddress = () => `${randomUUID()}@invited.example`;

async function invite(
  workspace: TestWorkspace,
  body: Record<string, unknown> = {},
): Promise<InvitedUser & { token: string }> {
  const answer = await call<InvitedUser>("inviteUser", {
    params: { workspaceId: workspace.id },
    as: workspace.supervisor.auth,
    body: { email: newAddress(), roleIds: [managedRole("Agent")], ...body },
  });
  expect(answer.status).toBe(201);
  return { ...answer.body, token: answer.body.inviteUrl?.split("/").at(-1) ?? "" };
}

const accept = (body: Record<string, unknown>) =>
  call<{ workspaceId: string; userId: string; email: string }>("acceptInvitation", { body });

function change(
  workspace: TestWorkspace,
  userId: string,
  body: Record<string, unknown>,
  as = workspace.supervisor.auth,
): Promise<Answer<User>> {
  return call<User>("patchUser", { params: { workspaceId: workspace.id, userId }, as, body });
}

const remove = (workspace: TestWorkspace, userId: string, as = workspace.supervisor.auth) =>
  call("deleteUser", { params: { workspaceId: workspace.id, userId }, as });

const look = async (workspace: TestWorkspace, userId: string) =>
  call<User>("getUser", {
    params: { workspaceId: workspace.id, userId },
    as: workspace.supervisor.auth,
  });

async function tokenFor(email: string, secret: string): Promise<Answer<{ token: string }>> {
  return call("createToken", { body: { email, password: secret } });
}

describe("inviting", () => {
  test("returns a link that works once, after which the person can sign in", async () => {
    const email = newAddress();
    const invited = await invite(ours, { email, name: "Ina Vited" });
    expect(invited).toMatchObject({
      name: "Ina Vited",
      email,
      status: "invited",
      roleIds: [managedRole("Agent")],
    });
    expect(invited.agentId).toBeUndefined();
    expect(invited.inviteUrl).toMatch(/\/invite\/[\w-]{43}$/);
    expectRefusal(await tokenFor(email, chosen), 401, "Unauthorized");

    const accepted = await accept({ token: invited.token, password: chosen });
    expect(accepted).toMatchObject({
      status: 200,
      body: { workspaceId: ours.id, userId: invited.id, email },
    });
    expectRefusal(await accept({ token: invited.token, password: chosen }), 404, "InvitationNotFound");
    const signedIn = await tokenFor(email, chosen);
    expect(signedIn.status).toBe(201);
    const workspaces = await call<{ results: { id: string }[] }>("listWorkspaces", {
      as: `Bearer ${signedIn.body.token}`,
    });
    expect(workspaces.body.results.map((workspace) => workspace.id)).toEqual([ours.id]);
    expect((await look(ours, invited.id)).body).toMatchObject({ status: "active", name: "Ina Vited" });
  });

  test("stores only a hash of the token", async () => {
    const invited = await invite(ours);
    const [row] = await sql("SELECT i::text AS row FROM invitations i WHERE user_id = $1", [invited.id]);
    expect(String(row?.row)).not.toContain(invited.token);
  });

  test("returns the secret only once, and the same response to a repeated request", async () => {
    const request = {
      params: { workspaceId: ours.id },
      as: ours.supervisor.auth,
      headers: { "Idempotency-Key": randomUUID() },
      body: { email: newAddress(), roleIds: [managedRole("Agent")] },
    };
    const first = await call<InvitedUser>("inviteUser", request);
    const second = await call<InvitedUser>("inviteUser", request);
    expect(second.body).toEqual(first.body);
  });

  test("lets invited people choose their name, and rejects weak passwords", async () => {
    const email = newAddress();
    const invited = await invite(ours, { email });
    expect(invited.name).toBe(email);
    for (const easy of ["short", "password123", "PASSWORD123", "abababababab", email]) {
      const answer = await accept({ token: invited.token, password: easy });
      expectRefusal(answer, 422, "InvalidInvitation", ["password"]);
    }
    const bad = await accept({ token: invited.token, password: "", name: " ", more: 1 });
    expectRefusal(bad, 422, "InvalidInvitation", ["password", "name", "more"]);
    const long = "ö".repeat(3) + "x y ".repeat(255);
    const done = await accept({ token: invited.token, password: long, name: "  Nia Me " });
    expect(done.status).toBe(200);
    expect((await look(ours, invited.id)).body.name).toBe("Nia Me");
    expect((await tokenFor(email, long)).status).toBe(201);
  });

  test("returns a link that is valid for seven days, until it is resent or withdrawn", async () => {
    const late = await invite(ours);
    await sql("UPDATE invitations SET expires_at = now() - interval '1 second' WHERE user_id = $1", [
      late.id,
    ]);
    expectRefusal(await accept({ token: late.token, password: chosen }), 404, "InvitationNotFound");

    const place = { params: { workspaceId: ours.id, userId: late.id }, as: ours.supervisor.auth };
    const again = await call<InvitedUser>("resendInvitation", place);
    expect(again.status).toBe(201);
    const [row] = await sql<{ days: number }>(
      "SELECT extract(epoch FROM expires_at - now())::float / 86400 AS days FROM invitations WHERE user_id = $1",
      [late.id],
    );
    expect(row?.days).toBeCloseTo(7, 2);
    expectRefusal(await accept({ token: late.token, password: chosen }), 404, "InvitationNotFound");

    expect((await remove(ours, late.id)).status).toBe(204);
    const fresh = again.body.inviteUrl?.split("/").at(-1);
    expectRefusal(await accept({ token: fresh, password: chosen }), 404, "InvitationNotFound");
    expectRefusal(await call("resendInvitation", place), 404, "UserNotFound");
  });

  test("lets only one of two concurrent acceptances succeed", async () => {
    const invited = await invite(ours);
    const answers = await Promise.all(
      [1, 2, 3].map((each) => accept({ token: invited.token, password: `${chosen} ${each}` })),
    );
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
  });

  test("makes pending team members active on acceptance", async () => {
    const invited = await invite(ours);
    const team = await makeTeam(ours.id);
    const agent = await makeAgent(ours, { name: "Soon", userId: invited.id, teamIds: [team] });
    expect(agent.teams[0]).toMatchObject({ activeMemberCount: 0, pendingMemberCount: 1 });
    expect((await look(ours, invited.id)).body.agentId).toBe(agent.id);
    await accept({ token: invited.token, password: chosen });
    const after = await call<Agent>("getAgent", {
      params: { workspaceId: ours.id, agentId: agent.id },
      as: ours.supervisor.auth,
    });
    expect(after.body.teams[0]).toMatchObject({ activeMemberCount: 1, pendingMemberCount: 0 });
  });

  test("rejects invalid values and people who are already members", async () => {
    const request = { params: { workspaceId: ours.id }, as: ours.supervisor.auth };
    const bad = { email: "nowhere", name: "", roleIds: [], more: true };
    const refused = await call("inviteUser", { ...request, body: bad });
    expectRefusal(refused, 422, "InvalidUser", ["email", "name", "roleIds", "more"]);
    const foreign = await makeRole(theirs.id, ["agents.read"]);
    const body = { email: newAddress(), roleIds: [managedRole("Agent"), foreign] };
    expectRefusal(await call("inviteUser", { ...request, body }), 422, "InvalidUser", ["roleIds.1"]);
    const here = { email: ours.agent.email.toUpperCase(), roleIds: [managedRole("Agent")] };
    expectRefusal(await call("inviteUser", { ...request, body: here }), 422, "InvalidUser", ["email"]);
  });

  test("grants no more permissions than the inviter has", async () => {
    const ofAgents = ["agents.read", "own.write", "settings.read", "routing.read"] as const;
    const roleId = await makeRole(ours.id, ["people.write", ...ofAgents]);
    const clerk = await makeMember(ours.id, { roles: [roleId] });
    const request = { params: { workspaceId: ours.id }, as: clerk.auth };
    const above = { email: newAddress(), roleIds: [managedRole("Supervisor")] };
    expectRefusal(await call("inviteUser", { ...request, body: above }), 403, "Forbidden");
    const below = { email: newAddress(), roleIds: [managedRole("Agent")] };
    const invited = await call<InvitedUser>("inviteUser", { ...request, body: below });
    expect(invited.status).toBe(201);
    const raised = { roleIds: [managedRole("Supervisor")] };
    expectRefusal(await change(ours, clerk.id, raised, clerk.auth), 403, "Forbidden");
    expectRefusal(await remove(ours, ours.agent.id, clerk.auth), 403, "Forbidden");
  });
});

describe("a person known in another workspace", () => {
  test("is the same person here, which is not revealed before they join", async () => {
    const email = newAddress();
    const known = await makePerson(theirs.id, {
      name: "Secret Name",
      emails: [email, newAddress()],
      roles: [managedRole("Agent")],
    });
    const [toKnown, toNew] = [await invite(ours, { email }), await invite(ours)];
    const keys = (user: object) => Object.keys(user).sort();
    expect(keys(toKnown)).toEqual(keys(toNew));
    expect(toKnown).toMatchObject({ name: email, email, status: "invited" });
    expect(toKnown.id).toBe(known.id);
    const listed = await call<{ results: User[] }>("listUsers", {
      params: { workspaceId: ours.id },
      as: ours.supervisor.auth,
      query: { limit: 100 },
    });
    expect(JSON.stringify(listed.body)).not.toContain("Secret Name");
    const secret = (
      await sql("SELECT address FROM user_emails WHERE user_id = $1 AND position = 1", [known.id])
    )[0]?.address;
    const agent = await makeAgent(ours, { name: "Pending", userId: known.id });
    expect(agent).toMatchObject({ userEmails: [email], user: { name: email, defaultEmail: email } });
    const found = async (wanted: string) =>
      (
        await call<{ total: number }>("listAgents", {
          params: { workspaceId: ours.id },
          as: ours.key,
          query: { email: wanted },
        })
      ).body.total;
    expect([await found(email), await found(String(secret))]).toEqual([1, 0]);
    // A weak password gives the same response for both, so that it reveals nothing.
    for (const each of [toKnown, toNew])
      expectRefusal(await accept({ token: each.token, password: "password123" }), 422, "InvalidInvitation", [
        "password",
      ]);

    const wrong = await accept({ token: toKnown.token, password: chosen, name: "Taken Over" });
    expectRefusal(wrong, 401, "Unauthorized");
    const right = await accept({ token: toKnown.token, password, name: "Taken Over" });
    expect(right.body.userId).toBe(known.id);
    expect((await look(ours, known.id)).body).toMatchObject({ status: "active", name: "Secret Name" });
    const signedIn = await tokenFor(email, password);
    const workspaces = await call<{ results: { id: string }[] }>("listWorkspaces", {
      as: `Bearer ${signedIn.body.token}`,
    });
    expect(workspaces.body.results.map((each) => each.id).sort()).toEqual([ours.id, theirs.id].sort());
  });

  test("cannot be taken over with a link that the inviter has seen", async () => {
    const email = newAddress();
    const known = await makePerson(theirs.id, { emails: [email] });
    await sql("UPDATE users SET password_hash = NULL WHERE id = $1", [known.id]);
    const invited = await invite(ours, { email });
    expectRefusal(await accept({ token: invited.token, password: chosen }), 403, "Forbidden");
  });
});

describe("the agent of a suspended person", () => {
  const active = (
    agentId: string,
    operation: "patchAgent" | "patchAvailability",
    body = { status: "active" },
  ) => call(operation, { params: { workspaceId: ours.id, agentId }, as: ours.key, body });
  const suspendedAgents = async (as = ours.viewer.auth) =>
    (await call<{ agentIds: string[] }>("listSuspendedAgents", { params: { workspaceId: ours.id }, as })).body
      .agentIds;

  test("cannot be set active, and is in the list of suspended agents, until the person is restored", async () => {
    const person = await makeMember(ours.id);
    const agent = await makeAgent(ours, { userId: person.id });
    await change(ours, person.id, { status: "suspended" });
    for (const operation of ["patchAgent", "patchAvailability"] as const) {
      expectRefusal(await active(agent.id, operation), 409, "PersonSuspended");
      expect((await active(agent.id, operation, { status: "away" })).status).toBe(200);
    }
    expect(await suspendedAgents()).toContain(agent.id);
    await change(ours, person.id, { status: "active" });
    expect(await suspendedAgents()).not.toContain(agent.id);
    for (const operation of ["patchAgent", "patchAvailability"] as const)
      expect((await active(agent.id, operation)).status).toBe(200);
  });

  test("is never open after concurrent requests to suspend and to set active", async () => {
    for (let round = 0; round < 12; round++) {
      const person = await makeMember(ours.id);
      const agent = await makeAgent(ours, { userId: person.id });
      if (round % 2 === 0) await active(agent.id, "patchAvailability", { status: "offline" });
      const answers = await Promise.all([
        active(agent.id, "patchAvailability"),
        change(ours, person.id, { status: "suspended" }),
        active(agent.id, "patchAgent"),
        active(agent.id, "patchAvailability"),
      ]);
      for (const { status } of answers) expect([200, 409]).toContain(status);
      const { body } = await call<AvailabilityExplanation>("explainAvailability", {
        params: { workspaceId: ours.id, agentId: agent.id },
        as: ours.key,
      });
      expect(Object.values(body.channels).map((verdict) => verdict?.closedBy[0])).toEqual(
        Array(3).fill("suspended"),
      );
      const candidates = await call<Candidates>("listCandidates", {
        params: { workspaceId: ours.id },
        as: ours.key,
        query: { channel: "messaging", agentIds: agent.id },
      });
      expect(candidates.body).toMatchObject({ total: 0, others: { suspended: 1 } });
      expectRefusal(await active(agent.id, "patchAvailability"), 409, "PersonSuspended");
    }
  });
});

describe("suspending", () => {
  test("ends sessions and tokens immediately and keeps the agent's status; restoring gives access again", async () => {
    const person = await makeMember(ours.id, { roles: [managedRole("Agent")] });
    const agent = await makeAgent(ours, { name: "On Duty", userId: person.id });
    const cookie = await sessionCookie(person);
    await call("patchAgent", {
      params: { workspaceId: ours.id, agentId: agent.id },
      as: ours.key,
      body: { status: "active" },
    });
    const suspended = await change(ours, person.id, { status: "suspended" });
    expect(suspended).toMatchObject({ status: 200, body: { status: "suspended", agentId: agent.id } });

    expectRefusal(await call("listWorkspaces", { as: person.auth }), 401, "Unauthorized");
    expect((await raw("/api/workspaces", { headers: { Cookie: cookie } })).status).toBe(401);
    expectRefusal(await tokenFor(person.email, password), 401, "Unauthorized");
    const after = await call<Agent>("getAgent", {
      params: { workspaceId: ours.id, agentId: agent.id },
      as: ours.supervisor.auth,
    });
    expect(after.body).toMatchObject({ status: "active" });
    expect(await ledger(agent.id)).toHaveLength(2);
    const explain = async () =>
      (
        await call<AvailabilityExplanation>("explainAvailability", {
          params: { workspaceId: ours.id, agentId: agent.id },
          as: ours.supervisor.auth,
        })
      ).body;
    const [decider] = (await explain()).deciders;
    expect(decider).toMatchObject({ decider: "membership", code: "suspended", since: expect.any(String) });

    expect((await change(ours, person.id, { status: "suspended" })).status).toBe(200);
    await change(ours, person.id, { roleIds: [managedRole("Viewer")] });
    expect((await explain()).deciders[0]).toEqual(decider);
    expect((await change(ours, person.id, { status: "active" })).body.status).toBe("active");
    expectRefusal(await call("listWorkspaces", { as: person.auth }), 401, "Unauthorized");
    expect((await raw("/api/workspaces", { headers: { Cookie: cookie } })).status).toBe(401);
    expect((await tokenFor(person.email, password)).status).toBe(201);
  });

  test("does not affect the person's other workspaces", async () => {
    const person = await makeMember(ours.id, { roles: [managedRole("Agent")] });
    await join(theirs.id, person.id, { roles: [managedRole("Agent")] });
    await change(ours, person.id, { status: "suspended" });
    const here = await call("listAgents", { params: { workspaceId: ours.id }, as: person.auth });
    expectRefusal(here, 404, "WorkspaceNotFound");
    const there = await call("listAgents", { params: { workspaceId: theirs.id }, as: person.auth });
    expect(there.status).toBe(200);
  });

  test("applies only to people who have joined", async () => {
    const invited = await invite(ours);
    for (const status of ["active", "suspended"])
      expectRefusal(await change(ours, invited.id, { status }), 422, "InvalidUser", ["status"]);
    expectRefusal(await change(ours, invited.id, { status: "invited" }), 422, "InvalidUser", ["status"]);
  });
});

describe("changing roles", () => {
  test("applies from the next request on, and is recorded in the agent's ledger", async () => {
    const person = await makeMember(ours.id, { roles: [managedRole("Agent")] });
    const agent = await makeAgent(ours, { name: "Rising", userId: person.id });
    const place = { params: { workspaceId: ours.id }, as: person.auth };
    expectRefusal(await call("listUsers", place), 403, "Forbidden");
    const roleIds = [managedRole("Supervisor")];
    expect((await change(ours, person.id, { roleIds })).body.roleIds).toEqual(roleIds);
    expect((await call("listUsers", place)).status).toBe(200);
    expect((await ledger(agent.id)).at(-1)?.fields).toEqual({
      roles: { before: [managedRole("Agent")], after: roleIds },
    });
  });

  test("rejects roles of other workspaces and an empty list", async () => {
    const foreign = await makeRole(theirs.id, ["agents.read"]);
    const answer = await change(ours, ours.agent.id, { roleIds: [foreign], status: "gone" });
    expectRefusal(answer, 422, "InvalidUser", ["status"]);
    const second = await change(ours, ours.agent.id, { roleIds: [foreign] });
    expectRefusal(second, 422, "InvalidUser", ["roleIds.0"]);
    expectRefusal(await change(ours, ours.agent.id, { roleIds: [] }), 422, "InvalidUser", ["roleIds"]);
    expect((await change(ours, ours.agent.id, {})).status).toBe(200);
  });
});

describe("the last supervisor", () => {
  test("cannot be demoted, suspended or removed, not even by a key", async () => {
    const workspace = await makeWorkspace();
    const { id } = workspace.supervisor;
    for (const as of [workspace.supervisor.auth, workspace.key]) {
      const demoted = await change(workspace, id, { roleIds: [managedRole("Agent")] }, as);
      expectRefusal(demoted, 409, "LastSupervisor");
      expectRefusal(await change(workspace, id, { status: "suspended" }, as), 409, "LastSupervisor");
      expectRefusal(await remove(workspace, id, as), 409, "LastSupervisor");
    }
    // Invited and suspended people do not count.
    await invite(workspace, { roleIds: [managedRole("Supervisor")] });
    await makePerson(workspace.id, { roles: [managedRole("Supervisor")], status: "suspended" });
    expectRefusal(await change(workspace, id, { status: "suspended" }), 409, "LastSupervisor");
    const more = await change(workspace, id, { roleIds: [managedRole("Supervisor"), managedRole("Viewer")] });
    expect(more.status).toBe(200);
  });

  test("remains when all supervisors are demoted, suspended or removed concurrently", async () => {
    for (let round = 0; round < 5; round++) {
      const workspace = await makeWorkspace();
      const others: Member[] = await Promise.all(
        [1, 2, 3].map(() => makeMember(workspace.id, { roles: [managedRole("Supervisor")] })),
      );
      const [first, second, third] = others as [Member, Member, Member];
      const answers = await Promise.all([
        change(workspace, workspace.supervisor.id, { roleIds: [managedRole("Agent")] }, workspace.key),
        change(workspace, first.id, { status: "suspended" }, workspace.key),
        remove(workspace, second.id, workspace.key),
        change(workspace, third.id, { roleIds: [managedRole("Viewer")] }, workspace.key),
      ]);
      expect(answers.map((answer) => answer.status).filter((status) => status === 409)).toHaveLength(1);
      const [left] = await sql<{ count: number }>(
        `SELECT count(*)::int AS count FROM memberships m JOIN membership_roles r USING (workspace_id, user_id)
         WHERE workspace_id = $1 AND m.status = 'active' AND r.role_id = $2`,
        [workspace.id, managedRole("Supervisor")],
      );
      expect(left?.count).toBe(1);
    }
  });
});

describe("removing", () => {
  test("ends access immediately, deletes the agent and keeps its ledger entry", async () => {
    const person = await makeMember(ours.id, { roles: [managedRole("Agent")] });
    const agent = await makeAgent(ours, { name: "Leaving", userId: person.id });
    expect((await remove(ours, person.id)).status).toBe(204);
    expectRefusal(await look(ours, person.id), 404, "UserNotFound");
    expectRefusal(await call("listWorkspaces", { as: person.auth }), 401, "Unauthorized");
    const gone = await call("getAgent", {
      params: { workspaceId: ours.id, agentId: agent.id },
      as: ours.supervisor.auth,
    });
    expectRefusal(gone, 404, "AgentNotFound");
    expect(await ledger(agent.id)).toMatchObject([{ action: "deleted", actorId: ours.supervisor.id }]);

    // On a new invitation, they choose a new password; the old one was deleted.
    const again = await invite(ours, { email: person.email });
    expect(again.id).toBe(person.id);
    expect((await accept({ token: again.token, password: chosen })).status).toBe(200);
    expectRefusal(await tokenFor(person.email, password), 401, "Unauthorized");
  });

  test("keeps the person in their other workspaces", async () => {
    const person = await makeMember(ours.id);
    await join(theirs.id, person.id, { roles: [managedRole("Agent")] });
    expect((await remove(ours, person.id)).status).toBe(204);
    const there = await call("listAgents", { params: { workspaceId: theirs.id }, as: person.auth });
    expect(there.status).toBe(200);
    expect((await tokenFor(person.email, password)).status).toBe(201);
  });

  test("does not delete one's own agent", async () => {
    const person = await makeMember(ours.id, { roles: [managedRole("Supervisor")] });
    await makeAgent(ours, { name: "Me", userId: person.id });
    expectRefusal(await remove(ours, person.id, person.auth), 409, "OwnAgent");
    expect((await look(ours, person.id)).status).toBe(200);
  });
});

test("people of another workspace are not found", async () => {
  const params = { workspaceId: ours.id, userId: theirs.agent.id };
  const as = ours.supervisor.auth;
  expectRefusal(await call("getUser", { params, as }), 404, "UserNotFound");
  const body = { status: "suspended" };
  expectRefusal(await call("patchUser", { params, as, body }), 404, "UserNotFound");
  expectRefusal(await call("deleteUser", { params, as }), 404, "UserNotFound");
  expectRefusal(await call("resendInvitation", { params, as }), 404, "UserNotFound");
  const joined = { workspaceId: ours.id, userId: ours.agent.id };
  expectRefusal(await call("resendInvitation", { params: joined, as }), 422, "InvalidUser", [""]);
});

test("the list of people is paged in order of joining", async () => {
  const workspace = await makeWorkspace();
  const invited = [await invite(workspace), await invite(workspace)];
  const ids: string[] = [];
  let pageToken: string | undefined;
  do {
    const page = await call<{ results: User[]; nextPageToken?: string; total: number }>("listUsers", {
      params: { workspaceId: workspace.id },
      as: workspace.supervisor.auth,
      query: { limit: 2, ...(pageToken ? { pageToken } : {}) },
    });
    expect(page.body.total).toBe(5);
    ids.push(...page.body.results.map((user) => user.id));
    pageToken = page.body.nextPageToken;
  } while (pageToken);
  expect(new Set(ids).size).toBe(5);
  expect(ids.slice(3)).toEqual(invited.map((user) => user.id));
});

describe("changing one's own password", () => {
  test("ends all sessions and tokens, and the new password works", async () => {
    const person = await makeMember(ours.id);
    const cookie = await sessionCookie(person);
    const body = { current: password, new: chosen };
    const done = await call("changePassword", { as: person.auth, body });
    expect(done.status).toBe(204);
    expectRefusal(await call("listWorkspaces", { as: person.auth }), 401, "Unauthorized");
    expect((await raw("/api/workspaces", { headers: { Cookie: cookie } })).status).toBe(401);
    expectRefusal(await tokenFor(person.email, password), 401, "Unauthorized");
    expect((await tokenFor(person.email, chosen)).status).toBe(201);
  });

  test("requires the current password and a strong new one", async () => {
    const person = await makeMember(ours.id);
    const body = { current: "not this one", new: "qwertyuiop" };
    const refused = await call("changePassword", { as: person.auth, body });
    expectRefusal(refused, 422, "InvalidPassword", ["current", "new"]);
    const short = await call("changePassword", {
      as: person.auth,
      body: { current: password, new: "short" },
    });
    expectRefusal(short, 422, "InvalidPassword", ["new"]);
    expectRefusal(
      await call("changePassword", { as: ours.key, body: { current: "x", new: chosen } }),
      403,
      "Forbidden",
    );
    expectRefusal(await call("changePassword", { body: { current: "x", new: chosen } }), 401, "Unauthorized");
    expect((await call("listWorkspaces", { as: person.auth })).status).toBe(200);
  });
});

describe("with a mail server", () => {
  let mailbox: Awaited<ReturnType<typeof startMailbox>>;
  let server: OwnServer;

  beforeAll(async () => {
    mailbox = await startMailbox();
    server = await startOwnServer({
      SMTP_URL: `smtp://127.0.0.1:${mailbox.port}`,
      MAIL_FROM: "Rollcall <rollcall@example.com>",
    });
  });

  afterAll(async () => {
    await server?.stop();
    mailbox?.server.close();
  });

  async function inviteByMail(email: string) {
    const before = mailbox.mails.length;
    const answer = await server.send("POST", `/api/workspaces/${ours.id}/users`, {
      body: { email, roleIds: [managedRole("Agent")] },
      headers: { Authorization: ours.key },
    });
    expect(answer.status).toBe(201);
    await expect.poll(() => mailbox.mails.length).toBe(before + 1);
    const mail = (mailbox.mails.at(-1) ?? "").replace(/=\n/g, "").replace(/=3D/g, "=");
    return { answer, mail, link: /\/invite\/([\w-]{43})/.exec(mail)?.[1] ?? "" };
  }

  test("the link is only emailed, whether or not the person is known elsewhere", async () => {
    const known = await makePerson(theirs.id);
    const mails: string[] = [];
    for (const email of [newAddress(), known.email]) {
      const { answer, mail, link } = await inviteByMail(email);
      expect(answer.body.inviteUrl).toBeUndefined();
      expect(JSON.stringify(answer.body)).not.toContain(link);
      expect(link).not.toBe("");
      expect(mail).toContain(`To: ${email}`);
      expect(mail).toContain("From: Rollcall <rollcall@example.com>");
      mails.push(
        mail
          .replaceAll(email, "ADDRESS")
          .replaceAll(link, "LINK")
          .replace(/^(Date|Message-ID|Content-Transfer-Encoding):.*$/gm, ""),
      );
    }
    expect(mails[0]).toBe(mails[1]);
  });

  test("the link verifies the email address, so a person without a password may choose one", async () => {
    const known = await makePerson(theirs.id);
    await sql("UPDATE users SET password_hash = NULL WHERE id = $1", [known.id]);
    const { link } = await inviteByMail(known.email);
    expect((await accept({ token: link, password: chosen })).status).toBe(200);
    expect((await tokenFor(known.email, chosen)).status).toBe(201);
  });

  test("an unreachable mail server does not make the invitation fail", async () => {
    const lost = await startOwnServer({ SMTP_URL: "smtp://127.0.0.1:9", MAIL_FROM: "a@example.com" });
    try {
      const answer = await lost.send("POST", `/api/workspaces/${ours.id}/users`, {
        body: { email: newAddress(), roleIds: [managedRole("Agent")] },
        headers: { Authorization: ours.key },
      });
      expect(answer.status).toBe(201);
    } finally {
      await lost.stop();
    }
  });
});

test("a person who is invited elsewhere can still sign in with the right password", async () => {
  const person = await makePerson(theirs.id);
  await invite(ours, { email: person.email });
  expect(await token(person)).toMatch(/^Bearer /);
});
