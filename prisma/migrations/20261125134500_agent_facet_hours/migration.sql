-- In a migration of its own: a new value can't be used before it is committed.
ALTER TYPE "agent_facet" ADD VALUE 'hours';
