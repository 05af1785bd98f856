-- It comes with PostgreSQL, and the owner of a database may create it: exclusion constraints over UUIDs and ranges.
CREATE EXTENSION IF NOT EXISTS btree_gist;

-- CreateEnum
CREATE TYPE "override_source" AS ENUM ('user', 'swap', 'changeSet');

-- CreateEnum
CREATE TYPE "time_off_approval" AS ENUM ('automatic', 'required');

-- CreateEnum
CREATE TYPE "time_off_state" AS ENUM ('requested', 'approved', 'declined', 'cancelled');

-- CreateEnum
CREATE TYPE "time_off_source" AS ENUM ('product', 'api', 'ics');

-- CreateEnum
CREATE TYPE "shift_swap_state" AS ENUM ('offered', 'accepted', 'approved', 'declined', 'cancelled');

-- CreateEnum
CREATE TYPE "swap_approval" AS ENUM ('required', 'automatic');

-- AlterTable
ALTER TABLE "agents" ADD COLUMN     "calendars_key" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "rotations_key" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "schedule" JSONB,
ADD COLUMN     "travel" JSONB NOT NULL DEFAULT '[]';

-- CreateTable
CREATE TABLE "agent_overrides" (
    "workspace_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "date" DATE NOT NULL,
    "intervals" JSONB NOT NULL,
    "note" TEXT,
    "source" "override_source" NOT NULL DEFAULT 'user',
    "source_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "agent_overrides_pkey" PRIMARY KEY ("workspace_id","agent_id","date")
);

-- CreateTable
CREATE TABLE "holiday_calendars" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "country" TEXT,
    "region" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "holiday_calendars_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "holiday_calendar_days" (
    "workspace_id" UUID NOT NULL,
    "calendar_id" UUID NOT NULL,
    "date" DATE NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "holiday_calendar_days_pkey" PRIMARY KEY ("workspace_id","calendar_id","date")
);

-- CreateTable
CREATE TABLE "agent_holiday_calendars" (
    "workspace_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "calendar_id" UUID NOT NULL,

    CONSTRAINT "agent_holiday_calendars_pkey" PRIMARY KEY ("workspace_id","agent_id","calendar_id")
);

-- CreateTable
CREATE TABLE "time_off_types" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "approval" "time_off_approval" NOT NULL,
    "is_private" BOOLEAN NOT NULL,
    "position" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "time_off_types_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "time_off" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "type_id" UUID NOT NULL,
    "state" "time_off_state" NOT NULL,
    "start_date" DATE NOT NULL,
    "end_date" DATE NOT NULL,
    "start_minute" SMALLINT,
    "end_minute" SMALLINT,
    "note" TEXT,
    "public_note" TEXT,
    "delegate_agent_id" UUID,
    "decider_kind" "actor_kind",
    "decider_id" UUID,
    "decider_name" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "comment" TEXT,
    "source" "time_off_source" NOT NULL DEFAULT 'product',
    "ics_uid" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "time_off_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "shifts" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "colour" TEXT NOT NULL,
    "intervals" JSONB NOT NULL,
    "works_on_holidays" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "shifts_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "rotations" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "timezone" TEXT,
    "start_date" DATE NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rotations_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "rotation_versions" (
    "workspace_id" UUID NOT NULL,
    "rotation_id" UUID NOT NULL,
    "from_date" DATE NOT NULL,
    "weeks" JSONB NOT NULL,

    CONSTRAINT "rotation_versions_pkey" PRIMARY KEY ("workspace_id","rotation_id","from_date")
);

-- CreateTable
CREATE TABLE "rotation_members" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "rotation_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "offset" SMALLINT NOT NULL,
    "from_date" DATE,
    "until_date" DATE,

    CONSTRAINT "rotation_members_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "shift_swaps" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "date" DATE NOT NULL,
    "with_agent_id" UUID,
    "with_date" DATE,
    "state" "shift_swap_state" NOT NULL DEFAULT 'offered',
    "note" TEXT,
    "decider_kind" "actor_kind",
    "decider_id" UUID,
    "decider_name" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "comment" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "shift_swaps_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "coverage_needs" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "team_id" UUID,
    "skill_id" UUID,
    "channel" "conversation_channel",
    "weekdays" SMALLINT[] DEFAULT ARRAY[]::SMALLINT[],
    "date" DATE,
    "from_minute" SMALLINT NOT NULL,
    "to_minute" SMALLINT NOT NULL,
    "minimum" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "coverage_needs_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "change_sets" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "changes" JSONB NOT NULL,
    "before" JSONB NOT NULL,
    "after" JSONB NOT NULL,
    "actor_kind" "actor_kind" NOT NULL,
    "actor_id" UUID,
    "actor_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "change_sets_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "calendar_feeds" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "team_id" UUID,
    "secret_hash" BYTEA NOT NULL,
    "actor_kind" "actor_kind" NOT NULL,
    "actor_id" UUID,
    "actor_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "calendar_feeds_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "calendar_policies" (
    "workspace_id" UUID NOT NULL,
    "swap_approval" "swap_approval" NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "calendar_policies_pkey" PRIMARY KEY ("workspace_id")
);

-- CreateTable
CREATE TABLE "calendar_revisions" (
    "workspace_id" UUID NOT NULL,
    "shard" SMALLINT NOT NULL,
    "revision" BIGINT NOT NULL,

    CONSTRAINT "calendar_revisions_pkey" PRIMARY KEY ("workspace_id","shard")
);

-- CreateIndex
CREATE INDEX "agent_overrides_workspace_id_date_agent_id_idx" ON "agent_overrides"("workspace_id", "date", "agent_id");

-- CreateIndex
CREATE INDEX "holiday_calendars_workspace_id_created_at_id_idx" ON "holiday_calendars"("workspace_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "holiday_calendars_workspace_id_name_key_key" ON "holiday_calendars"("workspace_id", "name_key");

-- CreateIndex
CREATE INDEX "agent_holiday_calendars_workspace_id_calendar_id_agent_id_idx" ON "agent_holiday_calendars"("workspace_id", "calendar_id", "agent_id");

-- CreateIndex
CREATE UNIQUE INDEX "time_off_types_workspace_id_name_key_key" ON "time_off_types"("workspace_id", "name_key");

-- CreateIndex
CREATE INDEX "time_off_workspace_id_agent_id_start_date_idx" ON "time_off"("workspace_id", "agent_id", "start_date");

-- CreateIndex
CREATE INDEX "time_off_workspace_id_start_date_id_idx" ON "time_off"("workspace_id", "start_date", "id");

-- CreateIndex
CREATE INDEX "time_off_workspace_id_type_id_idx" ON "time_off"("workspace_id", "type_id");

-- CreateIndex
CREATE INDEX "time_off_workspace_id_delegate_agent_id_idx" ON "time_off"("workspace_id", "delegate_agent_id");

-- CreateIndex
CREATE INDEX "shifts_workspace_id_created_at_id_idx" ON "shifts"("workspace_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "shifts_workspace_id_name_key_key" ON "shifts"("workspace_id", "name_key");

-- CreateIndex
CREATE INDEX "rotations_workspace_id_created_at_id_idx" ON "rotations"("workspace_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "rotations_workspace_id_name_key_key" ON "rotations"("workspace_id", "name_key");

-- CreateIndex
CREATE INDEX "rotation_members_workspace_id_rotation_id_idx" ON "rotation_members"("workspace_id", "rotation_id");

-- CreateIndex
CREATE INDEX "rotation_members_workspace_id_agent_id_idx" ON "rotation_members"("workspace_id", "agent_id");

-- CreateIndex
CREATE INDEX "shift_swaps_workspace_id_agent_id_date_idx" ON "shift_swaps"("workspace_id", "agent_id", "date");

-- CreateIndex
CREATE INDEX "shift_swaps_workspace_id_with_agent_id_idx" ON "shift_swaps"("workspace_id", "with_agent_id");

-- CreateIndex
CREATE INDEX "shift_swaps_workspace_id_created_at_id_idx" ON "shift_swaps"("workspace_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "coverage_needs_workspace_id_created_at_id_idx" ON "coverage_needs"("workspace_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "coverage_needs_workspace_id_team_id_idx" ON "coverage_needs"("workspace_id", "team_id");

-- CreateIndex
CREATE INDEX "coverage_needs_workspace_id_skill_id_idx" ON "coverage_needs"("workspace_id", "skill_id");

-- CreateIndex
CREATE INDEX "change_sets_workspace_id_created_at_id_idx" ON "change_sets"("workspace_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "calendar_feeds_secret_hash_key" ON "calendar_feeds"("secret_hash");

-- CreateIndex
CREATE INDEX "calendar_feeds_workspace_id_agent_id_idx" ON "calendar_feeds"("workspace_id", "agent_id");

-- CreateIndex
CREATE INDEX "calendar_feeds_workspace_id_team_id_idx" ON "calendar_feeds"("workspace_id", "team_id");

-- AddForeignKey
ALTER TABLE "agent_overrides" ADD CONSTRAINT "agent_overrides_workspace_id_agent_id_fkey" FOREIGN KEY ("workspace_id", "agent_id") REFERENCES "agents"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "holiday_calendars" ADD CONSTRAINT "holiday_calendars_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "holiday_calendar_days" ADD CONSTRAINT "holiday_calendar_days_workspace_id_calendar_id_fkey" FOREIGN KEY ("workspace_id", "calendar_id") REFERENCES "holiday_calendars"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_holiday_calendars" ADD CONSTRAINT "agent_holiday_calendars_workspace_id_agent_id_fkey" FOREIGN KEY ("workspace_id", "agent_id") REFERENCES "agents"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_holiday_calendars" ADD CONSTRAINT "agent_holiday_calendars_workspace_id_calendar_id_fkey" FOREIGN KEY ("workspace_id", "calendar_id") REFERENCES "holiday_calendars"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "time_off_types" ADD CONSTRAINT "time_off_types_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "time_off" ADD CONSTRAINT "time_off_workspace_id_agent_id_fkey" FOREIGN KEY ("workspace_id", "agent_id") REFERENCES "agents"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "time_off" ADD CONSTRAINT "time_off_workspace_id_type_id_fkey" FOREIGN KEY ("workspace_id", "type_id") REFERENCES "time_off_types"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shifts" ADD CONSTRAINT "shifts_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rotations" ADD CONSTRAINT "rotations_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rotation_versions" ADD CONSTRAINT "rotation_versions_workspace_id_rotation_id_fkey" FOREIGN KEY ("workspace_id", "rotation_id") REFERENCES "rotations"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rotation_members" ADD CONSTRAINT "rotation_members_workspace_id_rotation_id_fkey" FOREIGN KEY ("workspace_id", "rotation_id") REFERENCES "rotations"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rotation_members" ADD CONSTRAINT "rotation_members_workspace_id_agent_id_fkey" FOREIGN KEY ("workspace_id", "agent_id") REFERENCES "agents"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shift_swaps" ADD CONSTRAINT "shift_swaps_workspace_id_agent_id_fkey" FOREIGN KEY ("workspace_id", "agent_id") REFERENCES "agents"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coverage_needs" ADD CONSTRAINT "coverage_needs_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coverage_needs" ADD CONSTRAINT "coverage_needs_workspace_id_team_id_fkey" FOREIGN KEY ("workspace_id", "team_id") REFERENCES "teams"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coverage_needs" ADD CONSTRAINT "coverage_needs_workspace_id_skill_id_fkey" FOREIGN KEY ("workspace_id", "skill_id") REFERENCES "skills"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "change_sets" ADD CONSTRAINT "change_sets_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "calendar_feeds" ADD CONSTRAINT "calendar_feeds_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "calendar_feeds" ADD CONSTRAINT "calendar_feeds_workspace_id_agent_id_fkey" FOREIGN KEY ("workspace_id", "agent_id") REFERENCES "agents"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "calendar_feeds" ADD CONSTRAINT "calendar_feeds_workspace_id_team_id_fkey" FOREIGN KEY ("workspace_id", "team_id") REFERENCES "teams"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "calendar_policies" ADD CONSTRAINT "calendar_policies_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "calendar_revisions" ADD CONSTRAINT "calendar_revisions_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What follows is beyond Prisma's schema.

-- A weekly schedule becomes one version with an interval a day.
UPDATE "agents" SET "schedule" = jsonb_build_array(jsonb_build_object('from', NULL, 'fromAt', NULL, 'week',
    (SELECT COALESCE(jsonb_object_agg(d.key, jsonb_build_array(d.value)), '{}') FROM jsonb_each("weekly_schedule") d)))
  WHERE "weekly_schedule" IS NOT NULL;

DROP TRIGGER "agents_with_other_hours" ON "agents";
ALTER TABLE "agents" DROP COLUMN "hours_key", DROP COLUMN "weekly_schedule";
DROP FUNCTION "agent_hours_key";

-- Equal for agents with the same recurring hours: names of holidays don't count. Two of the functions are only called
-- stable: convert_to(), although UTF-8 needs no conversion, and json_build_array(), although none of these types depends
-- on a setting.
CREATE FUNCTION "agent_hours_key"("timezone" TEXT, "schedule" JSONB, "holidays" JSONB, "travel" JSONB, "calendars_key" TEXT,
  "rotations_key" TEXT) RETURNS UUID LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT encode(substring(sha256(convert_to(json_build_array(timezone, schedule,
    (SELECT array_agg(DISTINCT (h -> 'month')::int * 32 + (h -> 'day')::int) FROM jsonb_array_elements(holidays) h),
    travel, calendars_key, rotations_key)::text, 'UTF8')) FROM 1 FOR 16), 'hex')::uuid
$$;

ALTER TABLE "agents"
  ADD COLUMN "hours_key" UUID NOT NULL GENERATED ALWAYS AS
    (agent_hours_key("timezone", "schedule", "holidays", "travel", "calendars_key", "rotations_key")) STORED,
  ADD CONSTRAINT "agents_schedule_is_versions" CHECK (
    CASE WHEN jsonb_typeof("schedule") = 'array' THEN jsonb_array_length("schedule") BETWEEN 1 AND 20
      ELSE "schedule" IS NULL END),
  ADD CONSTRAINT "agents_travel_is_list" CHECK (
    CASE WHEN jsonb_typeof("travel") = 'array' THEN jsonb_array_length("travel") <= 20 ELSE false END);

CREATE INDEX "agents_workspace_id_hours_key_id_idx" ON "agents"("workspace_id", "hours_key", "id");
CREATE INDEX "agents_availability" ON "agents"("workspace_id", "id", "type", "user_id", "hours_key", "forward_enabled", "wrap_up_time");

CREATE TRIGGER "agents_with_other_hours" AFTER UPDATE ON "agents" FOR EACH ROW
  WHEN (OLD.hours_key <> NEW.hours_key) EXECUTE FUNCTION "recount_hours_of_agent"();

SELECT recount_agents();

ALTER TABLE "agent_overrides"
  ADD CONSTRAINT "agent_overrides_intervals" CHECK (
    CASE WHEN jsonb_typeof("intervals") = 'array' THEN jsonb_array_length("intervals") <= 8 ELSE false END),
  ADD CONSTRAINT "agent_overrides_note" CHECK (char_length("note") <= 140);

ALTER TABLE "holiday_calendars"
  ADD CONSTRAINT "holiday_calendars_source" CHECK ("region" IS NULL OR "country" IS NOT NULL);

ALTER TABLE "time_off_types" ADD CONSTRAINT "time_off_types_bounds" CHECK ("position" >= 0);

ALTER TABLE "time_off"
  ADD CONSTRAINT "time_off_bounds" CHECK ("start_minute" BETWEEN 0 AND 1439 AND "end_minute" BETWEEN 0 AND 1439),
  ADD CONSTRAINT "time_off_ends_later" CHECK (
    "start_date" <= "end_date"
    AND ("start_date" < "end_date" OR COALESCE("start_minute", 0) < COALESCE("end_minute", 1440))),
  ADD CONSTRAINT "time_off_decided" CHECK (num_nonnulls("decider_kind", "decider_name", "decided_at") IN (0, 3)),
  -- By the wall clock, because all dates of an agent are local ones.
  ADD CONSTRAINT "time_off_apart" EXCLUDE USING gist ("workspace_id" WITH =, "agent_id" WITH =,
    tsrange("start_date" + make_interval(mins => COALESCE("start_minute", 0)),
      "end_date" + make_interval(mins => COALESCE("end_minute", 1440))) WITH &&) WHERE ("state" = 'approved');

CREATE INDEX "time_off_requested" ON "time_off" ("workspace_id", "created_at", "id") WHERE "state" = 'requested';
CREATE INDEX "time_off_approved" ON "time_off" ("workspace_id", "end_date", "agent_id") WHERE "state" = 'approved';
CREATE UNIQUE INDEX "time_off_imported" ON "time_off" ("workspace_id", "agent_id", "ics_uid") WHERE "ics_uid" IS NOT NULL;

ALTER TABLE "shifts" ADD CONSTRAINT "shifts_intervals" CHECK (
  CASE WHEN jsonb_typeof("intervals") = 'array' THEN jsonb_array_length("intervals") BETWEEN 1 AND 8 ELSE false END);

ALTER TABLE "rotation_versions" ADD CONSTRAINT "rotation_versions_weeks" CHECK (
  CASE WHEN jsonb_typeof("weeks") = 'array' THEN jsonb_array_length("weeks") BETWEEN 1 AND 12 ELSE false END);

ALTER TABLE "rotation_members"
  ADD CONSTRAINT "rotation_members_bounds" CHECK ("offset" BETWEEN 0 AND 11 AND "from_date" <= "until_date"),
  ADD CONSTRAINT "rotation_members_apart" EXCLUDE USING gist ("workspace_id" WITH =, "agent_id" WITH =,
    daterange("from_date", "until_date", '[]') WITH &&);

ALTER TABLE "shift_swaps"
  ADD CONSTRAINT "shift_swaps_two" CHECK ("agent_id" <> "with_agent_id"),
  ADD CONSTRAINT "shift_swaps_decided" CHECK (num_nonnulls("decider_kind", "decider_name", "decided_at") IN (0, 3));

-- A shift is offered once at a time.
CREATE UNIQUE INDEX "shift_swaps_open" ON "shift_swaps" ("workspace_id", "agent_id", "date")
  WHERE "state" IN ('offered', 'accepted');

ALTER TABLE "coverage_needs"
  ALTER COLUMN "weekdays" SET NOT NULL,
  ADD CONSTRAINT "coverage_needs_bounds" CHECK ("from_minute" BETWEEN 0 AND 1439 AND "to_minute" BETWEEN 0 AND 1439
    AND "minimum" BETWEEN 1 AND 10000),
  ADD CONSTRAINT "coverage_needs_days" CHECK ((cardinality("weekdays") = 0) = ("date" IS NOT NULL)
    AND "weekdays" <@ ARRAY[0, 1, 2, 3, 4, 5, 6]::SMALLINT[]);

-- Counts of frequent changes, with room for new versions of rows.
ALTER TABLE "calendar_revisions" SET (fillfactor = 50);

-- Who may edit agents may also plan their hours.
UPDATE "roles" SET "permissions" = "permissions" || ARRAY['calendar.write', 'timeOff.write']
  WHERE 'agents.write' = ANY("permissions");

CREATE FUNCTION "add_time_off_types"("workspaces" UUID[], "at" TIMESTAMPTZ) RETURNS void LANGUAGE sql AS $$
  INSERT INTO time_off_types (workspace_id, id, name, name_key, approval, is_private, position, created_at, updated_at)
  SELECT w.id, gen_random_uuid(), t.name, lower(t.name), t.approval::time_off_approval, t.is_private, t.place - 1, at, at
  FROM unnest(workspaces) w(id) CROSS JOIN (VALUES
    (1, 'Vacation', 'required', false), (2, 'Sick', 'automatic', true), (3, 'Training', 'required', false),
    (4, 'Other', 'required', true)) t(place, name, approval, is_private)
$$;

SELECT add_time_off_types(array_agg(w.id), date_trunc('milliseconds', clock_timestamp())) FROM workspaces w;

CREATE FUNCTION "begin_with_time_off_types"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM add_time_off_types(array_agg(n.id), date_trunc('milliseconds', clock_timestamp())) FROM added n;
  RETURN NULL;
END $$;

CREATE TRIGGER "workspaces_begin_with_time_off_types" AFTER INSERT ON "workspaces"
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION "begin_with_time_off_types"();

-- Calendars and rotations of an agent, as text for `hours_key`. The agent is locked first, so that of two transactions
-- the later one sees what the earlier one assigned.
CREATE FUNCTION "note_calendars_of_agents"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM agents a WHERE (a.workspace_id, a.id) IN (SELECT c.workspace_id, c.agent_id FROM concerned c)
    ORDER BY a.workspace_id, a.id FOR NO KEY UPDATE;
  UPDATE agents a SET calendars_key = k.key
  FROM (SELECT DISTINCT workspace_id, agent_id FROM concerned) c
  CROSS JOIN LATERAL (
    SELECT COALESCE(string_agg(h.calendar_id::text, ',' ORDER BY h.calendar_id), '') AS key
    FROM agent_holiday_calendars h WHERE h.workspace_id = c.workspace_id AND h.agent_id = c.agent_id) k
  WHERE a.workspace_id = c.workspace_id AND a.id = c.agent_id AND a.calendars_key <> k.key;
  RETURN NULL;
END $$;

CREATE FUNCTION "note_rotations_of_agents"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM agents a WHERE (a.workspace_id, a.id) IN (SELECT c.workspace_id, c.agent_id FROM concerned c)
    ORDER BY a.workspace_id, a.id FOR NO KEY UPDATE;
  UPDATE agents a SET rotations_key = k.key
  FROM (SELECT DISTINCT workspace_id, agent_id FROM concerned) c
  CROSS JOIN LATERAL (
    SELECT COALESCE(string_agg(concat_ws('/', m.rotation_id, m."offset", COALESCE(to_char(m.from_date, 'YYYY-MM-DD'), '*'),
      COALESCE(to_char(m.until_date, 'YYYY-MM-DD'), '*')), ',' ORDER BY m.rotation_id, m.from_date), '') AS key
    FROM rotation_members m WHERE m.workspace_id = c.workspace_id AND m.agent_id = c.agent_id) k
  WHERE a.workspace_id = c.workspace_id AND a.id = c.agent_id AND a.rotations_key <> k.key;
  RETURN NULL;
END $$;

-- The revision of a workspace's hours. Every table that hours depend on counts its changes in it; of agents, only those
-- that change the hours. A new agent counts because the key may be new.
CREATE FUNCTION "add_calendar_revisions"("workspaces" UUID[]) RETURNS void LANGUAGE sql AS $$
  INSERT INTO calendar_revisions (workspace_id, shard, revision)
  SELECT DISTINCT c.id, pg_backend_pid() % 32, 1 FROM unnest(workspaces) c(id)
  WHERE EXISTS (SELECT 1 FROM workspaces w WHERE w.id = c.id) ORDER BY 1
  ON CONFLICT (workspace_id, shard) DO UPDATE SET revision = calendar_revisions.revision + 1
$$;

CREATE FUNCTION "note_calendar_changes"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM add_calendar_revisions(array_agg(DISTINCT c.workspace_id)) FROM concerned c;
  RETURN NULL;
END $$;

CREATE FUNCTION "note_calendar_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM add_calendar_revisions(ARRAY[NEW.workspace_id]);
  RETURN NULL;
END $$;

DO $$
DECLARE
  noted text;
  call text;
BEGIN
  FOR noted, call IN SELECT t.noted, t.call FROM (VALUES
    ('agent_holiday_calendars', 'note_calendars_of_agents'), ('rotation_members', 'note_rotations_of_agents'),
    ('agent_overrides', 'note_calendar_changes'), ('holiday_calendar_days', 'note_calendar_changes'),
    ('time_off', 'note_calendar_changes'), ('shifts', 'note_calendar_changes'), ('rotations', 'note_calendar_changes'),
    ('rotation_versions', 'note_calendar_changes')) t(noted, call)
  LOOP
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS concerned
      FOR EACH STATEMENT EXECUTE FUNCTION %I()', noted || '_added_to_calendar', noted, call);
    EXECUTE format('CREATE TRIGGER %I AFTER UPDATE ON %I REFERENCING NEW TABLE AS concerned
      FOR EACH STATEMENT EXECUTE FUNCTION %I()', noted || '_changed_in_calendar', noted, call);
    EXECUTE format('CREATE TRIGGER %I AFTER DELETE ON %I REFERENCING OLD TABLE AS concerned
      FOR EACH STATEMENT EXECUTE FUNCTION %I()', noted || '_removed_from_calendar', noted, call);
  END LOOP;
END $$;

CREATE TRIGGER "agents_added_to_calendar" AFTER INSERT ON "agents" REFERENCING NEW TABLE AS concerned
  FOR EACH STATEMENT EXECUTE FUNCTION "note_calendar_changes"();
CREATE TRIGGER "agents_changed_in_calendar" AFTER UPDATE ON "agents" FOR EACH ROW
  WHEN (OLD.hours_key <> NEW.hours_key) EXECUTE FUNCTION "note_calendar_change"();

CREATE FUNCTION "add_time_off_events"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO events (workspace_id, type, occurred_at, resource_type, resource_id)
    SELECT n.workspace_id, 'timeOff.' || n.state, n.updated_at, 'timeOff', n.id FROM added n;
  ELSIF TG_OP = 'UPDATE' THEN
    INSERT INTO events (workspace_id, type, occurred_at, resource_type, resource_id)
    SELECT n.workspace_id, 'timeOff.' || CASE WHEN n.state <> o.state THEN n.state::text ELSE 'updated' END, n.updated_at,
      'timeOff', n.id
    FROM added n JOIN removed o ON o.workspace_id = n.workspace_id AND o.id = n.id
    WHERE ROW(o.type_id, o.state, o.start_date, o.end_date, o.start_minute, o.end_minute, o.note, o.public_note,
        o.delegate_agent_id, o.comment)
      IS DISTINCT FROM ROW(n.type_id, n.state, n.start_date, n.end_date, n.start_minute, n.end_minute, n.note, n.public_note,
        n.delegate_agent_id, n.comment);
  ELSE
    INSERT INTO events (workspace_id, type, occurred_at, resource_type, resource_id)
    SELECT o.workspace_id, 'timeOff.deleted', date_trunc('milliseconds', clock_timestamp()), 'timeOff', o.id
    FROM removed o WHERE EXISTS (SELECT 1 FROM workspaces w WHERE w.id = o.workspace_id);
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "time_off_added_events" AFTER INSERT ON "time_off"
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION "add_time_off_events"();
CREATE TRIGGER "time_off_changed_events" AFTER UPDATE ON "time_off"
  REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION "add_time_off_events"();
CREATE TRIGGER "time_off_removed_events" AFTER DELETE ON "time_off"
  REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION "add_time_off_events"();

CREATE FUNCTION "add_shift_swap_events"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO events (workspace_id, type, occurred_at, resource_type, resource_id)
    SELECT n.workspace_id, 'shiftSwap.' || n.state, n.updated_at, 'shiftSwap', n.id FROM added n;
  ELSE
    INSERT INTO events (workspace_id, type, occurred_at, resource_type, resource_id)
    SELECT n.workspace_id, 'shiftSwap.' || n.state, n.updated_at, 'shiftSwap', n.id
    FROM added n JOIN removed o ON o.workspace_id = n.workspace_id AND o.id = n.id WHERE n.state <> o.state;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "shift_swaps_added_events" AFTER INSERT ON "shift_swaps"
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION "add_shift_swap_events"();
CREATE TRIGGER "shift_swaps_changed_events" AFTER UPDATE ON "shift_swaps"
  REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION "add_shift_swap_events"();

-- Nobody stands in, or takes over a shift, who has been deleted. A trigger, because agents are deleted in several ways.
CREATE FUNCTION "release_cover"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  instant timestamptz(3) := date_trunc('milliseconds', clock_timestamp());
BEGIN
  IF NOT EXISTS (SELECT 1 FROM workspaces w WHERE w.id = OLD.workspace_id) THEN
    RETURN OLD;
  END IF;
  UPDATE time_off SET delegate_agent_id = NULL, updated_at = instant
  WHERE workspace_id = OLD.workspace_id AND delegate_agent_id = OLD.id;
  UPDATE shift_swaps SET with_agent_id = NULL, updated_at = instant,
    state = CASE WHEN state IN ('offered', 'accepted') THEN 'cancelled' ELSE state END
  WHERE workspace_id = OLD.workspace_id AND with_agent_id = OLD.id;
  RETURN OLD;
END $$;

CREATE TRIGGER "agents_release_cover" BEFORE DELETE ON "agents"
  FOR EACH ROW EXECUTE FUNCTION "release_cover"();

-- A calendar policy is the workspace's, like the availability policy.
CREATE OR REPLACE FUNCTION "add_audit_events"() RETURNS trigger LANGUAGE plpgsql AS $$
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
  FROM (SELECT CASE WHEN noun IN ('policy', 'calendarPolicy') THEN NEW.workspace_id ELSE COALESCE(NEW.target_id, NEW.actor_id) END AS id) r
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
