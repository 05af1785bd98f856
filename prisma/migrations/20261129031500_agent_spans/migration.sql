-- CreateTable
CREATE TABLE "agent_spans" (
    "workspace_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "status" "agent_status" NOT NULL,
    "activity" "activity" NOT NULL,
    "activity_expires_at" TIMESTAMPTZ(3),
    "activity_text" TEXT,
    "cause" "change_cause" NOT NULL,

    CONSTRAINT "agent_spans_pkey" PRIMARY KEY ("workspace_id","agent_id","from_at")
);

-- AddForeignKey
ALTER TABLE "agent_spans" ADD CONSTRAINT "agent_spans_workspace_id_agent_id_fkey" FOREIGN KEY ("workspace_id", "agent_id") REFERENCES "agents"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What follows is beyond Prisma's schema.

-- Every agent has a span from the moment that it has a state. The ledger's entry of the creation adds the cause.
CREATE FUNCTION "start_agent_spans"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO agent_spans (workspace_id, agent_id, from_at, status, activity, activity_expires_at, activity_text, cause)
  SELECT workspace_id, agent_id, availability_updated_at, status, activity, activity_expires_at, activity_text, 'api'
  FROM added;
  RETURN NULL;
END $$;

CREATE TRIGGER "agent_states_start_spans" AFTER INSERT ON "agent_states"
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION "start_agent_spans"();

-- Every change of an agent is in the ledger, with its cause. An entry as old as the state is a change of
-- availability: what holds from then on is a new span. Clocks of several servers may differ, so a span never starts
-- before the last one; one that starts together with it replaces it.
CREATE FUNCTION "add_agent_span"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO agent_spans (workspace_id, agent_id, from_at, status, activity, activity_expires_at, activity_text, cause)
  SELECT s.workspace_id, s.agent_id,
    GREATEST(NEW.created_at, (SELECT max(p.from_at) FROM agent_spans p
      WHERE p.workspace_id = s.workspace_id AND p.agent_id = s.agent_id)),
    s.status, s.activity, s.activity_expires_at, s.activity_text, NEW.cause
  FROM agent_states s
  WHERE s.workspace_id = NEW.workspace_id AND s.agent_id = NEW.agent_id AND s.availability_updated_at = NEW.created_at
  ON CONFLICT (workspace_id, agent_id, from_at) DO UPDATE SET status = excluded.status, activity = excluded.activity,
    activity_expires_at = excluded.activity_expires_at, activity_text = excluded.activity_text, cause = excluded.cause;
  RETURN NULL;
END $$;

CREATE TRIGGER "changes_add_span" AFTER INSERT ON "changes"
  FOR EACH ROW WHEN (NEW.action <> 'deleted') EXECUTE FUNCTION "add_agent_span"();

-- Builds the spans of a workspace's agents anew from the ledger, for agents whose creation it holds. All others keep one
-- span, from their last change. For this migration and for demo data, whose ledger is written in one piece.
CREATE FUNCTION "rebuild_agent_spans"("workspace" UUID) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  entry record;
  span agent_spans;
BEGIN
  DELETE FROM agent_spans WHERE workspace_id = workspace;
  FOR entry IN
    SELECT c.agent_id, c.action, c.cause, c.created_at, c.fields
    FROM changes c JOIN agents a ON a.workspace_id = c.workspace_id AND a.id = c.agent_id
    WHERE c.workspace_id = workspace
      AND (c.action = 'created' OR c.fields ?| ARRAY['status', 'activity', 'activityTtl', 'activityText'])
    ORDER BY c.agent_id, c.created_at, c.id
  LOOP
    IF entry.action = 'created' THEN
      -- A new agent is away and available.
      span := (workspace, entry.agent_id, entry.created_at, 'away', 'available', NULL, NULL, entry.cause);
    ELSIF span.agent_id IS DISTINCT FROM entry.agent_id THEN
      CONTINUE;
    END IF;
    IF span.activity_expires_at <= entry.created_at THEN
      span.activity := 'available';
      span.activity_expires_at := NULL;
      span.activity_text := NULL;
    END IF;
    IF entry.fields #>> '{status,after}' IS NOT NULL THEN
      span.status := (entry.fields #>> '{status,after}')::agent_status;
    END IF;
    IF entry.fields #>> '{activity,after}' IS NOT NULL THEN
      span.activity := (entry.fields #>> '{activity,after}')::activity;
    END IF;
    IF entry.fields ? 'activityTtl' THEN
      span.activity_expires_at := entry.created_at + make_interval(secs => (entry.fields #>> '{activityTtl,after}')::int);
    END IF;
    IF entry.fields ? 'activityText' THEN
      span.activity_text := entry.fields #>> '{activityText,after}';
    END IF;
    span.from_at := entry.created_at;
    span.cause := entry.cause;
    INSERT INTO agent_spans SELECT (span).*
    ON CONFLICT (workspace_id, agent_id, from_at) DO UPDATE SET status = excluded.status, activity = excluded.activity,
      activity_expires_at = excluded.activity_expires_at, activity_text = excluded.activity_text, cause = excluded.cause;
  END LOOP;

  -- What is true now has the last word, also where the ledger has gaps.
  INSERT INTO agent_spans (workspace_id, agent_id, from_at, status, activity, activity_expires_at, activity_text, cause)
  SELECT s.workspace_id, s.agent_id, GREATEST(s.availability_updated_at, l.from_at), s.status, s.activity,
    s.activity_expires_at, s.activity_text, COALESCE(l.cause, 'api')
  FROM agent_states s LEFT JOIN LATERAL (
    SELECT * FROM agent_spans p WHERE p.workspace_id = s.workspace_id AND p.agent_id = s.agent_id
    ORDER BY p.from_at DESC LIMIT 1) l ON true
  WHERE s.workspace_id = workspace AND (l.status, l.activity, l.activity_expires_at, l.activity_text)
    IS DISTINCT FROM (s.status, s.activity, s.activity_expires_at, s.activity_text)
  ON CONFLICT (workspace_id, agent_id, from_at) DO UPDATE SET status = excluded.status, activity = excluded.activity,
    activity_expires_at = excluded.activity_expires_at, activity_text = excluded.activity_text;
END $$;

SELECT rebuild_agent_spans(id) FROM workspaces;
