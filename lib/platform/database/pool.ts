import pg from "pg";
import { connectionOptions, WatchedClient, withConnection } from "@/lib/platform/database/client";
import { DatabaseUnavailableError } from "@/lib/platform/database/errors";
import { type SessionLimits, sessionSettings } from "@/lib/platform/database/session";
import { watchForSilence } from "@/lib/platform/database/silence";

export interface PoolOptions {
  url: string;
  /** Connections at most. */
  connections: number;
  /** Whether `url` leads to a pooler that lends its connections for one transaction at a time. */
  pooled: boolean;
  limits: SessionLimits;
  /** Seconds without a sign of the host after which it counts as silent. */
  patience: number;
  /** Hears of connections that broke while nobody used them. */
  onIdleError(error: Error): void;
  /** Hears when the host goes silent and when it answers again. */
  onSilence(silent: boolean): void;
}

/** So many times the patience a request waits for a connection of the pool. */
const waitTimes = 2.5;
/** Milliseconds that an answer may be late beyond PostgreSQL's own limit. */
const grace = 5_000;
/** Milliseconds for which no more connections are tried after one did not come about in time. */
const growthPause = 5_000;

type Callback = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  /** Missing when the wait for a connection was too long. */
  release?: (error?: Error | boolean) => void,
) => void;

/** What makes a connection fit for use, with the number of its process. */
const preparation = (limits: SessionLimits) =>
  `${sessionSettings(limits)
    .map(([name, value]) => `SET ${name} = ${value}`)
    .join("; ")}; SELECT pg_backend_pid() AS process`;

const working = `
  SELECT pid FROM pg_stat_activity WHERE pid = ANY($1::int[]) AND coalesce(state, '') NOT LIKE 'idle%'`;

/**
 * A pool of connections that does not make anybody wait for a host that has gone silent: whoever uses it, Prisma
 * too, is refused with `DatabaseUnavailableError` then, until it answers again. Nothing is connected before it is needed.
 */
export function openPool(options: PoolOptions): { pool: pg.Pool; close(): Promise<void> } {
  const { url, pooled, limits, patience } = options;
  const clients = new Set<WatchedClient>();
  class Member extends WatchedClient {
    constructor(config: pg.ClientConfig) {
      super(config);
      clients.add(this);
      this.once("end", () => clients.delete(this));
    }
  }
  const prepare = preparation(limits);
  const pool = new pg.Pool({
    ...connectionOptions(url),
    Client: Member as unknown as new () => pg.ClientBase,
    max: options.connections,
    connectionTimeoutMillis: patience * 1000 * waitTimes,
    idleTimeoutMillis: 30_000,
    // Waited for, although the types don't say so. As a statement, not as options of the connection: poolers refuse those.
    // A pooler's sessions are not ours to tell anything: what they are told is a default of our role (scripts/database/pooler.ts).
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
      // One that is open may work where no new one can be had.
      if (pool.idleCount > 0) ways.push(pool.query(working, [processes]).then(({ rows }) => rows as Rows));
      return new Set((await Promise.any(ways)).map(({ pid }) => pid));
    },
  });

  /** Makes requests wait for the connections that there are instead of for one that may not come about. */
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
      if (refused) release?.();
      else callback(error, client, release);
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
