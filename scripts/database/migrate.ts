import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import pg from "pg";
import { projectDir } from "../paths";
import { codeOf, messageOf, Problem } from "../problem";
import { connect, parseDatabaseUrl } from "./connection";
import { everything, type MigrationList, type SchemasContainer, withSchemaEngine } from "./schema-engine";

const OLDEST = 14;

/** Advisory lock, so that one process migrates at a time. */
const MIGRATION_LOCK = 4_733_301_507;

export interface Migration {
  name: string;
  sql: string;
}

interface Folders {
  schema: string;
  migrations: string;
}

const standard: Folders = {
  schema: join(projectDir, "prisma", "schema"),
  migrations: join(projectDir, "prisma", "migrations"),
};

/** Returns the project's migrations in the order of application. */
export async function readMigrations(folder = standard.migrations): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return Promise.all(
    names.map(async (name) => {
      const file = join(folder, name, "migration.sql");
      const sql = await readFile(file, "utf8").catch(() => {
        throw new Problem(`${relative(projectDir, file)} is missing. Restore it, or remove its folder.`);
      });
      return { name, sql };
    }),
  );
}

/** A database's record of a migration. */
interface Applied {
  migration_name: string;
  checksum: string;
  finished: boolean;
}

/**
 * Migrates a database and returns the names of the applied migrations. Concurrent calls wait for each other.
 * A migration is one transaction, so a failed one left nothing and is retried. Throws `Problem` if the server
 * is unreachable or too old, the database is newer than the code, or a migration fails.
 */
export async function migrate(url: string, migrations?: Migration[]): Promise<string[]> {
  const list = migrations ?? (await readMigrations());
  const client = await connect(url);
  try {
    await refuseOldServer(client);
    // The role may have default timeouts (pooler.ts), but migrations and waiting for them can take longer.
    await client.query("set statement_timeout = 0; set lock_timeout = 0");
    // Checks without the lock and the engine first, because loading the engine is slow.
    if ((await pending(client, list)).length === 0) return [];
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    const missing = await pending(client, list);
    if (missing.length === 0) return [];
    await applyAll(url, client, list);
    return missing;
  } finally {
    await client.end();
  }
}

async function refuseOldServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: string }>(
    "select current_setting('server_version_num') as version",
  );
  const major = Math.floor(Number(rows[0]?.version) / 10_000);
  if (major < OLDEST)
    throw new Problem(`The database is PostgreSQL ${major}. Rollcall needs PostgreSQL ${OLDEST} or newer.`);
}

async function pending(client: pg.Client, list: Migration[]): Promise<string[]> {
  const seen = await client
    .query<Applied>(
      `select migration_name, checksum, finished_at is not null as finished
         from _prisma_migrations where rolled_back_at is null`,
    )
    .then(
      (result) => result.rows,
      (error) => {
        if (codeOf(error) === "42P01") return [];
        throw error;
      },
    );
  return pendingNames(seen, list);
}

/**
 * Returns the names of pending migrations. Throws `Problem` if the database has an unknown migration or
 * another version of one.
 */
export function pendingNames(seen: Applied[], list: Migration[]): string[] {
  const finished = new Map(
    seen.filter((row) => row.finished).map((row) => [row.migration_name, row.checksum]),
  );
  for (const [name, checksum] of finished) {
    const migration = list.find((one) => one.name === name);
    if (!migration) {
      throw new Problem(
        `The database is newer than this code. It has the migration ${name}, which is not in prisma/migrations. ` +
          "Use a version of the code that has it, or run npm run db:reset (embedded database only, deletes all data).",
      );
    }
    if (!checksumsOf(migration.sql).includes(checksum)) {
      throw new Problem(
        `The migration ${name} was changed after it was applied to this database. Restore it and write a new migration, or ` +
          "run npm run db:reset (embedded database only, deletes all data).",
      );
    }
  }
  return list.map((migration) => migration.name).filter((name) => !finished.has(name));
}

/** Returns Prisma's checksums for both kinds of line endings, which git may change. */
function checksumsOf(sql: string): string[] {
  const unix = sql.replaceAll("\r\n", "\n");
  return [sql, unix, unix.replaceAll("\n", "\r\n")].map((text) =>
    createHash("sha256").update(text).digest("hex"),
  );
}

async function applyAll(url: string, client: pg.Client, list: Migration[]): Promise<void> {
  await withSchemaEngine(parseDatabaseUrl(url), async (engine) => {
    const migrationsList = engineList(list);
    const state = await engine.diagnoseMigrationHistory({
      migrationsList,
      optInToShadowDatabase: false,
      filters: everything,
    });
    for (const migrationName of state.failedMigrationNames)
      await engine.markMigrationRolledBack({ migrationName });
    await engine.applyMigrations({ migrationsList, filters: everything });
  }).catch(async (error) => {
    const { rows } = await client
      .query<{ migration_name: string }>(
        `select migration_name from _prisma_migrations
        where finished_at is null and rolled_back_at is null order by started_at desc limit 1`,
      )
      .catch(() => ({ rows: [] }));
    const failed = list.find((migration) => migration.name === rows[0]?.migration_name);
    if (!failed) throw error;
    throw new Problem(
      `The migration ${failed.name} failed${placeOf(error, failed.sql)}: ${messageOf(error)}. All of it was rolled back.`,
    );
  });
}

function placeOf(error: unknown, sql: string): string {
  if (!(error instanceof pg.DatabaseError) || error.position === undefined) return "";
  return ` in line ${sql.slice(0, Number(error.position)).split("\n").length}`;
}

function engineList(list: Migration[]): MigrationList {
  return {
    baseDir: standard.migrations,
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
    shadowDbInitScript: "",
    migrationDirectories: list.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok", value: sql } },
    })),
  };
}

async function readSchema(folder: string): Promise<SchemasContainer> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".prisma")).sort();
  if (names.length === 0) throw new Problem(`There is no .prisma file in ${relative(projectDir, folder)}.`);
  const files = await Promise.all(
    names.map(async (name) => ({
      path: join(folder, name),
      content: await readFile(join(folder, name), "utf8"),
    })),
  );
  return { files };
}

/**
 * Returns the SQL from the migrations' result to the schema; empty if they match. Uses a temporary database.
 * Ignores what Prisma's schema can't express, such as triggers, and indexes marked with `-- beyond Prisma:
 * index_name` (`//` in the schema), which Prisma would drop.
 */
export async function schemaDrift(url: string, folders: Folders = standard): Promise<string> {
  const [schema, migrations] = await Promise.all([
    readSchema(folders.schema),
    readMigrations(folders.migrations),
  ]);
  const difference = await withSchemaEngine(parseDatabaseUrl(url), (engine) =>
    engine.diff({
      from: migrations.length === 0 ? { tag: "empty" } : { tag: "migrations", ...engineList(migrations) },
      to: { tag: "schemaDatamodel", ...schema },
      script: true,
      exitCode: true,
      filters: everything,
    }),
  );
  if (difference.exitCode === 0) return "";
  const sources = [
    ...migrations.map((migration) => migration.sql),
    ...schema.files.map((file) => file.content),
  ];
  return withoutBeyondPrisma(difference.stdout ?? "", sources);
}

/** Removes the DROP INDEX statements of indexes that are marked as beyond Prisma. */
export function withoutBeyondPrisma(script: string, sources: string[]): string {
  const declared = sources.flatMap((text) =>
    [...text.matchAll(/^\s*(?:--|\/\/) beyond Prisma: *(\S+)/gm)].map((match) => match[1]),
  );
  return script
    .split(/\n(?=-- [A-Z])/)
    .filter((part) => {
      const dropped = part.match(/^-- DropIndex\nDROP INDEX "([^"]+)";\s*$/)?.[1];
      return dropped === undefined || !declared.includes(dropped);
    })
    .join("\n")
    .trim();
}

/**
 * Writes a migration from the existing ones to the current schema and returns its folder; undefined if there
 * is nothing to write.
 */
export async function writeMigration(
  url: string,
  name: string,
  now: Date,
  folders: Folders = standard,
): Promise<string | undefined> {
  const sql = await schemaDrift(url, folders);
  if (sql === "") return undefined;
  const folder = join(folders.migrations, `${migrationStamp(now)}_${migrationSlug(name)}`);
  await mkdir(folders.migrations, { recursive: true });
  await mkdir(folder);
  await writeFile(join(folder, "migration.sql"), `${sql}\n`, { flag: "wx" });
  const lock = '# Prisma reads this: the database that the migrations are for.\nprovider = "postgresql"\n';
  await writeFile(join(folders.migrations, "migration_lock.toml"), lock, { flag: "wx" }).catch((error) => {
    if (codeOf(error) !== "EEXIST") throw error;
  });
  return folder;
}

/** Returns UTC time as `YYYYMMDDhhmmss`, which sorts by time. */
export function migrationStamp(now: Date): string {
  return now.toISOString().replace(/\D/g, "").slice(0, 14);
}

/** Returns a name as a slug. Throws `Problem` if nothing is left. */
export function migrationSlug(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
  if (slug === "") throw new Problem("Name the migration: npm run db:migration -- what-it-does");
  return slug;
}
