import { beforeAll, describe, expect, it } from "vitest";
import { bearer, call, people, workspaceId } from "@/e2e/support/api/client";
import {
  addAgents,
  addRule,
  addSkills,
  addTeams,
  database,
  insert,
  keyWith,
  makeTenant,
  roleIds,
  setWorkload,
  type Tenant,
} from "@/e2e/support/api/list-fixtures";
import type { Role } from "@/lib/access/roles/contract";
import { managedRoles } from "@/lib/access/roles/rules";
import type { Agent } from "@/lib/agents/agents/contract";
import type { Workload } from "@/lib/availability/workload/contract";
import { newId } from "@/lib/platform/ids";
import { permissions } from "@/lib/platform/security/permissions";
import type { CapacityRule } from "@/lib/workforce/capacity/contract";
import type { SenderProfile } from "@/lib/workforce/senders/contract";
import type { Skill } from "@/lib/workforce/skills/contract";
import type { Team, TeamWithMembers } from "@/lib/workforce/teams/contract";

type Item = Record<string, unknown> & { id: string };
type Page = { results: Item[]; nextPageToken?: string; total: number };

/** Creates `count` rows in the same millisecond and returns their IDs. */
type Maker = (tenant: Tenant, count: number) => Promise<string[]>;
const sameMoment = new Date("2026-01-05T12:00:00.000Z");
const numbered = (what: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${what} ${index + 1}`);

const makeTeams: Maker = (tenant, count) => addTeams(tenant, numbered("Team", count), sameMoment);
// Skill names are unique per workspace.
const makeSkills: Maker = (tenant, count) => addSkills(tenant, numbered(newId(), count), sameMoment);
const makePresets: Maker = async (tenant, count) => {
  const held = await database.query("SELECT 1 FROM presets WHERE workspace_id = :workspaceId::uuid", {
    workspaceId: tenant.id,
  });
  const presets = numbered("Preset", count).map((_, index) => {
    const id = newId();
    const [status, activity] = ["active", "busy"] as const;
    const position = held.length + index;
    const times = { createdAt: sameMoment, updatedAt: sameMoment };
    return { workspaceId: tenant.id, id, name: id, nameKey: id, status, activity, position, ...times };
  });
  await insert({ presets });
  return presets.map((row) => row.id);
};
const makeRules: Maker = (tenant, count) =>
  Promise.all(numbered("Rule", count).map((name) => addRule(tenant, name, false, sameMoment)));
const makeSenders: Maker = async (tenant, count) => {
  const senderProfiles = numbered("Sender", count).map((name, index) => ({
    workspaceId: tenant.id,
    id: newId(),
    name,
    emailUsername: `sender${index + 1}`,
    emailDomain: "mail.example",
    signature: index % 2 === 0 ? null : "Yours",
    createdAt: sameMoment,
    updatedAt: sameMoment,
  }));
  await insert({ senderProfiles });
  return senderProfiles.map((row) => row.id);
};
const makeRoles: Maker = async (tenant, count) => {
  const roles = numbered("Role", count).map((name) => ({
    workspaceId: tenant.id,
    id: newId(),
    type: "organization" as const,
    name,
    permissions: ["ledger.read", "agents.read"],
    createdAt: sameMoment,
    updatedAt: sameMoment,
  }));
  await insert({ roles });
  return roles.map((row) => row.id);
};

const makeQueues: Maker = async (tenant, count) => {
  const rows = await database.query<{ id: string }>(
    `INSERT INTO routing_queues (workspace_id, id, name, created_at, updated_at)
     SELECT :workspaceId::uuid, gen_random_uuid(), 'Queue ' || n, :at::timestamptz, :at::timestamptz
     FROM generate_series(1, :count::int) n RETURNING id`,
    { workspaceId: tenant.id, at: sameMoment, count },
  );
  return rows.map(({ id }) => id);
};

const neighbours = [
  {
    what: "teams",
    list: "listTeams",
    get: "getTeam",
    param: "teamId",
    code: "TeamNotFound",
    make: makeTeams,
  },
  {
    what: "skills",
    list: "listSkills",
    get: "getSkill",
    param: "skillId",
    code: "SkillNotFound",
    make: makeSkills,
  },
  {
    what: "presets",
    list: "listStatuses",
    get: "getStatus",
    param: "statusId",
    code: "StatusNotFound",
    make: makePresets,
  },
  {
    what: "capacity rules",
    list: "listCapacityRules",
    get: "getCapacityRule",
    param: "capacityRuleId",
    code: "CapacityRuleNotFound",
    make: makeRules,
  },
  {
    what: "sender profiles",
    list: "listSenderProfiles",
    get: "getSenderProfile",
    param: "senderProfileId",
    code: "SenderProfileNotFound",
    make: makeSenders,
  },
  {
    what: "roles",
    list: "listRoles",
    get: "getRole",
    param: "roleId",
    code: "RoleNotFound",
    make: makeRoles,
  },
  {
    what: "queues",
    list: "listQueues",
    get: "getQueue",
    param: "queueId",
    code: "QueueNotFound",
    make: makeQueues,
  },
] as const;

describe.each(neighbours)("$what", ({ list, get, param, code, make }) => {
  /** Managed roles exist in every workspace; the other lists start empty. */
  const given = list === "listRoles" ? managedRoles.length : 0;
  let tenant: Tenant;
  let other: Tenant;
  let ids: string[];
  let theirs: string;

  const page = (query: Record<string, string | number> = {}, of = tenant) =>
    call<Page>(list, { params: { workspaceId: of.id }, query, as: of.as });
  const one = (id: string) =>
    call<Item>(get, { params: { workspaceId: tenant.id, [param]: id }, as: tenant.as });

  beforeAll(async () => {
    [tenant, other] = await Promise.all([makeTenant(), makeTenant()]);
    ids = await make(tenant, 12);
    [theirs = ""] = await make(other, 1);
  });

  it("are listed ten at a time, oldest first, with the total", async () => {
    const { status, body } = await page();
    expect(status).toBe(200);
    expect(body.results).toHaveLength(10);
    expect(body.total).toBe(12 + given);
  });

  it.each([1, 5, 7, 11])(
    "appear once in pages of %i, sorted by ID if created at the same time",
    async (limit) => {
      const seen: string[] = [];
      let pageToken: string | undefined;
      do {
        const { status, body } = await page({ limit, ...(pageToken ? { pageToken } : {}) });
        expect(status).toBe(200);
        expect(body.results.length).toBeLessThanOrEqual(limit);
        expect(body.total).toBe(12 + given);
        seen.push(...body.results.map((item) => item.id));
        pageToken = body.nextPageToken;
      } while (pageToken);
      expect(seen.filter((id) => ids.includes(id))).toEqual(ids.toSorted());
      expect(new Set(seen).size).toBe(12 + given);
      expect(seen).toHaveLength(12 + given);
    },
  );

  it("appear once while others are created between two pages", async () => {
    const busy = await makeTenant();
    const watched = await make(busy, 6);
    const seen: string[] = [];
    let made = 0;
    let pageToken: string | undefined;
    do {
      const { body } = await page({ limit: 2, ...(pageToken ? { pageToken } : {}) }, busy);
      seen.push(...body.results.map((item) => item.id));
      pageToken = body.nextPageToken;
      if (made < 3) made += (await make(busy, 1)).length;
    } while (pageToken);
    expect(made).toBe(3);
    for (const id of watched) expect(seen.filter((each) => each === id)).toHaveLength(1);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it("have no token on the last page, whether full or not", async () => {
    for (const limit of [12 + given, 100]) {
      const { body } = await page({ limit });
      expect(body.results).toHaveLength(12 + given);
      expect(body).not.toHaveProperty("nextPageToken");
    }
  });

  it("are returned alone as in the list", async () => {
    const { body } = await page({ limit: 100 });
    for (const item of body.results) {
      const alone = await one(item.id);
      expect(alone.status).toBe(200);
      expect(alone.body).toMatchObject(item);
    }
    expect((await one(ids[0]?.toUpperCase() ?? "")).body.id).toBe(ids[0]);
  });

  it("of other workspaces are treated as missing, in the list and alone", async () => {
    const { body } = await page({ limit: 100 });
    expect(body.results.map((item) => item.id)).not.toContain(theirs);
    const unknown = await one(newId());
    expect(unknown).toMatchObject({ status: 404, body: { code } });
    expect((await one(theirs)).body).toEqual(unknown.body);
    for (const id of [list, get]) {
      const answer = await call(id, { params: { workspaceId: other.id, [param]: theirs }, as: tenant.as });
      expect(answer).toMatchObject({ status: 404, body: { code: "WorkspaceNotFound" } });
    }
  });

  it("reject a malformed ID in the path", async () => {
    for (const id of ["1", "me", `${ids[0]}0`]) {
      const answer = await one(id);
      expect(answer.status, id).toBe(400);
      expect(answer.body.code, id).toBe("BadRequest");
      expect(Object.keys(answer.body.details as object), id).toEqual([param]);
    }
  });

  it("require credentials", async () => {
    for (const id of [list, get]) {
      const answer = await call(id, { params: { workspaceId: tenant.id, [param]: ids[0] ?? "" } });
      expect(answer).toMatchObject({ status: 401, body: { code: "Unauthorized" } });
    }
  });

  it("require one permission and nothing else", async () => {
    const needed = list === "listQueues" ? "routing.read" : "settings.read";
    const without = await keyWith(
      tenant,
      permissions.filter((permission) => permission !== needed),
    );
    const alone = await keyWith(tenant, [needed]);
    for (const id of [list, get]) {
      const params = { workspaceId: tenant.id, [param]: ids[0] ?? "" };
      expect(await call(id, { params, as: without.as }), id).toMatchObject({
        status: 403,
        body: { code: "Forbidden" },
      });
      expect((await call(id, { params, as: alone.as })).status, id).toBe(200);
    }
    const unknown = { workspaceId: tenant.id, [param]: newId() };
    expect((await call(get, { params: unknown, as: without.as })).status).toBe(403);
  });

  it.each([
    ["limit=0", "limit"],
    ["limit=101", "limit"],
    ["limit=5&limit=5", "limit"],
    ["pageToken=", "pageToken"],
    ["sortBy=name", "sortBy"],
    ["name=a", "name"],
    ["constructor=1", "constructor"],
  ])("reject the query %s", async (query, name) => {
    const parsed = Object.fromEntries(
      [...new URLSearchParams(query).keys()].map((key) => [key, new URLSearchParams(query).getAll(key)]),
    );
    const answer = await call(list, { params: { workspaceId: tenant.id }, query: parsed, as: tenant.as });
    expect(answer.status).toBe(400);
    expect(answer.body.code).toBe("InvalidQuery");
    expect(Object.keys(answer.body.details as object)).toEqual([name]);
  });

  it("accept no parameters for a single item", async () => {
    const answer = await call(get, {
      params: { workspaceId: tenant.id, [param]: ids[0] ?? "" },
      query: { limit: 5 },
      as: tenant.as,
    });
    expect(answer).toMatchObject({
      status: 400,
      body: { code: "InvalidQuery", details: { limit: [expect.any(String)] } },
    });
  });

  it("reject a page token of another workspace or list, and a modified one", async () => {
    await make(other, 2);
    const elsewhere = await page({ limit: 1 }, other);
    const { body } = await page({ limit: 1 });
    const own = body.nextPageToken ?? "";
    for (const pageToken of [elsewhere.body.nextPageToken ?? "", `${own}x`, own.slice(1), "x"])
      expect(await page({ pageToken }), pageToken).toMatchObject({
        status: 400,
        body: { code: "InvalidPageToken" },
      });
    for (const neighbour of neighbours.filter((each) => each.list !== list)) {
      const answer = await call(neighbour.list, {
        params: { workspaceId: tenant.id },
        query: { pageToken: own },
        as: tenant.as,
      });
      expect(answer, neighbour.what).toMatchObject({ status: 400, body: { code: "InvalidPageToken" } });
    }
  });

  it("are readable with every managed role", async () => {
    for (const email of [people.supervisor, people.agent, people.viewer]) {
      const answer = await call(list, {
        params: { workspaceId: await workspaceId("northwind") },
        as: await bearer(email),
      });
      expect(answer.status, email).toBe(200);
    }
  });
});

describe("a team", () => {
  let tenant: Tenant;
  let teamId: string;
  const params = () => ({ workspaceId: tenant.id, teamId });
  const team = async () => (await call<TeamWithMembers>("getTeam", { params: params(), as: tenant.as })).body;
  const counts = async () => {
    const { activeMemberCount, pendingMemberCount } = await team();
    return { active: activeMemberCount, pending: pendingMemberCount };
  };

  beforeAll(async () => {
    tenant = await makeTenant();
    [teamId = ""] = await addTeams(tenant, ["Support"]);
  });

  it("without members has counts of zero", async () => {
    expect(await team()).toMatchObject({ members: [], activeMemberCount: 0, pendingMemberCount: 0 });
    expect(await team()).not.toHaveProperty("description");
  });

  it("counts bots and people of any status as active, invited ones as pending", async () => {
    const [bot, away, offline, invited] = await addAgents(tenant, [
      { name: "Bot", teamIds: [teamId], createdAt: new Date("2026-01-01T00:00:00Z") },
      { emails: ["away"], teamIds: [teamId], createdAt: new Date("2026-01-02T00:00:00Z") },
      { emails: ["off"], status: "offline", teamIds: [teamId], createdAt: new Date("2026-01-03T00:00:00Z") },
      {
        emails: ["new"],
        membership: "invited",
        teamIds: [teamId],
        createdAt: new Date("2026-01-04T00:00:00Z"),
      },
    ]);
    expect(await counts()).toEqual({ active: 3, pending: 1 });
    expect((await team()).members).toEqual([
      { agentId: bot, memberSince: "2026-01-01T00:00:00.000Z", pending: false },
      { agentId: away, memberSince: "2026-01-02T00:00:00.000Z", pending: false },
      { agentId: offline, memberSince: "2026-01-03T00:00:00.000Z", pending: false },
      { agentId: invited, memberSince: "2026-01-04T00:00:00.000Z", pending: true },
    ]);
    const listed = await call<{ results: Team[] }>("listTeams", {
      params: { workspaceId: tenant.id },
      as: tenant.as,
    });
    expect(listed.body.results).toMatchObject([{ id: teamId, activeMemberCount: 3, pendingMemberCount: 1 }]);
    expect(listed.body.results[0]).not.toHaveProperty("members");
    const agent = await call<Agent>("getAgent", {
      params: { workspaceId: tenant.id, agentId: bot ?? "" },
      as: tenant.as,
    });
    expect(agent.body.teams).toEqual([
      {
        id: teamId,
        name: "Support",
        memberSince: "2026-01-01T00:00:00.000Z",
        activeMemberCount: 3,
        pendingMemberCount: 1,
      },
    ]);
  });

  it("counts a person as active once they join, and as pending when they are invited again", async () => {
    const own = await makeTenant();
    const [first = "", second = ""] = await addTeams(own, ["First", "Second"]);
    await addAgents(own, [
      { emails: ["joins"], membership: "invited", teamIds: [first, second] },
      { emails: ["waits"], membership: "invited", teamIds: [first] },
    ]);
    const both = async () =>
      (
        await call<{ results: Team[] }>("listTeams", { params: { workspaceId: own.id }, as: own.as })
      ).body.results.map((each) => [each.name, each.activeMemberCount, each.pendingMemberCount]);
    const become = (status: string) =>
      database.query(
        `UPDATE memberships SET status = :status::membership_status WHERE workspace_id = :workspaceId::uuid AND user_id IN
           (SELECT user_id FROM user_emails WHERE email LIKE 'joins@%')`,
        { workspaceId: own.id, status },
      );
    const invited = [
      ["First", 0, 2],
      ["Second", 0, 1],
    ];
    const joined = [
      ["First", 1, 1],
      ["Second", 1, 0],
    ];
    const sorted = async () => (await both()).sort();
    expect(await sorted()).toEqual(invited);
    await become("active");
    expect(await sorted()).toEqual(joined);
    await become("suspended");
    expect(await sorted()).toEqual(joined);
    await become("active");
    expect(await sorted()).toEqual(joined);
    await become("invited");
    expect(await sorted()).toEqual(invited);
  });

  it("counts one less when an agent is deleted, one more when one is created in it", async () => {
    const before = await counts();
    const made = await call<Agent>("createAgent", {
      params: { workspaceId: tenant.id },
      body: { type: "bot", name: "New", teamIds: [teamId] },
      as: tenant.as,
    });
    expect(made.body.teams).toMatchObject([{ id: teamId, activeMemberCount: before.active + 1 }]);
    expect(await counts()).toEqual({ ...before, active: before.active + 1 });
    await call("deleteAgent", {
      params: { workspaceId: tenant.id, agentId: made.body.id },
      as: tenant.as,
    });
    expect(await counts()).toEqual(before);
  });
});

describe("a skill", () => {
  it("returns its values in order, and its icon if it has one", async () => {
    const tenant = await makeTenant();
    const [skillId = ""] = await addSkills(tenant, ["Language"]);
    const [spanish, french] = [newId(), newId()];
    await insert({
      skillValues: [
        { workspaceId: tenant.id, skillId, id: spanish, position: 1, value: "Spanish", icon: "🇪🇸" },
        { workspaceId: tenant.id, skillId, id: french, position: 0, value: "French" },
      ],
    });
    const { body } = await call<Skill>("getSkill", {
      params: { workspaceId: tenant.id, skillId },
      as: tenant.as,
    });
    expect(body).toMatchObject({
      id: skillId,
      workspaceId: tenant.id,
      name: "Language",
      valueType: "multiple",
    });
    expect(body.values).toEqual([
      { id: french, value: "French" },
      { id: spanish, value: "Spanish", icon: "🇪🇸" },
    ]);
  });
});

describe("a sender profile", () => {
  it("returns its address in two parts, and its signature if it has one", async () => {
    const tenant = await makeTenant();
    await makeSenders(tenant, 2);
    const { body } = await call<{ results: SenderProfile[] }>("listSenderProfiles", {
      params: { workspaceId: tenant.id },
      as: tenant.as,
    });
    const byName = body.results.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    expect(byName).toEqual([
      { id: expect.any(String), name: "Sender 1", email: { username: "sender1", domain: "mail.example" } },
      {
        id: expect.any(String),
        name: "Sender 2",
        email: { username: "sender2", domain: "mail.example" },
        signature: "Yours",
      },
    ]);
  });
});

describe("a managed role", () => {
  const rolesOf = async (tenant: Tenant) =>
    (
      await call<{ results: Role[] }>("listRoles", {
        params: { workspaceId: tenant.id },
        query: { limit: 100 },
        as: tenant.as,
      })
    ).body.results.filter((role) => role.type === "managed");

  it("has the same ID, name and permissions in every workspace, and lists only the current one", async () => {
    const [one, two] = await Promise.all([makeTenant(), makeTenant()]);
    const demo = { id: await workspaceId("northwind"), as: await bearer(people.supervisor) };
    const other = { id: await workspaceId("globex"), as: await bearer(people.otherSupervisor) };
    for (const tenant of [one, two, demo, other])
      expect(await rolesOf(tenant)).toEqual(
        managedRoles.map((role) => ({
          id: role.id,
          type: "managed",
          workspaces: [tenant.id],
          name: role.name,
          permissions: [...role.permissions],
        })),
      );
  });

  it("grants what the contract says", async () => {
    const byName = Object.fromEntries(
      (await rolesOf(await makeTenant())).map((role) => [role.name, role.permissions]),
    );
    expect(byName).toEqual({
      Supervisor: [
        "agents.read",
        "agents.write",
        "agents.delete",
        "availability.write",
        "own.write",
        "settings.read",
        "settings.write",
        "people.write",
        "keys.write",
        "ledger.read",
        "routing.read",
        "routing.write",
        "calendar.write",
        "timeOff.write",
      ],
      Agent: ["agents.read", "own.write", "settings.read", "routing.read"],
      Viewer: ["agents.read", "settings.read", "routing.read"],
    });
  });

  it("appears in an agent next to a custom role, each with only this workspace", async () => {
    const tenant = await makeTenant();
    const { roleId } = await keyWith(tenant, ["ledger.read"]);
    const [agentId = ""] = await addAgents(tenant, [{ emails: ["both"], roleIds: [roleIds.Viewer, roleId] }]);
    const { body } = await call<Agent>("getAgent", {
      params: { workspaceId: tenant.id, agentId },
      as: tenant.as,
    });
    expect(body.roles).toEqual([
      { id: roleIds.Viewer, type: "managed", workspaces: [tenant.id] },
      { id: roleId, type: "organization", workspaces: [tenant.id] },
    ]);
    const role = await call<Role>("getRole", { params: { workspaceId: tenant.id, roleId }, as: tenant.as });
    expect(role.body).toEqual({
      id: roleId,
      type: "organization",
      workspaces: [tenant.id],
      name: "Made by a test",
      permissions: ["ledger.read"],
    });
  });
});

describe("a capacity rule", () => {
  let tenant: Tenant;
  let own: string;
  let fallback: string;
  let bound: string[];
  let free: string;
  const agent = async (agentId: string, of = tenant) =>
    (await call<Agent>("getAgent", { params: { workspaceId: of.id, agentId }, as: of.as })).body;
  const workload = async (agentId: string, of = tenant) =>
    (await call<Workload>("getWorkload", { params: { workspaceId: of.id, agentId }, as: of.as })).body;

  beforeAll(async () => {
    tenant = await makeTenant();
    own = await addRule(tenant, "Own");
    fallback = await addRule(tenant, "Fallback", true);
    bound = await addAgents(tenant, [
      { name: "Bound", ruleId: own, messaging: 4, email: 2 },
      { name: "Bound too", ruleId: own },
    ]);
    [free = ""] = await addAgents(tenant, [{ name: "Free" }]);
  });

  it("lists the IDs of its agents", async () => {
    const { body } = await call<{ results: CapacityRule[] }>("listCapacityRules", {
      params: { workspaceId: tenant.id },
      as: tenant.as,
    });
    const assigned = Object.fromEntries(body.results.map((rule) => [rule.name, rule.assignedAgentIds]));
    expect(assigned).toEqual({ Own: bound.toSorted(), Fallback: [] });
    const alone = await call<CapacityRule>("getCapacityRule", {
      params: { workspaceId: tenant.id, capacityRuleId: own },
      as: tenant.as,
    });
    expect(alone.body).toMatchObject({
      workspaceId: tenant.id,
      name: "Own",
      description: "What Own bounds",
      default: false,
      capacity: { messaging: 3, email: 5 },
      assignedAgentIds: bound.toSorted(),
    });
  });

  it("assigned to an agent applies to them, without the IDs of the others", async () => {
    const shown = (await agent(bound[0] ?? "")).workload;
    expect(shown).toMatchObject({
      workload: { messaging: 4, email: 2 },
      ruleId: own,
      rule: { id: own, name: "Own", default: false, assignedAgentIds: null },
    });
  });

  it("that is the workspace's default applies to agents without their own", async () => {
    const shown = (await agent(free)).workload;
    expect(shown).toMatchObject({
      ruleId: fallback,
      rule: { id: fallback, default: true, assignedAgentIds: null },
    });
  });

  it("is returned in full with the workload", async () => {
    expect(await workload(bound[1] ?? "")).toMatchObject({
      workload: { messaging: 0, email: 0 },
      ruleId: own,
      rule: { id: own, assignedAgentIds: bound.toSorted() },
    });
    expect(await workload(free)).toMatchObject({ ruleId: fallback, rule: { assignedAgentIds: [] } });
  });

  it("is otherwise the same in the agent, in the workload and alone", async () => {
    const alone = await call<CapacityRule>("getCapacityRule", {
      params: { workspaceId: tenant.id, capacityRuleId: own },
      as: tenant.as,
    });
    const inside = (await agent(bound[0] ?? "")).workload;
    const beside = await workload(bound[0] ?? "");
    expect(beside.rule).toEqual(alone.body);
    expect(inside.rule).toEqual({ ...alone.body, assignedAgentIds: null });
    expect({ ...beside, rule: undefined }).toEqual({ ...inside, rule: undefined });
  });

  it("is omitted together with its ID if there is neither an assigned nor a default one", async () => {
    const unbound = await makeTenant();
    await addRule(unbound, "Of others");
    const [agentId = ""] = await addAgents(unbound, [{ name: "Unbound", messaging: 9 }]);
    for (const shown of [(await agent(agentId, unbound)).workload, await workload(agentId, unbound)]) {
      expect(shown).not.toHaveProperty("rule");
      expect(shown).not.toHaveProperty("ruleId");
      expect(shown.workload).toEqual({ messaging: 9, email: 0 });
    }
  });

  it("may be exceeded by the workload, which shows each change of it", async () => {
    const agentId = bound[1] ?? "";
    const before = await workload(agentId);
    await setWorkload(tenant, agentId, 12, 7);
    const after = await workload(agentId);
    expect(after.workload).toEqual({ messaging: 12, email: 7 });
    expect(after.id).toBe(before.id);
    expect(Date.parse(after.updatedAt)).toBeGreaterThan(Date.parse(before.updatedAt));
    expect((await agent(agentId)).workload.workload).toEqual({ messaging: 12, email: 7 });
  });

  it("does not reveal the workload of agents of other workspaces", async () => {
    const other = await makeTenant();
    const params = { workspaceId: other.id, agentId: free };
    expect(await call("getWorkload", { params, as: other.as })).toMatchObject({
      status: 404,
      body: { code: "AgentNotFound" },
    });
    const unread = await keyWith(tenant, ["settings.read"]);
    const refused = await call("getWorkload", {
      params: { workspaceId: tenant.id, agentId: free },
      as: unread.as,
    });
    expect(refused.status).toBe(403);
  });
});
