-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "agent_type" AS ENUM ('user', 'bot');

-- CreateEnum
CREATE TYPE "agent_status" AS ENUM ('active', 'away', 'offline');

-- CreateEnum
CREATE TYPE "activity" AS ENUM ('available', 'busy', 'onCall', 'wrapUp', 'onBreak', 'inMeeting');

-- CreateEnum
CREATE TYPE "change_action" AS ENUM ('created', 'updated', 'deleted');

-- CreateEnum
CREATE TYPE "actor_kind" AS ENUM ('user', 'accessKey', 'system');

-- CreateEnum
CREATE TYPE "change_cause" AS ENUM ('user', 'supervisor', 'api', 'schedule', 'timeout');

-- CreateEnum
CREATE TYPE "media_kind" AS ENUM ('avatar', 'audio');

-- CreateEnum
CREATE TYPE "membership_status" AS ENUM ('invited', 'active', 'suspended');

-- CreateEnum
CREATE TYPE "role_type" AS ENUM ('organization', 'managed');

-- CreateEnum
CREATE TYPE "team_visibility" AS ENUM ('public', 'private');

-- CreateEnum
CREATE TYPE "skill_value_type" AS ENUM ('single', 'multiple');

-- CreateTable
CREATE TABLE "agents" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "type" "agent_type" NOT NULL,
    "user_id" UUID,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "bio" TEXT,
    "avatar_url" TEXT,
    "avatar_media_id" UUID,
    "wrap_up_time" INTEGER NOT NULL DEFAULT 0,
    "timezone" TEXT NOT NULL,
    "default_country_code" TEXT,
    "default_caller_id" TEXT,
    "forward_enabled" BOOLEAN,
    "forward_number" TEXT,
    "forward_mask_caller" BOOLEAN,
    "transcription_locale" TEXT,
    "weekly_schedule" JSONB,
    "holidays" JSONB NOT NULL DEFAULT '[]',
    "default_sender_id" UUID,
    "out_of_office_response" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "agents_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "agent_states" (
    "workspace_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "status" "agent_status" NOT NULL,
    "status_before_offline" "agent_status",
    "activity" "activity" NOT NULL,
    "activity_expires_at" TIMESTAMPTZ(3),
    "activity_text" TEXT,
    "last_status_set" TIMESTAMPTZ(3) NOT NULL,
    "last_activity_set" TIMESTAMPTZ(3) NOT NULL,
    "last_set_to_away_at" TIMESTAMPTZ(3),
    "availability_updated_at" TIMESTAMPTZ(3) NOT NULL,
    "workload_id" UUID NOT NULL,
    "messaging_count" INTEGER NOT NULL DEFAULT 0,
    "email_count" INTEGER NOT NULL DEFAULT 0,
    "assigned_count" INTEGER NOT NULL DEFAULT 0,
    "last_assigned_at" TIMESTAMPTZ(3),
    "workload_updated_at" TIMESTAMPTZ(3) NOT NULL,
    "capacity_rule_id" UUID,

    CONSTRAINT "agent_states_pkey" PRIMARY KEY ("workspace_id","agent_id")
);

-- CreateTable
CREATE TABLE "changes" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "agent_name" TEXT NOT NULL,
    "action" "change_action" NOT NULL,
    "actor_kind" "actor_kind" NOT NULL,
    "actor_id" UUID,
    "actor_name" TEXT NOT NULL,
    "cause" "change_cause" NOT NULL,
    "fields" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "changes_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "media" (
    "workspace_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" "media_kind" NOT NULL,
    "content_type" TEXT,
    "size" INTEGER,
    "duration_ms" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "media_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "drop_vms" (
    "workspace_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "media_id" UUID NOT NULL,

    CONSTRAINT "drop_vms_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "avatar_url" TEXT,
    "phone_number" TEXT,
    "properties" JSONB NOT NULL DEFAULT '{}',
    "password_hash" TEXT,
    "session_version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user_emails" (
    "user_id" UUID NOT NULL,
    "position" SMALLINT NOT NULL,
    "email" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "search_key" TEXT NOT NULL,

    CONSTRAINT "user_emails_pkey" PRIMARY KEY ("user_id","position")
);

-- CreateTable
CREATE TABLE "memberships" (
    "workspace_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "status" "membership_status" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "memberships_pkey" PRIMARY KEY ("workspace_id","user_id")
);

-- CreateTable
CREATE TABLE "roles" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "type" "role_type" NOT NULL,
    "name" TEXT NOT NULL,
    "permissions" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "roles_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "membership_roles" (
    "workspace_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role_id" UUID NOT NULL,

    CONSTRAINT "membership_roles_pkey" PRIMARY KEY ("workspace_id","user_id","role_id")
);

-- CreateTable
CREATE TABLE "access_keys" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "role_id" UUID NOT NULL,
    "key_hash" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "access_keys_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "teams" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "visibility" "team_visibility" NOT NULL DEFAULT 'public',
    "active_member_count" INTEGER NOT NULL DEFAULT 0,
    "pending_member_count" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "teams_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "team_members" (
    "workspace_id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "member_since" TIMESTAMPTZ(3) NOT NULL,
    "pending" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "team_members_pkey" PRIMARY KEY ("workspace_id","agent_id","team_id")
);

-- CreateTable
CREATE TABLE "skills" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "description" TEXT,
    "value_type" "skill_value_type" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "skills_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "skill_values" (
    "workspace_id" UUID NOT NULL,
    "skill_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "value" TEXT NOT NULL,
    "icon" TEXT,

    CONSTRAINT "skill_values_pkey" PRIMARY KEY ("workspace_id","skill_id","id")
);

-- CreateTable
CREATE TABLE "agent_skills" (
    "workspace_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "skill_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "agent_skills_pkey" PRIMARY KEY ("workspace_id","agent_id","skill_id")
);

-- CreateTable
CREATE TABLE "agent_skill_values" (
    "workspace_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "skill_id" UUID NOT NULL,
    "value_id" UUID NOT NULL,

    CONSTRAINT "agent_skill_values_pkey" PRIMARY KEY ("workspace_id","agent_id","skill_id","value_id")
);

-- CreateTable
CREATE TABLE "capacity_rules" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "is_default" BOOLEAN NOT NULL DEFAULT false,
    "messaging_capacity" INTEGER NOT NULL,
    "email_capacity" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "capacity_rules_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "sender_profiles" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email_username" TEXT NOT NULL,
    "email_domain" TEXT NOT NULL,
    "signature" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sender_profiles_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "workspaces" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "timezone" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "workspaces_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "signing_keys" (
    "id" TEXT NOT NULL,
    "algorithm" TEXT NOT NULL,
    "public_jwk" JSONB NOT NULL,
    "private_jwk" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "signing_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_keys" (
    "actor_id" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "body_hash" TEXT NOT NULL,
    "status" INTEGER,
    "headers" JSONB,
    "body" TEXT,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("actor_id","method","path","key")
);

-- CreateIndex
CREATE INDEX "agents_workspace_id_created_at_id_idx" ON "agents"("workspace_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "agents_workspace_id_name_key_name_id_idx" ON "agents"("workspace_id", "name_key", "name", "id");

-- CreateIndex
CREATE INDEX "agents_workspace_id_default_sender_id_idx" ON "agents"("workspace_id", "default_sender_id");

-- CreateIndex
CREATE UNIQUE INDEX "agents_workspace_id_user_id_key" ON "agents"("workspace_id", "user_id");

-- CreateIndex
CREATE INDEX "agent_states_workspace_id_assigned_count_agent_id_idx" ON "agent_states"("workspace_id", "assigned_count", "agent_id");

-- CreateIndex
CREATE INDEX "agent_states_workspace_id_status_assigned_count_agent_id_idx" ON "agent_states"("workspace_id", "status", "assigned_count", "agent_id");

-- CreateIndex
CREATE INDEX "agent_states_workspace_id_last_status_set_agent_id_idx" ON "agent_states"("workspace_id", "last_status_set", "agent_id");

-- CreateIndex
CREATE INDEX "agent_states_workspace_id_capacity_rule_id_agent_id_idx" ON "agent_states"("workspace_id", "capacity_rule_id", "agent_id");

-- CreateIndex
CREATE INDEX "changes_workspace_id_agent_id_id_idx" ON "changes"("workspace_id", "agent_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "media_workspace_id_agent_id_id_key" ON "media"("workspace_id", "agent_id", "id");

-- CreateIndex
CREATE INDEX "drop_vms_workspace_id_agent_id_position_idx" ON "drop_vms"("workspace_id", "agent_id", "position");

-- CreateIndex
CREATE INDEX "drop_vms_workspace_id_agent_id_media_id_idx" ON "drop_vms"("workspace_id", "agent_id", "media_id");

-- CreateIndex
CREATE UNIQUE INDEX "user_emails_address_key" ON "user_emails"("address");

-- CreateIndex
CREATE INDEX "memberships_user_id_idx" ON "memberships"("user_id");

-- CreateIndex
CREATE INDEX "membership_roles_workspace_id_role_id_user_id_idx" ON "membership_roles"("workspace_id", "role_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "access_keys_key_hash_key" ON "access_keys"("key_hash");

-- CreateIndex
CREATE INDEX "access_keys_workspace_id_role_id_idx" ON "access_keys"("workspace_id", "role_id");

-- CreateIndex
CREATE INDEX "teams_workspace_id_created_at_id_idx" ON "teams"("workspace_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "team_members_workspace_id_team_id_agent_id_idx" ON "team_members"("workspace_id", "team_id", "agent_id");

-- CreateIndex
CREATE INDEX "skills_workspace_id_created_at_id_idx" ON "skills"("workspace_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "skills_workspace_id_name_key_key" ON "skills"("workspace_id", "name_key");

-- CreateIndex
CREATE INDEX "agent_skills_workspace_id_skill_id_agent_id_idx" ON "agent_skills"("workspace_id", "skill_id", "agent_id");

-- CreateIndex
CREATE INDEX "agent_skill_values_workspace_id_skill_id_value_id_idx" ON "agent_skill_values"("workspace_id", "skill_id", "value_id");

-- CreateIndex
CREATE INDEX "capacity_rules_workspace_id_created_at_id_idx" ON "capacity_rules"("workspace_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "sender_profiles_workspace_id_created_at_id_idx" ON "sender_profiles"("workspace_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "workspaces_slug_key" ON "workspaces"("slug");

-- CreateIndex
CREATE INDEX "idempotency_keys_expires_at_idx" ON "idempotency_keys"("expires_at");

-- AddForeignKey
ALTER TABLE "agents" ADD CONSTRAINT "agents_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agents" ADD CONSTRAINT "agents_workspace_id_user_id_fkey" FOREIGN KEY ("workspace_id", "user_id") REFERENCES "memberships"("workspace_id", "user_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agents" ADD CONSTRAINT "agents_default_sender_fkey" FOREIGN KEY ("workspace_id", "default_sender_id") REFERENCES "sender_profiles"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agents" ADD CONSTRAINT "agents_avatar_media_fkey" FOREIGN KEY ("workspace_id", "id", "avatar_media_id") REFERENCES "media"("workspace_id", "agent_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_states" ADD CONSTRAINT "agent_states_workspace_id_agent_id_fkey" FOREIGN KEY ("workspace_id", "agent_id") REFERENCES "agents"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_states" ADD CONSTRAINT "agent_states_capacity_rule_fkey" FOREIGN KEY ("workspace_id", "capacity_rule_id") REFERENCES "capacity_rules"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "changes" ADD CONSTRAINT "changes_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "media" ADD CONSTRAINT "media_workspace_id_agent_id_fkey" FOREIGN KEY ("workspace_id", "agent_id") REFERENCES "agents"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "drop_vms" ADD CONSTRAINT "drop_vms_agent_fkey" FOREIGN KEY ("workspace_id", "agent_id") REFERENCES "agents"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "drop_vms" ADD CONSTRAINT "drop_vms_media_fkey" FOREIGN KEY ("workspace_id", "agent_id", "media_id") REFERENCES "media"("workspace_id", "agent_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_emails" ADD CONSTRAINT "user_emails_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "roles" ADD CONSTRAINT "roles_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership_roles" ADD CONSTRAINT "membership_roles_workspace_id_user_id_fkey" FOREIGN KEY ("workspace_id", "user_id") REFERENCES "memberships"("workspace_id", "user_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership_roles" ADD CONSTRAINT "membership_roles_workspace_id_role_id_fkey" FOREIGN KEY ("workspace_id", "role_id") REFERENCES "roles"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access_keys" ADD CONSTRAINT "access_keys_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access_keys" ADD CONSTRAINT "access_keys_workspace_id_role_id_fkey" FOREIGN KEY ("workspace_id", "role_id") REFERENCES "roles"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "teams" ADD CONSTRAINT "teams_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_members" ADD CONSTRAINT "team_members_workspace_id_team_id_fkey" FOREIGN KEY ("workspace_id", "team_id") REFERENCES "teams"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_members" ADD CONSTRAINT "team_members_workspace_id_agent_id_fkey" FOREIGN KEY ("workspace_id", "agent_id") REFERENCES "agents"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "skills" ADD CONSTRAINT "skills_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "skill_values" ADD CONSTRAINT "skill_values_workspace_id_skill_id_fkey" FOREIGN KEY ("workspace_id", "skill_id") REFERENCES "skills"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_skills" ADD CONSTRAINT "agent_skills_workspace_id_agent_id_fkey" FOREIGN KEY ("workspace_id", "agent_id") REFERENCES "agents"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_skills" ADD CONSTRAINT "agent_skills_workspace_id_skill_id_fkey" FOREIGN KEY ("workspace_id", "skill_id") REFERENCES "skills"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_skill_values" ADD CONSTRAINT "agent_skill_values_workspace_id_agent_id_skill_id_fkey" FOREIGN KEY ("workspace_id", "agent_id", "skill_id") REFERENCES "agent_skills"("workspace_id", "agent_id", "skill_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_skill_values" ADD CONSTRAINT "agent_skill_values_workspace_id_skill_id_value_id_fkey" FOREIGN KEY ("workspace_id", "skill_id", "value_id") REFERENCES "skill_values"("workspace_id", "skill_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "capacity_rules" ADD CONSTRAINT "capacity_rules_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sender_profiles" ADD CONSTRAINT "sender_profiles_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;
