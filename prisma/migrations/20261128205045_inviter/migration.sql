-- AlterTable
ALTER TABLE "invitations" ADD COLUMN     "inviter_id" UUID,
ADD COLUMN     "inviter_kind" "actor_kind";
