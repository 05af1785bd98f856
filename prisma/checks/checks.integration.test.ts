import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDatabase } from "@/lib/platform/database/db";
import { testDatabaseUrl } from "@/lib/testing/environment";
import { fill } from "@/prisma/seed/fill";
import { connect, withDatabase } from "@/scripts/database/connection";
import { migrate } from "@/scripts/database/migrate";
import { checkData, findingLine } from "./checks";

const server = testDatabaseUrl();
const name = `rollcall_checks_${process.pid}`;
const url = withDatabase(server, name);
const db = createDatabase(url, 1, () => undefined);

async function atServer(statement: string): Promise<void> {
  const client = await connect(server);
  await client.query(statement);
  await client.end();
}

beforeAll(async () => {
  await atServer(`CREATE DATABASE ${name}`);
  await migrate(url);
  await fill(db, { now: new Date(), publish: async () => undefined });
});

afterAll(async () => {
  await db.close();
  await atServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
});

/** Returns the checks that find a difference after statements that bypass triggers and foreign keys. */
async function found(...statements: string[]) {
  const undo = new Error("undo");
  let findings: Awaited<ReturnType<typeof checkData>> = [];
  await db
    .transaction(async () => {
      await db.query("SET LOCAL session_replication_role = replica");
      for (const statement of statements) await db.query(statement);
      findings = await checkData(db.query);
      throw undo;
    })
    .catch((error: unknown) => expect(error).toBe(undo));
  return findings.filter(({ differences }) => differences > 0);
}

const anyOf = (table: string, where = "true") => `SELECT id FROM ${table} WHERE ${where} ORDER BY id LIMIT 1`;
const open = "state = 'assigned' AND channel = 'messaging'";
const agent = `SELECT agent_id FROM conversations WHERE ${open} ORDER BY id LIMIT 1`;
const newId = "gen_random_uuid()";
const offerOf = (conversation: string) => `
  INSERT INTO offers (workspace_id, id, conversation_id, agent_id, channel, created_at, expires_at)
  SELECT c.workspace_id, ${newId}, c.id, a.agent_id, c.channel, now(), now() + interval '1 minute'
  FROM conversations c, (${agent}) a WHERE c.id = (${conversation})`;

const counts = "counts of agents by status, activity, hours, skill and role";
const keys = "holiday calendars and rotations in the keys of agents' hours";
const apart = "approved time off and memberships in rotations, which don't overlap";
const load = "open conversations of agents";

describe("checks of stored data", () => {
  it("find nothing in new demo data", async () => {
    const findings = await checkData(db.query);
    expect(findings.filter(({ differences }) => differences > 0)).toEqual([]);
    expect(new Set(findings.map((finding) => finding.name)).size).toBe(findings.length);
  });

  it.each<[name: string, ...statements: string[]]>([
    [counts, "UPDATE agent_counts SET amount = amount + 1 WHERE facet = 'status' AND value = 'away'"],
    [counts, "UPDATE agents SET timezone = 'Asia/Urumqi' WHERE type = 'bot'"],
    [counts, `DELETE FROM agent_skills WHERE agent_id = (SELECT agent_id FROM agent_skills LIMIT 1)`],
    [counts, "INSERT INTO agent_counts SELECT id, 'role', 'gone', 0, 1 FROM workspaces"],
    ["counts of team members", "UPDATE teams SET pending_member_count = 7 WHERE name = 'Voice'"],
    [
      "counts of team members",
      "DELETE FROM team_members WHERE agent_id = (SELECT agent_id FROM team_members LIMIT 1)",
    ],
    [
      load,
      `UPDATE agent_states SET email_count = email_count + 1, assigned_count = assigned_count + 1
       WHERE agent_id = (${agent})`,
    ],
    [
      load,
      `UPDATE conversations SET state = 'closed', closed_at = assigned_at WHERE id = (${anyOf("conversations", "channel = 'voice' AND state = 'assigned'")})`,
      // The data that the trigger would have recorded besides the counts.
      "UPDATE agent_states SET last_closed_at = now()",
    ],
    [
      "last assignments of agents",
      `UPDATE agent_states SET last_assigned_at = last_assigned_at - interval '1 day' WHERE agent_id = (${agent})`,
    ],
    [
      "last assignments of agents",
      `UPDATE agent_states SET last_assigned_at = now() + interval '1 day' WHERE agent_id = (${agent})`,
    ],
    [
      "last closed conversations of agents",
      "UPDATE agent_states SET last_closed_at = NULL WHERE last_closed_at = (SELECT max(last_closed_at) FROM agent_states)",
    ],
    [
      "last closed conversations of agents",
      `UPDATE agent_states SET last_closed_at = now() + interval '1 day' WHERE agent_id = (${agent})`,
    ],
    [
      "agents of assigned conversations",
      `UPDATE conversations SET agent_id = ${newId} WHERE id = (${anyOf("conversations", open)})`,
      // The count of its previous agent.
      `UPDATE agent_states s SET messaging_count = c.many, assigned_count = c.many + s.email_count + s.voice_count
       FROM (SELECT a.workspace_id, a.id, count(*) FILTER (WHERE ${open}) AS many FROM agents a
         LEFT JOIN conversations c ON c.agent_id = a.id GROUP BY 1, 2) c WHERE c.id = s.agent_id`,
    ],
    [
      "preferred agents and required skills of conversations that are not closed",
      `UPDATE conversations SET preferred_agent_id = ${newId} WHERE id = (${anyOf("conversations", open)})`,
    ],
    [
      "preferred agents and required skills of conversations that are not closed",
      `UPDATE conversations SET required_skills = jsonb_build_array(jsonb_build_object('skillId', ${newId}, 'valueIds', '[]'::jsonb))
       WHERE id = (${anyOf("conversations", "state = 'queued'")})`,
    ],
    ["pending offers and offered conversations", offerOf(anyOf("conversations", "state = 'queued'"))],
    [
      "pending offers and offered conversations",
      `UPDATE conversations SET state = 'offered' WHERE id = (${anyOf("conversations", "state = 'queued'")})`,
    ],
    [
      "default queues and default capacity rules",
      "DROP INDEX routing_queues_default",
      "UPDATE routing_queues SET is_default = true",
    ],
    ["teams of the steps of queues", "UPDATE routing_queues SET steps = '[]'"],
    ["last spans of agents", `DELETE FROM agent_spans WHERE agent_id = (${agent})`],
    [
      "last spans of agents",
      `UPDATE agent_states SET activity_text = 'Elsewhere' WHERE agent_id = (${agent})`,
    ],
    [
      "recorded presence",
      `INSERT INTO agent_presence (workspace_id, agent_id, state, since)
       SELECT workspace_id, agent_id, 'present', now() FROM agent_states WHERE agent_id = (${agent})`,
    ],
    [
      "recorded presence",
      `INSERT INTO presence_sessions (workspace_id, id, agent_id, device, visible, last_input_at, started_at, last_seen_at, ends_at)
       SELECT workspace_id, ${newId}, agent_id, 'api', true, now(), now(), now(), now() + interval '1 minute'
       FROM agent_states WHERE agent_id = (${agent})`,
    ],
    [
      "pending presets, which wait for conversations",
      `INSERT INTO pending_presets (workspace_id, agent_id, preset_id, status, activity, actor_kind, actor_name, cause, created_at)
       SELECT s.workspace_id, s.agent_id, p.id, 'active', 'onBreak', 'system', 'Rollcall', 'user', now()
       FROM agent_states s JOIN presets p ON p.workspace_id = s.workspace_id
       WHERE s.assigned_count = 0 LIMIT 1`,
    ],
    [keys, "DELETE FROM agent_holiday_calendars"],
    [keys, `DELETE FROM rotation_members WHERE id = (${anyOf("rotation_members")})`],
    [
      apart,
      "ALTER TABLE time_off DROP CONSTRAINT time_off_apart",
      `INSERT INTO time_off (workspace_id, id, agent_id, type_id, state, start_date, end_date, created_at, updated_at)
       SELECT workspace_id, ${newId}, agent_id, type_id, state, end_date, end_date + 1, now(), now() FROM time_off
       WHERE state = 'approved' AND end_minute IS NULL LIMIT 1`,
    ],
    [
      "shifts of rotations, which are in JSON",
      "DELETE FROM shifts WHERE EXISTS (SELECT 1 FROM rotation_versions v WHERE v.weeks::text LIKE '%' || shifts.id || '%')",
    ],
    [
      "first dates of rotations, their versions and members",
      "UPDATE rotations SET start_date = start_date + 7",
    ],
    [
      "delegates, and colleagues of swaps",
      `UPDATE time_off SET delegate_agent_id = ${newId} WHERE id = (${anyOf("time_off")})`,
    ],
    [
      "delegates, and colleagues of swaps",
      `UPDATE shift_swaps SET with_agent_id = ${newId} WHERE id = (${anyOf("shift_swaps")})`,
    ],
  ])("find a difference in %s", async (check, ...statements) => {
    const findings = await found(...statements);
    expect(findings.map((finding) => finding.name)).toEqual([check]);
    expect(findings[0]?.ids.length).toBe(Math.min(findings[0]?.differences ?? 0, 5));
  });

  it("find overlapping memberships, and versions that start at another time", async () => {
    const names = async (...statements: string[]) =>
      (await found(...statements)).map((finding) => finding.name);
    const twice = `INSERT INTO rotation_members SELECT workspace_id, ${newId}, rotation_id, agent_id, "offset", from_date, until_date
      FROM rotation_members LIMIT 1`;
    const dropped = "ALTER TABLE rotation_members DROP CONSTRAINT rotation_members_apart";
    expect(await names(dropped, twice)).toEqual([keys, apart]);
    const startsAt = (fromAt: number) => {
      const versions = [
        { from: null, fromAt: null, week: {} },
        { from: "2026-03-01", fromAt, week: {} },
      ];
      return `UPDATE agents SET timezone = 'Asia/Tokyo', schedule = '${JSON.stringify(versions)}' WHERE id = (${anyOf("agents")})`;
    };
    const starts = "starts of the versions of weekly hours";
    expect(await names(startsAt(Date.UTC(2026, 1, 28, 15)))).toEqual([counts]);
    expect(await names(startsAt(Date.UTC(2026, 2, 1)))).toEqual([counts, starts]);
  });

  it("print one line per check, with at most five ids", async () => {
    expect(findingLine({ name: "counts", differences: 0, ids: [] })).toBe("ok     counts");
    expect(findingLine({ name: "counts", differences: 1, ids: ["a"] })).toBe("drift  counts: 1 (a)");
    const [finding] = await found("UPDATE teams SET active_member_count = active_member_count + 1");
    expect(finding?.ids).toHaveLength(5);
    expect(finding && findingLine(finding)).toMatch(/^drift {2}counts of team members: 15 \(.+, …\)$/);
  });
});
