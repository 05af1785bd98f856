-- AlterTable
ALTER TABLE "media" ADD COLUMN     "revision" UUID,
ADD COLUMN     "unused_since" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "stored_file_removals" (
    "folder" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stored_file_removals_pkey" PRIMARY KEY ("folder")
);

-- CreateIndex
CREATE INDEX "media_unused_since_idx" ON "media"("unused_since");

-- What is not in use yet has not been since it was made.
UPDATE "media" m SET "unused_since" = m."created_at"
WHERE NOT EXISTS (SELECT 1 FROM "agents" a WHERE a."workspace_id" = m."workspace_id" AND a."avatar_media_id" = m."id")
  AND NOT EXISTS (SELECT 1 FROM "drop_vms" d WHERE d."workspace_id" = m."workspace_id" AND d."media_id" = m."id");

-- Rows of uploads go in many ways: swept, with their agent, with their workspace. Their files must follow each time.
CREATE FUNCTION "media_note_removal"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "stored_file_removals" ("folder", "created_at")
  SELECT format('%s/%s/%s', o."workspace_id", o."agent_id", o."id"), now() FROM "gone" o
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE TRIGGER "media_note_removal" AFTER DELETE ON "media"
  REFERENCING OLD TABLE AS "gone" FOR EACH STATEMENT EXECUTE FUNCTION "media_note_removal"();

ALTER TABLE "media"
  ADD CONSTRAINT "media_finished_whole" CHECK ("revision" IS NULL OR num_nulls("finished_at", "content_type", "size") = 0);
