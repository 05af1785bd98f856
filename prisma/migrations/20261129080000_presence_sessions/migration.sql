-- CreateEnum
CREATE TYPE "presence_device" AS ENUM ('desktop', 'mobile', 'api');

-- CreateEnum
CREATE TYPE "presence_state" AS ENUM ('present', 'idle', 'absent');

-- AlterEnum
ALTER TYPE "change_cause" ADD VALUE 'presence';

-- AlterTable
ALTER TABLE "agent_states" ADD COLUMN     "status_automatic" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "agent_spans" ADD COLUMN     "presence" "presence_state";

-- CreateTable
CREATE TABLE "presence_sessions" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "device" "presence_device" NOT NULL,
    "visible" BOOLEAN NOT NULL,
    "last_input_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ends_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "presence_sessions_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "agent_presence" (
    "workspace_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "state" "presence_state" NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3),

    CONSTRAINT "agent_presence_pkey" PRIMARY KEY ("workspace_id","agent_id")
);

-- CreateIndex
CREATE INDEX "presence_sessions_workspace_id_agent_id_idx" ON "presence_sessions"("workspace_id", "agent_id");

-- AddForeignKey
ALTER TABLE "presence_sessions" ADD CONSTRAINT "presence_sessions_workspace_id_agent_id_fkey" FOREIGN KEY ("workspace_id", "agent_id") REFERENCES "agents"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_presence" ADD CONSTRAINT "agent_presence_workspace_id_agent_id_fkey" FOREIGN KEY ("workspace_id", "agent_id") REFERENCES "agents"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What follows is beyond Prisma's schema.

-- A heartbeat rewrites a row about once a minute. With room in the page and no index on a time, the new version stays
-- in the same page and no index changes.
ALTER TABLE "presence_sessions" SET (fillfactor = 50);

-- The `away` that an agent started with is automatic: nobody has set it.
UPDATE "agent_states" s SET "status_automatic" = true
FROM "agents" a
WHERE a."workspace_id" = s."workspace_id" AND a."id" = s."agent_id"
  AND s."status" = 'away' AND s."last_status_set" = a."created_at";

-- Whoever changes a status ends that it is automatic, also a statement that doesn't know of the column.
CREATE FUNCTION "end_automatic_status"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.status_automatic := false;
  RETURN NEW;
END $$;

CREATE TRIGGER "agent_states_end_automatic_status" BEFORE UPDATE OF "status" ON "agent_states"
  FOR EACH ROW WHEN (OLD.status_automatic AND NEW.status_automatic AND NEW.status IS DISTINCT FROM OLD.status)
  EXECUTE FUNCTION "end_automatic_status"();
