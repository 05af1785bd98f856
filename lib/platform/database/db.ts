import { AsyncLocalStorage } from "node:async_hooks";
import { createHash } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { type Prisma, PrismaClient } from "@/lib/generated/prisma/client";
import { type Bound, bind, type Values, valuesOf } from "@/lib/platform/database/bind";
import { DatabaseUnavailableError, isConflict, troubleOf } from "@/lib/platform/database/errors";
import { holdingLock } from "@/lib/platform/database/lock";
import { openPool } from "@/lib/platform/database/pool";
import { createTexts } from "@/lib/platform/database/texts";

/** Runs SQL with parameters such as `:workspaceId` in the current transaction if any, and returns the rows. */
export type Query = <Row>(text: string, params?: Values) => Promise<Row[]>;

/** Options of a database; all have defaults. */
export interface DatabaseOptions {
  /** Whether `url` points to a pooler in transaction mode. */
  pooled?: boolean;
  /** Connection string that bypasses the pooler, needed for locks. Defaults to `url`. */
  directUrl?: string | undefined;
  /** Statement timeout in seconds; 0 for none. */
  statementTimeout?: number;
  /** Seconds without a byte from the host after which it counts as unresponsive. */
  patience?: number;
  /** Called when the host stops responding and when it responds again. */
  onSilence?: (silent: boolean) => void;
}

/** A database with one connection pool; tracks the transaction of the current request. */
export interface Database {
  /** The Prisma client; inside a transaction, that transaction's client. */
  readonly prisma: Prisma.TransactionClient;
  /**
   * Runs one statement, prepared once per connection. Outside a transaction, it runs again after a serialization
   * failure or a deadlock (three attempts).
   */
  readonly query: Query;
  /**
   * Runs `work` in one transaction; a nested call joins the outer one. After a serialization failure or a
   * deadlock, the outermost `work` runs again (three attempts), so it must not have effects outside the
   * database.
   */
  transaction<T>(work: () => Promise<T>): Promise<T>;
  /** Calls `follow` after the current transaction commits, or immediately without one. It must not throw. */
  afterCommit(follow: () => void): void;
  /**
   * Runs `work` while holding the named lock, which one process at a time can hold; returns undefined when
   * another process holds it. `work` is not wrapped in a transaction. The lock ends with the process.
   */
  exclusively<T>(name: string, work: () => Promise<T>): Promise<T | undefined>;
  close(): Promise<void>;
}

/** Maximum number of attempts of a transaction that conflicts with others. */
const attempts = 3;

/** The transaction of the current request. */
interface Transaction {
  tx: Prisma.TransactionClient;
  /** Callbacks to run after the commit. */
  follows: (() => void)[];
}

/** A text with numbered parameters, and its name as a prepared statement. */
interface Prepared extends Bound {
  /** Undefined behind a pooler: the next statement may use another connection, where nothing is prepared. */
  name: string | undefined;
}

const statementName = (text: string) => `r${createHash("sha1").update(text).digest("base64url")}`;

/**
 * Creates a pool of at most `connections` connections to `url`; connects on the first statement. Calls reject
 * with `DatabaseUnavailableError` when the database is in trouble (see `Trouble`), or does not respond for
 * `patience` seconds. `onIdleError` is called for connections that break while idle.
 */
export function createDatabase(
  url: string,
  connections: number,
  onIdleError: (error: Error) => void,
  options: DatabaseOptions = {},
): Database {
  const { pooled = false, directUrl = url, statementTimeout = 15, patience = 4 } = options;
  const { pool, close } = openPool({
    url,
    connections,
    pooled,
    limits: { statement: statementTimeout },
    patience,
    onIdleError,
    onSilence: options.onSilence ?? (() => undefined),
  });
  // Created on first use: it takes about 10 MB, and the hottest operations don't need it.
  let made: PrismaClient | undefined;
  const client = () => {
    made ??= new PrismaClient({
      adapter: new PrismaPg(pool, pooled ? {} : { statementNameGenerator: ({ sql }) => statementName(sql) }),
    });
    return made;
  };
  const current = new AsyncLocalStorage<Transaction>();
  const prepared = createTexts<Prepared>();

  async function translating<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble)
        throw new DatabaseUnavailableError("The database is not available.", { cause: error, trouble });
      throw error;
    }
  }

  const query: Query = <Row>(text: string, params: Values = {}) =>
    translating(async () => {
      const transaction = current.getStore();
      if (transaction) {
        const { text: numbered, values } = statement(text, params);
        return await transaction.tx.$queryRawUnsafe<Row[]>(numbered, ...values);
      }
      for (let attempt = 1; ; attempt++) {
        try {
          const { rows } = await pool.query(statement(text, params));
          return rows as Row[];
        } catch (error) {
          // A single statement is its own transaction.
          if (!isConflict(error) || attempt === attempts) throw error;
        }
      }
    });

  function statement(text: string, params: Values) {
    const found = prepared.of(text, () => {
      const bound = bind(text);
      return { ...bound, name: pooled ? undefined : statementName(bound.text) };
    });
    return { text: found.text, name: found.name, values: valuesOf(found, params) };
  }

  async function transaction<T>(work: () => Promise<T>): Promise<T> {
    if (current.getStore()) return work();
    for (let attempt = 1; ; attempt++) {
      try {
        const follows: (() => void)[] = [];
        const result = await translating(() =>
          client().$transaction((tx) => current.run({ tx, follows }, work), {
            maxWait: 10_000,
            timeout: Math.max(20, statementTimeout + 5) * 1000,
          }),
        );
        for (const follow of follows) follow();
        return result;
      } catch (error) {
        if (!isConflict(error) || attempt === attempts) throw error;
      }
    }
  }

  return {
    get prisma() {
      return current.getStore()?.tx ?? client();
    },
    query,
    transaction,
    afterCommit(follow) {
      const transaction = current.getStore();
      if (transaction) transaction.follows.push(follow);
      else follow();
    },
    exclusively: (name, work) => translating(() => holdingLock(directUrl, name, work)),
    async close() {
      await made?.$disconnect();
      await close();
    },
  };
}
