-- What the ledger is filtered by; each index ends in the id, which is the order of the list.

-- CreateIndex
CREATE INDEX "changes_workspace_id_actor_id_id_idx" ON "changes"("workspace_id", "actor_id", "id");

-- CreateIndex
CREATE INDEX "changes_workspace_id_action_id_idx" ON "changes"("workspace_id", "action", "id");

-- CreateIndex
CREATE INDEX "changes_workspace_id_cause_id_idx" ON "changes"("workspace_id", "cause", "id");

-- CreateIndex
CREATE INDEX "changes_workspace_id_created_at_id_idx" ON "changes"("workspace_id", "created_at", "id");

-- The names of the changed fields alone: an index over the whole column would hold every value that ever was.
CREATE INDEX "changes_fields" ON "changes"
  USING gin ("workspace_id", (jsonb_path_query_array("fields", '$.keyvalue().key')));
