import type { AvailabilityRow } from "@/lib/availability/declared/server/serializer";
import type { StoredSchedule } from "@/lib/hours/schedule/stored";
import type { StoredInstant } from "@/lib/platform/http/wire";
import type { AgentId } from "@/lib/platform/ids";
import type { CapacityRuleRow } from "@/lib/workforce/capacity/server/serializer";

// SQL that reads agents as rows for changes, and the types of those rows. Builds text only; `repository.ts`
// runs it.

/** All stored data of one agent. */
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

/** Joins an agent's two rows. */
export const agentJoin = `agents a JOIN agent_states s ON s.workspace_id = a.workspace_id AND s.agent_id = a.id`;

/**
 * An agent's skills with their selected values, as JSON. Values are read once per agent: a skill may have
 * many more that are not selected.
 */
export const skillsColumn = `
  (WITH selected AS MATERIALIZED (
     SELECT av.skill_id,
       json_agg(json_build_object('id', v.id, 'value', v.value, 'icon', v.icon) ORDER BY v.position) AS list
     FROM agent_skill_values av
     JOIN skill_values v ON v.workspace_id = av.workspace_id AND v.skill_id = av.skill_id AND v.id = av.value_id
     WHERE av.workspace_id = a.workspace_id AND av.agent_id = a.id GROUP BY av.skill_id)
   SELECT coalesce(json_agg(json_build_object('id', k.id, 'name', k.name, 'valueType', k.value_type,
       'values', coalesce((SELECT list FROM selected WHERE skill_id = k.id), '[]')) ORDER BY ak.position, k.id), '[]')
     FROM agent_skills ak JOIN skills k ON k.workspace_id = ak.workspace_id AND k.id = ak.skill_id
     WHERE ak.workspace_id = a.workspace_id AND ak.agent_id = a.id) AS skills`;

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
  s.last_set_to_away_at AS "lastSetToAwayAt", s.status_automatic AS "statusAutomatic", s.availability_updated_at AS "availabilityUpdatedAt",
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
       -- Not joined yet: shows only the invitation, not what other workspaces know.
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
