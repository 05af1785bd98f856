import type { AgentFilter } from "@/lib/agents/agents/server/filter-query";
import { type AgentPage, listStatement } from "@/lib/agents/agents/server/list-query";
import { createDatabase } from "@/lib/platform/database/db";
import { openZones } from "@/lib/platform/time/server/zones";
import { explainPrepared } from "@/lib/testing/explain";
import { type Subject, zones } from "./dataset";

openZones("node_modules/moment-timezone/data/packed/latest.json");

/** Returns PostgreSQL's plan for each kind of list, on the product's own connection settings. */
export async function explainLists(databaseUrl: string, subject: Subject): Promise<string[]> {
  const db = createDatabase(databaseUrl, 1, () => undefined);
  const hours = { inHours: true, timezones: zones, at: Date.now() };
  const lists: Record<string, [AgentFilter, Partial<AgentPage>]> = {
    "by creation": [{}, { sortBy: "createdAt" }],
    "by name": [{}, { sortBy: "name" }],
    "by load": [{}, { sortBy: "assignedCount" }],
    "by status and load": [{}, { sortBy: "statusAssignedCount" }],
    "by name, after another page": [{}, { sortBy: "name", after: ["m", "M", subject.workspaceId] }],
    "name substring": [{ name: "quetzal" }, { sortBy: "name" }],
    "a letter of many names": [{ name: "m" }, { sortBy: "name" }],
    "e-mail substring": [{ email: "quetzal" }, { sortBy: "name" }],
    status: [{ agentStatuses: ["active"] }, { sortBy: "name" }],
    activity: [{ activities: ["busy"] }, { sortBy: "name" }],
    team: [{ teamIds: [subject.teamId] }, { sortBy: "name" }],
    skill: [{ skillIds: [subject.skillId] }, { sortBy: "name" }],
    role: [{ roleIds: [subject.roleId] }, { sortBy: "name" }],
    "change of status": [{ lastStatusActivitySince: Date.parse(subject.statusSince) }, { sortBy: "name" }],
    hours: [{ hours }, { sortBy: "name" }],
    "status and activity": [{ agentStatuses: ["active"], activities: ["available"] }, { sortBy: "name" }],
    "status and hours": [{ agentStatuses: ["active"], hours }, { sortBy: "name" }],
    "skill and status": [{ skillIds: [subject.skillId], agentStatuses: ["active"] }, { sortBy: "name" }],
  };
  const lines: string[] = [];
  try {
    for (const [name, [filter, page]] of Object.entries(lists)) {
      const statement = listStatement(
        subject.workspaceId,
        filter,
        { sortBy: "createdAt", reverse: false, limit: 10, after: undefined, now: Date.now(), ...page },
        "http://127.0.0.1:3000",
      );
      // Warms the cache: the first run may read from disk.
      await db.query(statement.text, statement.params);
      const plan = await explainPrepared(db.query, statement, "(ANALYZE, BUFFERS)");
      lines.push(`\n### ${name}\n`, "```", ...plan, "```");
    }
  } finally {
    await db.close();
  }
  return lines;
}
