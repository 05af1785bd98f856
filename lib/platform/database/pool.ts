import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { connectionOptions, WatchedClient, withConnection } from "@/lib/platform/database/client";
import { DatabaseUnavailableError } from "@/lib/platform/database/errors";
import { type SessionLimits, sessionSettings } from "@/lib/platform/database/session";
import { watchForSilence } from "@/lib/platform/database/silence";

export type Pool = pg.Pool;
export type PoolClient = pg.PoolClient;

export interface PoolOptions {
  url: string;
  /** Maximum number of connections. */
  connections: number;
  /** Whether `url` points to a pooler in transaction mode. */
  pooled: boolean;
  limits: SessionLimits;
  /** Seconds without a byte from the host after which it counts as unresponsive. */
  patience: number;
  /** Suffix of `application_name`, to tell pools apart in `pg_stat_activity`. */
  nameSuffix?: string;
  /** Called for connections that break while idle. */
  onIdleError(error: Error): void;
  /** Called when the host stops responding and when it responds again. */
  onSilence(silent: boolean): void;
}

/** How long a request waits for a free connection, as a multiple of `patience`. */
const waitTimes = 2.5;
/** Milliseconds to wait for a response after PostgreSQL's own statement timeout. */
const grace = 5_000;
/**
 * Characters of prepared statements (`WatchedClient.prepared`) after which a connection is replaced. Clients control
 * the number of filter combinations, and each is a statement.
 */
const mostPrepared = 500_000;
/** How long no new connections are opened after one timed out, in milliseconds. */
const growthPause = 5_000;

type Release = (error?: Error | boolean) => void;

type Callback = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  /** Undefined if the wait for a connection timed out. */
  release?: Release,
) => void;

/** SQL that sets up a new connection and returns its process id. */
const preparation = (limits: SessionLimits, nameSuffix: string | undefined) =>
  [
    ...sessionSettings(limits).map(([name, value]) => `SET ${name} = ${value}`),
    ...(nameSuffix === undefined
      ? []
      : [
          `SELECT set_config('application_name', current_setting('application_name') || '${nameSuffix}', false)`,
        ]),
    "SELECT pg_backend_pid() AS process",
  ].join("; ");

const working = `
  SELECT pid FROM pg_stat_activity WHERE pid = ANY($1::int[]) AND coalesce(state, '') NOT LIKE 'idle%'`;

/**
 * Opens a pool that fails calls immediately, Prisma's too, with `DatabaseUnavailableError` while the host
 * does not respond. Connects on first use.
 */
export function openPool(options: PoolOptions): { pool: Pool; close(): Promise<void> } {
  const { url, pooled, limits, patience } = options;
  const clients = new Set<WatchedClient>();
  class Member extends WatchedClient {
    constructor(config: pg.ClientConfig) {
      super(config);
      clients.add(this);
      this.once("end", () => clients.delete(this));
    }
  }
  const prepare = preparation(limits, options.nameSuffix);
  const pool = new pg.Pool({
    ...connectionOptions(url),
    Client: Member as unknown as new () => pg.ClientBase,
    max: options.connections,
    connectionTimeoutMillis: patience * 1000 * waitTimes,
    idleTimeoutMillis: 30_000,
    // `pg` awaits this, although its types don't say so. Sent as a statement because poolers reject startup
    // options. Behind a pooler, the settings are defaults of the role instead (scripts/database/pooler.ts).
    onConnect: async (client) => {
      if (pooled) return;
      const results = (await client.query(prepare)) as unknown as pg.QueryResult<{ process: number }>[];
      (client as unknown as WatchedClient).learnProcess(results.at(-1)?.rows[0]?.process ?? 0);
    },
  });
  pool.on("error", options.onIdleError);

  const silence = watchForSilence({
    clients,
    patience: patience * 1000,
    longest: limits.statement === 0 ? 0 : limits.statement * 1000 + grace,
    onChange: options.onSilence,
    async ask(processes, within) {
      type Rows = { pid: number }[];
      const ways: Promise<Rows>[] = [withConnection(url, within, (ask) => ask(working, [processes]))];
      // An open connection may work even if new ones fail. If the host is unreachable, its query never ends.
      if (pool.idleCount > 0) ways.push(pool.query(working, [processes]).then(({ rows }) => rows as Rows));
      const late = sleep(within, undefined, { ref: false }).then(() => {
        throw new DatabaseUnavailableError(`no answer within ${within} ms`);
      });
      return new Set((await Promise.race([Promise.any(ways), late])).map(({ pid }) => pid));
    },
  });

  /** Changes how a connection is released: one with too many prepared statements is closed. */
  function retiring(client: pg.PoolClient, release: Release): Release {
    const watched = client as unknown as WatchedClient;
    client.release = (error) => release(error ?? watched.prepared > mostPrepared);
    return client.release;
  }

  /** Makes requests wait for existing connections instead of new ones that may never connect. */
  function pauseGrowth(): void {
    pool.options.max = Math.max(1, [...clients].filter((client) => client.connected).length);
    clearTimeout(growth);
    growth = setTimeout(() => {
      pool.options.max = options.connections;
    }, growthPause).unref();
  }
  let growth: NodeJS.Timeout | undefined;

  const connect = pool.connect.bind(pool) as (callback: Callback) => void;
  const guarded = (callback: Callback): void => {
    const refuse = () =>
      callback(
        new DatabaseUnavailableError("The database host doesn't respond."),
        undefined,
        () => undefined,
      );
    if (silence.silent) {
      process.nextTick(refuse);
      return;
    }
    let refused = false;
    const done = silence.whileWaiting(() => {
      refused = true;
      refuse();
    });
    connect((error, client, release) => {
      done();
      if (error?.message === "timeout expired") {
        pauseGrowth();
        silence.suspect();
      }
      if (refused) return release?.();
      callback(error, client, client && release && retiring(client, release));
    });
  };
  pool.connect = ((callback?: Callback) =>
    callback
      ? guarded(callback)
      : new Promise<pg.PoolClient | undefined>((resolve, reject) =>
          guarded((error, client) => (error ? reject(error) : resolve(client))),
        )) as typeof pool.connect;

  return {
    pool,
    async close() {
      silence.stop();
      clearTimeout(growth);
      await pool.end();
    },
  };
}
