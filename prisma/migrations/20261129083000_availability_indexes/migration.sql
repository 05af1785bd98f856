-- Beyond Prisma's schema: covering and partial indexes.

-- What effective availability needs of an agent's profile, in the order of ids, without reading the wide rows.
CREATE INDEX "agents_availability" ON "agents" ("workspace_id", "id")
  INCLUDE ("type", "user_id", "hours_key", "forward_enabled");

-- The few people who have not joined or are suspended.
CREATE INDEX "memberships_inactive" ON "memberships" ("workspace_id", "status", "user_id") WHERE "status" <> 'active';
