import { respondedAt } from "@/lib/availability/effective/server/verdict.sql";

// SQL that reads all facts about agents. Only builds text. Uses `:workspaceId`.

/** Null for a workspace that has never changed its policy. */
export const policyColumns = `
  CASE WHEN p.workspace_id IS NOT NULL THEN json_build_object('presence', p.presence,
    'idleAfterMinutes', p.idle_after_minutes, 'missedOffers', p.missed_offers,
    'enforceHours', p.enforce_hours, 'allow', p.allow,
    'reassignOnLeave', p.reassign_on_leave) END AS policy`;

/** Session times are from the database's clock. */
const presenceColumns = `
    statement_timestamp() AS clock,
    coalesce((SELECT json_agg(json_build_object('endedAt', o.ended_at, 'endsAt', o.ends_at,
        'lastInputAt', o.last_input_at, 'lastSeenAt', o.last_seen_at))
      FROM presence_sessions o WHERE o.workspace_id = a.workspace_id AND o.agent_id = a.id), '[]') AS sessions,
    (SELECT json_build_object('state', r.state, 'since', r.since, 'lastSeenAt', r.last_seen_at)
      FROM agent_presence r WHERE r.workspace_id = a.workspace_id AND r.agent_id = a.id) AS presence`;

/** What is not in spans. */
const otherColumns = `a.id, a.type::text AS type, m.status::text AS membership,
    CASE m.status WHEN 'suspended' THEN m.suspended_at WHEN 'invited' THEN m.created_at END AS "membershipSince", a.timezone,
    a.wrap_up_time AS "wrapUpTime",
    coalesce(a.forward_enabled, false) AS "forwardsCalls",
    array_to_json(s.missed_offers_at) AS "missedOffers",
    (SELECT json_build_object('id', r.id, 'messaging', r.messaging_capacity, 'email', r.email_capacity)
       FROM capacity_rules r WHERE r.workspace_id = s.workspace_id
         AND CASE WHEN s.capacity_rule_id IS NULL THEN r.is_default ELSE r.id = s.capacity_rule_id END
    ) AS "capacityRule",
    ${policyColumns}`;

const joins = `JOIN agent_states s ON s.workspace_id = a.workspace_id AND s.agent_id = a.id
  LEFT JOIN memberships m ON m.workspace_id = a.workspace_id AND m.user_id = a.user_id
  LEFT JOIN availability_policies p ON p.workspace_id = a.workspace_id`;

/** In seconds; the maximum of the contract. */
const longestWrapUpTime = 3600;

/**
 * The agent's conversations that closed shortly enough before a time that the wrap-up may still be in
 * progress.
 */
const closedBefore = (time: string, which: string) => `
    coalesce((SELECT json_agg(json_build_object('conversationId', c.id, 'closedAt', c.closed_at))
      FROM conversations c WHERE c.workspace_id = a.workspace_id AND c.agent_id = a.id AND c.state = 'closed'
        AND c.closed_at > ${time} - make_interval(secs => ${longestWrapUpTime}) AND ${which}), '[]') AS closed`;

/** Load, offers and wrap-ups at `:now`. A conversation that closed before "ready" needs no wrap-up. */
const routingColumns = `
    s.messaging_count AS "messagingCount", s.email_count AS "emailCount", s.voice_count AS "voiceCount",
    coalesce((SELECT json_agg(json_build_object('channel', o.channel, 'expiresAt', o.expires_at))
      FROM offers o WHERE o.workspace_id = a.workspace_id AND o.agent_id = a.id AND o.state = 'pending'
        AND o.expires_at > ${respondedAt("s")}), '[]') AS offers,
    ${closedBefore(":now::timestamptz", "(s.ready_at IS NULL OR c.closed_at > s.ready_at)")}`;

/** The facts about the agents `:agentIds`, read at `:now`. */
export const factsText = `
  SELECT ${otherColumns}, ${presenceColumns}, ${routingColumns}, s.status::text AS status, s.activity::text AS activity,
    s.activity_expires_at AS "activityExpiresAt", s.activity_text AS "activityText",
    s.last_status_set AS "lastStatusSet", s.last_activity_set AS "lastActivitySet",
    (SELECT json_build_object('presetId', n.preset_id, 'when', 'afterConversations') FROM pending_presets n
       WHERE n.workspace_id = a.workspace_id AND n.agent_id = a.id) AS next
  FROM agents a ${joins}
  WHERE a.workspace_id = :workspaceId::uuid AND a.id = ANY(:agentIds::uuid[])`;

const then = "to_timestamp(:at::double precision / 1000)";

/**
 * The span of agent `a` at `:at`, and the start of its status, activity and presence. If an activity expires
 * and is then set again, it starts again.
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
          AND w.from_at <= ${then}
        WINDOW o AS (ORDER BY w.from_at)) q
      WINDOW h AS (ORDER BY q.from_at)) n
    ORDER BY n.from_at DESC LIMIT 1`;

/**
 * Each field of the ledger that an update of agent `a` has changed since `:at`. Ids are in the order of the writes, while
 * `created_at` is when the request began.
 */
const fieldsSince = `changes c CROSS JOIN LATERAL jsonb_each(c.fields) e
      WHERE c.workspace_id = :workspaceId::uuid AND c.agent_id = a.id AND c.action = 'updated'
        AND c.created_at > ${then}`;

/**
 * The value at `:at` of each recorded fact that has changed since. Weekly hours have two names; an entry with both has
 * more in `schedule`.
 */
const changedSince = `SELECT json_object_agg(f.name, f.before) FROM (
      SELECT DISTINCT ON (CASE e.key WHEN 'schedule' THEN 'weeklySchedule' ELSE e.key END)
        e.key AS name, e.value -> 'before' AS before
      FROM ${fieldsSince} AND e.key = ANY(:recordedFacts::text[])
      ORDER BY CASE e.key WHEN 'schedule' THEN 'weeklySchedule' ELSE e.key END, c.id,
        e.key = 'schedule' DESC) f`;

/** All changes of overrides and time off since `:at`, latest first. An entry has only what it changed. */
const exceptionsSince = `SELECT json_agg(json_build_object('before', e.value -> 'before', 'after', e.value -> 'after',
        'fact', e.key) ORDER BY c.id DESC)
      FROM ${fieldsSince} AND e.key IN ('override', 'timeOff')`;

/** Conversations that an agent has since passed on are not known to have been theirs. */
const routingThen = `
    l.messaging AS "messagingCount", l.email AS "emailCount", l.voice AS "voiceCount",
    coalesce((SELECT json_agg(json_build_object('channel', o.channel, 'expiresAt', o.expires_at))
      FROM offers o WHERE o.workspace_id = a.workspace_id AND o.agent_id = a.id AND o.created_at <= ${then}
        AND o.expires_at > ${then} AND (o.settled_at IS NULL OR o.settled_at > ${then})), '[]') AS offers,
    ${closedBefore(then, `c.closed_at <= ${then} AND NOT coalesce(s.ready_at BETWEEN c.closed_at AND ${then}, false)`)}`;

const loadThen = `SELECT count(*) FILTER (WHERE c.channel = 'messaging')::int AS messaging,
      count(*) FILTER (WHERE c.channel = 'email')::int AS email,
      count(*) FILTER (WHERE c.channel = 'voice')::int AS voice
    FROM conversations c WHERE c.workspace_id = :workspaceId::uuid AND c.agent_id = a.id AND c.assigned_at <= ${then}
      AND (c.closed_at IS NULL OR c.closed_at > ${then})`;

/** A batch of agents as they were at `:at`. */
export const pastText = `
  SELECT ${otherColumns}, (${changedSince}) AS "then",
    (${exceptionsSince}) AS "exceptionsSince", w.status::text AS status, w.activity::text AS activity,
    w.activity_expires_at AS "activityExpiresAt", w.activity_text AS "activityText",
    w.status_since AS "lastStatusSet", w.activity_since AS "lastActivitySet",
    w.presence::text AS "presenceThen", w.presence_since AS "presenceSince", ${routingThen}
  FROM (SELECT * FROM agents g WHERE g.workspace_id = :workspaceId::uuid
      AND (:after::uuid IS NULL OR g.id > :after::uuid)
      AND (:agentIds::uuid[] IS NULL OR g.id = ANY(:agentIds::uuid[]))
      AND EXISTS (SELECT 1 FROM agent_spans b WHERE b.workspace_id = :workspaceId::uuid AND b.agent_id = g.id
        AND b.from_at <= ${then} OFFSET 0)
    ORDER BY g.id LIMIT :limit::int) a
  CROSS JOIN LATERAL (${spanThen}) w
  CROSS JOIN LATERAL (${loadThen}) l
  ${joins}
  ORDER BY a.id`;
