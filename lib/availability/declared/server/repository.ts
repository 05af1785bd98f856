import type { DeclaredAvailability } from "@/lib/availability/declared/rules";
import {
  type AvailabilityRow,
  availabilityColumns,
  availabilitySelection,
} from "@/lib/availability/declared/server/serializer";
import type { Database } from "@/lib/platform/database/db";
import type { AgentId, AuthorizedWorkspaceId } from "@/lib/platform/ids";
import { insertEntries } from "@/lib/records/ledger/server/entry.sql";

/** An agent's availability, with the facts about the agent that a change needs. */
export interface AvailabilityOfAgent extends AvailabilityRow {
  id: AgentId;
  name: string;
  version: number;
  suspended: boolean;
}

const findText = `
  SELECT s.agent_id AS id, a.name, s.version, ${availabilitySelection},
    EXISTS (SELECT 1 FROM memberships m WHERE m.workspace_id = a.workspace_id AND m.user_id = a.user_id
      AND m.status = 'suspended') AS suspended
  FROM agent_states s JOIN agents a ON a.workspace_id = s.workspace_id AND a.id = s.agent_id
  WHERE s.workspace_id = :workspace::uuid AND s.agent_id = :agent::uuid`;

const lockText = `
  SELECT agent_id FROM agent_states WHERE workspace_id = :workspace::uuid AND agent_id = :agent::uuid
  FOR UPDATE`;

const updateText = `
  WITH changed AS (
    UPDATE agent_states SET status = :status::text::agent_status,
      status_before_offline = :statusBeforeOffline::text::agent_status, activity = :activity::text::activity,
      activity_expires_at = :activityExpiresAt::timestamptz, activity_text = :activityText::text,
      last_status_set = :lastStatusSet::timestamptz, last_activity_set = :lastActivitySet::timestamptz,
      last_set_to_away_at = :lastSetToAwayAt::timestamptz, status_automatic = :statusAutomatic::boolean,
      availability_updated_at = :availabilityUpdatedAt::timestamptz, version = version + 1
    WHERE workspace_id = :workspace::uuid AND agent_id = :agent::uuid AND version = :version::int
    RETURNING agent_id),
  noted AS (${insertEntries("EXISTS (SELECT 1 FROM changed)")})
  SELECT EXISTS (SELECT 1 FROM changed) AS written`;

export function createAvailabilityRepository(db: Database) {
  return {
    /** `lock` locks the agent until the transaction ends. */
    async find(
      workspaceId: AuthorizedWorkspaceId,
      agentId: AgentId,
      { lock = false }: { lock?: boolean } = {},
    ): Promise<AvailabilityOfAgent | undefined> {
      const key = { workspace: workspaceId, agent: agentId };
      // A separate statement: after waiting for the lock, the same statement would still see the old
      // membership.
      if (lock) await db.query(lockText, key);
      const [row] = await db.query<AvailabilityOfAgent>(findText, key);
      return row;
    },

    /** Writes the availability and increments the version. The row must be locked. */
    async update(
      workspaceId: AuthorizedWorkspaceId,
      agentId: AgentId,
      declared: DeclaredAvailability,
    ): Promise<void> {
      await db.prisma.agentState.updateMany({
        where: { workspaceId, agentId },
        data: { ...availabilityColumns(declared), version: { increment: 1 } },
      });
    },

    /**
     * Records an event for each activity that ended after `since` and has none yet. Returns how many; call
     * until it returns 0.
     */
    async addTimeouts(since: Date): Promise<number> {
      const rows = await db.query("SELECT add_timeout_events(:since::timestamptz) AS id", { since });
      return rows.length;
    },

    /** Ends wrap-ups and `notResponding`. An earlier close that commits first must not start a wrap-up. */
    async makeReady(workspaceId: AuthorizedWorkspaceId, agentId: AgentId, now: Date): Promise<void> {
      await db.query(
        `UPDATE agent_states SET ready_at = GREATEST(:now::timestamptz, last_closed_at), last_closed_at = NULL,
           missed_offers_at = '{}'
         WHERE workspace_id = :workspaceId::uuid AND agent_id = :agentId::uuid`,
        { workspaceId, agentId, now },
      );
    },

    /** Locks the agent and increments the version, so that concurrent optimistic changes retry. */
    async raiseVersion(workspaceId: AuthorizedWorkspaceId, agentId: AgentId): Promise<void> {
      await db.prisma.agentState.updateMany({
        where: { workspaceId, agentId },
        data: { version: { increment: 1 } },
      });
    },

    /**
     * Writes the availability and a ledger entry in one statement without a lock. Returns false, with nothing
     * written, if the agent's version has changed.
     */
    async updateVersion(
      workspaceId: AuthorizedWorkspaceId,
      { id, version }: Pick<AvailabilityOfAgent, "id" | "version">,
      declared: DeclaredAvailability,
      entry: string,
    ): Promise<boolean> {
      const [row] = await db.query<{ written: boolean }>(updateText, {
        workspace: workspaceId,
        agent: id,
        version,
        entries: entry,
        ...availabilityColumns(declared),
      });
      return row?.written ?? false;
    },
  };
}

export type AvailabilityRepository = ReturnType<typeof createAvailabilityRepository>;
