-- CreateIndex
CREATE INDEX "agents_availability" ON "agents"("workspace_id", "id", "type", "user_id", "hours_key", "forward_enabled");

-- What follows is beyond Prisma's schema.

-- The few people who have not joined or are suspended.
CREATE INDEX "memberships_inactive" ON "memberships" ("workspace_id", "status", "user_id") WHERE "status" <> 'active';
