import { AsyncLocalStorage } from "node:async_hooks";
import { createHash } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { type Prisma, PrismaClient } from "@/lib/generated/prisma/client";
import { DatabaseUnavailableError, isConflict, troubleOf } from "@/lib/platform/database/errors";
import { jointText, type Statement, splitJoint } from "@/lib/platform/database/joint-query";
import { holdingLock } from "@/lib/platform/database/lock";
import { openPool } from "@/lib/platform/database/pool";
import { createTexts, type Texts } from "@/lib/platform/database/texts";

/** What runs SQL with numbered parameters and gives rows, inside the current transaction if there is one. */
export type Query = <Row>(text: string, params?: readonly unknown[]) => Promise<Row[]>;

/** How a database is used. All of it has a usual value. */
export interface DatabaseOptions {
  /** Whether it is reached through a pooler that lends connections for one transaction at a time. */
  pooled?: boolean;
  /** The address past the pooler, for locks; that of the database unless given. */
  directUrl?: string | undefined;
  /** Seconds that a statement may take; 0: any time. */
  statementTimeout?: number;
  /** Seconds without a sign of its host after which it counts as silent. */
  patience?: number;
  /** Hears when the host goes silent, and when it answers again. */
  onSilence?: (silent: boolean) => void;
}

/** One database, one pool of connections, and the transaction that the current request is in. */
export interface Database {
  /** Prisma's client: that of the current transaction where there is one. */
  readonly prisma: Prisma.TransactionClient;
  /** Runs one statement, prepared once a connection. For reads and for writes that have earned SQL. */
  readonly query: Query;
  /**
   * Runs `work` in one transaction; a call inside another joins it. A serialisation failure or a deadlock runs
   * the outermost `work` again, up to three times, so it must not have effects outside the database.
   */
  transaction<T>(work: () => Promise<T>): Promise<T>;
  /**
   * Runs `work` while this process alone, of all that use the database, holds the lock of that name; undefined when
   * another one holds it. Statements of `work` run as ever, in no common transaction. The lock ends with the process.
   */
  exclusively<T>(name: string, work: () => Promise<T>): Promise<T | undefined>;
  /**
   * Runs `work` once the current transaction is committed, or at once without one; nobody waits for it, so it must
   * deal with its own errors. For effects outside the database, such as mail: a rolled back change must have none.
   */
  afterCommit(work: () => Promise<void>): void;
  /**
   * Runs `work` upon something that was true a moment ago and is asked again together with the first statement of
   * `work`, in one round trip. `accept` is given what the question found, and throws what `work` is to fail with when it is
   * not true any more: nothing of `work` goes on then. When `work` ends, or fails, without having asked the database, the
   * question is asked by itself before that gets out.
   *
   * The first statement must be one of `query` that only reads, or begin a transaction (then the question is asked
   * before it). Until then Prisma's client, which could write, and `afterCommit` are refused; `work` must do nothing else
   * that can be seen from outside. A fault of that first statement gets out as it is, whatever `work` makes of it.
   */
  presuming<Row, T>(
    question: Statement<Row>,
    accept: (rows: Row[]) => void,
    work: () => Promise<T>,
  ): Promise<T>;
  close(): Promise<void>;
}

/** The transaction that the current request is in. */
interface Transaction {
  tx: Prisma.TransactionClient;
  after: (() => Promise<void>)[];
}

/** What is presumed until the database has been asked. */
interface Presumption {
  question: Statement<unknown>;
  accept: (rows: never[]) => void;
  /** Under way or over, once it has begun; fails when the presumption was wrong. */
  asked: Promise<void> | undefined;
  confirmed: boolean;
}

const statementName = (text: string) => `r${createHash("sha1").update(text).digest("base64url")}`;

/**
 * Opens a pool of at most `connections` on `url`. Nothing is connected until the first statement.
 * `onIdleError` hears of connections that broke while nobody used them. Whatever is asked fails with
 * `DatabaseUnavailableError` when the database is in trouble (see `Trouble`), and after a few seconds of silence.
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
  // Made when it is first asked: it takes some 10 MB, and what is asked most often does without.
  let made: PrismaClient | undefined;
  const client = () => {
    made ??= new PrismaClient({
      adapter: new PrismaPg(pool, pooled ? {} : { statementNameGenerator: ({ sql }) => statementName(sql) }),
    });
    return made;
  };
  const current = new AsyncLocalStorage<Transaction | Presumption>();
  const names = createTexts();
  /** Texts of joint statements: by that of the question, by that of the other one. */
  const joint = new Map<string, Texts>();

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

  const query: Query = <Row>(text: string, params: readonly unknown[] = []) =>
    translating(async () => {
      const transaction = transactionNow();
      if (transaction) return await transaction.tx.$queryRawUnsafe<Row[]>(text, ...params);
      const presumption = unconfirmed();
      if (presumption && !presumption.asked) return (await askTogether(presumption, text, params)) as Row[];
      if (presumption) await presumption.asked;
      const { rows } = await pool.query(statement(text, params));
      return rows as Row[];
    });

  /** Undefined behind a pooler: the next statement may go over another connection, which has not heard of it. */
  const nameOf = (text: string) => (pooled ? undefined : names.of(text, () => statementName(text)));
  /** A statement as the driver takes it. */
  const statement = (text: string, values: readonly unknown[]) => {
    const name = nameOf(text);
    return { ...(name === undefined ? {} : { name }), text, values: [...values] };
  };

  function accept(presumption: Presumption, rows: unknown[]): void {
    // Before it's told, so that it may use the database itself for a note about what it was told.
    presumption.confirmed = true;
    try {
      presumption.accept(rows as never[]);
    } catch (error) {
      presumption.confirmed = false;
      throw error;
    }
  }

  /** Asks what is presumed, together with a statement, and gives that one's rows. */
  async function askTogether(presumption: Presumption, text: string, params: readonly unknown[]) {
    const { question } = presumption;
    let texts = joint.get(question.text);
    if (!texts) {
      texts = createTexts();
      joint.set(question.text, texts);
    }
    const both = texts.of(text, () => jointText(question.text, text, params.length));
    const asked = statement(both, [...params, ...question.params]);
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
    // Whoever waits for it hears of a failure, and nobody may.
    presumption.asked.catch(() => undefined);
    return await asking;
  }

  /** Waits until what is presumed is confirmed; asks it by itself unless that is under way. */
  function confirm(presumption: Presumption): Promise<void> {
    presumption.asked ??= translating(async () => {
      const { text, params } = presumption.question;
      const { rows } = await pool.query(statement(text, params));
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
      // Also when it failed: what it failed with may be true of somebody who may know nothing of it. A `finally` that
      // throws takes the place of whatever was thrown before.
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
