-- Once for a statement: a holiday calendar can be assigned to thousands of agents.
DROP TRIGGER "agents_with_other_hours" ON "agents";
DROP TRIGGER "agents_changed_in_calendar" ON "agents";
DROP FUNCTION "recount_hours_of_agent";
DROP FUNCTION "note_calendar_change";

CREATE FUNCTION "note_other_hours"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  change record;
BEGIN
  FOR change IN
    SELECT n.workspace_id, array_agg(DISTINCT o.hours_key::text) AS left_keys,
      array_agg((o.workspace_id, 'hours', o.hours_key::text, -1)::agent_count_step)
        || array_agg((n.workspace_id, 'hours', n.hours_key::text, 1)::agent_count_step) AS steps
    FROM removed o JOIN added n ON n.workspace_id = o.workspace_id AND n.id = o.id
    WHERE o.hours_key <> n.hours_key GROUP BY n.workspace_id ORDER BY n.workspace_id
  LOOP
    PERFORM add_to_agent_counts(change.steps);
    PERFORM forget_hours_of_nobody(change.workspace_id, change.left_keys);
    PERFORM add_calendar_revisions(ARRAY[change.workspace_id]);
  END LOOP;
  RETURN NULL;
END $$;

CREATE TRIGGER "agents_with_other_hours" AFTER UPDATE ON "agents"
  REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION "note_other_hours"();
