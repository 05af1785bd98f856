import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { sessionSettings } from "../../lib/platform/database/session";
import { codeOf, Problem } from "../problem";
import { connect, parseDatabaseUrl } from "./connection";

/** Milliseconds after which a statement waits for a connection that somebody else has been lent. */
const PATIENCE = 2_000;

/** Any number, the same for everyone who tells the role. */
const TELLING_LOCK = 4_733_301_508;

/** How the database of a user is reached. */
export interface Addresses {
  databaseUrl: string;
  /** Whether that leads to a pooler that lends its connections for one transaction at a time. */
  pooled: boolean;
  /** The address past the pooler. */
  directUrl: string | undefined;
  /** Seconds. */
  statementTimeout: number;
}

/**
 * Makes sure that the addresses are what they are said to be.
 *
 * @returns the address for migrations and for whatever else needs a session of its own
 * @throws Problem when a pooler stands where none is expected
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
 * Whether what listens there lends connections for less than a session: then two clients come upon the same process of
 * PostgreSQL, or one comes upon another process while the other holds the first.
 */
export async function lendsConnections(url: string): Promise<boolean> {
  const one = await connect(url);
  const other = await connect(url);
  try {
    // PostgreSQL says at the beginning which process it is; a pooler gives out a number of its own.
    if ((await processOf(one)) === Reflect.get(one, "processID")) return false;
    for (let round = 0; round < 3; round++) {
      const before = await processOf(one);
      const held = await inTime(other.query("begin").then(() => processOf(other)));
      // A pooler that lends sessions and has none left.
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
 * Makes the settings of our sessions defaults of the role that the pooler logs in with, in this database: behind a pooler
 * a session can't be told anything, since the next statement may go to another one. Connections that the pooler has
 * already opened don't hear of it.
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
    // One message is one transaction.
    await client
      .query(`select pg_advisory_xact_lock(${TELLING_LOCK}); ${changes.join("; ")}`)
      .catch((error) => {
        // A standby takes no changes; it has what its primary was told.
        if (codeOf(error) !== "25006") throw error;
      });
  } finally {
    await client.end();
  }
}
