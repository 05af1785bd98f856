-- CreateTable
CREATE TABLE "demo_simulations" (
    "workspace_id" UUID NOT NULL,
    "running" BOOLEAN NOT NULL,

    CONSTRAINT "demo_simulations_pkey" PRIMARY KEY ("workspace_id")
);

-- AddForeignKey
ALTER TABLE "demo_simulations" ADD CONSTRAINT "demo_simulations_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;
