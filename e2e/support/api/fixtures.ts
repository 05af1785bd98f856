import { randomUUID } from "node:crypto";
import { encode } from "next-auth/jwt";
import pg from "pg";
import { expect } from "vitest";
import { managedRoles } from "@/lib/access/roles/rules";
import type { Agent } from "@/lib/agents/agents/contract";
import { hashAccessKey, newAccessKey } from "@/lib/platform/security/access-keys";
import { hashPassword } from "@/lib/platform/security/passwords";
import type { Permission } from "@/lib/platform/security/permissions";
import { createSecrets } from "@/lib/platform/security/secrets";
import { sessionCookieName } from "@/lib/platform/security/session-cookie";
import { type Answer, baseUrl, call, demo, product, raw } from "./client";

/** For rows that no endpoint can create. All test files share it. */
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 4, allowExitOnIdle: true });
// Tests that end connections may hit idle ones.
pool.on("error", () => undefined);

export async function sql<Row extends pg.QueryResultRow = Record<string, unknown>>(
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  return (await pool.query<Row>(text, [...values])).rows;
}

const password = "a password of the tests";
let hash: Promise<string> | undefined;

/** Returns the ID of a managed role. */
export function managedRole(name: "Supervisor" | "Agent" | "Viewer"): string {
  const role = managedRoles.find((each) => each.name === name);
  if (!role) throw new Error(`there is no managed role ${name}`);
  return role.id;
}

export interface Person {
  id: string;
  name: string;
  email: string;
}

/** A person who can call the API. */
export interface Member extends Person {
  /** Value of the `Authorization` header. */
  auth: string;
}

export interface TestWorkspace {
  id: string;
  /** Owns an agent. */
  supervisor: Member & { agentId: string };
  /** Owns an agent. */
  agent: Member & { agentId: string };
  viewer: Member;
  /** `Authorization` value of an access key with the role Supervisor. */
  key: string;
}

interface PersonOptions {
  name?: string;
  roles?: readonly string[];
  status?: "invited" | "active" | "suspended";
  emails?: readonly string[];
  phoneNumber?: string;
}

/** Creates a person in the workspace, with a password and without an agent. */
export async function makePerson(workspaceId: string, options: PersonOptions = {}): Promise<Person> {
  hash ??= hashPassword(password);
  const id = randomUUID();
  const name = options.name ?? "Robin Example";
  const emails = options.emails ?? [`${id}@people.example`];
  await sql(
    `INSERT INTO users (id, name, phone_number, password_hash, created_at, updated_at) VALUES ($1, $2, $3, $4, now(), now())`,
    [id, name, options.phoneNumber, await hash],
  );
  for (const [position, email] of emails.entries())
    await sql(
      `INSERT INTO user_emails (user_id, position, email, address, search_key) VALUES ($1, $2, $3, lower($3), lower($3))`,
      [id, position, email],
    );
  await join(workspaceId, id, options);
  return { id, name, email: emails[0] ?? "" };
}

/** Adds a person to a workspace. */
export async function join(
  workspaceId: string,
  userId: string,
  { status = "active", roles = [] }: PersonOptions = {},
) {
  await sql(
    `INSERT INTO memberships (workspace_id, user_id, status, created_at, updated_at) VALUES ($1, $2, $3, now(), now())`,
    [workspaceId, userId, status],
  );
  for (const role of roles)
    await sql(`INSERT INTO membership_roles (workspace_id, user_id, role_id) VALUES ($1, $2, $3)`, [
      workspaceId,
      userId,
      role,
    ]);
}

/** Signs a person in through `POST /api/tokens`. */
export async function token(person: Person): Promise<string> {
  const answer = await call<{ token: string }>("createToken", { body: { email: person.email, password } });
  expect(answer.status).toBe(201);
  return `Bearer ${answer.body.token}`;
}

export async function makeMember(workspaceId: string, options: PersonOptions = {}): Promise<Member> {
  const person = await makePerson(workspaceId, options);
  return { ...person, auth: await token(person) };
}

/** Returns a browser session as a `Cookie` value. */
export const sessionCookie = (person: Person): Promise<string> =>
  product === "pages" ? signedIn(person) : sealedSession(person);

/** Returns the session cookie as if issued by the server with pages, for the build without sign-in. */
async function sealedSession({ id, name, email }: Person): Promise<string> {
  const sid = randomUUID();
  await sql(
    `INSERT INTO sessions (id, user_id, session_version, created_at, last_seen_at)
     SELECT $2, id, session_version, now(), now() FROM users WHERE id = $1`,
    [id, sid],
  );
  return sealedCookie({ sub: id, name, email, sid });
}

/** Encrypts claims into a session cookie, like the server does. */
export async function sealedCookie(claims: Record<string, unknown>): Promise<string> {
  const secret = createSecrets(process.env.ROLLCALL_SECRET ?? "").key("session");
  return `${sessionCookieName(baseUrl)}=${await encode({ secret, token: claims })}`;
}

/** Signs in like the form does. `jar` holds the cookies that the browser already has. */
export async function signedIn(
  person: Person,
  jar = "",
  headers: Record<string, string> = {},
): Promise<string> {
  const cookies = new Map<string, string>();
  const keep = (headers: Headers) => {
    for (const line of headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const at = pair.indexOf("=");
      cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  };
  for (const pair of jar.split("; ").filter(Boolean)) {
    const at = pair.indexOf("=");
    cookies.set(pair.slice(0, at), pair.slice(at + 1));
  }
  const csrf = await raw("/api/auth/csrf");
  const answer = await raw("/api/auth/callback/credentials", {
    method: "POST",
    headers: { ...headers, "Content-Type": "application/x-www-form-urlencoded", Cookie: keep(csrf.headers) },
    body: new URLSearchParams({
      csrfToken: String(csrf.body.csrfToken),
      email: person.email,
      password,
      callbackUrl: baseUrl,
      json: "true",
    }).toString(),
  });
  expect(answer.status).toBe(200);
  return keep(answer.headers);
}

/** Creates an access key, with the role Supervisor by default. */
export async function makeKey(
  workspaceId: string,
  { roleId = managedRole("Supervisor"), expiresAt }: { roleId?: string; expiresAt?: Date } = {},
): Promise<{ id: string; name: string; auth: string }> {
  const key = newAccessKey();
  const id = randomUUID();
  const name = `key ${id}`;
  await sql(
    `INSERT INTO access_keys (workspace_id, id, name, role_id, key_hash, expires_at, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, now(), now())`,
    [workspaceId, id, name, roleId, hashAccessKey(key), expiresAt ?? null],
  );
  return { id, name, auth: `AccessKey ${key}` };
}

/** Returns the `Authorization` value of Northwind's demo access key. */
export function demoKey(): string {
  const found = demo.accessKeys.find((each) => each.workspace.toLowerCase() === "northwind");
  if (!found) throw new Error("there is no access key in the demo data");
  return `AccessKey ${found.key}`;
}

/** Creates an empty workspace with the managed roles. */
async function emptyWorkspace(): Promise<string> {
  const id = randomUUID();
  await sql(
    `INSERT INTO workspaces (id, name, slug, timezone, created_at, updated_at) VALUES ($1::uuid, 'Test', $1::text, 'Europe/Berlin', now(), now())`,
    [id],
  );
  for (const role of managedRoles)
    await sql(
      `INSERT INTO roles (workspace_id, id, type, name, permissions, created_at, updated_at) VALUES ($1, $2, 'managed', $3, $4, now(), now())`,
      [id, role.id, role.name, role.permissions],
    );
  return id;
}

/** Creates a workspace in Europe/Berlin with one person per managed role and an access key. */
export async function makeWorkspace(): Promise<TestWorkspace> {
  const id = await emptyWorkspace();
  const [supervisor, agent, viewer, key] = await Promise.all([
    makeMember(id, { name: "Sam Supervisor", roles: [managedRole("Supervisor")] }),
    makeMember(id, { name: "Alex Agent", roles: [managedRole("Agent")] }),
    makeMember(id, { name: "Vic Viewer", roles: [managedRole("Viewer")] }),
    makeKey(id),
  ]);
  const own = async (person: Person) => {
    const body = { name: person.name, userId: person.id };
    return (await makeAgent({ id, key: key.auth }, body)).id;
  };
  return {
    id,
    supervisor: { ...supervisor, agentId: await own(supervisor) },
    agent: { ...agent, agentId: await own(agent) },
    viewer,
    key: key.auth,
  };
}

/** Creates an agent through the API; a bot by default. */
export async function makeAgent(
  workspace: Pick<TestWorkspace, "id" | "key">,
  draft: Record<string, unknown> = {},
): Promise<Agent> {
  const answer = await call<Agent>("createAgent", {
    params: { workspaceId: workspace.id },
    as: workspace.key,
    body: { name: "Test bot", ...("userId" in draft ? {} : { type: "bot" }), ...draft },
  });
  expect(answer.status).toBe(201);
  return answer.body;
}

/** Creates an organization role with these permissions. */
export async function makeRole(workspaceId: string, permissions: readonly Permission[]): Promise<string> {
  const id = randomUUID();
  await sql(
    `INSERT INTO roles (workspace_id, id, type, name, permissions, created_at, updated_at) VALUES ($1, $2, 'organization', 'Own', $3, now(), now())`,
    [workspaceId, id, permissions],
  );
  return id;
}

export async function makeTeam(workspaceId: string, name = "Team"): Promise<string> {
  const id = randomUUID();
  await sql(
    `INSERT INTO teams (workspace_id, id, name, created_at, updated_at) VALUES ($1, $2, $3, now(), now())`,
    [workspaceId, id, name],
  );
  return id;
}

/** Creates a skill; returns the IDs of its values in the given order. */
/** Creates a type of time off through the API; returns its ID. */
export async function makeTimeOffType(
  workspace: Pick<TestWorkspace, "id" | "key">,
  draft: Record<string, unknown> = {},
): Promise<string> {
  const answer = await call<{ id: string }>("createTimeOffType", {
    params: { workspaceId: workspace.id },
    as: workspace.key,
    body: { name: randomUUID(), ...draft },
  });
  expect(answer.status).toBe(201);
  return answer.body.id;
}

/** Creates time off of a week in 2031 through the API, approved by default; returns its ID. */
export async function makeTimeOff(
  workspace: Pick<TestWorkspace, "id" | "key">,
  agentId: string,
  draft: Record<string, unknown>,
): Promise<string> {
  const answer = await call<{ id: string }>("createTimeOff", {
    params: { workspaceId: workspace.id, agentId },
    as: workspace.key,
    body: { startDate: "2031-03-03", endDate: "2031-03-07", state: "approved", ...draft },
  });
  expect(answer.status).toBe(201);
  return answer.body.id;
}

/** Creates a calendar feed through the API; returns its ID. */
export async function makeFeed(
  workspace: Pick<TestWorkspace, "id" | "key">,
  agentId: string,
): Promise<string> {
  const params = { workspaceId: workspace.id, agentId };
  const answer = await call<{ id: string }>("createCalendarFeed", { params, as: workspace.key, body: {} });
  expect(answer.status).toBe(201);
  return answer.body.id;
}

export async function makeSkill(
  workspaceId: string,
  valueType: "single" | "multiple" = "multiple",
  values: readonly string[] = ["one", "two", "three"],
): Promise<{ id: string; name: string; values: string[] }> {
  const id = randomUUID();
  const name = `skill ${id}`;
  await sql(
    `INSERT INTO skills (workspace_id, id, name, name_key, value_type, created_at, updated_at) VALUES ($1, $2, $3, $3, $4, now(), now())`,
    [workspaceId, id, name, valueType],
  );
  const ids = values.map(() => randomUUID() as string);
  for (const [position, value] of values.entries())
    await sql(
      `INSERT INTO skill_values (workspace_id, skill_id, id, position, value) VALUES ($1, $2, $3, $4, $5)`,
      [workspaceId, id, ids[position], position, value],
    );
  return { id, name, values: ids };
}

/** Creates a saved view of the person. */
export async function makeView(workspaceId: string, userId: string): Promise<string> {
  const id = randomUUID();
  await sql(
    `INSERT INTO saved_views (workspace_id, user_id, id, name, name_key, search, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $4, 'sortBy=name', now(), now())`,
    [workspaceId, userId, id, `view ${id}`],
  );
  return id;
}

/** Creates a preset at the end of the list: on a break, by default. */
export async function makePreset(
  workspaceId: string,
  {
    name = `preset ${randomUUID()}`,
    status = "active",
    activity = "onBreak",
    seconds = 900 as number | null,
  } = {},
): Promise<string> {
  const id = randomUUID();
  await sql(
    `INSERT INTO presets (workspace_id, id, name, name_key, status, activity, activity_ttl, position, created_at, updated_at)
     SELECT $1, $2, $3, lower($3), $4::text::agent_status, $5::text::activity, $6,
       (SELECT count(*) FROM presets WHERE workspace_id = $1), now(), now()`,
    [workspaceId, id, name, status, activity, seconds],
  );
  return id;
}

/** Creates a holiday calendar with one day of its own. */
export async function makeHolidayCalendar(
  workspaceId: string,
  { name = `calendar ${randomUUID()}`, date = "2026-12-24" } = {},
): Promise<string> {
  const id = randomUUID();
  await sql(
    `INSERT INTO holiday_calendars (workspace_id, id, name, name_key, created_at, updated_at)
     VALUES ($1, $2, $3, lower($3), now(), now())`,
    [workspaceId, id, name],
  );
  await sql(
    `INSERT INTO holiday_calendar_days (workspace_id, calendar_id, date, name) VALUES ($1, $2, $3, 'Company day')`,
    [workspaceId, id, date],
  );
  return id;
}

/** Gives an agent a day off, without a ledger entry or a new version of the agent. */
export async function makeOverride(workspaceId: string, agentId: string, date: string): Promise<void> {
  await sql(
    `INSERT INTO agent_overrides (workspace_id, agent_id, date, intervals, created_at, updated_at)
     VALUES ($1, $2, $3, '[]', now(), now())`,
    [workspaceId, agentId, date],
  );
}

export async function makeSender(workspaceId: string): Promise<string> {
  const id = randomUUID();
  await sql(
    `INSERT INTO sender_profiles (workspace_id, id, name, email_username, email_domain, created_at, updated_at)
     VALUES ($1, $2, 'Support', 'support', 'mail.example', now(), now())`,
    [workspaceId, id],
  );
  return id;
}

export async function makeRule(workspaceId: string): Promise<string> {
  const id = randomUUID();
  await sql(
    `INSERT INTO capacity_rules (workspace_id, id, name, description, is_default, messaging_capacity, email_capacity, created_at, updated_at)
     VALUES ($1, $2, 'Usual', 'What most can do', true, 5, 10, now(), now())`,
    [workspaceId, id],
  );
  return id;
}

/**
 * Creates a queue. By default, its only team is empty, so that the matcher never assigns its conversations.
 */
export async function makeQueue(
  workspaceId: string,
  {
    name = "Queue",
    isDefault = false,
    offerMode = "auto",
    teams = undefined as readonly string[] | undefined,
  } = {},
): Promise<string> {
  const id = randomUUID();
  await sql(
    `INSERT INTO routing_queues (workspace_id, id, name, is_default, offer_mode, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5::text::offer_mode, now(), now())`,
    [workspaceId, id, name, isDefault, offerMode],
  );
  for (const [position, team] of (teams ?? [await makeTeam(workspaceId, "Nobody")]).entries())
    await sql(
      `INSERT INTO routing_queue_teams (workspace_id, queue_id, team_id, kind, position) VALUES ($1, $2, $3, 'primary', $4)`,
      [workspaceId, id, team, position],
    );
  return id;
}

/** Creates a conversation that waits in a queue. */
export async function makeConversation(
  workspaceId: string,
  queueId: string,
  { channel = "messaging", priority = 50, queuedAt = new Date() } = {},
): Promise<string> {
  const id = randomUUID();
  await sql(
    `INSERT INTO conversations (workspace_id, id, external_id, channel, queue_id, priority, state, queued_at, created_at, updated_at)
     VALUES ($1, $2, $3, $4::text::conversation_channel, $5, $6, 'queued', $7, $7, $7)`,
    [workspaceId, id, `external ${id}`, channel, queueId, priority, queuedAt],
  );
  return id;
}

/** Offers a waiting conversation to an agent; by default for ten minutes, because shared machines stop for a while. */
export async function makeOffer(
  workspaceId: string,
  conversationId: string,
  agentId: string,
  expiresAt: Date = new Date(Date.now() + 600_000),
): Promise<string> {
  const id = randomUUID();
  await sql(
    `WITH offered AS (UPDATE conversations SET state = 'offered' WHERE workspace_id = $1 AND id = $2 RETURNING channel)
     INSERT INTO offers (workspace_id, id, conversation_id, agent_id, channel, created_at, expires_at)
     SELECT $1, $3, $2, $4, channel, LEAST(now(), $5::timestamptz - interval '1 minute'), $5 FROM offered`,
    [workspaceId, conversationId, id, agentId, expiresAt],
  );
  return id;
}

/** Creates an upload record of the agent, without the file; returns its `mediaUrl`. */
export async function makeMedia(
  workspaceId: string,
  agentId: string,
  kind: "avatar" | "audio",
  { finished = true }: { finished?: boolean } = {},
): Promise<string> {
  const id = randomUUID();
  await sql(
    `INSERT INTO media (workspace_id, agent_id, id, kind, content_type, size, created_at, finished_at, revision)
     VALUES ($1, $2, $3, $4::media_kind, $5, 1000, now(), $6, $7)`,
    [
      workspaceId,
      agentId,
      id,
      kind,
      kind === "audio" ? "audio/mpeg" : "image/webp",
      finished ? new Date() : null,
      finished ? randomUUID() : null,
    ],
  );
  return mediaUrl(workspaceId, agentId, id);
}

export function mediaUrl(workspaceId: string, agentId: string, fileId: string): string {
  return `${new URL(baseUrl).origin}/api/workspaces/${workspaceId}/agents/${agentId}/media/${fileId}/download`;
}

export interface LedgerEntry {
  action: string;
  actorKind: string;
  actorId: string;
  actorName: string;
  agentName: string;
  cause: string;
  fields: Record<string, { before?: unknown; after?: unknown }>;
}

/** Returns the ledger entries of an agent, oldest first. */
export function ledger(agentId: string): Promise<LedgerEntry[]> {
  return sql<LedgerEntry & pg.QueryResultRow>(
    `SELECT action::text, actor_kind::text AS "actorKind", actor_id AS "actorId", actor_name AS "actorName",
       agent_name AS "agentName", cause::text, fields FROM changes WHERE agent_id = $1 ORDER BY id`,
    [agentId],
  );
}

/** Expects an error response with a status, a code, a message, and exactly these paths in `details`. */
export function expectRefusal(
  answer: Answer<unknown>,
  status: number,
  code: string,
  paths?: readonly string[],
): void {
  const body = answer.body as { code?: string; message?: string; details?: Record<string, string[]> };
  expect({ status: answer.status, ...body }).toMatchObject({ status, code });
  expect(body.message).toMatch(/^[A-Z].{10,}/);
  if (!paths) return;
  expect(Object.keys(body.details ?? {}).sort()).toEqual([...paths].sort());
  for (const messages of Object.values(body.details ?? {})) {
    expect(messages.length).toBeGreaterThan(0);
    for (const message of messages) expect(message).toMatch(/\w{2}/);
  }
}

/** Returns the version in an ETag. */
export function versionOf(answer: Answer<unknown>): number {
  const [, version] = /^"(\d+)\.[\w-]+"$/.exec(answer.headers.get("etag") ?? "") ?? [];
  if (version === undefined) throw new Error(`no version in the tag ${answer.headers.get("etag")}`);
  return Number(version);
}

export function etagOf(answer: Answer<unknown>): string {
  const tag = answer.headers.get("etag");
  if (!tag) throw new Error("there is no entity tag");
  return tag;
}
