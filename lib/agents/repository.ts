import type { AgentChange, agentSortKeys } from "@/lib/agents/contract";
import type { Activity, AgentStatus } from "@/lib/availability/contract";
import type { DeclaredAvailability } from "@/lib/availability/rules";
import { type AvailabilityRow, availabilityColumns } from "@/lib/availability/serializer";
import type { CapacityRuleRow } from "@/lib/capacity/serializer";
import { type Database, isUniqueViolation } from "@/lib/db";
import { Prisma } from "@/lib/generated/prisma/client";
import { ApiError } from "@/lib/http/errors";
import type { KeyPart } from "@/lib/http/page-token";
import type { StoredInstant } from "@/lib/http/wire";
import { type AgentId, type AuthorizedWorkspaceId, newId } from "@/lib/ids";
import type { StoredSchedule } from "@/lib/schedule/rules";
import { foldText } from "@/lib/text-folding";

/** Everything that an answer about one agent is made of. */
export interface AgentRow extends AvailabilityRow {
  workspaceId: string;
  id: AgentId;
  type: "user" | "bot";
  userId: string | null;
  name: string;
  bio: string | null;
  avatarUrl: string | null;
  avatarMediaId: string | null;
  wrapUpTime: number;
  timezone: string;
  defaultCountryCode: string | null;
  defaultCallerId: string | null;
  forwardEnabled: boolean | null;
  forwardNumber: string | null;
  forwardMaskCaller: boolean | null;
  transcriptionLocale: string | null;
  weeklySchedule: StoredSchedule | null;
  holidays: { name: string; day: number; month: number }[];
  defaultSenderId: string | null;
  outOfOfficeResponse: string | null;
  createdAt: StoredInstant;
  updatedAt: StoredInstant;
  version: number;
  workloadId: string;
  messagingCount: number;
  emailCount: number;
  assignedCount: number;
  lastAssignedAt: StoredInstant | null;
  workloadUpdatedAt: StoredInstant;
  rule: CapacityRuleRow | null;
  user: {
    id: string;
    name: string;
    avatarUrl: string | null;
    phoneNumber: string | null;
    properties: Record<string, string>;
  } | null;
  userEmails: string[];
  teams: {
    id: string;
    name: string;
    memberSince: StoredInstant;
    activeMemberCount: number;
    pendingMemberCount: number;
  }[];
  roles: { id: string; type: "organization" | "managed" }[];
  skills: {
    id: string;
    name: string;
    valueType: "single" | "multiple";
    values: { id: string; value: string; icon: string | null }[];
  }[];
  dropVms: { id: string; name: string; mediaId: string }[];
}

/** What the brief list of all agents is made of. */
export interface BriefAgentRow {
  workspaceId: string;
  id: AgentId;
  name: string;
  status: AgentStatus;
  activity: Activity;
  activityExpiresAt: StoredInstant | null;
  avatarUrl: string | null;
  avatarMediaId: string | null;
  createdAt: StoredInstant;
}

export type AgentSortKey = (typeof agentSortKeys)[number];

/** What a list is narrowed to; different filters must all match. Instants are epoch milliseconds. */
export interface AgentFilter {
  name?: string | undefined;
  email?: string | undefined;
  agentStatuses?: readonly string[] | undefined;
  activities?: readonly string[] | undefined;
  roleIds?: readonly string[] | undefined;
  teamIds?: readonly string[] | undefined;
  skillIds?: readonly string[] | undefined;
  lastStatusActivitySince?: number | undefined;
  lastStatusActivityUpto?: number | undefined;
}

/** Where in the list to go on, and how far. */
export interface AgentPage {
  sortBy: AgentSortKey;
  reverse: boolean;
  limit: number;
  /** The key of the last row of the page before. */
  after: readonly KeyPart[] | undefined;
  /** Epoch milliseconds; what has run out by then is over. */
  now: number;
}

/** A setting of the workspace that profiles refer to. */
export type Setting =
  | { kind: "skill"; id: string }
  | { kind: "skillValues"; skillId: string; ids: readonly string[] }
  | { kind: "sender"; id: string };

/** What of a profile refers to settings. */
export type SettingsOfAgent = Pick<AgentRow, "id" | "name" | "defaultSenderId" | "skills">;

/** Who refers to a setting: a query of agent ids, and its parameters after the workspace's id. */
function holdersOf(setting: Setting): { sql: string; values: unknown[] } {
  switch (setting.kind) {
    case "skill":
      return {
        sql: `SELECT k.agent_id FROM agent_skills k WHERE k.workspace_id = $1::uuid AND k.skill_id = $2::uuid`,
        values: [setting.id],
      };
    case "skillValues":
      return {
        sql: `SELECT v.agent_id FROM agent_skill_values v
              WHERE v.workspace_id = $1::uuid AND v.skill_id = $2::uuid AND v.value_id = ANY($3::uuid[])`,
        values: [setting.skillId, setting.ids],
      };
    case "sender":
      return {
        sql: `SELECT h.id FROM agents h WHERE h.workspace_id = $1::uuid AND h.default_sender_id = $2::uuid`,
        values: [setting.id],
      };
  }
}

const agentJoin = `agents a JOIN agent_states s ON s.workspace_id = a.workspace_id AND s.agent_id = a.id`;

const skillsColumn = `
  (SELECT coalesce(json_agg(json_build_object('id', k.id, 'name', k.name, 'valueType', k.value_type, 'values',
       (SELECT coalesce(json_agg(json_build_object('id', v.id, 'value', v.value, 'icon', v.icon) ORDER BY v.position), '[]')
          FROM agent_skill_values av
          JOIN skill_values v ON v.workspace_id = av.workspace_id AND v.skill_id = av.skill_id AND v.id = av.value_id
          WHERE av.workspace_id = a.workspace_id AND av.agent_id = a.id AND av.skill_id = k.id))
       ORDER BY ak.position, k.id), '[]')
     FROM agent_skills ak JOIN skills k ON k.workspace_id = ak.workspace_id AND k.id = ak.skill_id
     WHERE ak.workspace_id = a.workspace_id AND ak.agent_id = a.id) AS skills`;

const agentColumns = `
  a.workspace_id AS "workspaceId", a.id, a.type::text AS type, a.user_id AS "userId", a.name, a.bio,
  a.avatar_url AS "avatarUrl", a.avatar_media_id AS "avatarMediaId", a.wrap_up_time AS "wrapUpTime", a.timezone,
  a.default_country_code AS "defaultCountryCode", a.default_caller_id AS "defaultCallerId",
  a.forward_enabled AS "forwardEnabled", a.forward_number AS "forwardNumber",
  a.forward_mask_caller AS "forwardMaskCaller", a.transcription_locale AS "transcriptionLocale",
  a.weekly_schedule AS "weeklySchedule", a.holidays, a.default_sender_id AS "defaultSenderId",
  a.out_of_office_response AS "outOfOfficeResponse", a.created_at AS "createdAt", a.updated_at AS "updatedAt",
  s.version, s.status::text AS status, s.status_before_offline::text AS "statusBeforeOffline",
  s.activity::text AS activity, s.activity_expires_at AS "activityExpiresAt", s.activity_text AS "activityText",
  s.last_status_set AS "lastStatusSet", s.last_activity_set AS "lastActivitySet",
  s.last_set_to_away_at AS "lastSetToAwayAt", s.availability_updated_at AS "availabilityUpdatedAt",
  s.workload_id AS "workloadId", s.messaging_count AS "messagingCount", s.email_count AS "emailCount",
  s.assigned_count AS "assignedCount", s.last_assigned_at AS "lastAssignedAt",
  s.workload_updated_at AS "workloadUpdatedAt",
  (SELECT json_build_object('id', r.id, 'name', r.name, 'description', r.description, 'isDefault', r.is_default,
       'messagingCapacity', r.messaging_capacity, 'emailCapacity', r.email_capacity,
       'createdAt', r.created_at, 'updatedAt', r.updated_at)
     FROM capacity_rules r WHERE r.workspace_id = a.workspace_id
       AND CASE WHEN s.capacity_rule_id IS NULL THEN r.is_default ELSE r.id = s.capacity_rule_id END) AS rule,
  (SELECT CASE WHEN i.user_id IS NULL
       THEN json_build_object('id', u.id, 'name', u.name, 'avatarUrl', u.avatar_url, 'phoneNumber', u.phone_number,
         'properties', u.properties)
       -- Not joined yet: what other workspaces know of the person is not shown here.
       ELSE json_build_object('id', u.id, 'name', coalesce(i.name, i.email), 'avatarUrl', NULL, 'phoneNumber', NULL,
         'properties', json_build_object()) END
     FROM users u LEFT JOIN invitations i ON i.workspace_id = a.workspace_id AND i.user_id = u.id
     WHERE u.id = a.user_id) AS "user",
  coalesce(
    (SELECT json_build_array(i.email) FROM invitations i WHERE i.workspace_id = a.workspace_id AND i.user_id = a.user_id),
    (SELECT coalesce(json_agg(e.email ORDER BY e.position), '[]')
       FROM user_emails e WHERE e.user_id = a.user_id)) AS "userEmails",
  (SELECT coalesce(json_agg(json_build_object('id', t.id, 'name', t.name, 'memberSince', m.member_since,
       'activeMemberCount', t.active_member_count, 'pendingMemberCount', t.pending_member_count)
       ORDER BY m.member_since, t.id), '[]')
     FROM team_members m JOIN teams t ON t.workspace_id = m.workspace_id AND t.id = m.team_id
     WHERE m.workspace_id = a.workspace_id AND m.agent_id = a.id) AS teams,
  (SELECT coalesce(json_agg(json_build_object('id', r.id, 'type', r.type) ORDER BY r.id), '[]')
     FROM membership_roles mr JOIN roles r ON r.workspace_id = mr.workspace_id AND r.id = mr.role_id
     WHERE mr.workspace_id = a.workspace_id AND mr.user_id = a.user_id) AS roles,
  ${skillsColumn},
  (SELECT coalesce(json_agg(json_build_object('id', d.id, 'name', d.name, 'mediaId', d.media_id) ORDER BY d.position), '[]')
     FROM drop_vms d WHERE d.workspace_id = a.workspace_id AND d.agent_id = a.id) AS "dropVms"`;

/** One part of a sort order: the expression, and how a key part becomes a value to compare with. */
interface SortPart {
  column: string;
  cast: (parameter: string) => string;
  of: (row: AgentRow) => KeyPart;
}

const instantCast = (parameter: string) => `to_timestamp(${parameter}::double precision / 1000)`;

const idPart: SortPart = { column: "a.id", cast: (p) => `${p}::uuid`, of: (row) => row.id };

/** Each order has an index of the same columns; the last part makes it total (contract §4). */
const sortOrders: Record<AgentSortKey, readonly SortPart[]> = {
  createdAt: [
    { column: "a.created_at", cast: instantCast, of: (row) => new Date(row.createdAt).getTime() },
    idPart,
  ],
  name: [
    { column: "a.name_key", cast: (p) => `${p}::text`, of: (row) => foldText(row.name) },
    { column: "a.name", cast: (p) => `${p}::text`, of: (row) => row.name },
    idPart,
  ],
  assignedCount: [
    { column: "s.assigned_count", cast: (p) => `${p}::int`, of: (row) => row.assignedCount },
    { ...idPart, column: "s.agent_id" },
  ],
  statusAssignedCount: [
    { column: "s.status", cast: (p) => `${p}::text::agent_status`, of: (row) => row.status },
    { column: "s.assigned_count", cast: (p) => `${p}::int`, of: (row) => row.assignedCount },
    { ...idPart, column: "s.agent_id" },
  ],
};

/** `%text%` for LIKE, with its own signs taken literally. */
const containing = (text: string) => `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

/** Numbered parameters, collected as SQL is written. */
class Parameters {
  readonly values: unknown[] = [];
  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

function conditions(filter: AgentFilter, now: number, parameters: Parameters): string[] {
  const found: string[] = [];
  const anyOf = (column: string, values: readonly string[] | undefined, type: string) => {
    if (values) found.push(`${column} = ANY(${parameters.add(values)}::${type}[])`);
  };
  const related = (values: readonly string[] | undefined, from: string, column: string) => {
    if (values)
      found.push(`EXISTS (SELECT 1 FROM ${from} AND ${column} = ANY(${parameters.add(values)}::uuid[]))`);
  };
  if (filter.name !== undefined)
    found.push(`a.name_key LIKE ${parameters.add(containing(foldText(filter.name)))}::text`);
  if (filter.email !== undefined)
    found.push(
      `EXISTS (SELECT 1 FROM user_emails e WHERE e.user_id = a.user_id
         AND e.search_key LIKE ${parameters.add(containing(foldText(filter.email)))}::text
         AND NOT EXISTS (SELECT 1 FROM invitations i WHERE i.workspace_id = a.workspace_id
           AND i.user_id = a.user_id AND lower(i.email) <> e.address))`,
    );
  anyOf("s.status", filter.agentStatuses, "agent_status");
  if (filter.activities)
    found.push(
      `CASE WHEN s.activity_expires_at <= ${instantCast(parameters.add(now))} THEN 'available' ELSE s.activity END
         = ANY(${parameters.add(filter.activities)}::activity[])`,
    );
  related(
    filter.roleIds,
    "membership_roles mr WHERE mr.workspace_id = a.workspace_id AND mr.user_id = a.user_id",
    "mr.role_id",
  );
  related(
    filter.teamIds,
    "team_members tm WHERE tm.workspace_id = a.workspace_id AND tm.agent_id = a.id",
    "tm.team_id",
  );
  related(
    filter.skillIds,
    "agent_skills ak WHERE ak.workspace_id = a.workspace_id AND ak.agent_id = a.id",
    "ak.skill_id",
  );
  if (filter.lastStatusActivitySince !== undefined)
    found.push(`s.last_status_set >= ${instantCast(parameters.add(filter.lastStatusActivitySince))}`);
  if (filter.lastStatusActivityUpto !== undefined)
    found.push(`s.last_status_set <= ${instantCast(parameters.add(filter.lastStatusActivityUpto))}`);
  return found;
}

/** Columns of the profile; null clears one. */
export interface ProfileColumns {
  name: string;
  bio: string | null;
  avatarUrl: string | null;
  avatarMediaId: string | null;
  wrapUpTime: number;
  timezone: string;
  defaultCountryCode: string | null;
  defaultCallerId: string | null;
  forwardEnabled: boolean | null;
  forwardNumber: string | null;
  forwardMaskCaller: boolean | null;
  transcriptionLocale: string | null;
  weeklySchedule: StoredSchedule | null;
  holidays: { name: string; day: number; month: number }[];
  defaultSenderId: string | null;
  outOfOfficeResponse: string | null;
}

/** What one change of an agent writes; what is left out stays. */
export interface AgentWrite {
  now: Date;
  profile: Partial<ProfileColumns>;
  availability: DeclaredAvailability | undefined;
  skills: AgentChange["assignedSkills"] | undefined;
  dropVms: { id: string; name: string; mediaId: string }[] | undefined;
}

/** A new agent. */
export interface AgentInsert {
  id: AgentId;
  now: Date;
  type: "user" | "bot";
  userId: string | null;
  profile: Partial<ProfileColumns> & Pick<ProfileColumns, "name" | "timezone">;
  availability: DeclaredAvailability;
  teamIds: readonly string[];
  /** The person is invited and has not joined. */
  pending: boolean;
}

/** Reads and writes agents. Every method takes the workspace whose access has been checked. */
export function createAgentRepository(db: Database) {
  return {
    /** One agent, or undefined. With `lock`, nobody else changes it until the transaction ends. */
    async find(
      workspaceId: AuthorizedWorkspaceId,
      agentId: AgentId,
      { lock = false }: { lock?: boolean } = {},
    ): Promise<AgentRow | undefined> {
      const [row] = await db.query<AgentRow>(
        `SELECT ${agentColumns} FROM ${agentJoin}
         WHERE a.workspace_id = $1::uuid AND a.id = $2::uuid ${lock ? "FOR UPDATE OF s" : ""}`,
        [workspaceId, agentId],
      );
      return row;
    },

    /** Agents by id, in the order asked for; unknown ids are left out. */
    findMany(workspaceId: AuthorizedWorkspaceId, ids: readonly AgentId[]): Promise<AgentRow[]> {
      return db.query<AgentRow>(
        `SELECT ${agentColumns}
         FROM unnest($2::uuid[]) WITH ORDINALITY AS asked(id, position)
         JOIN agents a ON a.workspace_id = $1::uuid AND a.id = asked.id
         JOIN agent_states s ON s.workspace_id = a.workspace_id AND s.agent_id = a.id
         ORDER BY asked.position`,
        [workspaceId, ids],
      );
    },

    /** One page and the number of all that match, in one statement. `next` is the key to go on from. */
    async list(
      workspaceId: AuthorizedWorkspaceId,
      filter: AgentFilter,
      page: AgentPage,
    ): Promise<{ rows: AgentRow[]; total: number; next: KeyPart[] | undefined }> {
      const order = sortOrders[page.sortBy];
      const parameters = new Parameters();
      const where = [
        `a.workspace_id = ${parameters.add(workspaceId)}::uuid`,
        ...conditions(filter, page.now, parameters),
      ];
      const columns = order.map((part) => part.column).join(", ");
      const keys = page.after
        ? order.map((part, index) => part.cast(parameters.add(page.after?.[index]))).join(", ")
        : undefined;
      const onward = keys ? [`(${columns}) ${page.reverse ? "<" : ">"} (${keys})`] : [];
      const direction = page.reverse ? "DESC" : "ASC";
      const orderBy = order.map((part) => `${part.column} ${direction}`).join(", ");
      const counted = where.some((condition) => condition.includes("s.")) ? agentJoin : "agents a";
      const rows = await db.query<AgentRow & { total: number }>(
        `SELECT counted.total, page.*
         FROM (SELECT count(*)::int AS total FROM ${counted} WHERE ${where.join(" AND ")}) counted
         LEFT JOIN LATERAL (
           SELECT ${agentColumns} FROM (
             SELECT a.workspace_id, a.id FROM ${agentJoin}
             WHERE ${[...where, ...onward].join(" AND ")}
             ORDER BY ${orderBy} LIMIT ${parameters.add(page.limit + 1)}::int
           ) chosen
           JOIN agents a ON a.workspace_id = chosen.workspace_id AND a.id = chosen.id
           JOIN agent_states s ON s.workspace_id = chosen.workspace_id AND s.agent_id = chosen.id
           ORDER BY ${orderBy}
         ) page ON true`,
        parameters.values,
      );
      const total = rows[0]?.total ?? 0;
      const found = rows.filter((row) => row.id !== null);
      const shown = found.slice(0, page.limit);
      const last = shown.at(-1);
      return {
        rows: shown,
        total,
        next: last && found.length > page.limit ? order.map((part) => part.of(last)) : undefined,
      };
    },

    /**
     * A value that changes whenever the brief list of all agents does, and when an activity runs out. One pass over
     * narrow columns.
     */
    async fingerprint(workspaceId: AuthorizedWorkspaceId, now: number): Promise<string> {
      const [row] = await db.query<{ fingerprint: string }>(
        `SELECT concat_ws('.', count(*), sum(s.version), bit_xor(hashtextextended(s.agent_id::text, s.version)),
             count(*) FILTER (WHERE s.activity_expires_at <= ${instantCast("$2")}),
             max(s.activity_expires_at) FILTER (WHERE s.activity_expires_at <= ${instantCast("$2")})) AS fingerprint
         FROM agent_states s WHERE s.workspace_id = $1::uuid`,
        [workspaceId, now],
      );
      return row?.fingerprint ?? "";
    },

    /** Brief rows of agents made after the given one, oldest first. */
    brief(
      workspaceId: AuthorizedWorkspaceId,
      after: { createdAt: number; id: AgentId } | undefined,
      limit: number,
    ): Promise<BriefAgentRow[]> {
      return db.query<BriefAgentRow>(
        `SELECT a.workspace_id AS "workspaceId", a.id, a.name, a.avatar_url AS "avatarUrl",
           a.avatar_media_id AS "avatarMediaId", a.created_at AS "createdAt", s.status::text AS status,
           s.activity::text AS activity, s.activity_expires_at AS "activityExpiresAt"
         FROM ${agentJoin}
         WHERE a.workspace_id = $1::uuid
           ${after ? `AND (a.created_at, a.id) > (${instantCast("$3")}, $4::uuid)` : ""}
         ORDER BY a.created_at, a.id LIMIT $2::int`,
        [workspaceId, limit, ...(after ? [after.createdAt, after.id] : [])],
      );
    },

    /** The workspace's time zone, for agents that name none. */
    async workspaceTimezone(workspaceId: AuthorizedWorkspaceId): Promise<string> {
      const { timezone } = await db.prisma.workspace.findUniqueOrThrow({
        where: { id: workspaceId },
        select: { timezone: true },
      });
      return timezone;
    },

    /** The person's place in the workspace; locked, so that joining meanwhile is not missed. Undefined: not in it. */
    async membership(
      workspaceId: AuthorizedWorkspaceId,
      userId: string,
    ): Promise<{ status: "invited" | "active" | "suspended" } | undefined> {
      const [row] = await db.query<{ status: "invited" | "active" | "suspended" }>(
        `SELECT status::text AS status FROM memberships
         WHERE workspace_id = $1::uuid AND user_id = $2::uuid FOR SHARE`,
        [workspaceId, userId],
      );
      return row;
    },

    /** Those of the ids that are teams of the workspace; locked against being deleted meanwhile. */
    async existingTeams(workspaceId: AuthorizedWorkspaceId, ids: readonly string[]): Promise<Set<string>> {
      const rows = await db.query<{ id: string }>(
        `SELECT id FROM teams WHERE workspace_id = $1::uuid AND id = ANY($2::uuid[]) ORDER BY id FOR KEY SHARE`,
        [workspaceId, ids],
      );
      return new Set(rows.map((row) => row.id));
    },

    /** The named skills of the workspace with the ids of their values; locked against being deleted meanwhile. */
    async skills(
      workspaceId: AuthorizedWorkspaceId,
      ids: readonly string[],
    ): Promise<Map<string, { valueType: "single" | "multiple"; valueIds: Set<string> }>> {
      const rows = await db.query<{ id: string; valueType: "single" | "multiple"; valueIds: string[] }>(
        `SELECT k.id, k.value_type::text AS "valueType",
           ARRAY(SELECT v.id::text FROM skill_values v WHERE v.workspace_id = k.workspace_id AND v.skill_id = k.id) AS "valueIds"
         FROM skills k WHERE k.workspace_id = $1::uuid AND k.id = ANY($2::uuid[]) ORDER BY k.id FOR KEY SHARE OF k`,
        [workspaceId, ids],
      );
      return new Map(
        rows.map(({ id, valueType, valueIds }) => [id, { valueType, valueIds: new Set(valueIds) }]),
      );
    },

    /** Whether the workspace has this sender profile; locked against being deleted meanwhile. */
    async senderExists(workspaceId: AuthorizedWorkspaceId, id: string): Promise<boolean> {
      const rows = await db.query(
        `SELECT id FROM sender_profiles WHERE workspace_id = $1::uuid AND id = $2::uuid FOR KEY SHARE`,
        [workspaceId, id],
      );
      return rows.length > 0;
    },

    /** Inserts an agent. A person who has one already is 409 `AgentAlreadyExists`. */
    async insert(workspaceId: AuthorizedWorkspaceId, agent: AgentInsert): Promise<void> {
      const { id, now, profile } = agent;
      try {
        await db.prisma.agent.create({
          data: {
            workspaceId,
            id,
            type: agent.type,
            userId: agent.userId,
            ...profileColumns(profile),
            name: profile.name,
            nameKey: foldText(profile.name),
            timezone: profile.timezone,
            createdAt: now,
            updatedAt: now,
          },
          select: { id: true },
        });
      } catch (error) {
        if (isUniqueViolation(error))
          throw new ApiError(
            "AgentAlreadyExists",
            "This person already has an agent in the workspace; change that one instead.",
            { cause: error },
          );
        throw error;
      }
      await db.prisma.agentState.create({
        data: {
          workspaceId,
          agentId: id,
          ...availabilityColumns(agent.availability),
          workloadId: newId(),
          workloadUpdatedAt: now,
        },
        select: { agentId: true },
      });
      if (agent.teamIds.length > 0)
        await db.prisma.teamMember.createMany({
          data: agent.teamIds.map((teamId) => ({
            workspaceId,
            teamId,
            agentId: id,
            memberSince: now,
            pending: agent.pending,
          })),
        });
    },

    /** Writes a change and raises the version. The row must be locked. */
    async update(workspaceId: AuthorizedWorkspaceId, agentId: AgentId, write: AgentWrite): Promise<void> {
      if (Object.keys(write.profile).length > 0 || write.skills || write.dropVms) {
        const data: Prisma.AgentUncheckedUpdateManyInput = {
          ...profileColumns(write.profile),
          ...(write.profile.name === undefined ? {} : { nameKey: foldText(write.profile.name) }),
          updatedAt: write.now,
        };
        await db.prisma.agent.updateMany({ where: { workspaceId, id: agentId }, data });
      }
      await db.prisma.agentState.updateMany({
        where: { workspaceId, agentId },
        data: {
          ...(write.availability ? availabilityColumns(write.availability) : {}),
          version: { increment: 1 },
        },
      });
      if (write.skills) await replaceSkills(db, workspaceId, agentId, write.skills);
      if (write.dropVms) {
        await db.prisma.dropVm.deleteMany({ where: { workspaceId, agentId } });
        await db.prisma.dropVm.createMany({
          data: write.dropVms.map((drop, position) => ({ ...drop, workspaceId, agentId, position })),
        });
      }
    },

    /**
     * Locks all agents whose profile refers to the setting, in the order of their ids, and gives those. Nobody else
     * changes them until the transaction ends.
     */
    async lockHolders(workspaceId: AuthorizedWorkspaceId, setting: Setting): Promise<AgentId[]> {
      const holders = holdersOf(setting);
      const rows = await db.query<{ id: AgentId }>(
        `SELECT s.agent_id AS id FROM agent_states s
         WHERE s.workspace_id = $1::uuid AND s.agent_id IN (${holders.sql})
         ORDER BY s.agent_id FOR UPDATE OF s`,
        [workspaceId, ...holders.values],
      );
      return rows.map((row) => row.id);
    },

    /** What these agents' profiles refer to, in the order of their ids. */
    settingsOf(workspaceId: AuthorizedWorkspaceId, ids: readonly AgentId[]): Promise<SettingsOfAgent[]> {
      return db.query<SettingsOfAgent>(
        `SELECT a.id, a.name, a.default_sender_id AS "defaultSenderId", ${skillsColumn}
         FROM agents a WHERE a.workspace_id = $1::uuid AND a.id = ANY($2::uuid[]) ORDER BY a.id`,
        [workspaceId, ids],
      );
    },

    /** Takes the setting out of every profile that refers to it. The agents must be locked. */
    async letGo(workspaceId: AuthorizedWorkspaceId, setting: Setting): Promise<void> {
      switch (setting.kind) {
        case "skill":
          await db.prisma.agentSkill.deleteMany({ where: { workspaceId, skillId: setting.id } });
          break;
        case "skillValues":
          await db.prisma.agentSkillValue.deleteMany({
            where: { workspaceId, skillId: setting.skillId, valueId: { in: [...setting.ids] } },
          });
          break;
        case "sender":
          await db.prisma.agent.updateMany({
            where: { workspaceId, defaultSenderId: setting.id },
            data: { defaultSenderId: null },
          });
      }
    },

    /** Raises the versions of agents whose profiles have changed. The rows must be locked. */
    async touch(workspaceId: AuthorizedWorkspaceId, ids: readonly AgentId[], now: Date): Promise<void> {
      await db.query(
        `WITH profiles AS (
           UPDATE agents SET updated_at = $3::timestamptz
           WHERE workspace_id = $1::uuid AND id = ANY($2::uuid[]))
         UPDATE agent_states SET version = version + 1
         WHERE workspace_id = $1::uuid AND agent_id = ANY($2::uuid[])`,
        [workspaceId, ids, now],
      );
    },

    /** Deletes the agent with everything that belongs to it. */
    async delete(workspaceId: AuthorizedWorkspaceId, agentId: AgentId): Promise<void> {
      await db.query(`DELETE FROM agents WHERE workspace_id = $1::uuid AND id = $2::uuid`, [
        workspaceId,
        agentId,
      ]);
    },
  };
}

export type AgentRepository = ReturnType<typeof createAgentRepository>;

function profileColumns({ weeklySchedule, ...columns }: Partial<ProfileColumns>) {
  return {
    ...columns,
    ...(weeklySchedule === undefined
      ? {}
      : { weeklySchedule: weeklySchedule ? (weeklySchedule as Prisma.InputJsonObject) : Prisma.DbNull }),
  };
}

async function replaceSkills(
  db: Database,
  workspaceId: string,
  agentId: string,
  skills: NonNullable<AgentChange["assignedSkills"]>,
): Promise<void> {
  await db.prisma.agentSkill.deleteMany({ where: { workspaceId, agentId } });
  await db.prisma.agentSkill.createMany({
    data: skills.map((skill, position) => ({ workspaceId, agentId, skillId: skill.id, position })),
  });
  await db.prisma.agentSkillValue.createMany({
    data: skills.flatMap((skill) =>
      skill.selectedValues.map((value) => ({ workspaceId, agentId, skillId: skill.id, valueId: value.id })),
    ),
  });
}
