-- Deleting a team, skill or agent also changes what refers to it, and copies of that must learn it. Events of the audit
-- log tell of what a request names, so these triggers only tell of rows whose team, skill or agent is gone.

CREATE FUNCTION "add_cascade_events"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  instant timestamptz(3) := date_trunc('milliseconds', clock_timestamp());
BEGIN
  IF TG_TABLE_NAME = 'coverage_needs' THEN
    INSERT INTO events (workspace_id, type, occurred_at, resource_type, resource_id)
    SELECT o.workspace_id, 'coverageNeed.deleted', instant, 'coverageNeed', o.id
    FROM removed o JOIN workspaces w ON w.id = o.workspace_id
    WHERE (o.team_id IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM teams t WHERE t.workspace_id = o.workspace_id AND t.id = o.team_id))
      OR (o.skill_id IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM skills s WHERE s.workspace_id = o.workspace_id AND s.id = o.skill_id));
  ELSIF TG_TABLE_NAME = 'calendar_feeds' THEN
    INSERT INTO events (workspace_id, type, occurred_at, resource_type, resource_id)
    SELECT o.workspace_id, 'calendarFeed.deleted', instant, 'calendarFeed', o.id
    FROM removed o JOIN workspaces w ON w.id = o.workspace_id
    WHERE NOT EXISTS (SELECT 1 FROM agents a WHERE a.workspace_id = o.workspace_id AND a.id = o.agent_id)
      OR (o.team_id IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM teams t WHERE t.workspace_id = o.workspace_id AND t.id = o.team_id));
  ELSIF TG_TABLE_NAME = 'rotation_members' THEN
    -- Does not update the rotation: changes of rotations lock it before its agents.
    INSERT INTO events (workspace_id, type, occurred_at, resource_type, resource_id)
    SELECT DISTINCT r.workspace_id, 'rotation.updated', instant, 'rotation', r.id
    FROM removed o JOIN rotations r ON r.workspace_id = o.workspace_id AND r.id = o.rotation_id
    JOIN workspaces w ON w.id = o.workspace_id
    WHERE NOT EXISTS (SELECT 1 FROM agents a WHERE a.workspace_id = o.workspace_id AND a.id = o.agent_id);
  ELSE
    WITH changed AS (
      UPDATE routing_queues q SET updated_at = instant
      WHERE (q.workspace_id, q.id) IN (
        SELECT o.workspace_id, o.queue_id FROM removed o
        WHERE NOT EXISTS (SELECT 1 FROM teams t WHERE t.workspace_id = o.workspace_id AND t.id = o.team_id))
      RETURNING q.workspace_id, q.id)
    INSERT INTO events (workspace_id, type, occurred_at, resource_type, resource_id)
    SELECT c.workspace_id, 'queue.updated', instant, 'queue', c.id FROM changed c
    JOIN workspaces w ON w.id = c.workspace_id;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "coverage_needs_cascade_events" AFTER DELETE ON "coverage_needs"
  REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION "add_cascade_events"();
CREATE TRIGGER "calendar_feeds_cascade_events" AFTER DELETE ON "calendar_feeds"
  REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION "add_cascade_events"();
CREATE TRIGGER "rotation_members_cascade_events" AFTER DELETE ON "rotation_members"
  REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION "add_cascade_events"();
CREATE TRIGGER "routing_queue_teams_cascade_events" AFTER DELETE ON "routing_queue_teams"
  REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION "add_cascade_events"();
