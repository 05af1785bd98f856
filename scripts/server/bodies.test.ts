import { connect, type Socket } from "node:net";
import { expect, test } from "vitest";
import { expectRefusal, get, head, open } from "./test-front";

test("answers pipelined requests in order", async () => {
  const { talk } = await open();
  const answer = await talk(
    `GET /api/1 HTTP/1.1\r\nHost: x\r\n\r\nGET /api/2 HTTP/1.1\r\nHost: x\r\n\r\n${get("/api/3")}`,
  );
  expect([...answer.matchAll(/\r\n\r\n(\/api\/\d)/g)].map(([, url]) => url)).toEqual([
    "/api/1",
    "/api/2",
    "/api/3",
  ]);
});

test("answers a request even if invalid data follows it", async () => {
  const { talk } = await open();
  const answer = await talk("GET /api/1 HTTP/1.1\r\nHost: x\r\n\r\nBAD\r\n\r\n");
  expect(answer).toMatch(/^HTTP\/1\.1 200 [\s\S]*\r\n\r\n\/api\/1$/);
});

test("ignores a request hidden behind an unread body", async () => {
  const { talk, seen } = await open();
  const hidden = "GET /api/hidden HTTP/1.1\r\nHost: x\r\n\r\n";
  const answer = await talk(
    `POST /api/early HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc`,
    (socket, got) => {
      if (got.includes("/api/early")) socket.end("x".repeat(97) + hidden);
    },
  );
  expect(answer).toMatch(/Connection: close/);
  expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
  expect(seen.map((each) => each.url)).toEqual(["/api/early"]);
});

test.each([
  ["chunked encoding in HTTP/1.0", "HTTP/1.0", "Connection: keep-alive\r\nTransfer-Encoding: chunked\r\n"],
  [
    "two Transfer-Encoding headers",
    "HTTP/1.1",
    "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
  ],
  ["doubly chunked encoding", "HTTP/1.1", "Transfer-Encoding: chunked, chunked\r\n"],
  ["an unknown transfer encoding", "HTTP/1.1", "Transfer-Encoding: xchunked\r\nContent-Length: 0\r\n"],
  [
    "an encoding after a tab, and a length",
    "HTTP/1.1",
    "Transfer-Encoding:\tchunked\r\nContent-Length: 3\r\n",
  ],
  ["a signed length", "HTTP/1.1", "Content-Length: +0\r\n"],
  ["a list of lengths", "HTTP/1.1", "Content-Length: 0, 5\r\n"],
])("prevents request smuggling with a body of %s", async (_, version, headers) => {
  const { talk, seen } = await open();
  const answer = await talk(
    `POST /api/x ${version}\r\nHost: x\r\n${headers}\r\n0\r\n\r\nGET /api/hidden HTTP/1.1\r\nHost: x\r\n\r\n`,
  );
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(answer).toMatch(/Connection: close/);
  expect(answer.match(/HTTP\/1\.1 \d/g)).toHaveLength(1);
  expect(seen.filter((each) => each.url === "/api/hidden")).toEqual([]);
});

test("sends a response before a large body arrives and closes the connection", async () => {
  const { talk } = await open();
  const answer = await talk(
    `POST /api/early HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n\r\n${"x".repeat(4_000_000)}`,
  );
  expect(answer).toMatch(/^HTTP\/1\.1 200 [\s\S]*Connection: close[\s\S]*\/api\/early$/);
});

test("sends 100 Continue only when the body is read", async () => {
  const { talk, seen } = await open();
  const ask = (path: string) =>
    `POST ${path} HTTP/1.1\r\n${head}Expect: 100-continue\r\nContent-Length: 2\r\n\r\n`;
  const answer = await talk(ask("/api/x"), (socket, got) => {
    if (got.endsWith("100 Continue\r\n\r\n")) socket.write("{}");
  });
  expect(answer).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /);
  expect(seen[0]?.body).toBe("{}");
  expect(await talk(ask("/api/early"))).toMatch(/^HTTP\/1\.1 200 /);
  expectRefusal(await talk(ask("/page")), 405, "MethodNotAllowed");
});

test("cuts off a slow body", async () => {
  const { talk, seen } = await open({ patience: { grace: 50, slowest: 1_000_000, interval: 10 } });
  for (const body of ["Content-Length: 100\r\n\r\n{", "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n"])
    expectRefusal(await talk(`POST /api/x HTTP/1.1\r\nHost: x\r\n${body}`), 408, "RequestTimeout");
  expect(seen).toEqual([]);
});

test("ends the connection if the client half-closes it too early", async () => {
  const { port } = await open();
  const closed = await new Promise<boolean>((resolve) => {
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true }, () =>
      socket.end("POST /api/x HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"),
    );
    socket.on("data", () => undefined).on("error", () => undefined);
    socket.on("end", () => resolve(true));
  });
  expect(closed).toBe(true);
});

test("limits the number of connections, and half of that per address", async () => {
  const { port, server } = await open({ most: 6 });
  const sockets: Socket[] = [];
  const connected = () =>
    new Promise<"open" | "closed">((resolve) => {
      const socket = connect(port, "127.0.0.1", () => socket.write("GET /api/x HTTP/1.1\r\nHost: x\r\n"));
      sockets.push(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => resolve("closed"));
      server.once("connection", () => setImmediate(() => !socket.destroyed && resolve("open")));
    });
  for (let at = 0; at < 3; at++) expect(await connected()).toBe("open");
  const refused = new Promise((resolve) =>
    connect(port, "127.0.0.1")
      .on("error", () => undefined)
      .on("close", resolve),
  );
  await refused;
  const left = new Promise<void>((resolve) => {
    const ask = () => server.getConnections((_, count) => (count < 3 ? resolve() : setImmediate(ask)));
    ask();
  });
  sockets[0]?.destroy();
  await left;
  expect(await connected()).toBe("open");
  for (const socket of sockets) socket.destroy();
});
