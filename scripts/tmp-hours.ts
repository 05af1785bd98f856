import { join } from "node:path";
import { listStatement } from "@/lib/agents/list-query";
import { createDatabase } from "@/lib/db";
import { openDays } from "@/lib/schedule/rules";
import { subjectOf, zones } from "./bench/dataset";
import { withDatabase } from "./database/connection";
import { startEmbedded } from "./database/embedded";
import { stateDir } from "./paths";
const embedded = await startEmbedded({ dataDir: join(stateDir, "bench"), durable: false, say: console.log });
async function time(db: any, ws: string, filter: any, label: string, sortBy = "name") {
  const { text, params } = listStatement(ws as never, filter, { sortBy, reverse: false, limit: 10, after: undefined, now: Date.now() } as never, "http://x");
  const ts: number[] = [];
  let total;
  for (let i = 0; i < 6; i++) { const t = performance.now(); const [r] = await db.query(text, params); ts.push(performance.now() - t); total = r.total; }
  console.log(label, "total", total, "ms", Math.min(...ts.slice(1)).toFixed(2));
}
try {
  const hours = (inHours: boolean) => ({ hours: { inHours, timezones: zones, days: openDays(zones, Date.now()) } });
  for (const [name, size] of [["rollcall_bench_1000000_1", { agents: 1000000, workspaces: 1 }], ["rollcall_bench_1000000_1000", { agents: 1000000, workspaces: 1000 }], ["rollcall_bench_10000_1", { agents: 10000, workspaces: 1 }]] as const) {
    const db = createDatabase(withDatabase(embedded.url, name), 1, () => {});
    const s = subjectOf(size);
    const f: Record<string, any> = {
      none: {}, hours: hours(true), out: hours(false), "active hours": { ...hours(true), agentStatuses: ["active"] }, "active available": { activities: ["available"], agentStatuses: ["active"] },
      "active available hours": { ...hours(true), activities: ["available"], agentStatuses: ["active"] }, "team hours": { ...hours(true), teamIds: [s.teamId] }, "skill active": { skillIds: [s.skillId], agentStatuses: ["active"] },
      team: { teamIds: [s.teamId] }, skill: { skillIds: [s.skillId] }, role: { roleIds: [s.roleId] }, since: { lastStatusActivitySince: Date.parse(s.statusSince) }, "since team": { lastStatusActivitySince: 0, teamIds: [s.teamId] },
      quetz: { name: "quetzal" }, an: { name: "an" }, ann: { name: "ann" }, "an active": { name: "an", agentStatuses: ["active"] }, "ann active": { name: "ann", agentStatuses: ["active"] }, "an team": { name: "an", teamIds: [s.teamId] }, "email quetz": { email: "quetzal" }, "email people": { email: "people" }, "email people team": { email: "people", teamIds: [s.teamId] }, иван: { name: "иван" },
    };
    for (const [label, filter] of Object.entries(f)) await time(db, s.workspaceId, filter, `${name} ${label}`);
    await time(db, s.workspaceId, f["active hours"], `${name} active hours by load`, "assignedCount");
    await time(db, s.workspaceId, f.role, `${name} role by load`, "assignedCount");
    await db.close();
  }
} finally { await embedded.stop(); }
