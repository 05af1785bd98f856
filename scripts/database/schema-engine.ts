import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  DriverAdapterError,
} from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";
import { codeOf, messageOf } from "../problem";
import type { Connection } from "./connection";

export type { MigrationList, SchemasContainer } from "@prisma/schema-engine-wasm/schema_engine_bg";

/** Hides no tables or enums from the engine. */
export const everything = { externalTables: [], externalEnums: [] };

/** OIDs of the types `"char"` and `char(n)`. */
const QUOTED_CHAR = 18;
const BPCHAR = 1042;

/**
 * Fixes Prisma's adapter for migrations: it lacks the type `"char"` of the system catalog, splits scripts at
 * every semicolon, sends the parts on different connections, and drops its shadow database while connected to
 * it. Here a script is one message, so a failed migration is rolled back.
 */
class MigrationAdapter extends PrismaPg {
  /** PostgreSQL's own errors, of which the engine keeps only a part. */
  readonly failures: unknown[] = [];
  private readonly pools: pg.Pool[] = [];

  constructor(private readonly connection: Connection) {
    super({
      ...connection,
      max: 2,
      // The role may have default timeouts (pooler.ts), but migrations can take longer.
      onConnect: async (client: pg.ClientBase) => {
        await client.query("set statement_timeout = 0; set lock_timeout = 0");
      },
    });
  }

  override async connect() {
    const adapter = await super.connect();
    const pool = adapter.underlyingDriver();
    this.pools.push(pool);
    const query: (...args: unknown[]) => Promise<pg.QueryResult> = pool.query.bind(pool);
    const charColumns = new WeakMap<unknown[], number[]>();
    Object.assign(pool, {
      query: async (...args: unknown[]) => {
        const result = await query(...args);
        const found = (result.fields ?? []).flatMap((field, index) =>
          field.dataTypeID === QUOTED_CHAR ? index : [],
        );
        for (const index of found) Object.assign(result.fields[index] ?? {}, { dataTypeID: BPCHAR });
        if (found.length > 0) charColumns.set(result.rows, found);
        return result;
      },
    });
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (sql) => {
      const result = await queryRaw(sql);
      for (const index of charColumns.get(result.rows) ?? [])
        result.columnTypes[index] = ColumnTypeEnum.Character;
      return result;
    };
    adapter.executeScript = async (script: string) => {
      try {
        await pool.query(script);
      } catch (error) {
        this.failures.push(error);
        const code = codeOf(error);
        throw new DriverAdapterError({
          kind: "postgres",
          code: code === "" ? "N/A" : code,
          severity: "ERROR",
          message: messageOf(error),
          detail: undefined,
          column: undefined,
          hint: undefined,
        });
      }
    };
    return adapter;
  }

  override async connectToShadowDb() {
    const name = `rollcall_shadow_${globalThis.crypto.randomUUID()}`;
    await this.atServer(`create database "${name}"`);
    const shadow = await new MigrationAdapter({ ...this.connection, database: name }).connect();
    const disconnect = shadow.dispose.bind(shadow);
    shadow.dispose = async () => {
      await disconnect();
      await this.atServer(`drop database "${name}" with (force)`);
    };
    return shadow;
  }

  /** Closes connections that a freed engine leaves open; they would keep the database in use. */
  async disconnect(): Promise<void> {
    for (const pool of this.pools) if (!pool.ending) await pool.end();
  }

  private async atServer(statement: string): Promise<void> {
    const client = new pg.Client({ ...this.connection });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  }
}

let loaded: Promise<void> | undefined;

/** Loads Prisma's schema engine as WebAssembly; the native one would have to be downloaded. */
async function load(): Promise<void> {
  const packageFile = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const bytes = await readFile(join(packageFile, "..", "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(bytes, {
    "./schema_engine_bg.js": bindings as unknown as WebAssembly.ModuleImports,
  });
  bindings.__wbg_set_wasm(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start === "function") start();
}

/**
 * Runs `work` with a schema engine on a database. Throws PostgreSQL's first error if a script failed,
 * otherwise the engine's.
 */
export async function withSchemaEngine<T>(
  connection: Connection,
  work: (engine: bindings.SchemaEngine) => Promise<T>,
): Promise<T> {
  loaded ??= load();
  await loaded;
  const adapter = new MigrationAdapter(connection);
  const engine = await bindings.SchemaEngine.new(
    { datamodels: undefined },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(adapter),
  );
  try {
    return await work(engine);
  } catch (error) {
    throw adapter.failures[0] ?? error;
  } finally {
    engine.free();
    await adapter.disconnect();
  }
}
