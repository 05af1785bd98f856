-- What decides who is in hours, as one value: agents who agree in zone, weekly schedule and dates of holidays have the same.
-- PostgreSQL calls two of these functions stable: convert_to(), for a conversion may be redefined, though from UTF-8 to UTF-8 there
-- is none; and json_build_array(), for some types are written as settings say, though none of the three here is.
CREATE FUNCTION "agent_hours_key"("timezone" TEXT, "weekly_schedule" JSONB, "holidays" JSONB) RETURNS UUID
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT encode(substring(sha256(convert_to(json_build_array(timezone, weekly_schedule,
    (SELECT array_agg(DISTINCT (h -> 'month')::int * 32 + (h -> 'day')::int) FROM jsonb_array_elements(holidays) h)
  )::text, 'UTF8')) FROM 1 FOR 16), 'hex')::uuid
$$;

-- AlterTable
ALTER TABLE "agents" ADD COLUMN "hours_key" UUID NOT NULL
  GENERATED ALWAYS AS (agent_hours_key("timezone", "weekly_schedule", "holidays")) STORED;

-- CreateIndex
CREATE INDEX "agents_workspace_id_hours_key_id_idx" ON "agents"("workspace_id", "hours_key", "id");

-- DropIndex
DROP INDEX "agent_states_workspace_id_activity_agent_id_idx";

-- CreateIndex
CREATE INDEX "agent_states_workspace_id_activity_status_agent_id_idx" ON "agent_states"("workspace_id", "activity", "status", "agent_id");

-- What follows is beyond Prisma's schema.

-- What has run out, by activity and status, without a look at the table.
DROP INDEX "agent_states_expiring";
CREATE INDEX "agent_states_expiring" ON "agent_states" ("workspace_id", "activity_expires_at", "activity", "status")
  WHERE "activity_expires_at" IS NOT NULL;

-- Forgets the counts of hours that nobody has any more: each agent with days off of their own would leave some behind. Rows that
-- come to nothing together can go, whoever adds to others meanwhile. Who is changing one gets no wait: it stays.
CREATE FUNCTION "forget_hours_of_nobody"("workspace" UUID, "keys" TEXT[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  emptied TEXT[];
  held agent_counts[];
BEGIN
  SELECT array_agg(e.value) INTO emptied FROM (
    SELECT n.value FROM agent_counts n
    WHERE n.workspace_id = workspace AND n.facet = 'hours' AND n.value = ANY(keys)
    GROUP BY n.value HAVING sum(n.amount) = 0) e;
  IF emptied IS NULL THEN
    RETURN;
  END IF;
  SELECT array_agg(l.n) INTO held FROM (
    SELECT n FROM agent_counts n
    WHERE n.workspace_id = workspace AND n.facet = 'hours' AND n.value = ANY(emptied)
    ORDER BY n.value, n.shard FOR UPDATE SKIP LOCKED) l;
  DELETE FROM agent_counts n USING (
    SELECT h.value, array_agg(h.shard) AS shards FROM unnest(held) h GROUP BY h.value HAVING sum(h.amount) = 0) nothing
  WHERE n.workspace_id = workspace AND n.facet = 'hours' AND n.value = nothing.value AND n.shard = ANY(nothing.shards);
END $$;

-- Agents come and go with their hours, and with the roles of their persons. For those, both sides lock the membership first: of
-- an agent and a role that come or go at the same time, the later one sees the earlier.
DROP TRIGGER "agents_with_roles_added" ON "agents";
DROP TRIGGER "agents_with_roles_removed" ON "agents";
DROP FUNCTION "count_roles_of_agents"();

CREATE FUNCTION "count_agents"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  sign int := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END;
BEGIN
  PERFORM 1 FROM memberships m
    WHERE (m.workspace_id, m.user_id) IN (SELECT c.workspace_id, c.user_id FROM concerned c)
    ORDER BY m.workspace_id, m.user_id FOR NO KEY UPDATE;
  PERFORM add_to_agent_counts(array_agg(step)) FROM (
    SELECT (c.workspace_id, 'hours', c.hours_key, sign * count(*))::agent_count_step AS step
    FROM concerned c GROUP BY c.workspace_id, c.hours_key
    UNION ALL
    SELECT (r.workspace_id, 'role', r.role_id, sign * count(*))::agent_count_step
    FROM concerned c JOIN membership_roles r ON r.workspace_id = c.workspace_id AND r.user_id = c.user_id
    GROUP BY r.workspace_id, r.role_id) steps;
  IF TG_OP = 'DELETE' THEN
    PERFORM forget_hours_of_nobody(gone.workspace_id, gone.keys) FROM (
      SELECT c.workspace_id, array_agg(DISTINCT c.hours_key::text) AS keys FROM concerned c GROUP BY c.workspace_id) gone;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "agents_added" AFTER INSERT ON "agents"
  REFERENCING NEW TABLE AS concerned FOR EACH STATEMENT EXECUTE FUNCTION "count_agents"();
CREATE TRIGGER "agents_removed" AFTER DELETE ON "agents"
  REFERENCING OLD TABLE AS concerned FOR EACH STATEMENT EXECUTE FUNCTION "count_agents"();

CREATE FUNCTION "recount_hours_of_agent"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM add_to_agent_counts(ARRAY[
    (NEW.workspace_id, 'hours', OLD.hours_key, -1), (NEW.workspace_id, 'hours', NEW.hours_key, 1)
  ]::agent_count_step[]);
  PERFORM forget_hours_of_nobody(NEW.workspace_id, ARRAY[OLD.hours_key::text]);
  RETURN NULL;
END $$;

CREATE TRIGGER "agents_with_other_hours" AFTER UPDATE ON "agents" FOR EACH ROW
  WHEN (OLD.hours_key <> NEW.hours_key) EXECUTE FUNCTION "recount_hours_of_agent"();

-- Counts everything anew. Changes are numbered on: a list that somebody has read must not get its old number again.
CREATE OR REPLACE FUNCTION "recount_agents"() RETURNS void LANGUAGE sql AS $$
  DELETE FROM agent_counts WHERE facet <> 'change';
  INSERT INTO agent_counts (workspace_id, facet, value, shard, amount)
  SELECT workspace_id, 'change'::agent_facet, '', 0, count(*) FROM agent_states GROUP BY workspace_id
  UNION ALL
  SELECT workspace_id, 'status', status::text, 0, count(*) FROM agent_states GROUP BY workspace_id, status
  UNION ALL
  SELECT workspace_id, 'activity', activity::text, 0, count(*) FROM agent_states GROUP BY workspace_id, activity
  UNION ALL
  SELECT workspace_id, 'hours', hours_key::text, 0, count(*) FROM agents GROUP BY workspace_id, hours_key
  UNION ALL
  SELECT workspace_id, 'skill', skill_id::text, 0, count(*) FROM agent_skills GROUP BY workspace_id, skill_id
  UNION ALL
  SELECT r.workspace_id, 'role', r.role_id::text, 0, count(*)
  FROM membership_roles r JOIN agents a ON a.workspace_id = r.workspace_id AND a.user_id = r.user_id
  GROUP BY r.workspace_id, r.role_id
  ON CONFLICT (workspace_id, facet, value, shard) DO UPDATE SET amount = agent_counts.amount + excluded.amount;
$$;

SELECT recount_agents();
