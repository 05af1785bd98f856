import { createServer, type ServerResponse } from "node:http";
import pg from "pg";
import { agentWire, briefWire, wireJoins } from "@/lib/agents/agents/server/wire.sql";
import { type Bound, bind } from "@/lib/platform/database/bind";

// The "limit": the most that PostgreSQL and Node can do. Each request runs one prepared statement that builds
// the response, without authentication, validation or logging. The path names the statement; the query is a
// JSON array of its parameters. Run by bench/targets.ts.

const [port = "0", workspaceId = "", publicUrl = ""] = process.argv.slice(2);
const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  max: 16,
  onConnect: async (client) => {
    await client.query("SET jit = off");
  },
});

const everybody = `(SELECT sum(amount)::int FROM agent_counts WHERE workspace_id = :workspaceId::uuid AND facet = 'status')`;
const kept = (facet: string) =>
  `(SELECT sum(amount)::int FROM agent_counts
     WHERE workspace_id = :workspaceId::uuid AND facet = '${facet}' AND value = :first::text)`;

/** Returns a statement for a page of the ids that a query selects, with their total. */
const page = (chosen: string, total: string, size = 10) => `
  SELECT concat('{"results":[', (
    SELECT string_agg(${agentWire}, ',' ORDER BY chosen.place)
    FROM (SELECT id, row_number() OVER () AS place FROM (${chosen} LIMIT ${size}) ordered) chosen
    JOIN agents a ON a.workspace_id = :workspaceId::uuid AND a.id = chosen.id
    JOIN agent_states s ON s.workspace_id = :workspaceId::uuid AND s.agent_id = chosen.id ${wireJoins}
  ), '],"total":', ${total}, '}') AS json`;

const agents = "SELECT id FROM agents a WHERE a.workspace_id = :workspaceId::uuid";
const states = "SELECT agent_id AS id FROM agent_states s WHERE s.workspace_id = :workspaceId::uuid";
const both = `SELECT a.id FROM agents a JOIN agent_states s ON s.workspace_id = a.workspace_id AND s.agent_id = a.id
  WHERE a.workspace_id = :workspaceId::uuid`;
const byName = "ORDER BY a.name_key, a.name, a.id";
const among = (ids: string) => `${agents} AND a.id = ANY(ARRAY(${ids})) ${byName}`;
const found = (ids: string) => page(among(ids), `(SELECT count(*) FROM (${ids}) found)`);

const hits = "SELECT id FROM agents WHERE workspace_id = :workspaceId::uuid AND name_key LIKE :first::text";
const addressed = `SELECT id FROM agents WHERE workspace_id = :workspaceId::uuid AND user_id = ANY(ARRAY(
  SELECT user_id FROM user_emails WHERE search_key LIKE :first::text))`;
const skilled =
  "SELECT agent_id FROM agent_skills WHERE workspace_id = :workspaceId::uuid AND skill_id = :first::uuid";
const inTeam =
  "SELECT agent_id FROM team_members WHERE workspace_id = :workspaceId::uuid AND team_id = :first::uuid";
const withRole = `SELECT id FROM agents WHERE workspace_id = :workspaceId::uuid AND user_id = ANY(ARRAY(
  SELECT user_id FROM membership_roles WHERE workspace_id = :workspaceId::uuid AND role_id = :first::uuid))`;
const since =
  "SELECT agent_id FROM agent_states WHERE workspace_id = :workspaceId::uuid AND last_status_set >= :first::timestamptz";

const statements: Record<string, string> = {
  "list 10 by name": page(`${agents} ${byName}`, everybody),
  "list 100 by name": page(`${agents} ${byName}`, everybody, 100),
  "sort by name, reversed": page(`${agents} ORDER BY a.name_key DESC, a.name DESC, a.id DESC`, everybody),
  "sort by creation": page(`${agents} ORDER BY a.created_at, a.id`, everybody),
  "sort by load": page(`${states} ORDER BY s.assigned_count, s.agent_id`, everybody),
  "sort by status and load": page(`${states} ORDER BY s.status, s.assigned_count, s.agent_id`, everybody),
  "page after": page(
    `${agents} AND (a.name_key, a.name, a.id) > (:first::text, :second::text, :third::uuid) ${byName}`,
    everybody,
  ),
  "name substring of 100 hits": found(hits),
  "a letter of many names": found(hits),
  "e-mail substring of 100 hits": found(addressed),
  "filter by status": page(`${both} AND s.status = :first::text::agent_status ${byName}`, kept("status")),
  "filter by activity": page(`${both} AND s.activity = :first::text::activity ${byName}`, kept("activity")),
  "filter by team": found(inTeam),
  "filter by skill": found(skilled),
  "filter by role": found(withRole),
  "filter by change of status": found(since),
  "filter by skill and status": found(`SELECT k.agent_id FROM (${skilled}) k
    JOIN agent_states s ON s.workspace_id = :workspaceId::uuid AND s.agent_id = k.agent_id
    WHERE s.status = :second::text::agent_status`),
  "filter by status and activity": page(
    `${both} AND s.status = :first::text::agent_status AND s.activity = :second::text::activity ${byName}`,
    `(SELECT count(*) FROM (${states} AND s.status = :first::text::agent_status AND s.activity = :second::text::activity) found)`,
  ),
  "one agent": `SELECT ${agentWire} AS json FROM agents a
    JOIN agent_states s ON s.workspace_id = a.workspace_id AND s.agent_id = a.id ${wireJoins}
    WHERE a.workspace_id = :workspaceId::uuid AND a.id = :first::uuid`,
  patch: `WITH changed AS (
      UPDATE agent_states s SET status = :second::text::agent_status, last_status_set = now(), availability_updated_at = now(),
        version = version + 1
      WHERE s.workspace_id = :workspaceId::uuid AND s.agent_id = :first::uuid
      RETURNING s.*),
    noted AS (
      INSERT INTO changes (workspace_id, id, agent_id, agent_name, action, actor_kind, actor_name, cause, fields, created_at)
      SELECT c.workspace_id, uuidv7(), c.agent_id, 'Bench', 'updated', 'accessKey', 'Bench', 'api',
        jsonb_build_object('status', jsonb_build_object('after', c.status)), now() FROM changed c)
    SELECT json_strip_nulls(json_build_object('status', s.status, 'activity', s.activity, 'activityTtl',
      ceil(extract(epoch FROM s.activity_expires_at - now())), 'activityText', s.activity_text, 'lastStatusSet', s.last_status_set, 'lastActivitySet', s.last_activity_set,
      'updatedAt', s.availability_updated_at))::text AS json FROM changed s`,
};

const batch = `SELECT string_agg(piece, ',' ORDER BY created_at, id) AS json, max(id::text) AS last FROM (
    SELECT a.id, a.created_at, ${briefWire} AS piece
    FROM agents a JOIN agent_states s ON s.workspace_id = a.workspace_id AND s.agent_id = a.id
    WHERE a.workspace_id = :workspaceId::uuid AND a.id > :first::uuid ORDER BY a.id LIMIT 1000) b`;

/** Numbered texts, by the name of the statement. */
const bound = new Map<string, Bound>();

function prepared(name: string, text: string, given: Record<string, unknown>) {
  const found = bound.get(name) ?? bind(text);
  bound.set(name, found);
  const values: Record<string, unknown> = { ...given, workspaceId, publicUrl, now: Date.now() };
  return { name, text: found.text, values: found.names.map((each) => values[each]) };
}

/** Ids of the data set are in order of creation. */
async function streamAll(response: ServerResponse): Promise<void> {
  let after = "00000000-0000-0000-0000-000000000000";
  let separator = '{"results":[';
  for (;;) {
    const { rows } = await pool.query(prepared("all agents", batch, { first: after }));
    if (rows[0]?.json === null) break;
    if (!response.write(separator + rows[0].json))
      await new Promise((resolve) => response.once("drain", resolve));
    separator = ",";
    after = rows[0].last;
  }
  response.end(separator === "," ? "]}" : `${separator}]}`);
}

createServer(async (request, response) => {
  request.resume();
  const [path = "", query = "%5B%5D"] = (request.url ?? "").split("?");
  const name = decodeURIComponent(path.slice(1));
  response.setHeader("Content-Type", "application/json");
  if (name === "all agents") return void streamAll(response);
  const text = statements[name];
  if (!text) return void response.writeHead(404).end();
  const [first, second, third] = JSON.parse(decodeURIComponent(query));
  const { rows } = await pool.query(prepared(name, text, { first, second, third }));
  response.end(rows[0]?.json);
}).listen(Number(port), "127.0.0.1", () => process.send?.("ready"));
process.on("disconnect", () => process.exit());
