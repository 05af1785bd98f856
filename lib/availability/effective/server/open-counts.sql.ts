import { type Question, valuesIn, verdictSql } from "@/lib/availability/effective/server/verdict.sql";
import { type Channel, channels } from "@/lib/availability/effective/values";
import type { Statement } from "@/lib/platform/database/bind";

/** The number of agents in a workspace, and of those with each channel open. */
export interface OpenCounts extends Record<Channel, number> {
  agents: number;
}

/** Returns a statement that counts all agents of a workspace. Its result is a single row. */
export function openCountsStatement(workspaceId: string, question: Question): Statement<OpenCounts> {
  const { tables, values, firstCode, mayBeOpen } = verdictSql(question);
  const counts = channels.map(
    (channel) => `count(*) FILTER (WHERE (${firstCode(channel)}) IS NULL)::int AS ${channel}`,
  );
  const text = `${tables.length > 0 ? `WITH ${tables.join(",\n    ")}` : ""}
    SELECT (SELECT coalesce(sum(n.amount), 0)::int FROM agent_counts n
        WHERE n.workspace_id = :workspaceId::uuid AND n.facet = 'status') AS agents,
      ${counts.join(",\n      ")} FROM ${mayBeOpen}`;
  return { text, params: valuesIn(text, { workspaceId, ...values }) };
}
