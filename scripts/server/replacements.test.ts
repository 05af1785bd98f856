import { createGzip } from "node:zlib";
import { beforeAll, expect, test } from "vitest";
import { get, head, open } from "./test-front";

interface Replacing {
  replaceCurrent(replacement: { status: number; headers: Record<string, string>; body: string }): void;
  replaceable<T>(response: object, answer: () => T): T;
}

interface Answering {
  statusCode: number;
  setHeader(name: string, value: string): void;
  writeHead(status: number, headers?: object): void;
  flushHeaders(): void;
  write(chunk: string): boolean;
  end(chunk?: string): void;
}

let replacing: Replacing;
beforeAll(async () => {
  replacing = (await import(new URL("./replacements.mjs", import.meta.url).href)) as Replacing;
});

const replacement = {
  status: 503,
  headers: { "Content-Type": "text/plain", "Retry-After": "2", "Cache-Control": "no-store" },
  body: "instead",
};
const tick = () => new Promise((resolve) => setImmediate(resolve));

/** Sends a request to a server that answers with `answer`. */
async function respond(answer: (response: Answering) => unknown, request = get("/page")): Promise<string> {
  const { talk } = await open({
    handle: (_: unknown, response: Answering) =>
      replacing.replaceable(response, async () => {
        await tick();
        await answer(response);
      }),
  });
  return await talk(request);
}

const waysToAnswer: [string, (response: Answering) => void][] = [
  ["end", (response) => response.end("broken")],
  [
    "write",
    (response) => {
      response.write("bro");
      response.end("ken");
    },
  ],
  [
    "flushHeaders",
    (response) => {
      response.flushHeaders();
      response.write("bro");
      response.end("ken");
    },
  ],
  [
    "writeHead",
    (response) => {
      response.writeHead(500, { "Content-Length": 6 });
      response.end("broken");
    },
  ],
];

test.each(waysToAnswer)("a 500 is replaced when it is sent with %s", async (_, send) => {
  const answer = await respond((response) => {
    response.statusCode = 500;
    response.setHeader("Content-Encoding", "gzip");
    response.setHeader("Cache-Control", "private");
    replacing.replaceCurrent(replacement);
    send(response);
  });
  expect(answer).toMatch(/^HTTP\/1\.1 503 Service Unavailable\r\n/);
  expect(answer).toMatch(/\r\nRetry-After: 2\r\n/);
  expect(answer).toMatch(/\r\nCache-Control: no-store\r\n/);
  expect(answer).toMatch(/\r\nContent-Length: 7\r\n/);
  expect(answer).toMatch(/\r\nX-Request-Id: [0-9a-f-]{36}\r\n/);
  expect(answer).toMatch(/\r\nX-Frame-Options: DENY\r\n/);
  expect(answer).not.toMatch(/gzip|private|broken/);
  expect(answer.endsWith("\r\n\r\ninstead")).toBe(true);
});

test("a compressed 500 is replaced without compression", async () => {
  const answer = await respond(async (response) => {
    response.statusCode = 500;
    replacing.replaceCurrent(replacement);
    // As the `compression` middleware inside Next.js does.
    const { writeHead, write, end } = response;
    response.writeHead = (status) => {
      response.setHeader("Content-Encoding", "gzip");
      writeHead(status);
    };
    const gzip = createGzip();
    gzip.on("data", (chunk: string) => write(chunk));
    gzip.on("end", () => end());
    response.writeHead(500);
    gzip.end("broken");
    await new Promise((resolve) => gzip.once("close", resolve));
  });
  expect(answer).toMatch(/^HTTP\/1\.1 503 /);
  expect(answer).not.toMatch(/gzip/);
  expect(answer.endsWith("\r\n\r\ninstead")).toBe(true);
});

test("the replacement of a HEAD request has no body", async () => {
  const answer = await respond((response) => {
    response.statusCode = 500;
    replacing.replaceCurrent(replacement);
    response.end();
  }, `HEAD /page HTTP/1.1\r\n${head}\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 503 /);
  expect(answer.endsWith("\r\n\r\n")).toBe(true);
});

test.each([
  [200, true],
  [404, true],
  [500, false],
])("a %d is sent as it is, also with a replacement: %s", async (status, marked) => {
  const answer = await respond((response) => {
    if (marked) replacing.replaceCurrent(replacement);
    response.statusCode = status;
    response.write("as ");
    response.end("it is");
  });
  expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(answer).toMatch(/as [\s\S]*it is/);
});

test("a response that has begun is not replaced", async () => {
  const answer = await respond((response) => {
    response.write("begun");
    response.statusCode = 500;
    replacing.replaceCurrent(replacement);
    response.end("done");
  });
  expect(answer).toMatch(/^HTTP\/1\.1 200 [\s\S]*begun[\s\S]*done/);
});

test("a replacement applies to its own request only", async () => {
  let turn = 0;
  const { talk } = await open({
    handle: (_: unknown, response: Answering) =>
      replacing.replaceable(response, async () => {
        const first = turn++ === 0;
        await tick();
        if (first) replacing.replaceCurrent(replacement);
        await tick();
        response.statusCode = 500;
        response.end();
      }),
  });
  const answers = await Promise.all([talk(get("/one")), talk(get("/other"))]);
  expect(answers.map((answer) => answer.slice(9, 12)).sort()).toEqual(["500", "503"]);
});

test("without a request, a replacement is ignored", () => {
  expect(() => replacing.replaceCurrent(replacement)).not.toThrow();
});
