-- CreateEnum
CREATE TYPE "agent_facet" AS ENUM ('change', 'status', 'activity', 'skill', 'role');

-- CreateTable
CREATE TABLE "agent_counts" (
    "workspace_id" UUID NOT NULL,
    "facet" "agent_facet" NOT NULL,
    "value" TEXT NOT NULL,
    "shard" SMALLINT NOT NULL,
    "amount" BIGINT NOT NULL,

    CONSTRAINT "agent_counts_pkey" PRIMARY KEY ("workspace_id","facet","value","shard")
);

-- CreateIndex
CREATE INDEX "agent_states_workspace_id_activity_agent_id_idx" ON "agent_states"("workspace_id", "activity", "agent_id");

-- AddForeignKey
ALTER TABLE "agent_counts" ADD CONSTRAINT "agent_counts_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What follows is beyond Prisma's schema.

-- Rows are rewritten all day: room for the new version beside the old one keeps both out of the index.
ALTER TABLE "agent_counts" SET (fillfactor = 50);

-- What has run out, by activity, without a look at the table.
DROP INDEX "agent_states_expiring";
CREATE INDEX "agent_states_expiring" ON "agent_states" ("workspace_id", "activity_expires_at", "activity")
  WHERE "activity_expires_at" IS NOT NULL;

CREATE TYPE "agent_count_step" AS ("workspace_id" UUID, "facet" "agent_facet", "value" TEXT, "amount" BIGINT);

-- Adds to counts, in one order, so that two transactions that meet in a shard wait for each other instead of dying in a
-- deadlock. The counts of a workspace that is being deleted are gone, and must not come back.
CREATE FUNCTION "add_to_agent_counts"("steps" "agent_count_step"[]) RETURNS void LANGUAGE sql AS $$
  INSERT INTO agent_counts (workspace_id, facet, value, shard, amount)
  SELECT s.workspace_id, s.facet, s.value, pg_backend_pid() % 32, sum(s.amount)
  FROM unnest(steps) s
  WHERE EXISTS (SELECT 1 FROM workspaces w WHERE w.id = s.workspace_id)
  GROUP BY 1, 2, 3, 4 HAVING sum(s.amount) <> 0 ORDER BY 1, 2, 3
  ON CONFLICT (workspace_id, facet, value, shard) DO UPDATE SET amount = agent_counts.amount + excluded.amount;
$$;

-- Agents come and go with their states.
CREATE FUNCTION "count_agent_states"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  sign int := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END;
BEGIN
  PERFORM add_to_agent_counts(array_agg(step)) FROM (
    SELECT (workspace_id, 'change', '', count(*))::agent_count_step AS step FROM concerned GROUP BY workspace_id
    UNION ALL
    SELECT (workspace_id, 'status', status, sign * count(*))::agent_count_step FROM concerned GROUP BY workspace_id, status
    UNION ALL
    SELECT (workspace_id, 'activity', activity, sign * count(*))::agent_count_step
    FROM concerned GROUP BY workspace_id, activity) steps;
  RETURN NULL;
END $$;

CREATE TRIGGER "agent_states_added" AFTER INSERT ON "agent_states"
  REFERENCING NEW TABLE AS concerned FOR EACH STATEMENT EXECUTE FUNCTION "count_agent_states"();
CREATE TRIGGER "agent_states_removed" AFTER DELETE ON "agent_states"
  REFERENCING OLD TABLE AS concerned FOR EACH STATEMENT EXECUTE FUNCTION "count_agent_states"();

CREATE FUNCTION "recount_agent_state"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM add_to_agent_counts(ARRAY[
    (NEW.workspace_id, 'change', '', 1),
    (NEW.workspace_id, 'status', OLD.status, -1), (NEW.workspace_id, 'status', NEW.status, 1),
    (NEW.workspace_id, 'activity', OLD.activity, -1), (NEW.workspace_id, 'activity', NEW.activity, 1)
  ]::agent_count_step[]);
  RETURN NULL;
END $$;

CREATE TRIGGER "agent_states_changed" AFTER UPDATE ON "agent_states" FOR EACH ROW
  WHEN (OLD.status <> NEW.status OR OLD.activity <> NEW.activity
    OR OLD.activity_expires_at IS DISTINCT FROM NEW.activity_expires_at)
  EXECUTE FUNCTION "recount_agent_state"();

-- What else the list of all agents shows.
CREATE FUNCTION "note_agent_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM add_to_agent_counts(ARRAY[(NEW.workspace_id, 'change', '', 1)]::agent_count_step[]);
  RETURN NULL;
END $$;

CREATE TRIGGER "agents_shown_otherwise" AFTER UPDATE ON "agents" FOR EACH ROW
  WHEN (OLD.name <> NEW.name OR OLD.avatar_url IS DISTINCT FROM NEW.avatar_url
    OR OLD.avatar_media_id IS DISTINCT FROM NEW.avatar_media_id)
  EXECUTE FUNCTION "note_agent_change"();

CREATE FUNCTION "count_agent_skills"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  sign int := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END;
BEGIN
  PERFORM add_to_agent_counts(array_agg((workspace_id, 'skill', skill_id, sign * holders)::agent_count_step))
  FROM (SELECT workspace_id, skill_id, count(*) AS holders FROM concerned GROUP BY workspace_id, skill_id) by_skill;
  RETURN NULL;
END $$;

CREATE TRIGGER "agent_skills_added" AFTER INSERT ON "agent_skills"
  REFERENCING NEW TABLE AS concerned FOR EACH STATEMENT EXECUTE FUNCTION "count_agent_skills"();
CREATE TRIGGER "agent_skills_removed" AFTER DELETE ON "agent_skills"
  REFERENCING OLD TABLE AS concerned FOR EACH STATEMENT EXECUTE FUNCTION "count_agent_skills"();

-- An agent has the roles of its person. Both sides lock the membership first: of an agent and a role that come or go at
-- the same time, the later one sees the earlier.
CREATE FUNCTION "count_roles_of_agents"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  sign int := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END;
BEGIN
  PERFORM 1 FROM memberships m
    WHERE (m.workspace_id, m.user_id) IN (SELECT c.workspace_id, c.user_id FROM concerned c)
    ORDER BY m.workspace_id, m.user_id FOR NO KEY UPDATE;
  PERFORM add_to_agent_counts(array_agg((workspace_id, 'role', role_id, sign * holders)::agent_count_step))
  FROM (SELECT r.workspace_id, r.role_id, count(*) AS holders
        FROM concerned c JOIN membership_roles r ON r.workspace_id = c.workspace_id AND r.user_id = c.user_id
        GROUP BY r.workspace_id, r.role_id) by_role;
  RETURN NULL;
END $$;

CREATE TRIGGER "agents_with_roles_added" AFTER INSERT ON "agents"
  REFERENCING NEW TABLE AS concerned FOR EACH STATEMENT EXECUTE FUNCTION "count_roles_of_agents"();
CREATE TRIGGER "agents_with_roles_removed" AFTER DELETE ON "agents"
  REFERENCING OLD TABLE AS concerned FOR EACH STATEMENT EXECUTE FUNCTION "count_roles_of_agents"();

CREATE FUNCTION "count_agents_of_roles"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  sign int := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END;
BEGIN
  PERFORM 1 FROM memberships m
    WHERE (m.workspace_id, m.user_id) IN (SELECT c.workspace_id, c.user_id FROM concerned c)
    ORDER BY m.workspace_id, m.user_id FOR NO KEY UPDATE;
  PERFORM add_to_agent_counts(array_agg((workspace_id, 'role', role_id, sign * holders)::agent_count_step))
  FROM (SELECT c.workspace_id, c.role_id, count(*) AS holders
        FROM concerned c JOIN agents a ON a.workspace_id = c.workspace_id AND a.user_id = c.user_id
        GROUP BY c.workspace_id, c.role_id) by_role;
  RETURN NULL;
END $$;

CREATE TRIGGER "membership_roles_added" AFTER INSERT ON "membership_roles"
  REFERENCING NEW TABLE AS concerned FOR EACH STATEMENT EXECUTE FUNCTION "count_agents_of_roles"();
CREATE TRIGGER "membership_roles_removed" AFTER DELETE ON "membership_roles"
  REFERENCING OLD TABLE AS concerned FOR EACH STATEMENT EXECUTE FUNCTION "count_agents_of_roles"();

-- Counts everything anew. Changes are numbered on: a list that somebody has read must not get its old number again.
CREATE FUNCTION "recount_agents"() RETURNS void LANGUAGE sql AS $$
  DELETE FROM agent_counts WHERE facet <> 'change';
  INSERT INTO agent_counts (workspace_id, facet, value, shard, amount)
  SELECT workspace_id, 'change'::agent_facet, '', 0, count(*) FROM agent_states GROUP BY workspace_id
  UNION ALL
  SELECT workspace_id, 'status', status::text, 0, count(*) FROM agent_states GROUP BY workspace_id, status
  UNION ALL
  SELECT workspace_id, 'activity', activity::text, 0, count(*) FROM agent_states GROUP BY workspace_id, activity
  UNION ALL
  SELECT workspace_id, 'skill', skill_id::text, 0, count(*) FROM agent_skills GROUP BY workspace_id, skill_id
  UNION ALL
  SELECT r.workspace_id, 'role', r.role_id::text, 0, count(*)
  FROM membership_roles r JOIN agents a ON a.workspace_id = r.workspace_id AND a.user_id = r.user_id
  GROUP BY r.workspace_id, r.role_id
  ON CONFLICT (workspace_id, facet, value, shard) DO UPDATE SET amount = agent_counts.amount + excluded.amount;
$$;

SELECT recount_agents();
