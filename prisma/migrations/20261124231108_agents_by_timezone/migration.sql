-- CreateIndex
CREATE INDEX "agents_workspace_id_timezone_idx" ON "agents"("workspace_id", "timezone");
