-- CreateTable
CREATE TABLE "events" (
    "workspace_id" UUID NOT NULL,
    "position" BIGINT NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "type" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "resource_type" TEXT NOT NULL,
    "resource_id" UUID NOT NULL,
    "version" INTEGER,
    "actor_kind" "actor_kind",
    "actor_id" UUID,
    "actor_name" TEXT,
    "cause" "change_cause",
    "changes" JSONB,

    CONSTRAINT "events_pkey" PRIMARY KEY ("workspace_id","position","id")
);

-- CreateTable
CREATE TABLE "event_marks" (
    "at" TIMESTAMPTZ(3) NOT NULL,
    "position" BIGINT NOT NULL,

    CONSTRAINT "event_marks_pkey" PRIMARY KEY ("at")
);

-- What follows is beyond Prisma's schema.

-- A transaction can begin early and change an agent late, after a newer transaction has changed it. Its own number
-- would put its event before the other one. So the newest transaction that has ended counts, if it is greater.
-- A trigger takes a new snapshot for it, while the agent is locked.
ALTER TABLE "events" ALTER COLUMN "position" SET DEFAULT GREATEST(
  pg_current_xact_id()::text::bigint, pg_snapshot_xmax(pg_current_snapshot())::text::bigint - 1);

-- Each end of an activity is one event, whoever notices it.
CREATE UNIQUE INDEX "events_timeouts" ON "events" ("workspace_id", "resource_id", "occurred_at")
  WHERE "cause" = 'timeout';

-- The fields of one change can be several events.
CREATE FUNCTION "add_agent_events"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO events (workspace_id, type, occurred_at, resource_type, resource_id, version, actor_kind, actor_id,
    actor_name, cause, changes)
  SELECT c.workspace_id, e.type, c.created_at, 'agent', c.agent_id, s.version, c.actor_kind, c.actor_id,
    c.actor_name, c.cause, e.changes
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

CREATE TRIGGER "changes_add_events" AFTER INSERT ON "changes"
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION "add_agent_events"();

-- Of the audit log, changes of settings, people and keys are events. `access.changed` is for streams, which check
-- their permissions then; clients don't get it.
CREATE FUNCTION "add_audit_events"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  noun text := split_part(NEW.action, '.', 1);
  verb text := split_part(NEW.action, '.', 2);
BEGIN
  IF noun IN ('session', 'password') THEN
    IF verb IN ('ended', 'changed', 'reset') THEN
      INSERT INTO events (workspace_id, type, occurred_at, resource_type, resource_id)
      SELECT NEW.workspace_id, 'access.changed', NEW.at, 'person', NEW.actor_id WHERE NEW.actor_id IS NOT NULL;
    END IF;
    RETURN NULL;
  END IF;
  verb := CASE
    WHEN verb = 'created' THEN 'created'
    WHEN verb IN ('deleted', 'removed', 'revoked') THEN 'deleted'
    WHEN verb IN ('changed', 'resent', 'accepted', 'suspended', 'restored') THEN 'updated'
  END;
  noun := CASE noun WHEN 'invitation' THEN 'person' WHEN 'availabilityPolicy' THEN 'policy' ELSE noun END;
  IF verb IS NULL THEN
    RETURN NULL;
  END IF;
  INSERT INTO events (workspace_id, type, occurred_at, resource_type, resource_id, actor_kind, actor_id, actor_name)
  SELECT NEW.workspace_id, noun || '.' || verb, NEW.at, noun, r.id, NEW.actor_kind, NEW.actor_id, NEW.actor_name
  FROM (SELECT CASE WHEN noun = 'policy' THEN NEW.workspace_id ELSE COALESCE(NEW.target_id, NEW.actor_id) END AS id) r
  WHERE r.id IS NOT NULL;
  -- The membership decides whether the person's agent can take work.
  IF NEW.action IN ('person.suspended', 'person.restored', 'invitation.accepted') THEN
    INSERT INTO events (workspace_id, type, occurred_at, resource_type, resource_id, version, actor_kind, actor_id,
      actor_name)
    SELECT a.workspace_id, 'agent.updated', NEW.at, 'agent', a.id, s.version, NEW.actor_kind, NEW.actor_id,
      NEW.actor_name
    FROM agents a JOIN agent_states s ON s.workspace_id = a.workspace_id AND s.agent_id = a.id
    WHERE a.workspace_id = NEW.workspace_id AND a.user_id = COALESCE(NEW.target_id, NEW.actor_id);
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "audit_events_add_events" AFTER INSERT ON "audit_events"
  FOR EACH ROW WHEN (NEW.outcome = 'ok') EXECUTE FUNCTION "add_audit_events"();

CREATE FUNCTION "add_workload_event"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO events (workspace_id, type, occurred_at, resource_type, resource_id, version)
  VALUES (NEW.workspace_id, 'agent.workload.changed', NEW.workload_updated_at, 'agent', NEW.agent_id, NEW.version);
  RETURN NULL;
END $$;

CREATE TRIGGER "agent_states_add_workload_event" AFTER UPDATE ON "agent_states"
  FOR EACH ROW WHEN (NEW.messaging_count <> OLD.messaging_count OR NEW.email_count <> OLD.email_count)
  EXECUTE FUNCTION "add_workload_event"();

-- What the end of an activity changes, in the ledger's form.
CREATE FUNCTION "timeout_changes"("activity" "activity", "activity_text" TEXT) RETURNS JSONB
LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_build_object('activity', jsonb_build_object('before', activity, 'after', 'available')) ||
    CASE WHEN activity_text IS NULL THEN '{}'
      ELSE jsonb_build_object('activityText', jsonb_build_object('before', activity_text)) END
$$;

-- A change that follows the end of an activity within a second must not hide that end. Older ends have had their event,
-- which may be deleted.
CREATE FUNCTION "add_timeout_event"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO events (workspace_id, type, occurred_at, resource_type, resource_id, version, actor_kind, actor_name,
    cause, changes)
  VALUES (OLD.workspace_id, 'agent.activity.changed', OLD.activity_expires_at, 'agent', OLD.agent_id, OLD.version,
    'system', 'system', 'timeout', timeout_changes(OLD.activity, OLD.activity_text))
  ON CONFLICT (workspace_id, resource_id, occurred_at) WHERE cause = 'timeout' DO NOTHING;
  RETURN NULL;
END $$;

CREATE TRIGGER "agent_states_add_timeout_event" AFTER UPDATE ON "agent_states"
  FOR EACH ROW WHEN (OLD.activity_expires_at <= NEW.availability_updated_at
    AND OLD.activity_expires_at > NEW.availability_updated_at - interval '23 hours' AND OLD.activity <> 'available'
    AND NEW.activity_expires_at IS DISTINCT FROM OLD.activity_expires_at)
  EXECUTE FUNCTION "add_timeout_event"();

-- Adds the events of activities that ended after "since", and returns one row for each. Does nothing while another
-- process does it.
CREATE FUNCTION "add_timeout_events"("since" TIMESTAMPTZ) RETURNS SETOF BIGINT LANGUAGE plpgsql AS $$
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('rollcall.events.timeouts', 0)) THEN
    RETURN;
  END IF;
  RETURN QUERY
  INSERT INTO events (workspace_id, type, occurred_at, resource_type, resource_id, version, actor_kind, actor_name,
    cause, changes)
  SELECT s.workspace_id, 'agent.activity.changed', s.activity_expires_at, 'agent', s.agent_id, s.version,
    'system', 'system', 'timeout', timeout_changes(s.activity, s.activity_text)
  FROM workspaces w JOIN agent_states s ON s.workspace_id = w.id
    AND s.activity_expires_at > since AND s.activity_expires_at <= now() AND s.activity <> 'available'
  WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.workspace_id = s.workspace_id AND e.resource_id = s.agent_id
    AND e.occurred_at = s.activity_expires_at AND e.cause = 'timeout')
  ORDER BY s.activity_expires_at, s.workspace_id, s.agent_id
  LIMIT 1000
  ON CONFLICT (workspace_id, resource_id, occurred_at) WHERE cause = 'timeout' DO NOTHING
  RETURNING id;
END $$;

CREATE FUNCTION "add_presence_event"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO events (workspace_id, type, occurred_at, resource_type, resource_id)
  VALUES (NEW.workspace_id, 'agent.presence.changed', NEW.since, 'agent', NEW.agent_id);
  RETURN NULL;
END $$;

CREATE TRIGGER "agent_presence_add_first_event" AFTER INSERT ON "agent_presence"
  FOR EACH ROW WHEN (NEW.state <> 'absent') EXECUTE FUNCTION "add_presence_event"();
CREATE TRIGGER "agent_presence_add_event" AFTER UPDATE ON "agent_presence"
  FOR EACH ROW WHEN (NEW.state <> OLD.state) EXECUTE FUNCTION "add_presence_event"();
