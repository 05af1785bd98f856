-- beyond Prisma: agents_name_search
-- beyond Prisma: user_emails_search
-- What Prisma's schema can't say: search, order, and what must never be false.

-- Both come with PostgreSQL and may be made by the owner of a database.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;

-- Names sort by code point, whatever the locale of the database: the key is folded by the application, and keyset
-- paging needs one order that does not change with a library of the operating system.
ALTER TABLE "agents"
  ALTER COLUMN "name_key" TYPE text COLLATE "C",
  ALTER COLUMN "name" TYPE text COLLATE "C";

CREATE INDEX "agents_name_search" ON "agents" USING gin ("workspace_id", "name_key" gin_trgm_ops);
CREATE INDEX "user_emails_search" ON "user_emails" USING gin ("search_key" gin_trgm_ops);
CREATE INDEX "agent_states_expiring" ON "agent_states" ("workspace_id", "activity_expires_at")
  WHERE "activity_expires_at" IS NOT NULL;

-- One default rule a workspace at most.
CREATE UNIQUE INDEX "capacity_rules_one_default" ON "capacity_rules" ("workspace_id") WHERE "is_default";

ALTER TABLE "agents"
  ADD CONSTRAINT "agents_name_length" CHECK (char_length("name") BETWEEN 1 AND 255),
  ADD CONSTRAINT "agents_person_or_bot" CHECK (("type" = 'user') = ("user_id" IS NOT NULL)),
  ADD CONSTRAINT "agents_wrap_up_time_range" CHECK ("wrap_up_time" BETWEEN 0 AND 3600),
  ADD CONSTRAINT "agents_forward_whole"
    CHECK (num_nonnulls("forward_enabled", "forward_number", "forward_mask_caller") IN (0, 3)),
  ADD CONSTRAINT "agents_one_avatar" CHECK (num_nonnulls("avatar_url", "avatar_media_id") <= 1),
  ADD CONSTRAINT "agents_schedule_is_object" CHECK (jsonb_typeof("weekly_schedule") = 'object'),
  ADD CONSTRAINT "agents_holidays_are_list" CHECK (jsonb_typeof("holidays") = 'array');

ALTER TABLE "agent_states"
  ADD CONSTRAINT "agent_states_counts" CHECK (
    "messaging_count" >= 0 AND "email_count" >= 0 AND "assigned_count" = "messaging_count" + "email_count"),
  ADD CONSTRAINT "agent_states_end_of_activity"
    CHECK ("activity_expires_at" IS NULL OR "activity" <> 'available'),
  ADD CONSTRAINT "agent_states_version" CHECK ("version" >= 1);

ALTER TABLE "capacity_rules"
  ADD CONSTRAINT "capacity_rules_bounds" CHECK ("messaging_capacity" >= 0 AND "email_capacity" >= 0);

ALTER TABLE "teams"
  ADD CONSTRAINT "teams_counts" CHECK ("active_member_count" >= 0 AND "pending_member_count" >= 0);

-- Member counts are kept, not counted: every agent in a list shows those of each of its teams.
CREATE FUNCTION "count_team_members"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- In one order, so that two changes of the same teams wait for each other instead of dying in a deadlock.
  IF TG_OP = 'INSERT' THEN
    PERFORM 1 FROM teams t WHERE (t.workspace_id, t.id) IN (SELECT workspace_id, team_id FROM added)
      ORDER BY t.workspace_id, t.id FOR NO KEY UPDATE;
    UPDATE teams t SET active_member_count = t.active_member_count + d.active,
        pending_member_count = t.pending_member_count + d.pending
      FROM (SELECT workspace_id, team_id, count(*) FILTER (WHERE NOT pending) AS active,
              count(*) FILTER (WHERE pending) AS pending FROM added GROUP BY workspace_id, team_id) d
      WHERE t.workspace_id = d.workspace_id AND t.id = d.team_id;
  ELSIF TG_OP = 'DELETE' THEN
    PERFORM 1 FROM teams t WHERE (t.workspace_id, t.id) IN (SELECT workspace_id, team_id FROM removed)
      ORDER BY t.workspace_id, t.id FOR NO KEY UPDATE;
    UPDATE teams t SET active_member_count = t.active_member_count - d.active,
        pending_member_count = t.pending_member_count - d.pending
      FROM (SELECT workspace_id, team_id, count(*) FILTER (WHERE NOT pending) AS active,
              count(*) FILTER (WHERE pending) AS pending FROM removed GROUP BY workspace_id, team_id) d
      WHERE t.workspace_id = d.workspace_id AND t.id = d.team_id;
  ELSE
    PERFORM 1 FROM teams t WHERE (t.workspace_id, t.id) IN (
        SELECT workspace_id, team_id FROM added UNION SELECT workspace_id, team_id FROM removed)
      ORDER BY t.workspace_id, t.id FOR NO KEY UPDATE;
    UPDATE teams t SET active_member_count = t.active_member_count + d.active,
        pending_member_count = t.pending_member_count + d.pending
      FROM (SELECT workspace_id, team_id, sum(CASE WHEN pending THEN 0 ELSE change END) AS active,
              sum(CASE WHEN pending THEN change ELSE 0 END) AS pending
            FROM (SELECT workspace_id, team_id, pending, 1 AS change FROM added
                  UNION ALL SELECT workspace_id, team_id, pending, -1 FROM removed) both_sides
            GROUP BY workspace_id, team_id) d
      WHERE t.workspace_id = d.workspace_id AND t.id = d.team_id;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "team_members_added" AFTER INSERT ON "team_members"
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION "count_team_members"();
CREATE TRIGGER "team_members_removed" AFTER DELETE ON "team_members"
  REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION "count_team_members"();
CREATE TRIGGER "team_members_changed" AFTER UPDATE ON "team_members"
  REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION "count_team_members"();

-- A person who joins is no longer pending in the teams of their agent.
CREATE FUNCTION "settle_pending_members"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE team_members m SET pending = (NEW.status = 'invited')
    FROM agents a
    WHERE a.workspace_id = NEW.workspace_id AND a.user_id = NEW.user_id
      AND m.workspace_id = a.workspace_id AND m.agent_id = a.id AND m.pending <> (NEW.status = 'invited');
  RETURN NULL;
END $$;

CREATE TRIGGER "memberships_joined" AFTER UPDATE OF "status" ON "memberships"
  FOR EACH ROW WHEN ((OLD.status = 'invited') <> (NEW.status = 'invited'))
  EXECUTE FUNCTION "settle_pending_members"();
