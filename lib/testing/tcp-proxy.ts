import { connect, createServer, type Socket } from "node:net";

/** Which traffic to drop: all, that of open connections, or that of new connections. */
export type Silence = "all" | "old" | "new";

/** A proxy that can simulate an unreachable host: connections stay open, but data is dropped. */
export interface TcpProxy {
  port: number;
  /**
   * Starts dropping data. A connection that lost data never works again, because its protocol state is
   * broken.
   */
  silence(which: Silence): void;
  /** Stops dropping data of new connections. */
  resume(): void;
  /** From now on, forwards one byte of each response per interval in milliseconds. */
  trickle(milliseconds: number): void;
  /** Returns whether data was dropped since the last call of `silence`. */
  swallowed(): boolean;
  close(): Promise<void>;
}

/** Starts a proxy on loopback to a local port. */
export async function startTcpProxy(target: number): Promise<TcpProxy> {
  /**
   * Open pairs of connections, whether they forward data, and the data waiting to be forwarded byte by byte.
   */
  const pairs = new Map<Socket, { other: Socket; passes: boolean; held: Buffer }>();
  let accepting = true;
  let drip: NodeJS.Timeout | undefined;
  let swallowed = false;
  const server = createServer((near) => {
    const far = connect(target, "127.0.0.1");
    const pair = { other: far, passes: accepting, held: Buffer.alloc(0) };
    pairs.set(near, pair);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on("data", (bytes) => {
        if (!pair.passes) swallowed = true;
        else if (drip && from === far) pair.held = Buffer.concat([pair.held, bytes]);
        else to.write(bytes);
      });
      from.on("error", () => undefined);
      from.on("close", () => {
        if (pair.passes) to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : 0,
    silence(which) {
      swallowed = false;
      if (which !== "old") accepting = false;
      if (which !== "new") for (const pair of pairs.values()) pair.passes = false;
    },
    resume() {
      accepting = true;
    },
    trickle(milliseconds) {
      drip ??= setInterval(() => {
        for (const [near, pair] of pairs) {
          if (pair.held.length > 0 && near.writable) near.write(pair.held.subarray(0, 1));
          pair.held = pair.held.subarray(1);
        }
      }, milliseconds);
    },
    swallowed: () => swallowed,
    async close() {
      clearInterval(drip);
      for (const [near, { other }] of pairs) {
        near.destroy();
        other.destroy();
      }
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Returns a database URL that goes through a local port. */
export function byWayOf(url: string, port: number): string {
  const changed = new URL(url);
  changed.host = `127.0.0.1:${port}`;
  return changed.toString();
}

/** Returns the port of a database URL. */
export const portOf = (url: string): number => Number(new URL(url).port || 5432);
