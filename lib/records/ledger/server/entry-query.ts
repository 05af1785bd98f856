import { type AgentId, newId } from "@/lib/platform/ids";

// The text of the SQL that writes the ledger. No I/O: the repository runs it, and so do changes that are one statement
// together with their entry.

/** One entry of the ledger. */
export interface Entry {
  agentId: AgentId;
  agentName: string;
  action: "created" | "updated" | "deleted";
  actor: { kind: "user" | "accessKey" | "system"; id: string | null; name: string };
  cause: "user" | "supervisor" | "api" | "schedule" | "timeout";
  /** Property to what it was and what it became. */
  fields: Record<string, { before?: unknown; after?: unknown }>;
  at: Date;
}

/** Entries as the parameter of `insertEntries`. */
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

/** Writes entries, however many; all or, where `condition` doesn't hold, none. Takes names of parameters. */
export const insertEntries = (workspaceId: string, rows: string, condition = "true") => `
  INSERT INTO changes (workspace_id, id, agent_id, agent_name, action, actor_kind, actor_id, actor_name, cause,
    fields, created_at)
  SELECT ${workspaceId}::uuid, e.id, e.agent_id, e.agent_name, e.action, e.actor_kind, e.actor_id, e.actor_name, e.cause,
    e.fields, e.created_at
  FROM jsonb_populate_recordset(NULL::changes, ${rows}::text::jsonb) e WHERE ${condition}`;
