import { type Agent, agentSchema } from "@/lib/agents/agents/contract";
import { agentProperties, type ValueProperty } from "@/lib/agents/agents/properties";
import { columnName } from "@/lib/agents/agents/server/columns";
import { now } from "@/lib/agents/agents/server/condition";
import { weekdays } from "@/lib/platform/time/calendar";

// The only place that makes an agent's JSON: SQL that builds the text, without intermediate objects.
// Expressions use `agents a`, `agent_states s`, `wireJoins`, and the parameters `:now` (epoch milliseconds) and
// `:publicUrl`.

const text = (expression: string) => `to_json(${expression})::text`;
const flag = (expression: string) => `CASE WHEN ${expression} THEN 'true' ELSE 'false' END`;
const instant = (expression: string) =>
  `to_char(${expression} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const quoted = (expression: string) => `'"' || ${expression} || '"'`;
const list = (items: string) => `concat('[', ${items}, ']')`;

/** A property with its leading comma. Null if the JSON expression is null, so that `concat` omits it. */
const also = (name: string, json: string) => `',"${name}":' || ${json}`;

const publicUrl = ":publicUrl::text";

const mediaUrl = (mediaId: string) =>
  text(
    `concat(${publicUrl}, '/api/workspaces/', a.workspace_id, '/agents/', a.id, '/media/', ${mediaId}, '/download')`,
  );

/** The URL of the avatar as JSON text. Uses `:publicUrl`. */
export const avatarUrl = `CASE
    WHEN a.avatar_media_id IS NOT NULL THEN ${mediaUrl("a.avatar_media_id")}
    WHEN starts_with(a.avatar_url, '/') THEN ${text(`${publicUrl} || a.avatar_url`)}
    ELSE ${text("a.avatar_url")} END`;

const dropVms = `
  (SELECT string_agg(concat('{"id":"', d.id, '","name":', ${text("d.name")}, ',"mediaUrl":',
       ${mediaUrl("d.media_id")}, '}'), ',' ORDER BY d.position)
     FROM drop_vms d WHERE d.workspace_id = a.workspace_id AND d.agent_id = a.id)`;

const teams = `
  (SELECT string_agg(concat('{"id":"', t.id, '","name":', ${text("t.name")},
       ',"memberSince":"', ${instant("m.member_since")}, '","activeMemberCount":', t.active_member_count,
       ',"pendingMemberCount":', t.pending_member_count, '}'), ',' ORDER BY m.member_since, t.id)
     FROM team_members m JOIN teams t ON t.workspace_id = m.workspace_id AND t.id = m.team_id
     WHERE m.workspace_id = a.workspace_id AND m.agent_id = a.id)`;

const rule = `CASE WHEN r.id IS NOT NULL THEN concat('{"id":"', r.id, '","workspaceId":"', r.workspace_id,
    '","name":', ${text("r.name")}, ',"description":', ${text("r.description")}, ',"default":', ${flag("r.is_default")},
    ',"capacity":{"messaging":', r.messaging_capacity, ',"email":', r.email_capacity, '},"assignedAgentIds":null',
    ',"createdAt":"', ${instant("r.created_at")}, '","updatedAt":"', ${instant("r.updated_at")},
    '"},"ruleId":"', r.id, '"') END`;

const availability = `concat('{"status":"', s.status, '"',
    CASE WHEN s.activity_expires_at <= ${now} THEN ',"activity":"available"'
      ELSE concat(',"activity":"', s.activity, '"',
        ${also("activityTtl", `ceil(extract(epoch FROM s.activity_expires_at - ${now}))::text`)},
        ${also("activityText", text("s.activity_text"))}) END,
    ',"lastStatusSet":"', ${instant("s.last_status_set")}, '","lastActivitySet":"', ${instant("s.last_activity_set")},
    '","updatedAt":"', ${instant("s.availability_updated_at")}, '"}')`;

const forwardNumber = `CASE WHEN a.forward_number IS NOT NULL THEN concat('{"enabled":', ${flag("a.forward_enabled")},
    ',"number":', ${text("a.forward_number")}, ',"maskCaller":', ${flag("a.forward_mask_caller")}, '}') END`;

const roles = `
  (SELECT string_agg(concat('{"id":"', mr.role_id, '","type":"', ro.type, '","workspaces":["', mr.workspace_id, '"]}'), ','
       ORDER BY mr.role_id)
     FROM membership_roles mr JOIN roles ro ON ro.workspace_id = mr.workspace_id AND ro.id = mr.role_id
     WHERE mr.workspace_id = a.workspace_id AND mr.user_id = a.user_id)`;

/** For a person who has not joined yet, shows only the invitation, not data from other workspaces. */
const user = `CASE
    WHEN i.user_id IS NOT NULL THEN concat('{"id":"', u.id, '","name":', ${text("coalesce(i.name, i.email)")},
      ',"defaultEmail":', ${text("i.email")}, '}')
    WHEN u.id IS NOT NULL THEN concat('{', CASE WHEN u.properties <> '{}' THEN (
        SELECT string_agg(concat(to_json(p.key), ':', p.value, ','), '') FROM jsonb_each(u.properties) p
        WHERE NOT jsonb_strip_nulls(jsonb_build_object('id', u.id, 'name', u.name, 'avatarUrl', u.avatar_url,
          'defaultEmail', addresses.first, 'phoneNumber', u.phone_number)) ? p.key) END,
      '"id":"', u.id, '","name":', ${text("u.name")}, ${also("avatarUrl", text("u.avatar_url"))},
      ${also("defaultEmail", text("addresses.first"))}, ${also("phoneNumber", text("u.phone_number"))}, '}') END`;

/** The week of the version in force; null without a schedule. */
const weekInForce = `CASE WHEN jsonb_array_length(a.schedule) = 1 THEN a.schedule #> '{0,week}'
    ELSE (SELECT v.version -> 'week' FROM jsonb_array_elements(a.schedule) WITH ORDINALITY v(version, place)
      WHERE v.place = 1 OR (v.version ->> 'fromAt')::float8 <= :now::float8 ORDER BY v.place DESC LIMIT 1) END`;

const minutes = (path: string) => {
  const value = `(hours.week #>> '{${path}}')::int`;
  return `'{"hour":', ${value} / 60, ',"minute":', ${value} % 60, '}'`;
};

/** Each day from the start of its first interval to the end of its last one. */
const weeklySchedule = `CASE WHEN hours.week IS NOT NULL THEN concat('{', concat_ws(',', ${weekdays
  .map(
    (day) => `
      CASE WHEN hours.week ? '${day}' THEN concat('"${day}":{"from":', ${minutes(`${day},0,from`)}, ',"to":',
        ${minutes(`${day},-1,to`)}, '}') END`,
  )
  .join(",")}), '}') END`;

const holidays = `CASE WHEN a.holidays = '[]' THEN '[]' ELSE (
    SELECT concat('[', string_agg(concat('{"name":', h.day -> 'name', ',"day":', h.day -> 'day', ',"month":',
      h.day -> 'month', '}'), ',' ORDER BY h.position), ']')
    FROM jsonb_array_elements(a.holidays) WITH ORDINALITY AS h(day, position)) END`;

const assignedSkills = `
  (WITH selected AS MATERIALIZED (
     SELECT av.skill_id, string_agg(concat('{"id":"', v.id, '","value":', ${text("v.value")}, ${also("icon", text("v.icon"))}, '}'),
         ',' ORDER BY v.position) AS list
     FROM agent_skill_values av
     JOIN skill_values v ON v.workspace_id = av.workspace_id AND v.skill_id = av.skill_id AND v.id = av.value_id
     WHERE av.workspace_id = a.workspace_id AND av.agent_id = a.id GROUP BY av.skill_id)
   SELECT string_agg(concat('{"id":"', k.id, '","name":', ${text("k.name")}, ',"valueType":"', k.value_type,
       '","selectedValues":[', (SELECT list FROM selected WHERE skill_id = k.id), ']}'), ',' ORDER BY ak.position, k.id)
     FROM agent_skills ak JOIN skills k ON k.workspace_id = ak.workspace_id AND k.id = ak.skill_id
     WHERE ak.workspace_id = a.workspace_id AND ak.agent_id = a.id)`;

/** Joins an agent's two rows. */
export const agentJoin = `agents a JOIN agent_states s ON s.workspace_id = a.workspace_id AND s.agent_id = a.id`;

/** Joins that `agentWire` needs besides `agentJoin`. */
export const wireJoins = `
  LEFT JOIN capacity_rules r ON r.workspace_id = s.workspace_id AND r.id = coalesce(s.capacity_rule_id,
    (SELECT usual.id FROM capacity_rules usual WHERE usual.workspace_id = s.workspace_id AND usual.is_default))
  LEFT JOIN users u ON u.id = a.user_id
  LEFT JOIN invitations i ON i.workspace_id = a.workspace_id AND i.user_id = a.user_id
  LEFT JOIN LATERAL (
    SELECT string_agg(${text("e.email")}, ',' ORDER BY e.position) AS list,
      (array_agg(e.email ORDER BY e.position))[1] AS first
    FROM user_emails e WHERE e.user_id = a.user_id) addresses ON true
  CROSS JOIN LATERAL (SELECT ${weekInForce} AS week) hours`;

const workload = `concat('{"id":"', s.workload_id, '","workload":{"messaging":', s.messaging_count, ',"email":',
    s.email_count, '}', ${also("rule", rule)}, ',"updatedAt":"', ${instant("s.workload_updated_at")}, '"}')`;

const userEmails = list(`CASE WHEN i.user_id IS NULL THEN addresses.list ELSE ${text("i.email")} END`);

/** JSON of each property that is not a plain column. Null if it is absent. */
const composed: { [P in Exclude<keyof Agent, ValueProperty | "id">]: string } = {
  status: quoted("s.status::text"),
  statusBeforeOffline: quoted("s.status_before_offline::text"),
  overrideName: flag("coalesce(i.name, i.email, u.name) <> a.name"),
  workspaceId: quoted("a.workspace_id::text"),
  type: quoted("a.type::text"),
  userEmails,
  avatarUrl,
  dropVms: list(dropVms),
  tagCount: "'0'",
  lastAssignedAt: quoted(instant("s.last_assigned_at")),
  lastSetToAwayAt: quoted(instant("s.last_set_to_away_at")),
  teams: list(teams),
  workload,
  createdAt: quoted(instant("a.created_at")),
  updatedAt: quoted(instant("greatest(a.updated_at, s.availability_updated_at)")),
  availability,
  forwardNumber,
  roles: list(roles),
  user,
  weeklySchedule,
  holidays,
  assignedSkills: list(assignedSkills),
};

const values: Record<"text" | "integer" | "id", (column: string) => string> = {
  text,
  integer: (column) => `${column}::text`,
  id: (column) => quoted(`${column}::text`),
};

const plain = (name: ValueProperty) => values[agentProperties[name].stored](`a.${columnName(name)}`);

/** Returns an expression for an agent's id and these properties as API JSON. */
export function wireOf(properties: readonly (keyof Agent)[]): string {
  const json: Partial<Record<keyof Agent, string>> = composed;
  const parts = properties
    .filter((name) => name !== "id")
    .map((name) => also(name, json[name] ?? plain(name as ValueProperty)));
  return `concat('{"id":"', a.id, '"', ${parts.join(",\n    ")}, '}')`;
}

/** An agent as API JSON, in the order of its schema. */
export const agentWire = wireOf(Object.keys(agentSchema.shape) as (keyof Agent)[]);

/** A brief agent as API JSON. */
export const briefWire = `concat('{"id":"', a.id, '","status":"', s.status, '","activity":"',
    CASE WHEN s.activity_expires_at <= ${now} THEN 'available' ELSE s.activity END, '","name":', ${text("a.name")},
    ${also("avatarUrl", avatarUrl)}, ',"createdAt":"', ${instant("a.created_at")}, '"}')`;
