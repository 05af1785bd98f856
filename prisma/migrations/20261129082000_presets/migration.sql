-- CreateTable
CREATE TABLE "presets" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "icon" TEXT,
    "status" "agent_status" NOT NULL,
    "activity" "activity" NOT NULL,
    "activity_ttl" INTEGER,
    "activity_text" TEXT,
    "position" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "presets_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "pending_presets" (
    "workspace_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "preset_id" UUID NOT NULL,
    "status" "agent_status" NOT NULL,
    "activity" "activity" NOT NULL,
    "activity_ttl" INTEGER,
    "activity_text" TEXT,
    "actor_kind" "actor_kind" NOT NULL,
    "actor_id" UUID,
    "actor_name" TEXT NOT NULL,
    "cause" "change_cause" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "pending_presets_pkey" PRIMARY KEY ("workspace_id","agent_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "presets_workspace_id_name_key_key" ON "presets"("workspace_id", "name_key");

-- CreateIndex
CREATE INDEX "pending_presets_workspace_id_preset_id_idx" ON "pending_presets"("workspace_id", "preset_id");

-- AddForeignKey
ALTER TABLE "presets" ADD CONSTRAINT "presets_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pending_presets" ADD CONSTRAINT "pending_presets_workspace_id_agent_id_fkey" FOREIGN KEY ("workspace_id", "agent_id") REFERENCES "agents"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pending_presets" ADD CONSTRAINT "pending_presets_workspace_id_preset_id_fkey" FOREIGN KEY ("workspace_id", "preset_id") REFERENCES "presets"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What follows is beyond Prisma's schema.

ALTER TABLE "presets"
  ADD CONSTRAINT "presets_bounds" CHECK ("position" >= 0 AND "activity_ttl" BETWEEN 1 AND 86400),
  ADD CONSTRAINT "presets_available_has_no_end" CHECK ("activity" <> 'available' OR "activity_ttl" IS NULL);

ALTER TABLE "pending_presets"
  ADD CONSTRAINT "pending_presets_bounds" CHECK ("activity_ttl" BETWEEN 1 AND 86400),
  ADD CONSTRAINT "pending_presets_available_has_no_end" CHECK ("activity" <> 'available' OR "activity_ttl" IS NULL);

-- Any change of the availability withdraws what was pending.
CREATE FUNCTION "withdraw_pending_preset"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM pending_presets WHERE workspace_id = NEW.workspace_id AND agent_id = NEW.agent_id;
  RETURN NULL;
END $$;

CREATE TRIGGER "agent_states_withdraw_preset" AFTER UPDATE ON "agent_states" FOR EACH ROW
  WHEN (ROW(OLD.status, OLD.activity, OLD.activity_expires_at, OLD.activity_text)
    IS DISTINCT FROM ROW(NEW.status, NEW.activity, NEW.activity_expires_at, NEW.activity_text))
  EXECUTE FUNCTION "withdraw_pending_preset"();

-- Applies the pending preset when the last messaging conversation has closed, with the rules of `changeAvailability`
-- (lib/availability/declared/rules.ts) and the same ledger entry. A trigger, so that nothing that closes conversations
-- can forget it; its transaction holds the agent's row, so it can't race with a new choice.
CREATE FUNCTION "apply_pending_preset"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  chosen pending_presets;
  before agent_states := NEW;
  after agent_states;
  agent agents;
  instant timestamptz(3);
  entry jsonb;
BEGIN
  DELETE FROM pending_presets WHERE workspace_id = NEW.workspace_id AND agent_id = NEW.agent_id RETURNING * INTO chosen;
  IF NOT FOUND THEN RETURN NULL; END IF;
  SELECT * INTO agent FROM agents WHERE workspace_id = NEW.workspace_id AND id = NEW.agent_id;
  IF chosen.status = 'active' AND EXISTS (SELECT 1 FROM memberships m WHERE m.workspace_id = agent.workspace_id
      AND m.user_id = agent.user_id AND m.status = 'suspended') THEN
    RETURN NULL;
  END IF;

  instant := GREATEST(date_trunc('milliseconds', clock_timestamp()), NEW.availability_updated_at);
  IF before.activity_expires_at <= instant THEN
    before.activity := 'available';
    before.activity_expires_at := NULL;
    before.activity_text := NULL;
  END IF;
  after := before;
  after.status := chosen.status;
  IF after.status <> before.status THEN
    after.last_status_set := instant;
    IF after.status = 'offline' THEN after.status_before_offline := before.status; END IF;
    IF after.status = 'away' THEN after.last_set_to_away_at := instant; END IF;
  END IF;
  after.activity := chosen.activity;
  IF after.activity <> before.activity THEN after.last_activity_set := instant; END IF;
  after.activity_expires_at := instant + make_interval(secs => chosen.activity_ttl);
  after.activity_text := chosen.activity_text;
  IF after IS NOT DISTINCT FROM before THEN RETURN NULL; END IF;

  UPDATE agent_states SET status = after.status, status_before_offline = after.status_before_offline,
    activity = after.activity, activity_expires_at = after.activity_expires_at, activity_text = after.activity_text,
    last_status_set = after.last_status_set, last_activity_set = after.last_activity_set,
    last_set_to_away_at = after.last_set_to_away_at, availability_updated_at = instant, version = version + 1
  WHERE workspace_id = NEW.workspace_id AND agent_id = NEW.agent_id;

  SELECT COALESCE(jsonb_object_agg(f.name, jsonb_strip_nulls(jsonb_build_object('before', f.was, 'after', f.becomes))), '{}')
  INTO entry FROM (VALUES
    ('status', to_jsonb(before.status), to_jsonb(after.status)),
    ('activity', to_jsonb(before.activity), to_jsonb(after.activity)),
    ('activityTtl', to_jsonb(ceil(extract(epoch FROM before.activity_expires_at - instant))::int),
      to_jsonb(ceil(extract(epoch FROM after.activity_expires_at - instant))::int)),
    ('activityText', to_jsonb(before.activity_text), to_jsonb(after.activity_text))) f(name, was, becomes)
  WHERE f.was IS DISTINCT FROM f.becomes;
  INSERT INTO changes (workspace_id, id, agent_id, agent_name, action, actor_kind, actor_id, actor_name, cause, fields,
    created_at)
  -- A UUID v7, so that it sorts by time like all others.
  VALUES (NEW.workspace_id, overlay(replace(gen_random_uuid()::text, '-', '')
      placing lpad(to_hex((extract(epoch FROM instant) * 1000)::bigint), 12, '0') || '7' from 1 for 13)::uuid,
    NEW.agent_id, agent.name, 'updated', chosen.actor_kind, chosen.actor_id, chosen.actor_name, chosen.cause, entry,
    instant);
  RETURN NULL;
END $$;

CREATE TRIGGER "agent_states_apply_preset" AFTER UPDATE OF "messaging_count" ON "agent_states" FOR EACH ROW
  WHEN (OLD.messaging_count > 0 AND NEW.messaging_count = 0
    AND ROW(OLD.status, OLD.activity, OLD.activity_expires_at, OLD.activity_text)
      IS NOT DISTINCT FROM ROW(NEW.status, NEW.activity, NEW.activity_expires_at, NEW.activity_text))
  EXECUTE FUNCTION "apply_pending_preset"();
