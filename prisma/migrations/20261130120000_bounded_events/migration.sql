-- A page of events has up to 1,000. Changes can be as large as a request, for example hundreds of holidays, so the
-- ledger alone has large ones.
CREATE OR REPLACE FUNCTION "add_agent_events"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO events (workspace_id, type, occurred_at, resource_type, resource_id, version, actor_kind, actor_id,
    actor_name, cause, changes)
  SELECT c.workspace_id, e.type, c.created_at, 'agent', c.agent_id, s.version, c.actor_kind, c.actor_id,
    c.actor_name, c.cause, CASE WHEN octet_length(e.changes::text) <= 8192 THEN e.changes END
  FROM added c
  LEFT JOIN agent_states s ON s.workspace_id = c.workspace_id AND s.agent_id = c.agent_id
  CROSS JOIN LATERAL (
    SELECT 'agent.' || c.action AS type, c.fields AS changes WHERE c.action <> 'updated'
    UNION ALL
    SELECT 'agent.updated', c.fields - ARRAY['status', 'activity', 'activityTtl', 'activityText']
    WHERE c.action = 'updated'
      AND (c.fields - ARRAY['status', 'activity', 'activityTtl', 'activityText'] <> '{}' OR c.fields = '{}')
    UNION ALL
    SELECT 'agent.status.changed', jsonb_build_object('status', c.fields -> 'status')
    WHERE c.action = 'updated' AND c.fields ? 'status'
    UNION ALL
    SELECT 'agent.activity.changed', (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(c.fields) f
      WHERE f.key IN ('activity', 'activityTtl', 'activityText'))
    WHERE c.action = 'updated' AND c.fields ?| ARRAY['activity', 'activityTtl', 'activityText']) e;
  RETURN NULL;
END $$;
