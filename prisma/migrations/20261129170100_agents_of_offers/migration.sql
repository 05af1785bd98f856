-- AlterTable
ALTER TABLE "events" ADD COLUMN     "agent_id" UUID;

-- What follows is beyond Prisma's schema.

-- Events of offers name the agent who is asked.
CREATE OR REPLACE FUNCTION "add_offer_events"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO events (workspace_id, type, occurred_at, resource_type, resource_id, agent_id)
    SELECT n.workspace_id, 'offer.created', n.created_at, 'offer', n.id, n.agent_id FROM added n
    WHERE n.state = 'pending';
  ELSE
    INSERT INTO events (workspace_id, type, occurred_at, resource_type, resource_id, agent_id)
    SELECT n.workspace_id, 'offer.' || n.state, n.settled_at, 'offer', n.id, n.agent_id
    FROM added n JOIN removed o ON o.workspace_id = n.workspace_id AND o.id = n.id
    WHERE o.state = 'pending' AND n.state <> 'pending';
  END IF;
  RETURN NULL;
END $$;
