import { randomBytes } from "node:crypto";
import { managedRoles } from "@/lib/access/roles/rules";
import type { Agent } from "@/lib/agents/agents/contract";
import type { BriefAgent } from "@/lib/agents/agents/list-contract";
import type { Activity, AgentStatus } from "@/lib/availability/declared/contract";
import { createDatabase } from "@/lib/platform/database/db";
import { newId } from "@/lib/platform/ids";
import { hashAccessKey, newAccessKey } from "@/lib/platform/security/access-keys";
import type { Permission } from "@/lib/platform/security/permissions";
import { foldText } from "@/lib/platform/text/text-folding";
import {
  combineRows,
  insertRows,
  makeAgent,
  makeMembership,
  makePerson,
  makeWorkspace,
  type Rows,
} from "@/lib/testing/factories";
import { type Answer, call } from "./client";

const url = process.env.DATABASE_URL;
if (!url) throw new Error("DATABASE_URL is not set: run the API tests with npm run test:api");

/** The test server's database, for what no endpoint can write. All test files share it. */
export const database = createDatabase(url, 4, () => undefined);

const managedRoleId = (name: string): string => {
  const role = managedRoles.find((each) => each.name === name);
  if (!role) throw new Error(`there is no managed role ${name}`);
  return role.id;
};

/** IDs of the managed roles. */
export const roleIds = {
  Supervisor: managedRoleId("Supervisor"),
  Agent: managedRoleId("Agent"),
  Viewer: managedRoleId("Viewer"),
};

/** A workspace for one test file, and the `Authorization` value of an access key with all permissions. */
export interface Tenant {
  id: string;
  as: string;
}

/** Creates an empty workspace. */
export async function makeTenant(): Promise<Tenant> {
  const id = newId();
  await insert(makeWorkspace({ id }));
  return { id, as: await accessKey(id, roleIds.Supervisor) };
}

export const insert = (rows: Partial<Rows>) => insertRows(database.query, rows);

async function accessKey(workspaceId: string, roleId: string): Promise<string> {
  const key = newAccessKey();
  const now = new Date();
  await insert({
    accessKeys: [
      {
        workspaceId,
        id: newId(),
        name: "Tests",
        roleId,
        keyHash: Uint8Array.from(hashAccessKey(key)),
        createdAt: now,
        updatedAt: now,
      },
    ],
  });
  return `AccessKey ${key}`;
}

/**
 * Creates an access key whose role has exactly these permissions. Returns its `Authorization` value and the
 * role's ID.
 */
export async function keyWith(
  tenant: Tenant,
  permissions: readonly Permission[],
): Promise<{ as: string; roleId: string }> {
  const roleId = newId();
  const now = new Date();
  await insert({
    roles: [
      {
        workspaceId: tenant.id,
        id: roleId,
        type: "organization",
        name: "Made by a test",
        permissions: [...permissions],
        createdAt: now,
        updatedAt: now,
      },
    ],
  });
  return { as: await accessKey(tenant.id, roleId), roleId };
}

/** The agent properties that tests set; the others have their defaults. */
export interface AgentSpec {
  id?: string;
  name?: string;
  /** Local parts of email addresses. With them, the agent belongs to a person; otherwise it is a bot. */
  emails?: readonly string[];
  membership?: "invited" | "active" | "suspended";
  roleIds?: readonly string[];
  status?: AgentStatus;
  activity?: Activity;
  activityExpiresAt?: Date;
  messaging?: number;
  email?: number;
  createdAt?: Date;
  lastStatusSet?: Date;
  teamIds?: readonly string[];
  skillIds?: readonly string[];
  ruleId?: string;
}

/** Inserts agents and returns their IDs in the given order. */
export async function addAgents(tenant: Tenant, specs: readonly AgentSpec[]): Promise<string[]> {
  const workspaceId = tenant.id;
  // Email addresses are unique across workspaces.
  const domain = `${randomBytes(6).toString("hex")}.example`;
  const ids = specs.map((spec) => spec.id ?? newId());
  const parts = specs.map((spec, index): Partial<Rows> => {
    const agentId = ids[index] ?? "";
    const userId = spec.emails ? newId() : null;
    const agent = makeAgent(
      {
        workspaceId,
        id: agentId,
        userId,
        ...(spec.name === undefined ? {} : { name: spec.name }),
        ...(spec.createdAt ? { createdAt: spec.createdAt } : {}),
      },
      {
        ...(spec.status ? { status: spec.status } : {}),
        ...(spec.activity ? { activity: spec.activity } : {}),
        ...(spec.activityExpiresAt ? { activityExpiresAt: spec.activityExpiresAt } : {}),
        ...(spec.lastStatusSet ? { lastStatusSet: spec.lastStatusSet } : {}),
        ...(spec.ruleId ? { capacityRuleId: spec.ruleId } : {}),
        messagingCount: spec.messaging ?? 0,
        emailCount: spec.email ?? 0,
        assignedCount: (spec.messaging ?? 0) + (spec.email ?? 0),
      },
    );
    const since = spec.createdAt ?? new Date("2025-03-03T09:00:00.000Z");
    return combineRows([
      userId === null
        ? {}
        : combineRows([
            makePerson({ id: userId, emails: (spec.emails ?? []).map((local) => `${local}@${domain}`) }),
            makeMembership({
              workspaceId,
              userId,
              status: spec.membership ?? "active",
              ...(spec.roleIds ? { roleIds: spec.roleIds } : {}),
            }),
          ]),
      agent,
      {
        teamMembers: (spec.teamIds ?? []).map((teamId) => ({
          workspaceId,
          teamId,
          agentId,
          memberSince: since,
          pending: spec.membership === "invited",
        })),
        agentSkills: (spec.skillIds ?? []).map((skillId, position) => ({
          workspaceId,
          agentId,
          skillId,
          position,
        })),
      },
    ]);
  });
  await insert(combineRows(parts));
  return ids;
}

/** Inserts `count` bots in one statement, created one millisecond apart. */
export async function addBots(tenant: Tenant, count: number): Promise<void> {
  await database.query(
    `WITH made AS (
       INSERT INTO agents (workspace_id, id, type, name, name_key, timezone, created_at, updated_at)
       SELECT :workspaceId::uuid, gen_random_uuid(), 'bot', 'Bot ' || n, 'bot ' || n, 'Europe/Berlin',
         timestamptz '2025-01-01 00:00:00Z' + n * interval '1 millisecond', now()
       FROM generate_series(1, :count::int) n RETURNING workspace_id, id, created_at)
     INSERT INTO agent_states (workspace_id, agent_id, status, activity, last_status_set, last_activity_set,
       availability_updated_at, workload_id, workload_updated_at)
     SELECT workspace_id, id, 'away', 'available', created_at, created_at, created_at, gen_random_uuid(), created_at
     FROM made`,
    { workspaceId: tenant.id, count },
  );
}

/** Sets an agent's open conversations, like the routing does, without the API. */
export async function setWorkload(tenant: Tenant, agentId: string, messaging: number, email: number) {
  await database.query(
    `UPDATE agent_states SET messaging_count = :messaging::int, email_count = :email::int,
       assigned_count = :messaging::int + :email::int,
       workload_updated_at = now() WHERE workspace_id = :workspaceId::uuid AND agent_id = :agentId::uuid`,
    { workspaceId: tenant.id, agentId, messaging, email },
  );
}

/** Creates teams and returns their IDs. */
export async function addTeams(tenant: Tenant, names: readonly string[], createdAt = new Date()) {
  const teams = names.map((name) => ({
    workspaceId: tenant.id,
    id: newId(),
    name,
    createdAt,
    updatedAt: createdAt,
  }));
  await insert({ teams });
  return teams.map((team) => team.id);
}

/** Creates skills without values and returns their IDs. */
export async function addSkills(tenant: Tenant, names: readonly string[], createdAt = new Date()) {
  const skills = names.map((name) => ({
    workspaceId: tenant.id,
    id: newId(),
    name,
    nameKey: foldText(name),
    valueType: "multiple" as const,
    createdAt,
    updatedAt: createdAt,
  }));
  await insert({ skills });
  return skills.map((skill) => skill.id);
}

/** Creates a capacity rule and returns its ID. */
export async function addRule(tenant: Tenant, name: string, isDefault = false, createdAt = new Date()) {
  const id = newId();
  await insert({
    capacityRules: [
      {
        workspaceId: tenant.id,
        id,
        name,
        description: `What ${name} bounds`,
        isDefault,
        messagingCapacity: 3,
        emailCapacity: 5,
        createdAt,
        updatedAt: createdAt,
      },
    ],
  });
  return id;
}

export type Page<Item = Agent> = { results: Item[]; nextPageToken?: string; total: number };
type Query = Record<string, string | number | boolean | readonly string[]>;

/** Returns one page of the agent list. */
export function list(tenant: Tenant, query: Query = {}, as = tenant.as): Promise<Answer<Page>> {
  return call<Page>("listAgents", { params: { workspaceId: tenant.id }, query, as });
}

/** Returns all agents of a list, page by page. `between` runs before each page but the first. */
export async function listEverything(
  tenant: Tenant,
  query: Query,
  { limit = 10, between }: { limit?: number; between?: () => Promise<unknown> } = {},
): Promise<Agent[]> {
  const found: Agent[] = [];
  let pageToken: string | undefined;
  for (let page = 0; page < 1000; page++) {
    const answer = await list(tenant, { ...query, limit, ...(pageToken ? { pageToken } : {}) });
    if (answer.status !== 200) throw new Error(`page ${page}: ${JSON.stringify(answer.body)}`);
    if (page > 0 && answer.body.results.length === 0 && answer.body.nextPageToken)
      throw new Error("an empty page names a next one");
    found.push(...answer.body.results);
    pageToken = answer.body.nextPageToken;
    if (!pageToken) return found;
    await between?.();
  }
  throw new Error("the list does not end");
}

/** Requests the brief list of all agents. */
export function listBriefly(tenant: Tenant, headers: Record<string, string> = {}) {
  return call<{ results: BriefAgent[] }>("listAllAgents", {
    params: { workspaceId: tenant.id },
    as: tenant.as,
    headers,
  });
}

/** The four sort keys, ascending and descending. */
export const orders = (["createdAt", "name", "assignedCount", "statusAssignedCount"] as const).flatMap(
  (sortBy) => [false, true].map((reverse) => ({ sortBy, reverse })),
);

/**
 * Sorts as docs/contract.md §4 requires, implemented independently of the product by comparing code points.
 * Supports only the letters that the tests use.
 */
export function inOrder(agents: readonly Agent[], sortBy: string, reverse: boolean): Agent[] {
  const statusRank = { active: 0, away: 1, offline: 2 };
  const open = (agent: Agent) => agent.workload.workload.messaging + agent.workload.workload.email;
  const keys = (agent: Agent): (string | number)[] => {
    if (sortBy === "createdAt") return [Date.parse(agent.createdAt), agent.id];
    if (sortBy === "name") return [plainLetters(agent.name), agent.name, agent.id];
    if (sortBy === "assignedCount") return [open(agent), agent.id];
    return [statusRank[agent.status], open(agent), agent.id];
  };
  const sorted = [...agents].sort((a, b) => {
    const [left, right] = [keys(a), keys(b)];
    for (const [index, one] of left.entries()) {
      const other = right[index] ?? "";
      const difference =
        typeof one === "number" && typeof other === "number"
          ? one - other
          : byCodePoint(String(one), String(other));
      if (difference !== 0) return difference;
    }
    return 0;
  });
  return reverse ? sorted.reverse() : sorted;
}

function plainLetters(name: string): string {
  const table: Record<string, string> = { ß: "ss", ø: "o", ł: "l", æ: "ae", ς: "σ", "’": "'", "‑": "-" };
  return [
    ...name
      .normalize("NFKD")
      .replace(/\p{M}|\p{Cf}/gu, "")
      .normalize("NFC")
      .toLowerCase(),
  ]
    .map((letter) => table[letter] ?? letter)
    .join("");
}

function byCodePoint(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** Returns the names of the agents on a page. */
export const namesOf = (answer: Answer<Page>) => answer.body.results.map((agent) => agent.name);
