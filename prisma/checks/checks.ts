import type { StoredVersion } from "@/lib/hours/schedule/stored";
import { datedIn } from "@/lib/hours/weeks/versions";
import type { Query } from "@/lib/platform/database/db";
import { isSame } from "@/lib/platform/sameness";

/** A maintained value or derived row that is compared with a recount. */
interface Check {
  name: string;
  /** A query of the ids that differ, as `id`. A single statement sees a consistent state of the database. */
  differing: string;
}

/** The result of a check. */
export interface Finding {
  name: string;
  differences: number;
  /** The first five ids. */
  ids: string[];
}

/** The clocks of application servers differ by less than this. */
const future = "now() + interval '1 minute'";

const checks: readonly Check[] = [
  {
    name: "counts of agents by status, activity, hours, skill and role",
    differing: `
      SELECT concat_ws(' ', workspace_id, facet, value) AS id FROM (
        SELECT workspace_id, facet::text, value, sum(amount) AS amount FROM agent_counts WHERE facet <> 'change'
        GROUP BY 1, 2, 3 HAVING sum(amount) <> 0) kept
      FULL JOIN (
        SELECT workspace_id, 'status' AS facet, status::text AS value, count(*) AS amount FROM agent_states GROUP BY 1, 3
        UNION ALL SELECT workspace_id, 'activity', activity::text, count(*) FROM agent_states GROUP BY 1, 3
        UNION ALL SELECT workspace_id, 'hours', hours_key::text, count(*) FROM agents GROUP BY 1, 3
        UNION ALL SELECT workspace_id, 'skill', skill_id::text, count(*) FROM agent_skills GROUP BY 1, 3
        UNION ALL SELECT r.workspace_id, 'role', r.role_id::text, count(*) FROM membership_roles r
          JOIN agents a ON a.workspace_id = r.workspace_id AND a.user_id = r.user_id GROUP BY 1, 3) counted
        USING (workspace_id, facet, value)
      WHERE kept.amount IS DISTINCT FROM counted.amount`,
  },
  {
    name: "counts of team members",
    differing: `
      SELECT t.id FROM teams t LEFT JOIN (
        SELECT workspace_id, team_id, count(*) FILTER (WHERE NOT pending) AS active,
          count(*) FILTER (WHERE pending) AS pending
        FROM team_members GROUP BY 1, 2) m ON m.workspace_id = t.workspace_id AND m.team_id = t.id
      WHERE (t.active_member_count, t.pending_member_count) <> (coalesce(m.active, 0), coalesce(m.pending, 0))`,
  },
  {
    name: "open conversations of agents",
    differing: `
      SELECT s.agent_id AS id FROM agent_states s LEFT JOIN (
        SELECT workspace_id, agent_id, count(*) FILTER (WHERE channel = 'messaging') AS messaging,
          count(*) FILTER (WHERE channel = 'email') AS email, count(*) FILTER (WHERE channel = 'voice') AS voice
        FROM conversations WHERE state = 'assigned' GROUP BY 1, 2) c
        ON c.workspace_id = s.workspace_id AND c.agent_id = s.agent_id
      WHERE (s.messaging_count, s.email_count, s.voice_count, s.assigned_count)
        <> (coalesce(c.messaging, 0), coalesce(c.email, 0), coalesce(c.voice, 0),
          coalesce(c.messaging + c.email + c.voice, 0))`,
  },
  {
    name: "last assignments of agents",
    differing: `
      SELECT s.agent_id AS id FROM agent_states s LEFT JOIN (
        SELECT workspace_id, agent_id, max(assigned_at) AS at FROM conversations WHERE agent_id IS NOT NULL
        GROUP BY 1, 2) c ON c.workspace_id = s.workspace_id AND c.agent_id = s.agent_id
      WHERE c.at > coalesce(s.last_assigned_at, '-infinity') OR s.last_assigned_at > ${future}`,
  },
  {
    name: "last closed conversations of agents",
    differing: `
      SELECT s.agent_id AS id FROM agent_states s LEFT JOIN (
        SELECT workspace_id, agent_id, max(closed_at) AS at FROM conversations
        WHERE state = 'closed' AND agent_id IS NOT NULL GROUP BY 1, 2) c
        ON c.workspace_id = s.workspace_id AND c.agent_id = s.agent_id
      WHERE c.at > coalesce(GREATEST(s.last_closed_at, s.ready_at), '-infinity') OR s.last_closed_at > ${future}`,
  },
  {
    name: "agents of assigned conversations",
    differing: `
      SELECT c.id FROM conversations c WHERE c.state = 'assigned' AND NOT EXISTS (
        SELECT 1 FROM agents a WHERE a.workspace_id = c.workspace_id AND a.id = c.agent_id)`,
  },
  {
    name: "preferred agents and required skills of conversations that are not closed",
    differing: `
      SELECT c.id FROM conversations c WHERE c.state <> 'closed' AND (
        (c.preferred_agent_id IS NOT NULL AND NOT EXISTS (
          SELECT 1 FROM agents a WHERE a.workspace_id = c.workspace_id AND a.id = c.preferred_agent_id))
        OR EXISTS (SELECT 1 FROM jsonb_array_elements(c.required_skills) r WHERE NOT EXISTS (
          SELECT 1 FROM skills k WHERE k.workspace_id = c.workspace_id AND k.id = (r ->> 'skillId')::uuid)))`,
  },
  {
    name: "pending offers and offered conversations",
    differing: `
      SELECT coalesce(o.conversation_id, c.id) AS id
      FROM (SELECT * FROM offers WHERE state = 'pending') o
      FULL JOIN (SELECT * FROM conversations WHERE state = 'offered') c
        ON c.workspace_id = o.workspace_id AND c.id = o.conversation_id
      WHERE o.id IS NULL OR c.id IS NULL OR c.channel <> o.channel`,
  },
  {
    name: "default queues and default capacity rules",
    differing: `
      SELECT workspace_id AS id FROM routing_queues WHERE is_default GROUP BY 1 HAVING count(*) > 1
      UNION SELECT workspace_id FROM capacity_rules WHERE is_default GROUP BY 1 HAVING count(*) > 1`,
  },
  {
    name: "teams of the steps of queues",
    differing: `
      SELECT DISTINCT q.id FROM routing_queues q
      JOIN routing_queue_teams t ON t.workspace_id = q.workspace_id AND t.queue_id = q.id
      WHERE CASE t.kind WHEN 'step' THEN t.step NOT BETWEEN 0 AND jsonb_array_length(q.steps) - 1 ELSE t.step <> 0 END`,
  },
  {
    name: "last spans of agents",
    differing: `
      SELECT s.agent_id AS id FROM agent_states s LEFT JOIN LATERAL (
        SELECT * FROM agent_spans p WHERE p.workspace_id = s.workspace_id AND p.agent_id = s.agent_id
        ORDER BY p.from_at DESC LIMIT 1) p ON true
      WHERE (p.status, p.activity, p.activity_text, p.presence)
        IS DISTINCT FROM (s.status, s.activity, s.activity_text, recorded_presence(s.workspace_id, s.agent_id))`,
  },
  {
    // An expired session counts until the next sweep records it.
    name: "recorded presence",
    differing: `
      SELECT a.id FROM agents a
      LEFT JOIN agent_presence p ON p.workspace_id = a.workspace_id AND p.agent_id = a.id
      CROSS JOIN LATERAL (
        SELECT count(*) AS known, count(*) FILTER (WHERE o.ends_at > now()) AS open FROM presence_sessions o
        WHERE o.workspace_id = a.workspace_id AND o.agent_id = a.id) n
      WHERE CASE coalesce(p.state, 'absent') WHEN 'absent' THEN n.open > 0 ELSE n.known = 0 END`,
  },
  {
    name: "pending presets, which wait for conversations",
    differing: `
      SELECT n.agent_id AS id FROM pending_presets n
      JOIN agent_states s ON s.workspace_id = n.workspace_id AND s.agent_id = n.agent_id
      WHERE s.messaging_count + s.voice_count = 0`,
  },
  {
    name: "holiday calendars and rotations in the keys of agents' hours",
    differing: `
      SELECT a.id FROM agents a
      LEFT JOIN (SELECT workspace_id, agent_id, string_agg(calendar_id::text, ',' ORDER BY calendar_id) AS key
        FROM agent_holiday_calendars GROUP BY 1, 2) c ON c.workspace_id = a.workspace_id AND c.agent_id = a.id
      LEFT JOIN (SELECT workspace_id, agent_id, string_agg(concat_ws('/', rotation_id, "offset",
          COALESCE(to_char(from_date, 'YYYY-MM-DD'), '*'), COALESCE(to_char(until_date, 'YYYY-MM-DD'), '*')), ','
          ORDER BY rotation_id, from_date) AS key
        FROM rotation_members GROUP BY 1, 2) m ON m.workspace_id = a.workspace_id AND m.agent_id = a.id
      WHERE (a.calendars_key, a.rotations_key) <> (COALESCE(c.key, ''), COALESCE(m.key, ''))`,
  },
  {
    // Constraints keep them apart, unless a dump was restored without them.
    name: "approved time off and memberships in rotations, which don't overlap",
    differing: `
      SELECT id FROM (
        SELECT id, start_date + make_interval(mins => COALESCE(start_minute, 0)) < max(end_date
          + make_interval(mins => COALESCE(end_minute, 1440))) OVER (PARTITION BY workspace_id, agent_id
            ORDER BY start_date, start_minute NULLS FIRST, id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS repeated
        FROM time_off WHERE state = 'approved') t WHERE repeated
      UNION ALL SELECT id FROM (
        SELECT id, COALESCE(from_date, '-infinity') <= max(COALESCE(until_date, 'infinity')) OVER (
          PARTITION BY workspace_id, agent_id ORDER BY from_date NULLS FIRST, id
          ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS repeated
        FROM rotation_members) m WHERE repeated`,
  },
  {
    name: "shifts of rotations, which are in JSON",
    differing: `
      SELECT DISTINCT v.rotation_id AS id FROM rotation_versions v
      CROSS JOIN jsonb_array_elements(v.weeks) w CROSS JOIN jsonb_each_text(w) d
      WHERE NOT EXISTS (SELECT 1 FROM shifts s WHERE s.workspace_id = v.workspace_id AND s.id::text = d.value)`,
  },
  {
    name: "first dates of rotations, their versions and members",
    differing: `
      SELECT r.id FROM rotations r WHERE r.start_date IS DISTINCT FROM (SELECT min(v.from_date) FROM rotation_versions v
          WHERE v.workspace_id = r.workspace_id AND v.rotation_id = r.id)
        OR EXISTS (SELECT 1 FROM rotation_members m WHERE m.workspace_id = r.workspace_id AND m.rotation_id = r.id
          AND COALESCE(m.from_date, '-infinity') < r.start_date)`,
  },
  {
    name: "delegates, and colleagues of swaps",
    differing: `
      SELECT t.id FROM time_off t WHERE t.delegate_agent_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM agents a WHERE a.workspace_id = t.workspace_id AND a.id = t.delegate_agent_id)
      UNION ALL SELECT s.id FROM shift_swaps s WHERE s.with_agent_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM agents a WHERE a.workspace_id = s.workspace_id AND a.id = s.with_agent_id)`,
  },
];

/** When versions of weekly hours start, by the time zone data in use; SQL doesn't have it. */
const versionStarts = "starts of the versions of weekly hours";
const versionedText = `SELECT id, timezone, schedule FROM agents
  WHERE jsonb_array_length(schedule) > 1 AND id > :after::uuid ORDER BY id LIMIT 1000`;

async function checkVersionStarts(query: Query): Promise<Finding> {
  const differing: string[] = [];
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const agents = await query<{ id: string; timezone: string; schedule: StoredVersion[] }>(versionedText, {
      after,
    });
    for (const { id, timezone, schedule } of agents)
      if (!isSame(schedule, datedIn(timezone, schedule))) differing.push(id);
    const last = agents.at(-1);
    if (!last) break;
    after = last.id;
  }
  return { name: versionStarts, differences: differing.length, ids: differing.slice(0, 5) };
}

/** Compares all maintained values with a recount. Returns one finding per check. */
export async function checkData(query: Query): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { name, differing } of checks) {
    const [row] = await query<Omit<Finding, "name">>(
      `SELECT count(*)::int AS differences, coalesce((array_agg(d.id::text ORDER BY d.id::text))[1:5], '{}') AS ids
       FROM (${differing}) d`,
    );
    findings.push({ name, differences: row?.differences ?? 0, ids: row?.ids ?? [] });
  }
  findings.push(await checkVersionStarts(query));
  return findings;
}

/** Formats a finding as a line of text. */
export function findingLine({ name, differences, ids }: Finding): string {
  if (differences === 0) return `ok     ${name}`;
  const more = differences > ids.length ? ", …" : "";
  return `drift  ${name}: ${differences} (${ids.join(", ")}${more})`;
}
