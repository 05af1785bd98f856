-- CreateEnum
CREATE TYPE "presence_mode" AS ENUM ('off', 'gate', 'sync');

-- CreateTable
CREATE TABLE "availability_policies" (
    "workspace_id" UUID NOT NULL,
    "presence" "presence_mode" NOT NULL,
    "idle_after_minutes" INTEGER,
    "missed_offers" INTEGER,
    "enforce_hours" BOOLEAN NOT NULL,
    "allow" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "availability_policies_pkey" PRIMARY KEY ("workspace_id")
);

-- AddForeignKey
ALTER TABLE "availability_policies" ADD CONSTRAINT "availability_policies_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "availability_policies"
  ADD CONSTRAINT "availability_policies_bounds" CHECK (
    "idle_after_minutes" BETWEEN 1 AND 240 AND "missed_offers" BETWEEN 1 AND 10),
  ADD CONSTRAINT "availability_policies_allow_is_object" CHECK (jsonb_typeof("allow") = 'object');
