-- Finds closed conversations that are too old to keep.
CREATE INDEX "conversations_closed" ON "conversations" ("closed_at") WHERE "state" = 'closed';
