import type { Socket } from "node:net";
import pg from "pg";
import { DatabaseUnavailableError } from "@/lib/platform/database/errors";

/** Connection timeout in milliseconds. */
export const connectWithin = 3_000;

/** Options shared by all connections. TCP keepalive detects idle connections whose peer has disappeared. */
export const connectionOptions = (url: string) => ({
  connectionString: url,
  application_name: "rollcall",
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  connectionTimeoutMillis: connectWithin,
});

/** A connection that measures how long it has been waiting for its host. */
export class WatchedClient extends pg.Client {
  /** Number of pending statements. */
  private open = 0;
  /** Time at which the pending statement began (epoch milliseconds). */
  private begun = 0;
  /**
   * Time when the last statement was sent or byte received (epoch milliseconds), and the number of bytes
   * received by then.
   */
  private since = 0;
  private heard = 0;

  constructor(options: pg.ClientConfig) {
    super({ ...options, connectionTimeoutMillis: connectWithin });
    // An unhandled error event ends the process, and `pg` sometimes has no listener.
    this.on("error", () => undefined);
    const query = this.query.bind(this) as (...words: unknown[]) => unknown;
    const counted = (...words: unknown[]) => {
      this.learnStatement(words[0]);
      const answered = this.count();
      const callback = words.at(-1);
      if (typeof callback === "function")
        words[words.length - 1] = (...outcome: unknown[]) => {
          answered();
          callback(...outcome);
        };
      const result = query(...words);
      if (result instanceof Promise) result.then(answered, answered);
      return result;
    };
    this.query = counted as typeof this.query;
  }

  /** Names of the statements prepared on this connection. */
  private readonly statements = new Set<string>();

  /**
   * Characters of all statements prepared on this connection. PostgreSQL keeps them and their plans, about 200
   * bytes a character, until the connection closes.
   */
  prepared = 0;

  private learnStatement(query: unknown): void {
    const { name, text } = Object(query) as { name?: unknown; text?: unknown };
    if (typeof name !== "string" || typeof text !== "string" || this.statements.has(name)) return;
    this.statements.add(name);
    this.prepared += text.length;
  }

  private begin(now: number): void {
    this.begun = now;
    this.since = now;
  }

  private count(): () => void {
    if (this.open === 0) this.begin(Date.now());
    this.open++;
    return () => {
      this.open--;
      // `pg` sends the next statement only after this.
      this.begin(Date.now());
    };
  }

  /** Process id of the PostgreSQL backend; undefined when unknown or behind a pooler. */
  process: number | undefined;

  /** Stores the process id that PostgreSQL reports, unless a pooler announced a different one. */
  learnProcess(reported: number): void {
    this.process = Reflect.get(this, "processID") === reported ? reported : undefined;
  }

  /** Whether the server accepted the connection. */
  get connected(): boolean {
    return Reflect.get(this, "processID") !== null;
  }

  /** Number of bytes received. */
  get received(): number {
    return (this.connection.stream as Socket).bytesRead;
  }

  /** Returns the milliseconds that a statement has waited without a byte received; 0 when none is pending. */
  waited(now: number): number {
    const { received } = this;
    if (received !== this.heard) {
      this.heard = received;
      this.since = now;
    }
    return this.open === 0 ? 0 : now - this.since;
  }

  /** Returns how many milliseconds the pending statement has taken so far; 0 when none is pending. */
  age(now: number): number {
    return this.open === 0 ? 0 : now - this.begun;
  }

  /** Closes the socket immediately; pending statements fail with `reason`. */
  cut(reason: string): void {
    this.connection.stream.destroy(new DatabaseUnavailableError(reason));
  }
}

/** Runs one statement and returns its rows. */
export type Ask = <Row>(text: string, params?: readonly unknown[]) => Promise<Row[]>;

/**
 * Runs `work` with a new connection outside of any pool. Connecting, and each statement, fails with
 * `DatabaseUnavailableError` after `within` milliseconds.
 */
export async function withConnection<T>(
  url: string,
  within: number,
  work: (ask: Ask) => Promise<T>,
): Promise<T> {
  const client = new WatchedClient(connectionOptions(url));
  const bounded = async <R>(promise: Promise<R>): Promise<R> => {
    const timer = setTimeout(() => client.cut(`no answer within ${within} ms`), within);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
    }
  };
  try {
    await bounded(client.connect());
    return await work(async <Row>(text: string, params: readonly unknown[] = []) => {
      const { rows } = await bounded(client.query(text, [...params]));
      return rows as Row[];
    });
  } finally {
    await bounded(client.end()).catch(() => undefined);
  }
}
