import { connect, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeAll, expect } from "vitest";
import { projectDir } from "../paths";

interface Seen {
  method: string;
  url: string;
  headers: Record<string, string>;
  raw: string[];
  body: string;
}

type CreateFront = (options: Record<string, unknown>) => Server;

let createFront: CreateFront;
beforeAll(async () => {
  const path = pathToFileURL(join(projectDir, "scripts", "server", "front.mjs")).href;
  ({ createFront } = (await import(path)) as { createFront: CreateFront });
});

let servers: Server[] = [];
afterEach(async () => {
  for (const server of servers) {
    (server as unknown as { closeAllConnections(): void }).closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  servers = [];
});

/** Starts a front server on a free port, with a handler that records its requests. */
export async function open(options: Record<string, unknown> = {}) {
  const seen: Seen[] = [];
  const server: Server = createFront({
    most: 100,
    common: { "X-Frame-Options": "DENY" },
    async handle(request: AsyncIterable<Buffer> & Record<string, never>, response: Record<string, never>) {
      const asked = request as unknown as Seen & { rawHeaders: string[] };
      const chunks: Buffer[] = [];
      if (asked.url !== "/api/early") for await (const chunk of request) chunks.push(chunk);
      const { method, url, headers, rawHeaders } = asked;
      seen.push({ method, url, headers, raw: [...rawHeaders], body: Buffer.concat(chunks).toString() });
      const answer = response as unknown as {
        writeHead(status: number, headers: object): void;
        end(body: string): void;
      };
      answer.writeHead(200, { "content-type": "text/plain", "content-length": url.length });
      answer.end(url);
    },
    ...options,
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };

  /** Sends raw text and returns everything received until the connection closes. */
  function talk(text: string, then?: (socket: Socket, sofar: string) => void): Promise<string> {
    return new Promise((resolve) => {
      let got = "";
      const socket = connect(port, "127.0.0.1", () => socket.write(text, "latin1"));
      socket.on("data", (chunk) => {
        got += chunk.toString("latin1");
        then?.(socket, got);
      });
      socket.on("error", () => undefined);
      socket.on("close", () => resolve(got));
    });
  }
  return { seen, talk, port, server };
}

export const head = "Host: x\r\nConnection: close\r\n";
export const get = (target: string, more = "") => `GET ${target} HTTP/1.1\r\n${head}${more}\r\n`;

export function expectRefusal(answer: string, status: number, code: string) {
  expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  const [top = "", body = ""] = answer.split("\r\n\r\n");
  expect(top).toMatch(/\r\nX-Request-Id: [0-9a-f-]{36}/i);
  expect(top).toMatch(/\r\nX-Frame-Options: DENY/i);
  expect(top).toMatch(/\r\nConnection: close/i);
  expect(top).toMatch(/\r\nContent-Type: application\/json/i);
  expect(JSON.parse(body)).toMatchObject({ code, message: expect.stringMatching(/[.]$/) });
}
