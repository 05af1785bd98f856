-- AlterTable
ALTER TABLE "memberships" ADD COLUMN     "suspended_at" TIMESTAMPTZ(3);

-- What follows is beyond Prisma's schema.

UPDATE "memberships" m SET "suspended_at" = COALESCE(
    (SELECT max(e.at) FROM audit_events e WHERE e.workspace_id = m.workspace_id AND e.action = 'person.suspended'
      AND e.outcome = 'ok' AND e.target_id = m.user_id), m.updated_at)
WHERE m.status = 'suspended';

-- A trigger, so that nothing that suspends people can forget it. Later changes of the membership keep the instant.
CREATE FUNCTION "note_suspension"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.suspended_at := CASE WHEN NEW.status = 'suspended' THEN NEW.updated_at END;
  RETURN NEW;
END $$;

CREATE TRIGGER "memberships_added_suspended" BEFORE INSERT ON "memberships"
  FOR EACH ROW EXECUTE FUNCTION "note_suspension"();
CREATE TRIGGER "memberships_suspended" BEFORE UPDATE OF "status" ON "memberships"
  FOR EACH ROW WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION "note_suspension"();

ALTER TABLE "memberships" ADD CONSTRAINT "memberships_suspended_at"
  CHECK (("status" = 'suspended') = ("suspended_at" IS NOT NULL));
