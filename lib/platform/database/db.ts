import { AsyncLocalStorage } from "node:async_hooks";
import { createHash } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { type Prisma, PrismaClient } from "@/lib/generated/prisma/client";
import { type Bound, bind, type Params, type Statement, valuesOf } from "@/lib/platform/database/bind";
import { DatabaseUnavailableError, isConflict, troubleOf } from "@/lib/platform/database/errors";
import { jointText, splitJoint } from "@/lib/platform/database/joint-query";
import { holdingLock } from "@/lib/platform/database/lock";
import { openPool } from "@/lib/platform/database/pool";
import { createTexts, type Texts } from "@/lib/platform/database/texts";

/**
 * Runs SQL with parameters such as `:workspace` in the current transaction if any, and returns the rows. An
 * array of `params` is for a text that numbers its parameters itself.
 */
export type Query = <Row>(text: string, params?: Params) => Promise<Row[]>;

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
  /** Runs one statement, prepared once per connection. */
  readonly query: Query;
  /**
   * Runs `work` in one transaction; a nested call joins the outer one. After a serialization failure or a
   * deadlock, the outermost `work` runs again (three attempts), so it must not have effects outside the
   * database.
   */
  transaction<T>(work: () => Promise<T>): Promise<T>;
  /**
   * Runs `work` while holding the named lock, which one process at a time can hold; returns undefined when
   * another process holds it. `work` is not wrapped in a transaction. The lock ends with the process.
   */
  exclusively<T>(name: string, work: () => Promise<T>): Promise<T | undefined>;
  /**
   * Runs `work` after the current transaction commits, or immediately without one. Nobody awaits it, so it
   * must handle its own errors. For effects outside the database, such as mail, that a rollback could not
   * undo.
   */
  afterCommit(work: () => Promise<void>): void;
  /**
   * Runs `work` on a cached assumption that `question` checks in the same round trip as the first statement,
   * or at the end; `accept` throws if it is wrong. The first statement must be a read through `query` or
   * start a transaction. Until then `prisma` and `afterCommit` throw, and `work` must have no effects.
   */
  presuming<Row, T>(
    question: Statement<Row>,
    accept: (rows: Row[]) => void,
    work: () => Promise<T>,
  ): Promise<T>;
  close(): Promise<void>;
}

/** The transaction of the current request. */
interface Transaction {
  tx: Prisma.TransactionClient;
  after: (() => Promise<void>)[];
}

/** An assumption that the database has not confirmed yet. */
interface Presumption {
  question: Statement<unknown>;
  accept: (rows: never[]) => void;
  /** Set once the check has started; rejects when the assumption is wrong. */
  asked: Promise<void> | undefined;
  confirmed: boolean;
}

/** A numbered text, and its name as a prepared statement. */
interface Prepared {
  text: string;
  /** Undefined behind a pooler: the next statement may use another connection, where nothing is prepared. */
  name: string | undefined;
}

const isNumbered = (params: Params): params is readonly unknown[] => Array.isArray(params);

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
  const current = new AsyncLocalStorage<Transaction | Presumption>();
  const prepared = createTexts<Prepared & Pick<Bound, "names">>();
  /** Joint statements, by text of the question, then by text of the statement. */
  const joint = new Map<string, Texts<Prepared>>();

  const transactionNow = () => {
    const store = current.getStore();
    return store && "tx" in store ? store : undefined;
  };
  const unconfirmed = () => {
    const store = current.getStore();
    return store && "question" in store && !store.confirmed ? store : undefined;
  };

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

  const query: Query = <Row>(text: string, params: Params = {}) =>
    translating(async () => {
      const transaction = transactionNow();
      if (transaction) {
        const { text: numbered, values } = statement({ text, params });
        return await transaction.tx.$queryRawUnsafe<Row[]>(numbered, ...values);
      }
      const presumption = unconfirmed();
      if (presumption && !presumption.asked)
        return (await askTogether(presumption, { text, params })) as Row[];
      if (presumption) await presumption.asked;
      const { rows } = await pool.query(statement({ text, params }));
      return rows as Row[];
    });

  const prepare = (text: string): Prepared => ({ text, name: pooled ? undefined : statementName(text) });

  function statement({ text, params }: Statement<unknown, Params>) {
    const found = prepared.of(text, () => {
      const { text: numbered, names } = bind(text);
      return { ...prepare(numbered), names };
    });
    const values = isNumbered(params) ? [...params] : valuesOf(found, params);
    return { text: found.text, name: found.name, values };
  }

  function accept(presumption: Presumption, rows: unknown[]): void {
    // Set before the call, because `accept` may itself use the database.
    presumption.confirmed = true;
    try {
      presumption.accept(rows as never[]);
    } catch (error) {
      presumption.confirmed = false;
      throw error;
    }
  }

  /** Runs the check together with a statement, in one round trip, and returns the rows of the statement. */
  async function askTogether(presumption: Presumption, answer: Statement<unknown, Params>) {
    const { question } = presumption;
    let texts = joint.get(question.text);
    if (!texts) {
      texts = createTexts();
      joint.set(question.text, texts);
    }
    const { text, values } = statement(answer);
    const { values: questionValues } = statement(question);
    const both = texts.of(text, () =>
      // The question's numbers follow the answer's, so both may use the same names.
      prepare(jointText(bind(question.text, values.length).text, text)),
    );
    const asked = { ...both, values: [...values, ...questionValues] };
    const asking = translating(async () => {
      const { fields, rows } = await pool.query({ ...asked, rowMode: "array" });
      const found = splitJoint(
        fields.map((field) => field.name),
        rows,
      );
      accept(presumption, found.question);
      return found.answer;
    });
    presumption.asked = asking.then(() => undefined);
    // Callers get the rejection from `asking`; without this, an unobserved one would end the process.
    presumption.asked.catch(() => undefined);
    return await asking;
  }

  /** Waits for the check, starting it if necessary. */
  function confirm(presumption: Presumption): Promise<void> {
    presumption.asked ??= translating(async () => {
      const { rows } = await pool.query(statement(presumption.question));
      accept(presumption, rows);
    });
    return presumption.asked;
  }

  async function presuming<Row, T>(
    question: Statement<Row>,
    accepts: (rows: Row[]) => void,
    work: () => Promise<T>,
  ): Promise<T> {
    if (current.getStore()) throw new Error("a presumption can't begin inside a transaction or another one");
    const presumption: Presumption = { question, accept: accepts, asked: undefined, confirmed: false };
    try {
      return await current.run(presumption, work);
    } finally {
      // Also when `work` failed: its error may contain data that an unconfirmed caller must not see. An error
      // thrown in `finally` replaces it.
      await confirm(presumption);
    }
  }

  async function transaction<T>(work: () => Promise<T>): Promise<T> {
    if (transactionNow()) return work();
    const presumption = unconfirmed();
    if (presumption) await confirm(presumption);
    for (let attempt = 1; ; attempt++) {
      try {
        const after: (() => Promise<void>)[] = [];
        const result = await translating(() =>
          client().$transaction((tx) => current.run({ tx, after }, work), {
            maxWait: 10_000,
            timeout: Math.max(20, statementTimeout + 5) * 1000,
          }),
        );
        for (const each of after) void each();
        return result;
      } catch (error) {
        if (!isConflict(error) || attempt === 3) throw error;
      }
    }
  }

  async function exclusively<T>(name: string, work: () => Promise<T>): Promise<T | undefined> {
    const presumption = unconfirmed();
    if (presumption) await confirm(presumption);
    return await translating(() => holdingLock(directUrl, name, work));
  }

  return {
    get prisma() {
      if (unconfirmed()) throw new Error("the caller must be confirmed by a query before Prisma is used");
      return transactionNow()?.tx ?? client();
    },
    query,
    transaction,
    exclusively,
    presuming,
    afterCommit(work) {
      if (unconfirmed()) throw new Error("the caller must be confirmed by a query before anything else runs");
      const transaction = transactionNow();
      if (transaction) transaction.after.push(work);
      else void work();
    },
    async close() {
      await made?.$disconnect();
      await close();
    },
  };
}
