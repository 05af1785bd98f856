import { createHash } from "node:crypto";
import { join } from "node:path";
import { connect, withDatabase } from "../scripts/database/connection";
import { startEmbedded } from "../scripts/database/embedded";
import { migrate, readMigrations } from "../scripts/database/migrate";
import type { Lifetime } from "../scripts/lifetime";
import { stateDir } from "../scripts/paths";
import { readDatabaseUrl } from "../scripts/settings";
import type { Size } from "./dataset";
import { loadDataset } from "./load";

/** A PostgreSQL server with one database per data set. */
export interface BenchServer {
  /** Process id of an embedded PostgreSQL, for measuring its CPU and memory. */
  pid: number | undefined;
  /** Returns the database of a data set, filling it first if needed. */
  open(size: Size): Promise<string>;
}

/** Opens the server of DATABASE_URL, or an embedded one that is kept between runs. */
export async function openBenchServer(lifetime: Lifetime, say: (line: string) => void): Promise<BenchServer> {
  let url = readDatabaseUrl(process.env);
  let pid: number | undefined;
  if (url === undefined) {
    const embedded = await startEmbedded({ dataDir: join(stateDir, "bench"), durable: false, say });
    lifetime.onEnd(embedded.stop);
    ({ url, pid } = embedded);
  }
  const server = url;
  // A data set is valid only for the migrations it was created with.
  const version = createHash("sha256")
    .update(JSON.stringify(await readMigrations()))
    .digest("hex")
    .slice(0, 12);
  return {
    pid,
    async open(size) {
      const name = `rollcall_bench_${size.agents}_${size.workspaces}`;
      const database = withDatabase(server, name);
      const root = await connect(server);
      try {
        const { rows } = await root.query<{ note: string | null }>(
          "SELECT shobj_description(oid, 'pg_database') AS note FROM pg_database WHERE datname = $1",
          [name],
        );
        if (rows[0]?.note === version) {
          await setExceptions(database, size);
          return database;
        }
        say(`Making a data set of ${size.agents} agents in ${size.workspaces} workspaces`);
        await root.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
        await root.query(`CREATE DATABASE ${name}`);
        await migrate(database);
        const client = await connect(database);
        try {
          await loadDataset(client, size, say);
        } finally {
          await client.end();
        }
        await setExceptions(database, size);
        await root.query(`COMMENT ON DATABASE ${name} IS '${version}'`);
        return database;
      } finally {
        await root.end();
      }
    },
  };
}

/** Gives some agents other hours on today's date: half of them a day off, the others a day of work. */
async function setExceptions(database: string, { exceptions = 0 }: Size): Promise<void> {
  const client = await connect(database);
  try {
    await client.query("DELETE FROM agent_overrides");
    if (exceptions === 0) return;
    await client.query(
      `INSERT INTO agent_overrides (workspace_id, agent_id, date, intervals, created_at, updated_at)
       SELECT workspace_id, id, current_date,
         CASE WHEN nth % 2 = 0 THEN '[]'::jsonb ELSE '[{"from": 540, "to": 1020}]'::jsonb END, now(), now()
       FROM (SELECT workspace_id, id, row_number() OVER (ORDER BY id) AS nth FROM agents) agent
       WHERE nth % 100 < $1`,
      [exceptions],
    );
    await client.query("ANALYZE agent_overrides");
  } finally {
    await client.end();
  }
}
