import type { agentSortKeys } from "@/lib/agents/values";
import type { Activity, AgentStatus } from "@/lib/availability/contract";
import type { AvailabilityRow } from "@/lib/availability/serializer";
import type { CapacityRuleRow } from "@/lib/capacity/serializer";
import type { KeyPart } from "@/lib/http/page-token";
import type { StoredInstant } from "@/lib/http/wire";
import type { AgentId } from "@/lib/ids";
import type { OpenDay, StoredSchedule } from "@/lib/schedule/rules";
import { foldText } from "@/lib/text-folding";
import type { MinuteRange } from "@/lib/time/wall-clock";

// The text of the SQL that reads agents, and the rows it gives. No I/O: `repository.ts` runs it.

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
  hours?: HoursFilter | undefined;
  lastStatusActivitySince?: number | undefined;
  lastStatusActivityUpto?: number | undefined;
}

/** Who is in hours at an instant, or who is not. */
export interface HoursFilter {
  inHours: boolean;
  /** Zones of the workspace's agents. An agent in another one is neither in hours nor out of them. */
  timezones: readonly string[];
  /** Those of these zones at the instant. */
  days: readonly OpenDay[];
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

/** An agent's two rows. */
export const agentJoin = `agents a JOIN agent_states s ON s.workspace_id = a.workspace_id AND s.agent_id = a.id`;

/** An agent's skills with the values selected, as JSON. */
export const skillsColumn = `
  (SELECT coalesce(json_agg(json_build_object('id', k.id, 'name', k.name, 'valueType', k.value_type, 'values',
       (SELECT coalesce(json_agg(json_build_object('id', v.id, 'value', v.value, 'icon', v.icon) ORDER BY v.position), '[]')
          FROM agent_skill_values av
          JOIN skill_values v ON v.workspace_id = av.workspace_id AND v.skill_id = av.skill_id AND v.id = av.value_id
          WHERE av.workspace_id = a.workspace_id AND av.agent_id = a.id AND av.skill_id = k.id))
       ORDER BY ak.position, k.id), '[]')
     FROM agent_skills ak JOIN skills k ON k.workspace_id = ak.workspace_id AND k.id = ak.skill_id
     WHERE ak.workspace_id = a.workspace_id AND ak.agent_id = a.id) AS skills`;

/** All that an `AgentRow` is made of, in one row. */
export const agentColumns = `
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

/** A parameter in epoch milliseconds as an instant. */
export const instantCast = (parameter: string) => `to_timestamp(${parameter}::double precision / 1000)`;

const idPart: SortPart = { column: "a.id", cast: (p) => `${p}::uuid`, of: (row) => row.id };

/** Each order has an index of the same columns; the last part makes it total (contract §4). */
export const sortOrders: Record<AgentSortKey, readonly SortPart[]> = {
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
export class Parameters {
  readonly values: unknown[] = [];
  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

/** The zones that agents of a workspace ($1) are in: a step along the index for each, however many agents there are. */
export const timezonesQuery = `
  WITH RECURSIVE found AS (
    (SELECT timezone FROM agents WHERE workspace_id = $1::uuid ORDER BY timezone LIMIT 1)
    UNION ALL
    SELECT (SELECT a.timezone FROM agents a WHERE a.workspace_id = $1::uuid AND a.timezone > f.timezone
              ORDER BY a.timezone LIMIT 1)
      FROM found f WHERE f.timezone IS NOT NULL)
  SELECT timezone FROM found WHERE timezone IS NOT NULL`;

const multirange = (ranges: readonly MinuteRange[]) =>
  `{${ranges.map(({ first, last }) => `[${first},${last}]`).join(",")}}`;

/**
 * `openDays` in SQL: there is a day in the agent's zone whose shift has started and not ended. The agent's columns stand in
 * the WHERE alone, so that PostgreSQL can join the days by zone instead of going through them for each agent.
 */
function hoursConditions({ inHours, timezones, days }: HoursFilter, parameters: Parameters): string[] {
  const rows = days.map(({ timezone, weekday, date, come, comeNext }) => ({
    timezone,
    weekday,
    holiday: [{ month: date.month, day: date.day }],
    come: multirange(come),
    come_next: multirange(comeNext),
  }));
  const hours = `CASE WHEN a.weekly_schedule IS NULL THEN '{"from": 0, "to": 0}' ELSE a.weekly_schedule -> d.weekday END`;
  const from = `((${hours}) -> 'from')::int`;
  const to = `((${hours}) -> 'to')::int`;
  return [
    `a.timezone = ANY(${parameters.add(timezones)}::text[])`,
    `${inHours ? "" : "NOT "}EXISTS (
       SELECT 1 FROM jsonb_to_recordset(${parameters.add(JSON.stringify(rows))}::text::jsonb)
         AS d(timezone text, weekday text, holiday jsonb, come int4multirange, come_next int4multirange)
       WHERE d.timezone = a.timezone AND (
         (a.weekly_schedule IS NULL AND a.holidays = '[]')
         OR (d.come @> ${from} AND NOT CASE WHEN ${to} > ${from} THEN d.come ELSE d.come_next END @> ${to}
           AND NOT a.holidays @> d.holiday)))`,
  ];
}

/** The filter as conditions that must all hold; what they compare with is added to `parameters`. */
export function conditions(filter: AgentFilter, now: number, parameters: Parameters): string[] {
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
  if (filter.hours) found.push(...hoursConditions(filter.hours, parameters));
  if (filter.lastStatusActivitySince !== undefined)
    found.push(`s.last_status_set >= ${instantCast(parameters.add(filter.lastStatusActivitySince))}`);
  if (filter.lastStatusActivityUpto !== undefined)
    found.push(`s.last_status_set <= ${instantCast(parameters.add(filter.lastStatusActivityUpto))}`);
  return found;
}
