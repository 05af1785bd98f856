import { type AgentId, newId } from "@/lib/platform/ids";

// SQL of ledger entries. Separate from the repository, so that a change can write its entry in the same
// statement.

export interface Entry {
  agentId: AgentId;
  agentName: string;
  action: "created" | "updated" | "deleted";
  actor: { kind: "user" | "accessKey" | "system"; id: string | null; name: string };
  cause: "user" | "supervisor" | "api" | "schedule" | "timeout" | "presence";
  /** Changed properties with their values before and after. */
  fields: Record<string, { before?: unknown; after?: unknown }>;
  at: Date;
}

/** Serializes entries for the parameter of `insertEntries`. */
export function entryRows(entries: readonly Entry[]): string {
  return JSON.stringify(
    entries.map((entry) => ({
      id: newId(),
      agent_id: entry.agentId,
      agent_name: entry.agentName,
      action: entry.action,
      actor_kind: entry.actor.kind,
      actor_id: entry.actor.id,
      actor_name: entry.actor.name,
      cause: entry.cause,
      fields: entry.fields,
      created_at: entry.at,
    })),
  );
}

/**
 * Returns SQL that inserts all `:entries` (see `entryRows`) of `:workspace`, or none if `condition` is false.
 */
export const insertEntries = (condition = "true") => `
  INSERT INTO changes (workspace_id, id, agent_id, agent_name, action, actor_kind, actor_id, actor_name, cause,
    fields, created_at)
  SELECT :workspace::uuid, e.id, e.agent_id, e.agent_name, e.action, e.actor_kind, e.actor_id, e.actor_name,
    e.cause, e.fields, e.created_at
  FROM jsonb_populate_recordset(NULL::changes, :entries::text::jsonb) e WHERE ${condition}`;
