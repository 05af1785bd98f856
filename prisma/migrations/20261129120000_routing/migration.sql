-- CreateEnum
CREATE TYPE "conversation_channel" AS ENUM ('messaging', 'email', 'voice');

-- CreateEnum
CREATE TYPE "conversation_state" AS ENUM ('queued', 'offered', 'assigned', 'closed');

-- CreateEnum
CREATE TYPE "offer_state" AS ENUM ('pending', 'accepted', 'declined', 'expired', 'withdrawn');

-- CreateEnum
CREATE TYPE "offer_mode" AS ENUM ('auto', 'accept');

-- CreateEnum
CREATE TYPE "routing_strategy" AS ENUM ('leastLoaded', 'longestIdle', 'roundRobin');

-- CreateEnum
CREATE TYPE "queue_team_kind" AS ENUM ('primary', 'step', 'secondary');

-- CreateEnum
CREATE TYPE "decision_kind" AS ENUM ('automatic', 'manual', 'reported');

-- DropIndex
DROP INDEX "agents_availability";

-- AlterTable
ALTER TABLE "agent_states" ADD COLUMN     "last_closed_at" TIMESTAMPTZ(3),
ADD COLUMN     "missed_offers_at" TIMESTAMPTZ(3)[] DEFAULT ARRAY[]::TIMESTAMPTZ(3)[],
ADD COLUMN     "ready_at" TIMESTAMPTZ(3),
ADD COLUMN     "voice_count" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "availability_policies" ADD COLUMN     "reassign_on_leave" JSONB;

-- CreateTable
CREATE TABLE "routing_queues" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "is_default" BOOLEAN NOT NULL DEFAULT false,
    "priority" INTEGER NOT NULL DEFAULT 50,
    "offer_mode" "offer_mode" NOT NULL DEFAULT 'auto',
    "offer_timeout" INTEGER NOT NULL DEFAULT 30,
    "strategy" "routing_strategy" NOT NULL DEFAULT 'leastLoaded',
    "target_seconds" INTEGER NOT NULL DEFAULT 120,
    "ramp_seconds" INTEGER NOT NULL DEFAULT 0,
    "steps" JSONB NOT NULL DEFAULT '[]',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "routing_queues_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "routing_queue_teams" (
    "workspace_id" UUID NOT NULL,
    "queue_id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "kind" "queue_team_kind" NOT NULL,
    "step" SMALLINT NOT NULL DEFAULT 0,
    "position" SMALLINT NOT NULL,

    CONSTRAINT "routing_queue_teams_pkey" PRIMARY KEY ("workspace_id","queue_id","kind","step","team_id")
);

-- CreateTable
CREATE TABLE "conversations" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "channel" "conversation_channel" NOT NULL,
    "subject" TEXT,
    "queue_id" UUID,
    "priority" INTEGER NOT NULL DEFAULT 50,
    "required_skills" JSONB NOT NULL DEFAULT '[]',
    "preferred_agent_id" UUID,
    "state" "conversation_state" NOT NULL,
    "agent_id" UUID,
    "forced" BOOLEAN NOT NULL DEFAULT false,
    "excluded_agent_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "step" SMALLINT NOT NULL DEFAULT 0,
    "queued_at" TIMESTAMPTZ(3),
    "assigned_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "conversations_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "offers" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "channel" "conversation_channel" NOT NULL,
    "state" "offer_state" NOT NULL DEFAULT 'pending',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "offers_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "routing_decisions" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" "decision_kind" NOT NULL,
    "agent_id" UUID NOT NULL,
    "rank" INTEGER NOT NULL,
    "considered" INTEGER NOT NULL,
    "codes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "actor_kind" "actor_kind" NOT NULL,
    "actor_id" UUID,
    "actor_name" TEXT NOT NULL,

    CONSTRAINT "routing_decisions_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "queue_turns" (
    "workspace_id" UUID NOT NULL,
    "queue_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "queue_turns_pkey" PRIMARY KEY ("workspace_id","queue_id","agent_id")
);

-- CreateTable
CREATE TABLE "agent_openings" (
    "workspace_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "seats" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "agent_openings_pkey" PRIMARY KEY ("workspace_id","agent_id")
);

-- CreateTable
CREATE TABLE "routing_matchers" (
    "workspace_id" UUID NOT NULL,
    "next_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_position" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "routing_matchers_pkey" PRIMARY KEY ("workspace_id")
);

-- CreateIndex
CREATE INDEX "routing_queues_workspace_id_created_at_id_idx" ON "routing_queues"("workspace_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "routing_queue_teams_workspace_id_team_id_idx" ON "routing_queue_teams"("workspace_id", "team_id");

-- CreateIndex
CREATE INDEX "conversations_workspace_id_created_at_id_idx" ON "conversations"("workspace_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "conversations_workspace_id_queued_at_id_idx" ON "conversations"("workspace_id", "queued_at", "id");

-- CreateIndex
CREATE INDEX "conversations_workspace_id_priority_id_idx" ON "conversations"("workspace_id", "priority" DESC, "id");

-- CreateIndex
CREATE INDEX "conversations_workspace_id_external_id_idx" ON "conversations"("workspace_id", "external_id");

-- CreateIndex
CREATE INDEX "conversations_workspace_id_queue_id_state_idx" ON "conversations"("workspace_id", "queue_id", "state");

-- CreateIndex
CREATE INDEX "conversations_workspace_id_agent_id_closed_at_idx" ON "conversations"("workspace_id", "agent_id", "closed_at");

-- CreateIndex
CREATE INDEX "offers_workspace_id_conversation_id_created_at_idx" ON "offers"("workspace_id", "conversation_id", "created_at");

-- CreateIndex
CREATE INDEX "offers_workspace_id_agent_id_created_at_idx" ON "offers"("workspace_id", "agent_id", "created_at");

-- CreateIndex
CREATE INDEX "routing_decisions_workspace_id_conversation_id_at_idx" ON "routing_decisions"("workspace_id", "conversation_id", "at");

-- CreateIndex
CREATE INDEX "routing_decisions_workspace_id_agent_id_at_idx" ON "routing_decisions"("workspace_id", "agent_id", "at");

-- CreateIndex
CREATE INDEX "routing_decisions_at_idx" ON "routing_decisions"("at");

-- CreateIndex
CREATE INDEX "queue_turns_workspace_id_agent_id_idx" ON "queue_turns"("workspace_id", "agent_id");

-- CreateIndex
CREATE INDEX "agents_availability" ON "agents"("workspace_id", "id", "type", "user_id", "hours_key", "forward_enabled", "wrap_up_time");

-- AddForeignKey
ALTER TABLE "routing_queues" ADD CONSTRAINT "routing_queues_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "routing_queue_teams" ADD CONSTRAINT "routing_queue_teams_workspace_id_queue_id_fkey" FOREIGN KEY ("workspace_id", "queue_id") REFERENCES "routing_queues"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "routing_queue_teams" ADD CONSTRAINT "routing_queue_teams_workspace_id_team_id_fkey" FOREIGN KEY ("workspace_id", "team_id") REFERENCES "teams"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_queue_fkey" FOREIGN KEY ("workspace_id", "queue_id") REFERENCES "routing_queues"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "offers" ADD CONSTRAINT "offers_workspace_id_conversation_id_fkey" FOREIGN KEY ("workspace_id", "conversation_id") REFERENCES "conversations"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "offers" ADD CONSTRAINT "offers_workspace_id_agent_id_fkey" FOREIGN KEY ("workspace_id", "agent_id") REFERENCES "agents"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "routing_decisions" ADD CONSTRAINT "routing_decisions_workspace_id_conversation_id_fkey" FOREIGN KEY ("workspace_id", "conversation_id") REFERENCES "conversations"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queue_turns" ADD CONSTRAINT "queue_turns_workspace_id_queue_id_fkey" FOREIGN KEY ("workspace_id", "queue_id") REFERENCES "routing_queues"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queue_turns" ADD CONSTRAINT "queue_turns_workspace_id_agent_id_fkey" FOREIGN KEY ("workspace_id", "agent_id") REFERENCES "agents"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_openings" ADD CONSTRAINT "agent_openings_workspace_id_agent_id_fkey" FOREIGN KEY ("workspace_id", "agent_id") REFERENCES "agents"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "routing_matchers" ADD CONSTRAINT "routing_matchers_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What follows is beyond Prisma's schema.

ALTER TABLE "routing_queues" ADD CONSTRAINT "routing_queues_bounds" CHECK (
  "priority" BETWEEN 0 AND 100 AND "offer_timeout" BETWEEN 5 AND 600 AND "target_seconds" BETWEEN 1 AND 86400
  AND "ramp_seconds" BETWEEN 0 AND 600);

ALTER TABLE "conversations"
  ADD CONSTRAINT "conversations_bounds" CHECK ("priority" BETWEEN 0 AND 100 AND "step" BETWEEN 0 AND 6),
  ADD CONSTRAINT "conversations_states" CHECK (CASE "state"
    WHEN 'assigned' THEN "agent_id" IS NOT NULL AND "assigned_at" IS NOT NULL AND "closed_at" IS NULL
    WHEN 'closed' THEN "closed_at" IS NOT NULL
    ELSE "agent_id" IS NULL AND "queue_id" IS NOT NULL AND "queued_at" IS NOT NULL AND "closed_at" IS NULL END);

ALTER TABLE "offers" ADD CONSTRAINT "offers_settled" CHECK (("state" = 'pending') = ("settled_at" IS NULL));

ALTER TABLE "agent_states"
  ALTER COLUMN "missed_offers_at" SET NOT NULL,
  DROP CONSTRAINT "agent_states_counts",
  ADD CONSTRAINT "agent_states_counts" CHECK ("messaging_count" >= 0 AND "email_count" >= 0 AND "voice_count" >= 0
    AND "assigned_count" = "messaging_count" + "email_count" + "voice_count");

CREATE UNIQUE INDEX "routing_queues_default" ON "routing_queues" ("workspace_id") WHERE "is_default";
CREATE UNIQUE INDEX "conversations_open_external_id" ON "conversations" ("workspace_id", "external_id")
  WHERE "state" <> 'closed';
CREATE INDEX "conversations_waiting" ON "conversations" ("workspace_id", "queue_id", "queued_at", "id")
  WHERE "state" = 'queued';
CREATE INDEX "conversations_of_agents" ON "conversations" ("workspace_id", "agent_id") WHERE "state" = 'assigned';
CREATE UNIQUE INDEX "offers_pending" ON "offers" ("workspace_id", "conversation_id") WHERE "state" = 'pending';
CREATE INDEX "offers_answered" ON "offers" ("workspace_id", "conversation_id") WHERE "state" IN ('declined', 'expired');
CREATE INDEX "offers_pending_of_agents" ON "offers" ("workspace_id", "agent_id") WHERE "state" = 'pending';

-- New permissions of the managed roles.
UPDATE "roles" SET "permissions" = "permissions" || ARRAY['routing.read', 'routing.write']
  WHERE "type" = 'managed' AND "id" = '00000000-0000-7000-8000-000000000001';
UPDATE "roles" SET "permissions" = "permissions" || ARRAY['routing.read']
  WHERE "type" = 'managed' AND "id" IN ('00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-000000000003');

-- Counts of open conversations, and when agents last got and closed one, follow from the rows of conversations.
CREATE TYPE "workload_step" AS ("workspace_id" UUID, "agent_id" UUID, "channel" "conversation_channel",
  "amount" INTEGER, "at" TIMESTAMPTZ(3), "closed" BOOLEAN);

CREATE FUNCTION "add_to_workload"("steps" "workload_step"[]) RETURNS void LANGUAGE sql AS $$
  UPDATE agent_states s SET messaging_count = s.messaging_count + t.messaging, email_count = s.email_count + t.email,
    voice_count = s.voice_count + t.voice, assigned_count = s.assigned_count + t.messaging + t.email + t.voice,
    last_assigned_at = GREATEST(s.last_assigned_at, t.assigned_at),
    last_closed_at = GREATEST(s.last_closed_at, t.closed_at),
    workload_updated_at = GREATEST(s.workload_updated_at, t.at)
  FROM (SELECT o.workspace_id, o.agent_id,
      COALESCE(sum(o.amount) FILTER (WHERE o.channel = 'messaging'), 0)::int AS messaging,
      COALESCE(sum(o.amount) FILTER (WHERE o.channel = 'email'), 0)::int AS email,
      COALESCE(sum(o.amount) FILTER (WHERE o.channel = 'voice'), 0)::int AS voice,
      max(o.at) FILTER (WHERE o.amount > 0) AS assigned_at, max(o.at) FILTER (WHERE o.closed) AS closed_at,
      max(o.at) AS at
    FROM unnest(steps) o GROUP BY o.workspace_id, o.agent_id) t
  WHERE s.workspace_id = t.workspace_id AND s.agent_id = t.agent_id
$$;

CREATE FUNCTION "count_conversations"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  steps workload_step[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(ROW(n.workspace_id, n.agent_id, n.channel, 1, n.assigned_at, false)::workload_step) INTO steps
    FROM added n WHERE n.state = 'assigned';
  ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg(ROW(o.workspace_id, o.agent_id, o.channel, -1, o.updated_at, false)::workload_step) INTO steps
    FROM removed o WHERE o.state = 'assigned';
  ELSE
    SELECT array_agg(t.step) INTO steps
    FROM added n JOIN removed o ON o.workspace_id = n.workspace_id AND o.id = n.id
    CROSS JOIN LATERAL (
      SELECT ROW(o.workspace_id, o.agent_id, o.channel, -1, n.updated_at, n.state = 'closed')::workload_step AS step
      WHERE o.state = 'assigned'
      UNION ALL
      SELECT ROW(n.workspace_id, n.agent_id, n.channel, 1, n.assigned_at, false)::workload_step
      WHERE n.state = 'assigned') t
    WHERE (o.state = 'assigned' OR n.state = 'assigned')
      AND ROW(o.state, o.agent_id) IS DISTINCT FROM ROW(n.state, n.agent_id);
  END IF;
  IF steps IS NOT NULL THEN
    PERFORM add_to_workload(steps);
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "conversations_added_count" AFTER INSERT ON "conversations"
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION "count_conversations"();
CREATE TRIGGER "conversations_changed_count" AFTER UPDATE ON "conversations"
  REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION "count_conversations"();
CREATE TRIGGER "conversations_removed_count" AFTER DELETE ON "conversations"
  REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION "count_conversations"();

-- A change of a conversation that waits is an event too, because it is matched again. Closed ones only lose their queue.
CREATE FUNCTION "add_conversation_events"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO events (workspace_id, type, occurred_at, resource_type, resource_id)
    SELECT n.workspace_id, 'conversation.' || e.what, n.updated_at, 'conversation', n.id
    FROM added n CROSS JOIN LATERAL (VALUES (1, 'created'), (2, n.state::text)) e(place, what)
    ORDER BY n.id, e.place;
  ELSE
    INSERT INTO events (workspace_id, type, occurred_at, resource_type, resource_id)
    SELECT n.workspace_id, 'conversation.' || n.state, n.updated_at, 'conversation', n.id
    FROM added n JOIN removed o ON o.workspace_id = n.workspace_id AND o.id = n.id
    WHERE NOT (o.state = 'closed' AND n.state = 'closed')
      AND ROW(o.state, o.agent_id, o.queue_id, o.subject, o.priority, o.required_skills, o.preferred_agent_id)
      IS DISTINCT FROM ROW(n.state, n.agent_id, n.queue_id, n.subject, n.priority, n.required_skills, n.preferred_agent_id);
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "conversations_added_events" AFTER INSERT ON "conversations"
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION "add_conversation_events"();
CREATE TRIGGER "conversations_changed_events" AFTER UPDATE ON "conversations"
  REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION "add_conversation_events"();

CREATE FUNCTION "add_offer_events"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO events (workspace_id, type, occurred_at, resource_type, resource_id)
    SELECT n.workspace_id, 'offer.created', n.created_at, 'offer', n.id FROM added n WHERE n.state = 'pending';
  ELSE
    INSERT INTO events (workspace_id, type, occurred_at, resource_type, resource_id)
    SELECT n.workspace_id, 'offer.' || n.state, n.settled_at, 'offer', n.id
    FROM added n JOIN removed o ON o.workspace_id = n.workspace_id AND o.id = n.id
    WHERE o.state = 'pending' AND n.state <> 'pending';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "offers_added_events" AFTER INSERT ON "offers"
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION "add_offer_events"();
CREATE TRIGGER "offers_changed_events" AFTER UPDATE ON "offers"
  REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION "add_offer_events"();

-- Calls, missed offers and "ready" change what an agent can take, too.
DROP TRIGGER "agent_states_add_workload_event" ON "agent_states";
CREATE TRIGGER "agent_states_add_workload_event" AFTER UPDATE ON "agent_states" FOR EACH ROW
  WHEN (ROW(NEW.messaging_count, NEW.email_count, NEW.voice_count, NEW.missed_offers_at, NEW.ready_at)
    IS DISTINCT FROM ROW(OLD.messaging_count, OLD.email_count, OLD.voice_count, OLD.missed_offers_at, OLD.ready_at))
  EXECUTE FUNCTION "add_workload_event"();

DROP TRIGGER "agent_states_apply_preset" ON "agent_states";
CREATE TRIGGER "agent_states_apply_preset" AFTER UPDATE OF "messaging_count", "voice_count" ON "agent_states"
  FOR EACH ROW WHEN (OLD.messaging_count + OLD.voice_count > 0 AND NEW.messaging_count + NEW.voice_count = 0
    AND ROW(OLD.status, OLD.activity, OLD.activity_expires_at, OLD.activity_text)
      IS NOT DISTINCT FROM ROW(NEW.status, NEW.activity, NEW.activity_expires_at, NEW.activity_text))
  EXECUTE FUNCTION "apply_pending_preset"();

-- A declared availability counts as a response.
CREATE FUNCTION "forget_missed_offers"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.missed_offers_at := '{}';
  RETURN NEW;
END $$;

CREATE TRIGGER "agent_states_forget_missed_offers" BEFORE UPDATE ON "agent_states" FOR EACH ROW
  WHEN (cardinality(OLD.missed_offers_at) > 0
    AND ROW(OLD.status, OLD.activity, OLD.activity_expires_at, OLD.activity_text)
      IS DISTINCT FROM ROW(NEW.status, NEW.activity, NEW.activity_expires_at, NEW.activity_text))
  EXECUTE FUNCTION "forget_missed_offers"();

-- Before an agent is deleted, what is open goes back to its queue, or to the default queue. Without any queue it is
-- closed. A trigger, because agents are deleted in several ways.
CREATE FUNCTION "release_conversations"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  instant timestamptz(3) := date_trunc('milliseconds', clock_timestamp());
BEGIN
  -- The workspace is being deleted, with everything in it.
  IF NOT EXISTS (SELECT 1 FROM workspaces w WHERE w.id = OLD.workspace_id) THEN
    RETURN OLD;
  END IF;
  WITH withdrawn AS (
    UPDATE offers SET state = 'withdrawn', settled_at = instant
    WHERE workspace_id = OLD.workspace_id AND agent_id = OLD.id AND state = 'pending' RETURNING conversation_id)
  UPDATE conversations c SET state = CASE WHEN q.id IS NULL THEN 'closed' ELSE 'queued' END::conversation_state,
    queue_id = q.id, agent_id = CASE WHEN q.id IS NULL THEN c.agent_id END, forced = c.forced AND q.id IS NULL,
    queued_at = CASE WHEN q.id IS NULL THEN c.queued_at ELSE COALESCE(c.queued_at, instant) END,
    assigned_at = CASE WHEN q.id IS NULL THEN c.assigned_at END,
    closed_at = CASE WHEN q.id IS NULL THEN instant END, updated_at = instant
  FROM conversations f
  LEFT JOIN routing_queues d ON d.workspace_id = f.workspace_id AND d.is_default
  CROSS JOIN LATERAL (SELECT COALESCE(f.queue_id, d.id) AS id) q
  WHERE f.workspace_id = OLD.workspace_id AND c.workspace_id = f.workspace_id AND c.id = f.id
    AND ((f.agent_id = OLD.id AND f.state = 'assigned') OR f.id IN (SELECT w.conversation_id FROM withdrawn w));
  UPDATE conversations SET preferred_agent_id = NULL, updated_at = instant
  WHERE workspace_id = OLD.workspace_id AND preferred_agent_id = OLD.id AND state <> 'closed';
  RETURN OLD;
END $$;

CREATE TRIGGER "agents_release_conversations" BEFORE DELETE ON "agents"
  FOR EACH ROW EXECUTE FUNCTION "release_conversations"();

-- Conversations don't wait for a skill or value that is deleted.
CREATE FUNCTION "stop_requiring_skill"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE conversations SET updated_at = date_trunc('milliseconds', clock_timestamp()), required_skills = COALESCE(
    (SELECT jsonb_agg(e.value ORDER BY e.place)
      FROM jsonb_array_elements(required_skills) WITH ORDINALITY e(value, place)
      WHERE e.value ->> 'skillId' <> OLD.id::text), '[]')
  WHERE workspace_id = OLD.workspace_id AND state <> 'closed'
    AND required_skills @> jsonb_build_array(jsonb_build_object('skillId', OLD.id));
  RETURN NULL;
END $$;

CREATE TRIGGER "skills_stop_requiring" AFTER DELETE ON "skills"
  FOR EACH ROW EXECUTE FUNCTION "stop_requiring_skill"();

CREATE FUNCTION "stop_requiring_skill_value"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE conversations SET updated_at = date_trunc('milliseconds', clock_timestamp()), required_skills = (
    SELECT jsonb_agg(jsonb_set(e.value, '{valueIds}', (e.value -> 'valueIds') - OLD.id::text) ORDER BY e.place)
      FROM jsonb_array_elements(required_skills) WITH ORDINALITY e(value, place))
  WHERE workspace_id = OLD.workspace_id AND state <> 'closed'
    AND required_skills @> jsonb_build_array(jsonb_build_object('valueIds', jsonb_build_array(OLD.id)));
  RETURN NULL;
END $$;

CREATE TRIGGER "skill_values_stop_requiring" AFTER DELETE ON "skill_values"
  FOR EACH ROW EXECUTE FUNCTION "stop_requiring_skill_value"();
