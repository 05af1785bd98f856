import { avatarUrl } from "@/lib/agents/agents/server/wire.sql";
import { usualAwayMinutes } from "@/lib/agents/attention/values";
import { hoursTables, isInHours, isOff } from "@/lib/hours/calendar/server/hours.sql";

const ofWorkspace = (table: string) => `${table}.workspace_id = :workspaceId::uuid`;

const inTeams = `AND EXISTS (SELECT 1 FROM team_members t WHERE ${ofWorkspace("t")}
    AND t.team_id = ANY(:teamIds::uuid[]) AND t.agent_id = s.agent_id)`;

const isUnexpired = "(s.activity_expires_at IS NULL OR s.activity_expires_at > :now::timestamptz)";
const isLongAgo = (column: string) =>
  `${column} < :now::timestamptz - interval '${usualAwayMinutes} minutes'`;

/** Active members, with whether they are in working hours or on time off. */
const people = (teams: string) => `
    SELECT s.*, ${isInHours} AS in_hours, ${isOff} AS off
    FROM agent_states s
    JOIN agents a ON ${ofWorkspace("a")} AND a.id = s.agent_id AND a.type = 'user'
    JOIN memberships m ON ${ofWorkspace("m")} AND m.user_id = a.user_id AND m.status = 'active'
    WHERE ${ofWorkspace("s")} AND (s.status = 'active' OR (s.status = 'away' AND ${isLongAgo("s.last_status_set")}))
      ${teams}`;

/** A reason that applies since a time, longest first. */
const since = (reason: string, time: string, condition: string) => `
    SELECT '${reason}' AS reason, agent_id, time AS since, NULL AS channel, NULL::int AS open,
      NULL::int AS capacity, count(*) OVER () AS total, row_number() OVER (ORDER BY time, agent_id) AS place
    FROM (SELECT agent_id, ${time} AS time FROM people s WHERE ${condition}) found
    ORDER BY place LIMIT :limit::int`;

/** Agents above the capacity of a channel, furthest above it first. */
const overCapacity = (teams: string) => `
    SELECT 'overCapacity' AS reason, agent_id, NULL::timestamptz AS since, channel, open, capacity,
      count(*) OVER () AS total, row_number() OVER (ORDER BY open - capacity DESC, agent_id) AS place
    FROM (
      SELECT DISTINCT ON (s.agent_id) s.agent_id, load.channel, load.open, load.capacity
      FROM agent_states s
      JOIN capacity_rules r ON ${ofWorkspace("r")}
        AND CASE WHEN s.capacity_rule_id IS NULL THEN r.is_default ELSE r.id = s.capacity_rule_id END
      CROSS JOIN LATERAL (VALUES ('messaging', s.messaging_count, r.messaging_capacity),
        ('email', s.email_count, r.email_capacity)) load(channel, open, capacity)
      WHERE ${ofWorkspace("s")} AND s.assigned_count > 0 AND load.open > load.capacity ${teams}
      ORDER BY s.agent_id, load.open - load.capacity DESC) found
    ORDER BY place LIMIT :limit::int`;

const attention = (teams: string) => `
  WITH ${hoursTables.join(", ")},
  policy AS (SELECT coalesce((SELECT presence::text FROM availability_policies p WHERE ${ofWorkspace("p")}), 'off')
      AS presence,
    coalesce((SELECT enforce_hours FROM availability_policies p WHERE ${ofWorkspace("p")}), true) AS enforces_hours),
  people AS MATERIALIZED (${people(teams)}),
  found AS (
    (${overCapacity(teams)})
    UNION ALL (${since(
      "longAway",
      "CASE WHEN s.status = 'away' THEN s.last_status_set ELSE s.last_activity_set END",
      `s.in_hours AND (s.status = 'away'
         OR (s.activity = 'onBreak' AND ${isUnexpired} AND ${isLongAgo("s.last_activity_set")}))`,
    )})
    UNION ALL (${since(
      "activeOutOfHours",
      "s.last_status_set",
      "s.status = 'active' AND NOT s.in_hours AND NOT s.off AND (SELECT enforces_hours FROM policy)",
    )})
    UNION ALL (${since(
      "notPresent",
      "s.last_status_set",
      `s.status = 'active' AND s.in_hours AND (SELECT presence FROM policy) <> 'off'
         AND NOT EXISTS (SELECT 1 FROM presence_sessions e WHERE ${ofWorkspace("e")} AND e.agent_id = s.agent_id
           AND e.ends_at > now())`,
    )}))
  SELECT policy.presence, f.reason, f.total::int AS total, f.since, f.channel, f.open, f.capacity,
    a.id AS "agentId", a.name, (${avatarUrl})::json #>> '{}' AS "avatarUrl",
    s.status::text AS status, CASE WHEN ${isUnexpired} THEN s.activity::text ELSE 'available' END AS activity
  FROM policy LEFT JOIN found f ON true
  LEFT JOIN agents a ON ${ofWorkspace("a")} AND a.id = f.agent_id
  LEFT JOIN agent_states s ON ${ofWorkspace("s")} AND s.agent_id = f.agent_id
  ORDER BY f.reason, f.place`;

/** Agents of the whole workspace who need attention. Uses `:workspaceId`, `:now`, `:limit`, `:publicUrl` and hours. */
export const attentionOfAll = attention("");

/** The same for some teams; also uses `:teamIds`. */
export const attentionOfTeams = attention(inTeams);
