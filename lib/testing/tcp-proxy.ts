import { connect, createServer, type Socket } from "node:net";

/**
 * What does not get through: nothing passes; nothing of the connections that are open now; nothing of those that are
 * opened from now on.
 */
export type Silence = "all" | "old" | "new";

/** A proxy that can go silent like a host that is cut off: connections stay open, and what is sent is lost. */
export interface TcpProxy {
  port: number;
  /** Makes it swallow what comes. A connection that was silenced never works again, as its other end has lost count. */
  silence(which: Silence): void;
  /** Lets everything through again that comes over other connections. */
  resume(): void;
  /** Whether anything was swallowed since it last went silent. */
  swallowed(): boolean;
  close(): Promise<void>;
}

/** Starts one on loopback, in front of a port there. */
export async function startTcpProxy(target: number): Promise<TcpProxy> {
  /** The open pairs of connections; whether they pass on what comes. */
  const pairs = new Map<Socket, { other: Socket; passes: boolean }>();
  let accepting = true;
  let swallowed = false;
  const server = createServer((near) => {
    const far = connect(target, "127.0.0.1");
    const pair = { other: far, passes: accepting };
    pairs.set(near, pair);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on("data", (bytes) => {
        if (pair.passes) to.write(bytes);
        else swallowed = true;
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
    swallowed: () => swallowed,
    async close() {
      for (const [near, { other }] of pairs) {
        near.destroy();
        other.destroy();
      }
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The same address of a database, by way of a port of loopback. */
export function byWayOf(url: string, port: number): string {
  const changed = new URL(url);
  changed.host = `127.0.0.1:${port}`;
  return changed.toString();
}

/** The port in the address of a database. */
export const portOf = (url: string): number => Number(new URL(url).port || 5432);
