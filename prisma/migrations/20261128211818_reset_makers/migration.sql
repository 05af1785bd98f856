-- AlterTable
ALTER TABLE "password_resets" ADD COLUMN     "maker_id" UUID,
ADD COLUMN     "maker_kind" "actor_kind",
ADD COLUMN     "maker_workspace_id" UUID;
