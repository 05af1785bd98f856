-- An agent's recorded presence, or null while the workspace's policy is off.
CREATE FUNCTION "recorded_presence"("workspace" UUID, "agent" UUID) RETURNS "presence_state" LANGUAGE sql STABLE AS $$
  SELECT COALESCE(
    (SELECT state FROM agent_presence WHERE workspace_id = workspace AND agent_id = agent), 'absent')
  FROM availability_policies WHERE workspace_id = workspace AND presence <> 'off'
$$;

CREATE OR REPLACE FUNCTION "add_agent_span"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO agent_spans (workspace_id, agent_id, from_at, status, activity, activity_expires_at, activity_text,
    cause, presence)
  SELECT s.workspace_id, s.agent_id,
    GREATEST(NEW.created_at, (SELECT max(p.from_at) FROM agent_spans p
      WHERE p.workspace_id = s.workspace_id AND p.agent_id = s.agent_id)),
    s.status, s.activity, s.activity_expires_at, s.activity_text, NEW.cause,
    recorded_presence(s.workspace_id, s.agent_id)
  FROM agent_states s
  WHERE s.workspace_id = NEW.workspace_id AND s.agent_id = NEW.agent_id AND s.availability_updated_at = NEW.created_at
  ON CONFLICT (workspace_id, agent_id, from_at) DO UPDATE SET status = excluded.status, activity = excluded.activity,
    activity_expires_at = excluded.activity_expires_at, activity_text = excluded.activity_text,
    cause = excluded.cause, presence = excluded.presence;
  RETURN NULL;
END $$;

-- A change of presence adds a span that declares what the last one did, with its cause.
CREATE FUNCTION "add_presence_span"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO agent_spans (workspace_id, agent_id, from_at, status, activity, activity_expires_at, activity_text,
    cause, presence)
  SELECT l.workspace_id, l.agent_id, GREATEST(NEW.since, l.from_at), l.status, l.activity, l.activity_expires_at,
    l.activity_text, l.cause, NEW.state
  FROM (
    SELECT * FROM agent_spans p WHERE p.workspace_id = NEW.workspace_id AND p.agent_id = NEW.agent_id
    ORDER BY p.from_at DESC LIMIT 1) l
  WHERE EXISTS (SELECT 1 FROM availability_policies a
    WHERE a.workspace_id = NEW.workspace_id AND a.presence <> 'off')
  ON CONFLICT (workspace_id, agent_id, from_at) DO UPDATE SET presence = excluded.presence;
  RETURN NULL;
END $$;

CREATE TRIGGER "agent_presence_add_span" AFTER UPDATE ON "agent_presence"
  FOR EACH ROW WHEN (NEW.state IS DISTINCT FROM OLD.state) EXECUTE FUNCTION "add_presence_span"();

-- When a workspace begins or ceases to use presence, each agent gets a span from then on.
CREATE FUNCTION "add_spans_of_policy"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO agent_spans (workspace_id, agent_id, from_at, status, activity, activity_expires_at, activity_text,
    cause, presence)
  SELECT l.workspace_id, l.agent_id, GREATEST(NEW.updated_at, l.from_at), l.status, l.activity,
    l.activity_expires_at, l.activity_text, l.cause, recorded_presence(l.workspace_id, l.agent_id)
  FROM agents a CROSS JOIN LATERAL (
    SELECT * FROM agent_spans p WHERE p.workspace_id = a.workspace_id AND p.agent_id = a.id
    ORDER BY p.from_at DESC LIMIT 1) l
  WHERE a.workspace_id = NEW.workspace_id AND l.presence IS DISTINCT FROM recorded_presence(a.workspace_id, a.id)
  ON CONFLICT (workspace_id, agent_id, from_at) DO UPDATE SET presence = excluded.presence;
  RETURN NULL;
END $$;

CREATE TRIGGER "availability_policies_add_spans" AFTER INSERT OR UPDATE OF "presence" ON "availability_policies"
  FOR EACH ROW EXECUTE FUNCTION "add_spans_of_policy"();
