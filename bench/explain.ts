import type { AgentFilter } from "@/lib/agents/agents/server/filter.sql";
import { type AgentPage, listStatement } from "@/lib/agents/agents/server/list.sql";
import { boardStatement } from "@/lib/agents/inbox/server/board.sql";
import { candidatesStatement } from "@/lib/agents/inbox/server/candidates.sql";
import { defaultPolicy } from "@/lib/availability/effective/values";
import type { Statement } from "@/lib/platform/database/bind";
import { createDatabase } from "@/lib/platform/database/db";
import type { AuthorizedWorkspaceId } from "@/lib/platform/ids";
import { openZones } from "@/lib/platform/time/server/zones";
import { explainPrepared } from "@/lib/testing/explain";
import { makeEffective } from "@/lib/testing/hours";
import type { Subject } from "./dataset";

openZones("node_modules/moment-timezone/data/packed/latest.json");

/** Returns PostgreSQL's plan for each kind of list, on the product's own connection settings. */
export async function explainLists(databaseUrl: string, subject: Subject): Promise<string[]> {
  const db = createDatabase(databaseUrl, 1, () => undefined);
  const now = Date.now();
  const workspaceId = subject.workspaceId as AuthorizedWorkspaceId;
  const circumstances = await makeEffective(db).repository.findCircumstances(workspaceId, now);
  const hours = { inHours: true, hours: circumstances.hours.at(now) };
  const question = { ...circumstances, policy: defaultPolicy, at: now, now };
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
    "can take": [{ canTake: { ...question, channels: ["messaging"] } }, { sortBy: "name" }],
    "status and activity": [{ agentStatuses: ["active"], activities: ["available"] }, { sortBy: "name" }],
    "status and hours": [{ agentStatuses: ["active"], hours }, { sortBy: "name" }],
    "skill and status": [{ skillIds: [subject.skillId], agentStatuses: ["active"] }, { sortBy: "name" }],
  };
  const lines: string[] = [];
  async function explain(name: string, statement: Statement<unknown>) {
    // Warms the cache: the first run may read from disk.
    await db.query(statement.text, statement.params);
    const plan = await explainPrepared(db, statement, "(ANALYZE, BUFFERS)");
    lines.push(`\n### ${name}\n`, "```", ...plan, "```");
  }
  try {
    for (const [name, [filter, page]] of Object.entries(lists)) {
      const statement = listStatement(
        subject.workspaceId,
        filter,
        { sortBy: "createdAt", reverse: false, limit: 10, after: undefined, now: Date.now(), ...page },
        "http://127.0.0.1:3000",
      );
      await explain(name, statement);
    }
    const page = { limit: 10, after: undefined };
    const inbox = "http://127.0.0.1:3000";
    await explain(
      "candidates",
      candidatesStatement(subject.workspaceId, question, "messaging", {}, page, inbox),
    );
    await explain("board", boardStatement(subject.workspaceId, question, {}));
  } finally {
    await db.close();
  }
  return lines;
}
