import type { Socket } from "node:net";
import pg from "pg";
import { DatabaseUnavailableError } from "@/lib/platform/database/errors";

/** Milliseconds in which a new connection must be ready. */
export const connectWithin = 3_000;

/** What all connections have in common. Probes of the kernel find out about idle ones whose other end is gone. */
export const connectionOptions = (url: string) => ({
  connectionString: url,
  application_name: "rollcall",
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  connectionTimeoutMillis: connectWithin,
});

/** A connection that knows how long it has been waiting for its host. */
export class WatchedClient extends pg.Client {
  /** Statements that have no answer yet. */
  private open = 0;
  /** When the last statement was sent, or something came (epoch milliseconds); bytes that had come by then. */
  private since = 0;
  private heard = 0;

  constructor(options: pg.ClientConfig) {
    super({ ...options, connectionTimeoutMillis: connectWithin });
    // An error that nobody listens to ends the process, and there are moments between two who do.
    this.on("error", () => undefined);
    const query = this.query.bind(this) as (...words: unknown[]) => unknown;
    const counted = (...words: unknown[]) => {
      const answered = this.begin();
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

  private begin(): () => void {
    if (this.open === 0) this.since = Date.now();
    this.open++;
    return () => {
      this.open--;
      this.since = Date.now();
    };
  }

  /** Number of PostgreSQL's process at the other end; undefined where that is not known, or a pooler's. */
  process: number | undefined;

  /** To be told what PostgreSQL says is its process: a pooler gives out numbers of its own. */
  learnProcess(reported: number): void {
    this.process = Reflect.get(this, "processID") === reported ? reported : undefined;
  }

  /** Whether it was let in. */
  get connected(): boolean {
    return Reflect.get(this, "processID") !== null;
  }

  /** Bytes that have come in. */
  get received(): number {
    return (this.connection.stream as Socket).bytesRead;
  }

  /** Milliseconds for which a statement has been waiting without a sign of the host; 0 when none is. */
  waited(now: number): number {
    const { received } = this;
    if (received !== this.heard) {
      this.heard = received;
      this.since = now;
    }
    return this.open === 0 ? 0 : now - this.since;
  }

  /** Ends it here and now, without a word to the other end. Whoever waits for an answer gets the reason instead. */
  cut(reason: string): void {
    this.connection.stream.destroy(new DatabaseUnavailableError(reason));
  }
}

/** Runs one statement and gives its rows. */
export type Ask = <Row>(text: string, params?: readonly unknown[]) => Promise<Row[]>;

/**
 * Lends `work` a connection of its own, outside of any pool. Connecting and each statement fail with
 * `DatabaseUnavailableError` when they take longer than `within` milliseconds.
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
