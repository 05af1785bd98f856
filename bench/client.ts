import { connect, type Socket } from "node:net";

// A load generator that uses little CPU: HTTP/1.1 on persistent connections with one request at a time each.
// Reads responses completely but does not parse their bodies under load.

/** A request and the expected status. */
export interface Call {
  method: "GET" | "PATCH" | "POST";
  path: string;
  headers: Record<string, string>;
  body?: string;
  status: number;
}

interface Answer {
  status: number;
  body: Buffer;
}

const lineEnd = Buffer.from("\r\n");
const headEnd = Buffer.from("\r\n\r\n");

export function encode(host: string, { method, path, headers, body }: Call): Buffer {
  const lines = Object.entries({ Host: host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  const length = body === undefined ? "" : `Content-Length: ${Buffer.byteLength(body)}\r\n`;
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join("")}${length}\r\n${body ?? ""}`);
}

/** A persistent connection. Reconnects if the server closed it while idle. */
export class Connection {
  private socket: Socket | undefined;
  private held: Buffer = Buffer.alloc(0);
  /** Unused bytes after `held` in the same buffer. */
  private spare: Buffer = Buffer.alloc(0);
  private waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined;

  constructor(
    private readonly host: string,
    private readonly port: number,
  ) {}

  /** Sends a request. Retries once if the server closed the idle connection at the same moment. */
  send(request: Buffer): Promise<Answer> {
    return this.attempt(request).catch((error) => {
      if (this.held.length > 0) throw error;
      return this.attempt(request);
    });
  }

  private attempt(request: Buffer): Promise<Answer> {
    if (!this.socket || this.socket.destroyed) this.socket = this.open();
    const { socket } = this;
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      socket.write(request);
    });
  }

  close(): void {
    this.socket?.destroy();
  }

  /**
   * Appends a chunk. The buffer grows in advance, so that a long response is not copied again for every
   * chunk.
   */
  private hold(chunk: Buffer): void {
    if (this.held.length === 0) {
      this.held = chunk;
      this.spare = Buffer.alloc(0);
      return;
    }
    if (this.spare.length < chunk.length) {
      const larger = Buffer.allocUnsafe(2 * (this.held.length + chunk.length));
      this.held.copy(larger);
      this.spare = larger.subarray(this.held.length);
      this.held = larger.subarray(0, this.held.length);
    }
    chunk.copy(this.spare);
    this.spare = this.spare.subarray(chunk.length);
    this.held = Buffer.from(this.held.buffer, this.held.byteOffset, this.held.length + chunk.length);
  }

  private open(): Socket {
    const socket = connect({ host: this.host, port: this.port, noDelay: true });
    this.held = Buffer.alloc(0);
    socket.on("data", (chunk) => {
      this.hold(chunk);
      const answer = this.take();
      if (!answer) return;
      const { waiting } = this;
      this.waiting = undefined;
      waiting?.resolve(answer);
    });
    // The `close` event that follows reports the failure.
    socket.on("error", () => undefined);
    socket.on("close", () => {
      if (this.socket === socket) this.socket = undefined;
      this.waiting?.reject(new Error("the server closed the connection"));
    });
    return socket;
  }

  /** Returns the first response in the buffer if it is complete. */
  private take(): Answer | undefined {
    const end = this.held.indexOf(headEnd);
    if (end < 0) return undefined;
    const head = this.held.toString("latin1", 0, end);
    const status = Number(head.slice(9, 12));
    const start = end + headEnd.length;
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    if (length !== undefined || status === 304 || status === 204) {
      const size = Number(length ?? 0);
      if (this.held.length < start + size) return undefined;
      return this.give(status, [this.held.subarray(start, start + size)], start + size);
    }
    const pieces: Buffer[] = [];
    for (let at = start; ; ) {
      const line = this.held.indexOf(lineEnd, at);
      if (line < 0) return undefined;
      const size = Number.parseInt(this.held.toString("latin1", at, line), 16);
      const next = line + 2 + size + 2;
      if (this.held.length < next) return undefined;
      if (size === 0) return this.give(status, pieces, next);
      pieces.push(this.held.subarray(line + 2, line + 2 + size));
      at = next;
    }
  }

  private give(status: number, pieces: Buffer[], next: number): Answer {
    this.held = this.held.subarray(next);
    if (this.held.length === 0) this.spare = Buffer.alloc(0);
    const [only] = pieces;
    return { status, body: pieces.length === 1 && only ? only : Buffer.concat(pieces) };
  }
}

/** The result of a load. Times are milliseconds, one per request. */
export interface Load {
  seconds: number;
  times: number[];
}

/** Sends requests for some seconds, with one in flight per connection. `next` returns the n-th call. */
export async function load(
  connections: readonly Connection[],
  host: string,
  seconds: number,
  next: (nth: number) => Call,
): Promise<Load> {
  const times: number[] = [];
  const began = performance.now();
  const end = began + seconds * 1000;
  let nth = 0;
  await Promise.all(
    connections.map(async (connection) => {
      while (performance.now() < end) {
        const call = next(nth++);
        const request = encode(host, call);
        const sent = performance.now();
        const { status, body } = await connection.send(request);
        times.push(performance.now() - sent);
        if (status !== call.status)
          throw new Error(`${call.method} ${call.path} answered ${status}: ${body.toString().slice(0, 500)}`);
      }
    }),
  );
  return { seconds: (performance.now() - began) / 1000, times };
}
