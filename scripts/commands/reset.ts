import { rm } from "node:fs/promises";
import { join } from "node:path";
import { connect, withDatabase } from "../database/connection";
import { startEmbedded } from "../database/embedded";
import { migrate } from "../database/migrate";
import { Lifetime } from "../lifetime";
import { stateDir } from "../paths";
import { Problem } from "../problem";
import { readDatabaseUrl } from "../settings";

const CONSENT = "--yes-delete-everything";

/**
 * `npm run db:reset`: resets the database to empty tables. The next start fills the embedded one with demo
 * data.
 */
export async function reset(words: string[]): Promise<void> {
  const databaseUrl = readDatabaseUrl(process.env);
  if (databaseUrl === undefined) return resetEmbedded();
  if (!words.includes(CONSENT)) {
    throw new Problem(
      `DATABASE_URL is set. To delete everything in that database, run npm run db:reset -- ${CONSENT}`,
    );
  }
  const client = await connect(databaseUrl);
  try {
    await client.query("drop schema public cascade; create schema public");
  } finally {
    await client.end();
  }
  await migrate(databaseUrl);
  console.log("The database is empty and has all migrations.");
}

async function resetEmbedded(): Promise<void> {
  await Lifetime.of(async (lifetime) => {
    const database = await startEmbedded({ say: console.log });
    lifetime.onEnd(database.stop);
    const users = await database.otherUsers();
    if (users.length > 0)
      throw new Problem(`Rollcall is using this database (process ${users.join(", ")}). Stop it first.`);
    const client = await connect(withDatabase(database.url, "postgres"));
    try {
      const name = client.escapeIdentifier(database.database);
      await client.query(`drop database ${name} with (force)`);
      await client.query(`create database ${name}`);
    } finally {
      await client.end();
    }
    await rm(join(stateDir, "demo.json"), { force: true });
    await migrate(database.url);
    console.log("The database is empty and has all migrations. The next npm start adds the demo data.");
  });
}
