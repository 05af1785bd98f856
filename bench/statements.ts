import { connect, createServer, type Socket } from "node:net";

/** A database URL that counts the statements sent through it. */
export interface Counter {
  url: string;
  /** Returns the statements since the last call, without transaction control. */
  read(): number;
  stop(): Promise<void>;
}

/**
 * Starts a proxy between a server and its database that counts Query and Execute messages. Not used while
 * measuring time.
 */
export async function countStatements(url: string): Promise<Counter> {
  const target = new URL(url);
  let statements = 0;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect({ host: target.hostname, port: Number(target.port || 5432) });
    let held = Buffer.alloc(0);
    let started = false;
    near.on("data", (chunk) => {
      far.write(chunk);
      held = Buffer.concat([held, chunk]);
      for (;;) {
        const head = started ? 1 : 0;
        if (held.length < head + 4) return;
        const length = held.readUInt32BE(head) + head;
        if (held.length < length) return;
        const message = held.subarray(0, length);
        held = held.subarray(length);
        if (started) count(message);
        started = true;
      }
    });
    function count(message: Buffer): void {
      const kind = String.fromCharCode(message[0] ?? 0);
      const bound = /^\s*(BEGIN|COMMIT|ROLLBACK|START)/i.test(message.toString("latin1", 5, 20));
      if (kind === "E" || (kind === "Q" && !bound)) statements++;
    }
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        sockets.delete(one);
        other.destroy();
      });
    }
    far.on("data", (chunk) => near.write(chunk));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const through = new URL(url);
  through.hostname = "127.0.0.1";
  through.port = String(typeof address === "object" ? address?.port : "");
  return {
    url: through.toString(),
    read() {
      const found = statements;
      statements = 0;
      return found;
    },
    stop() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
