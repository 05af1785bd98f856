import type { RecordedHours } from "@/lib/hours/weeks/recorded";
import type { Database } from "@/lib/platform/database/db";
import type { AgentId, AuthorizedWorkspaceId } from "@/lib/platform/ids";
import { isSame } from "@/lib/platform/sameness";
import type { Actor } from "@/lib/platform/security/permissions";
import type { LedgerService, Subject } from "@/lib/records/ledger/server/service";

/** Hours of an agent before and after a change. */
export interface HoursChange {
  subject: Subject;
  before: Partial<RecordedHours>;
  after: Partial<RecordedHours>;
}

/**
 * Locks agents whose hours change, and records the change. Every write that changes an agent's hours must use it.
 */
export function createHoursChanges(db: Database, ledger: Pick<LedgerService, "recordUpdates">) {
  return {
    /** Locks agents until the transaction ends, and returns those that exist, by id. Call it before any other lock. */
    async lock(workspaceId: AuthorizedWorkspaceId, ids: readonly AgentId[]): Promise<Map<AgentId, Subject>> {
      await db.query(
        `SELECT agent_id FROM agent_states WHERE workspace_id = :workspaceId::uuid AND agent_id = ANY(:ids::uuid[])
         ORDER BY agent_id FOR UPDATE`,
        { workspaceId, ids },
      );
      // A separate statement: the one that waited for the lock would return the old names.
      const agents = await db.query<Subject>(
        `SELECT id, name FROM agents WHERE workspace_id = :workspaceId::uuid AND id = ANY(:ids::uuid[]) ORDER BY id`,
        { workspaceId, ids },
      );
      return new Map(agents.map((agent) => [agent.id, agent]));
    },

    /**
     * Increments the agents' versions and writes a ledger entry for each, which emits `agent.updated`. Skips
     * changes without a difference. The agents must be locked.
     */
    async record(actor: Actor, changes: readonly HoursChange[], now: Date): Promise<void> {
      const entries = changes.flatMap(({ subject, before, after }) => {
        const names = [
          ...new Set([...Object.keys(before), ...Object.keys(after)]),
        ] as (keyof RecordedHours)[];
        const fields = Object.fromEntries(
          names
            .filter((name) => !isSame(before[name], after[name]))
            .map((name) => [name, { before: before[name], after: after[name] }]),
        );
        return Object.keys(fields).length > 0 ? [{ subject, fields }] : [];
      });
      if (entries.length === 0) return;
      await db.query(
        `WITH profiles AS (
           UPDATE agents SET updated_at = :now::timestamptz
           WHERE workspace_id = :workspaceId::uuid AND id = ANY(:ids::uuid[]))
         UPDATE agent_states SET version = version + 1
         WHERE workspace_id = :workspaceId::uuid AND agent_id = ANY(:ids::uuid[])`,
        { workspaceId: actor.workspaceId, ids: entries.map(({ subject }) => subject.id), now },
      );
      await ledger.recordUpdates(actor, entries, now);
    },
  };
}

export type HoursChanges = ReturnType<typeof createHoursChanges>;
