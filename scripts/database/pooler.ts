import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { sessionSettings } from "../../lib/platform/database/session";
import { codeOf, Problem } from "../problem";
import { connect, parseDatabaseUrl } from "./connection";

/** Milliseconds after which a statement counts as waiting for a pooled connection in use. */
const PATIENCE = 2_000;

/** Advisory lock, so that one process changes the role at a time. */
const TELLING_LOCK = 4_733_301_508;

/** How to reach the user's database. */
export interface Addresses {
  databaseUrl: string;
  /** Whether `databaseUrl` is a pooler in transaction mode. */
  pooled: boolean;
  /** The address that bypasses the pooler. */
  directUrl: string | undefined;
  /** Seconds. */
  statementTimeout: number;
}

/**
 * Checks the addresses and returns the one for migrations and other uses that need a session. Throws
 * `Problem` if there is a pooler where none is expected.
 */
export async function checkAddresses({ databaseUrl, pooled, directUrl }: Addresses): Promise<string> {
  const direct = pooled && directUrl !== undefined ? directUrl : databaseUrl;
  if (!(await lendsConnections(direct))) return direct;
  const what = "points to a pooler in transaction mode (PgBouncer with pool_mode = transaction)";
  throw new Problem(
    pooled
      ? `DATABASE_DIRECT_URL ${what}. Set it to the address of PostgreSQL itself.`
      : `DATABASE_URL ${what}. Set DATABASE_POOLER=transaction, and DATABASE_DIRECT_URL to the address of PostgreSQL itself.`,
  );
}

const processOf = async (client: pg.Client) =>
  (await client.query<{ process: number }>("select pg_backend_pid() as process")).rows[0]?.process;

/**
 * Returns whether a server assigns connections for less than a session: two clients get the same backend
 * process, or one gets another process while the other holds the first.
 */
export async function lendsConnections(url: string): Promise<boolean> {
  const one = await connect(url);
  const other = await connect(url);
  try {
    // PostgreSQL sends its process id on connecting; a pooler sends an id of its own.
    if ((await processOf(one)) === Reflect.get(one, "processID")) return false;
    for (let round = 0; round < 3; round++) {
      const before = await processOf(one);
      const held = await inTime(other.query("begin").then(() => processOf(other)));
      // A session pooler without free connections.
      if (held === undefined) return false;
      const after = await inTime(processOf(one));
      if (held === before || after !== before) return true;
      await other.query("commit");
    }
    return false;
  } finally {
    await Promise.all([one.end(), other.end()]);
  }
}

async function inTime<T>(work: Promise<T>): Promise<T | undefined> {
  const late = new AbortController();
  work.catch(() => undefined);
  try {
    return await Promise.race([work, sleep(PATIENCE, undefined, { signal: late.signal })]);
  } finally {
    late.abort();
  }
}

/**
 * Stores our session settings as defaults of the pooler's role in this database. Behind a pooler, SET is not
 * reliable: the next statement may use another connection. Connections that are already open don't get the
 * new defaults.
 */
export async function tellRole({ databaseUrl, directUrl, statementTimeout }: Addresses): Promise<void> {
  const sameUser =
    directUrl !== undefined && parseDatabaseUrl(directUrl).user === parseDatabaseUrl(databaseUrl).user;
  const client = await connect(sameUser ? directUrl : databaseUrl);
  try {
    const wanted = sessionSettings({ statement: statementTimeout });
    const { rows } = await client.query<{ role: string; database: string; told: string[] }>(
      `select quote_ident(current_user) as role, quote_ident(current_database()) as database, coalesce(
         (select s.setconfig from pg_db_role_setting s
          join pg_roles r on r.oid = s.setrole join pg_database d on d.oid = s.setdatabase
          where r.rolname = current_user and d.datname = current_database()), '{}') as told`,
    );
    const [found] = rows;
    if (!found || wanted.every(([name, value]) => found.told.includes(`${name}=${value}`))) return;
    const changes = wanted.map(
      ([name, value]) => `alter role ${found.role} in database ${found.database} set ${name} = '${value}'`,
    );
    // Statements in one message run as one transaction.
    await client
      .query(`select pg_advisory_xact_lock(${TELLING_LOCK}); ${changes.join("; ")}`)
      .catch((error) => {
        // A standby is read-only and has the settings of its primary.
        if (codeOf(error) !== "25006") throw error;
      });
  } finally {
    await client.end();
  }
}
