// SQL that reads all facts about agents. Builds text only. Uses `:workspaceId`.

/** Null for a workspace that has never changed its policy. */
export const policyColumns = `
  CASE WHEN p.workspace_id IS NOT NULL THEN json_build_object('presence', p.presence,
    'idleAfterMinutes', p.idle_after_minutes, 'missedOffers', p.missed_offers,
    'enforceHours', p.enforce_hours, 'allow', p.allow) END AS policy`;

/** Times of sessions are by the database's clock. */
const presenceColumns = `
    statement_timestamp() AS clock,
    coalesce((SELECT json_agg(json_build_object('endedAt', o.ended_at, 'endsAt', o.ends_at,
        'lastInputAt', o.last_input_at, 'lastSeenAt', o.last_seen_at))
      FROM presence_sessions o WHERE o.workspace_id = a.workspace_id AND o.agent_id = a.id), '[]') AS sessions,
    (SELECT json_build_object('state', r.state, 'since', r.since, 'lastSeenAt', r.last_seen_at)
      FROM agent_presence r WHERE r.workspace_id = a.workspace_id AND r.agent_id = a.id) AS presence`;

/** What is not in spans. */
const otherColumns = `a.id, a.type::text AS type, m.status::text AS membership, a.timezone,
    a.wrap_up_time AS "wrapUpTime", a.weekly_schedule AS "weeklySchedule", a.holidays,
    coalesce(a.forward_enabled, false) AS "forwardsCalls", s.messaging_count AS "messagingCount",
    s.email_count AS "emailCount",
    (SELECT json_build_object('id', r.id, 'messaging', r.messaging_capacity, 'email', r.email_capacity)
       FROM capacity_rules r WHERE r.workspace_id = s.workspace_id
         AND CASE WHEN s.capacity_rule_id IS NULL THEN r.is_default ELSE r.id = s.capacity_rule_id END
    ) AS "capacityRule",
    ${policyColumns}`;

const joins = `JOIN agent_states s ON s.workspace_id = a.workspace_id AND s.agent_id = a.id
  LEFT JOIN memberships m ON m.workspace_id = a.workspace_id AND m.user_id = a.user_id
  LEFT JOIN availability_policies p ON p.workspace_id = a.workspace_id`;

/** The facts about the agents `:agentIds`. */
export const factsText = `
  SELECT ${otherColumns}, ${presenceColumns}, s.status::text AS status, s.activity::text AS activity,
    s.activity_expires_at AS "activityExpiresAt", s.activity_text AS "activityText",
    s.last_status_set AS "lastStatusSet", s.last_activity_set AS "lastActivitySet",
    (SELECT json_build_object('presetId', n.preset_id, 'when', 'afterConversations') FROM pending_presets n
       WHERE n.workspace_id = a.workspace_id AND n.agent_id = a.id) AS next
  FROM agents a ${joins}
  WHERE a.workspace_id = :workspaceId::uuid AND a.id = ANY(:agentIds::uuid[])`;

/**
 * The span of the agent `a` at `:at`, and since when its status, activity and presence hold. An activity that had
 * expired before the same one was set again began anew.
 */
const spanThen = `SELECT n.* FROM (
      SELECT q.*, max(q.from_at) FILTER (WHERE q.new_status) OVER h AS status_since,
        max(q.from_at) FILTER (WHERE q.new_activity) OVER h AS activity_since,
        max(q.from_at) FILTER (WHERE q.new_presence) OVER h AS presence_since
      FROM (
        SELECT w.*, w.status IS DISTINCT FROM lag(w.status) OVER o AS new_status,
          w.activity IS DISTINCT FROM lag(w.activity) OVER o
            OR lag(w.activity_expires_at) OVER o <= w.from_at AS new_activity,
          row_number() OVER o = 1 OR w.presence IS DISTINCT FROM lag(w.presence) OVER o AS new_presence
        FROM agent_spans w
        WHERE w.workspace_id = :workspaceId::uuid AND w.agent_id = a.id
          AND w.from_at <= to_timestamp(:at::double precision / 1000)
        WINDOW o AS (ORDER BY w.from_at)) q
      WINDOW h AS (ORDER BY q.from_at)) n
    ORDER BY n.from_at DESC LIMIT 1`;

/** Of each recorded fact that has changed since `:at`, its value before the first change. */
const changedSince = `SELECT json_object_agg(f.name, f.before) FROM (
      SELECT DISTINCT ON (e.key) e.key AS name, e.value -> 'before' AS before
      FROM changes c CROSS JOIN LATERAL jsonb_each(c.fields) e
      WHERE c.workspace_id = :workspaceId::uuid AND c.agent_id = a.id AND c.action = 'updated'
        AND c.created_at > to_timestamp(:at::double precision / 1000) AND e.key = ANY(:recordedFacts::text[])
      ORDER BY e.key, c.created_at, c.id) f`;

/** A batch of agents as they were at `:at`. */
export const pastText = `
  SELECT ${otherColumns}, (${changedSince}) AS "then", w.status::text AS status, w.activity::text AS activity,
    w.activity_expires_at AS "activityExpiresAt", w.activity_text AS "activityText",
    w.status_since AS "lastStatusSet", w.activity_since AS "lastActivitySet",
    w.presence::text AS "presenceThen", w.presence_since AS "presenceSince"
  FROM (SELECT * FROM agents g WHERE g.workspace_id = :workspaceId::uuid
      AND (:after::uuid IS NULL OR g.id > :after::uuid)
      AND (:agentIds::uuid[] IS NULL OR g.id = ANY(:agentIds::uuid[]))
      AND EXISTS (SELECT 1 FROM agent_spans b WHERE b.workspace_id = :workspaceId::uuid AND b.agent_id = g.id
        AND b.from_at <= to_timestamp(:at::double precision / 1000) OFFSET 0)
    ORDER BY g.id LIMIT :limit::int) a
  CROSS JOIN LATERAL (${spanThen}) w
  ${joins}
  ORDER BY a.id`;
