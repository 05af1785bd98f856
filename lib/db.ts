import { AsyncLocalStorage } from "node:async_hooks";
import { createHash } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { Prisma, PrismaClient } from "@/lib/generated/prisma/client";
import { jointText, type Statement, splitJoint } from "@/lib/joint-query";
import { createTexts, type Texts } from "@/lib/texts";

/** What runs SQL with numbered parameters and gives rows, inside the current transaction if there is one. */
export type Query = <Row>(text: string, params?: readonly unknown[]) => Promise<Row[]>;

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

/** The database did not answer: refused, gone, out of connections. Becomes 503. */
class DatabaseUnavailableError extends Error {
  override name = "DatabaseUnavailableError";
}

const transientStates = new Set(["40001", "40P01"]);
/** Connection exceptions (class 08), too many connections, shutting down, starting up. */
const unavailableStates = /^(08...|53300|57P0[123])$/;
const unavailableCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ENOTFOUND",
  "ETIMEDOUT",
  "EAI_AGAIN",
  "P1001",
  "P1002",
  "P1008",
  "P1017",
  "P2024",
]);
const unavailableMessages =
  /timeout exceeded when trying to connect|Connection terminated|Unable to start a transaction in the given time|Can't reach database server|Server has closed the connection/i;

/** The facts of a database error, however deep Prisma or the driver wrapped them. */
export interface DatabaseErrorFacts {
  /** SQLSTATE where PostgreSQL gave one. */
  state: string | undefined;
  /** The violated constraint where there is one. */
  constraint: string | undefined;
}

function chain(error: unknown): unknown[] {
  const seen: unknown[] = [];
  const queue = [error];
  while (queue.length > 0 && seen.length < 20) {
    const current = queue.shift();
    if (typeof current !== "object" || current === null || seen.includes(current)) continue;
    seen.push(current);
    const { cause, meta, driverAdapterError } = current as Record<string, unknown>;
    queue.push(cause, meta, driverAdapterError);
    if (current instanceof AggregateError) queue.push(...current.errors);
  }
  return seen;
}

/** Reads SQLSTATE and constraint out of an error of `pg` or of Prisma. */
export function databaseErrorFacts(error: unknown): DatabaseErrorFacts {
  let state: string | undefined;
  let constraint: string | undefined;
  for (const part of chain(error)) {
    const { code, originalCode, constraint: named, originalMessage } = part as Record<string, unknown>;
    for (const candidate of [originalCode, code])
      if (typeof candidate === "string" && /^[0-9A-Z]{5}$/.test(candidate) && !/^P\d{4}$/.test(candidate))
        state ??= candidate;
    if (typeof named === "string") constraint ??= named;
    if (typeof originalMessage === "string") constraint ??= /constraint "([^"]+)"/.exec(originalMessage)?.[1];
  }
  return { state, constraint };
}

/** Whether a row with the same unique value is there already. */
export function isUniqueViolation(error: unknown): boolean {
  return (
    databaseErrorFacts(error).state === "23505" ||
    (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002")
  );
}

function isUnavailable(error: unknown): boolean {
  return chain(error).some((part) => {
    const { code, originalCode, message } = part as Record<string, unknown>;
    const states = [code, originalCode].filter((value) => typeof value === "string");
    return (
      states.some((value) => unavailableCodes.has(value) || unavailableStates.test(value)) ||
      (typeof message === "string" && unavailableMessages.test(message))
    );
  });
}

/**
 * Whether something thrown says that the database did not answer. By name, not by `instanceof`: a bundler may put a class
 * into a process twice.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    error.name === "DatabaseUnavailableError" ||
    (/^(PrismaClient|DriverAdapter)/.test(error.name) && isUnavailable(error))
  );
}

/**
 * How the planner goes about our statements, which are all prepared (docs/decisions/0020-plans-that-do-not-change.md): one
 * plan for each, the same whatever the parameters and the statistics of the day, by indexes, in one process.
 */
const planning = `
  SET plan_cache_mode = force_generic_plan;
  SET enable_seqscan = off;
  SET max_parallel_workers_per_gather = 0;
  SET jit = off`;

const statementName = (text: string) => `r${createHash("sha1").update(text).digest("base64url")}`;

/**
 * Opens a pool of at most `connections` on `url`. Nothing is connected until the first statement.
 * `onIdleError` hears of connections that broke while nobody used them.
 */
export function createDatabase(
  url: string,
  connections: number,
  onIdleError: (error: Error) => void,
): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    application_name: "rollcall",
    // Waited for, although the types don't say so. As a statement, not as options of the connection: poolers refuse those.
    onConnect: async (client) => {
      await client.query(planning);
    },
  });
  pool.on("error", onIdleError);
  // Made when it is first asked: it takes some 10 MB, and what is asked most often does without.
  let made: PrismaClient | undefined;
  const client = () => {
    made ??= new PrismaClient({
      adapter: new PrismaPg(pool, { statementNameGenerator: ({ sql }) => statementName(sql) }),
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
      if (isUnavailable(error))
        throw new DatabaseUnavailableError("The database does not answer.", { cause: error });
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
      const { rows } = await pool.query({ name: nameOf(text), text, values: [...params] });
      return rows as Row[];
    });

  const nameOf = (text: string) => names.of(text, () => statementName(text));

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
    const name = nameOf(both);
    const values = [...params, ...question.params];
    const asking = translating(async () => {
      const { fields, rows } = await pool.query({ name, text: both, values, rowMode: "array" });
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
      const { rows } = await pool.query({ name: nameOf(text), text, values: [...params] });
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
            timeout: 20_000,
          }),
        );
        for (const each of after) void each();
        return result;
      } catch (error) {
        const { state } = databaseErrorFacts(error);
        const conflict =
          (state !== undefined && transientStates.has(state)) ||
          (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2034");
        if (!conflict || attempt === 3) throw error;
      }
    }
  }

  async function exclusively<T>(name: string, work: () => Promise<T>): Promise<T | undefined> {
    const presumption = unconfirmed();
    if (presumption) await confirm(presumption);
    const connection = await translating(() => pool.connect());
    let broken = false;
    connection.once("error", () => {
      broken = true;
    });
    try {
      const { rows } = await connection.query<{ held: boolean }>(
        "SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS held",
        [name],
      );
      if (!rows[0]?.held) return undefined;
      try {
        return await work();
      } finally {
        await connection.query("SELECT pg_advisory_unlock(hashtextextended($1, 0))", [name]).catch(() => {
          broken = true;
        });
      }
    } finally {
      // A connection that is thrown away takes its locks along.
      connection.release(broken);
    }
  }

  return {
    get prisma() {
      if (unconfirmed()) throw new Error("who asks must be confirmed by a query before Prisma is used");
      return transactionNow()?.tx ?? client();
    },
    query,
    transaction,
    exclusively,
    presuming,
    afterCommit(work) {
      if (unconfirmed())
        throw new Error("who asks must be confirmed by a query before anything is done for them");
      const transaction = transactionNow();
      if (transaction) transaction.after.push(work);
      else void work();
    },
    async close() {
      await made?.$disconnect();
      await pool.end();
    },
  };
}
