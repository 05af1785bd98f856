import { conditionsOn } from "@/lib/platform/database/conditions";
import type { Database } from "@/lib/platform/database/db";
import type { StoredInstant } from "@/lib/platform/http/wire";
import type { AgentId, AuthorizedWorkspaceId } from "@/lib/platform/ids";
import { type Entry, entryRows, insertEntries } from "@/lib/records/ledger/server/entry.sql";

export interface ChangeRow extends Pick<Entry, "agentId" | "agentName" | "action" | "cause" | "fields"> {
  id: string;
  actorKind: Entry["actor"]["kind"];
  actorId: string | null;
  actorName: string;
  createdAt: StoredInstant;
}

/** Filters of the ledger, combined with AND. Times are epoch milliseconds. */
export interface ChangeFilter {
  agentId?: AgentId | undefined;
  actorId?: string | undefined;
  action?: Entry["action"] | undefined;
  cause?: Entry["cause"] | undefined;
  field?: string | undefined;
  since?: number | undefined;
  upto?: number | undefined;
}

/** SQL conditions of a list. The index `changes_fields` uses the same expression as `field`. */
const conditions: Record<"workspace" | "before" | keyof ChangeFilter, string> = {
  workspace: "c.workspace_id = :workspace::uuid",
  agentId: "c.agent_id = :agentId::uuid",
  actorId: "c.actor_id = :actorId::uuid",
  action: "c.action = :action::text::change_action",
  cause: "c.cause = :cause::text::change_cause",
  field: "jsonb_path_query_array(c.fields, '$.keyvalue().key') ? :field::text",
  since: "c.created_at >= to_timestamp(:since::double precision / 1000)",
  upto: "c.created_at <= to_timestamp(:upto::double precision / 1000)",
  before: "c.id < :before::uuid",
};

/** Reads and writes the ledger. Write in the transaction of the change. */
export function createLedgerRepository(db: Database) {
  return {
    /** Inserts all entries in one statement. */
    async record(workspaceId: AuthorizedWorkspaceId, entries: readonly Entry[]): Promise<void> {
      await db.query(insertEntries(), {
        workspace: workspaceId,
        entries: entryRows(entries),
      });
    },

    /** Returns matching entries older than the entry `before`, newest first. */
    list(
      workspaceId: AuthorizedWorkspaceId,
      filter: ChangeFilter,
      { before, limit }: { before: string | undefined; limit: number },
    ): Promise<ChangeRow[]> {
      const { where, given } = conditionsOn(conditions, { ...filter, workspace: workspaceId, before });
      return db.query<ChangeRow>(
        `SELECT c.id, c.agent_id AS "agentId", c.agent_name AS "agentName", c.action::text AS action,
           c.actor_kind::text AS "actorKind", c.actor_id AS "actorId", c.actor_name AS "actorName",
           c.cause::text AS cause, c.fields, c.created_at AS "createdAt"
         FROM changes c WHERE ${where} ORDER BY c.id DESC LIMIT :limit::int`,
        { ...given, limit },
      );
    },

    /** Returns whether the workspace has, or had, this agent. */
    async knows(workspaceId: AuthorizedWorkspaceId, agentId: AgentId): Promise<boolean> {
      const rows = await db.query(
        `SELECT 1 AS known FROM agents WHERE workspace_id = :workspace::uuid AND id = :agent::uuid
         UNION ALL
         (SELECT 1 FROM changes WHERE workspace_id = :workspace::uuid AND agent_id = :agent::uuid LIMIT 1)`,
        { workspace: workspaceId, agent: agentId },
      );
      return rows.length > 0;
    },

    /** Deletes all entries of an agent. */
    async forget(workspaceId: AuthorizedWorkspaceId, agentId: AgentId): Promise<void> {
      await db.prisma.change.deleteMany({ where: { workspaceId, agentId } });
    },
  };
}

export type LedgerRepository = ReturnType<typeof createLedgerRepository>;
