import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { canEnter, unprivilegedUser } from "../database/binaries";
import { connect, withDatabase } from "../database/connection";
import { discardEmbedded, startEmbedded } from "../database/embedded";
import { migrate } from "../database/migrate";
import { isAlive } from "../database/processes";
import type { Lifetime } from "../lifetime";

const PREFIX = "rollcall-test-";

/** A PostgreSQL server for test databases. */
export interface TestServer {
  /** Name for the report. */
  name: string;
  /** URL of any database on the server. */
  url: string;
  /** Creates a migrated database, dropped at the end. */
  createDatabase(): Promise<string>;
  /** Copies a database without open connections; the copy is dropped at the end. */
  copyDatabase(url: string): Promise<string>;
}

/** Opens the server of `TEST_DATABASE_URL`, or a temporary cluster that is deleted at the end. */
export async function openTestServer(
  testDatabaseUrl: string | undefined,
  lifetime: Lifetime,
): Promise<TestServer> {
  const url = testDatabaseUrl ?? (await temporaryCluster(lifetime));
  const client = await connect(url);
  const { rows } = await client.query<{ version: string }>(
    "select current_setting('server_version') as version",
  );
  await client.end();
  const make = async (template?: string): Promise<string> => {
    const name = `rollcall_test_${randomBytes(6).toString("hex")}`;
    await statement(url, `create database ${name}${template ? ` template ${template}` : ""}`);
    lifetime.onEnd(() => statement(url, `drop database if exists ${name} with (force)`));
    return withDatabase(url, name);
  };
  const copyDatabase = (from: string) => make(new URL(from).pathname.slice(1));
  // Migrates once: copying a database takes a tenth of the time.
  let migrated: Promise<string> | undefined;
  return {
    name: `PostgreSQL ${rows[0]?.version.split(" ")[0]}`,
    url,
    createDatabase: async () => {
      migrated ??= make().then(async (database) => {
        await migrate(database);
        return database;
      });
      return copyDatabase(await migrated);
    },
    copyDatabase,
  };
}

async function statement(url: string, sql: string): Promise<void> {
  const client = await connect(url);
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function temporaryCluster(lifetime: Lifetime): Promise<string> {
  const base = await openTemporaryFolder();
  await discardAbandoned(base);
  const folder = await mkdtemp(join(base, `${PREFIX}${process.pid}-`));
  await chmod(folder, 0o711);
  const dataDir = join(folder, "postgres");
  lifetime.onEnd(() => discardEmbedded(dataDir));
  return (await startEmbedded({ dataDir, durable: false })).url;
}

/** Returns a temporary folder that PostgreSQL's user can enter; root's may be private. */
async function openTemporaryFolder(): Promise<string> {
  if (process.getuid?.() !== 0) return tmpdir();
  return (await canEnter(tmpdir(), await unprivilegedUser())) ? tmpdir() : "/var/tmp";
}

/** Deletes clusters of runs that were killed. */
async function discardAbandoned(base: string): Promise<void> {
  for (const name of await readdir(base)) {
    const pid = Number(name.match(/^rollcall-test-(\d+)-/)?.[1]);
    if (pid > 0 && !(await isAlive(pid))) {
      await discardEmbedded(join(base, name, "postgres")).catch(() => undefined);
    }
  }
}
