import {
  allAgents,
  type Question,
  valuesIn,
  verdictSql,
} from "@/lib/availability/effective/server/verdict.sql";
import { type Channel, channels } from "@/lib/availability/effective/values";
import type { Statement } from "@/lib/platform/database/bind";

/** How many agents a workspace has, and on how many each channel is open. */
export interface OpenCounts extends Record<Channel, number> {
  agents: number;
}

/** Returns the statement that counts all agents of a workspace; its result is one row. */
export function openCountsStatement(workspaceId: string, question: Question): Statement<OpenCounts> {
  const { tables, values, firstCode } = verdictSql(question);
  const counts = channels.map(
    (channel) => `count(*) FILTER (WHERE (${firstCode(channel)}) IS NULL)::int AS ${channel}`,
  );
  const text = `${tables.length > 0 ? `WITH ${tables.join(",\n    ")}` : ""}
    SELECT count(*)::int AS agents, ${counts.join(",\n      ")} FROM ${allAgents}`;
  return { text, params: valuesIn(text, { workspaceId, ...values }) };
}
