import { once } from "node:events";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { makeDataset, type Size, type Table, tables } from "./dataset";

/** Statements that remove constraints, triggers and indexes before loading, and those that restore them. */
interface Parts {
  drop: string[];
  make: string[];
}

const names = Object.keys(tables) as Table[];

/**
 * Fills an empty, migrated database with a data set by COPY. Drops foreign keys, triggers and secondary
 * indexes during the load, which saves most of the time, and then recomputes the values that triggers
 * maintain.
 */
export async function loadDataset(client: pg.Client, size: Size, say: (line: string) => void): Promise<void> {
  const parts = await takeApart(client);
  for (const statement of parts.drop) await client.query(statement);
  await client.query("SET synchronous_commit = off");
  let agents = 0;
  for (const lines of makeDataset(size)) {
    for (const table of names)
      if (lines[table].length > 0) await copy(client, table, `${lines[table].join("\n")}\n`);
    agents += lines.agents.length;
    if (agents % 100_000 === 0) say(`${agents} agents`);
  }
  say("Indexes, keys and counts");
  await client.query("SET maintenance_work_mem = '512MB'");
  await recount(client);
  for (const statement of parts.make) await client.query(statement);
  await client.query("VACUUM (ANALYZE)");
}

async function copy(client: pg.Client, table: Table, text: string): Promise<void> {
  const stream = client.query(copyFrom(`COPY ${table} (${tables[table]}) FROM STDIN`));
  stream.end(text);
  await once(stream, "finish");
}

async function takeApart(client: pg.Client): Promise<Parts> {
  const list = names.map((name) => `'${name}'::regclass`).join(", ");
  const { rows: keys } = await client.query<{ table: string; name: string; definition: string }>(
    `SELECT conrelid::regclass::text AS table, conname AS name, pg_get_constraintdef(oid) AS definition
     FROM pg_constraint WHERE contype = 'f' AND (conrelid IN (${list}) OR confrelid IN (${list}))`,
  );
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    `SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition
     FROM pg_index WHERE indrelid IN (${list}) AND NOT indisprimary`,
  );
  return {
    drop: [
      ...keys.map(({ table, name }) => `ALTER TABLE ${table} DROP CONSTRAINT "${name}"`),
      ...indexes.map(({ name }) => `DROP INDEX ${name}`),
      ...names.map((name) => `ALTER TABLE ${name} DISABLE TRIGGER USER`),
    ],
    make: [
      ...indexes.map(({ definition }) => definition),
      ...names.map((name) => `ALTER TABLE ${name} ENABLE TRIGGER USER`),
      ...keys.map(
        ({ table, name, definition }) => `ALTER TABLE ${table} ADD CONSTRAINT "${name}" ${definition}`,
      ),
    ],
  };
}

/** Recomputes the counts that triggers maintain. */
async function recount(client: pg.Client): Promise<void> {
  await client.query("SELECT recount_agents()");
  await client.query(
    `UPDATE teams t SET active_member_count = c.members
     FROM (SELECT workspace_id, team_id, count(*) AS members FROM team_members GROUP BY 1, 2) c
     WHERE c.workspace_id = t.workspace_id AND c.team_id = t.id`,
  );
}
