import { existsSync } from "node:fs";
import { mkdtemp, readdir, readlink, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { asked, expectSpoken, speak } from "@/e2e/support/api/by-hand";
import { makeAgent, makeWorkspace, type TestWorkspace } from "@/e2e/support/api/fixtures";
import { type OwnServer, startOwnServer } from "@/e2e/support/api/own-server";

const boundary = "xtestboundary";
let server: OwnServer;
let folder: string;
let workspace: TestWorkspace;
let signed: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rollcall-malformed-"));
  server = await startOwnServer({ MEDIA_DIR: folder });
  workspace = await makeWorkspace();
  const agent = await makeAgent(workspace);
  const { body } = await server.send(
    "GET",
    `/api/workspaces/${workspace.id}/agents/${agent.id}/presigned-upload`,
    { headers: { Authorization: workspace.key } },
  );
  signed = Object.entries(body.formData as Record<string, string>)
    .map(([name, value]) => field(name, value))
    .join("");
});
afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

const field = (name: string, value: string) =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const file = (content: string) =>
  `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n` +
  `Content-Type: application/octet-stream\r\n\r\n${content}\r\n`;
const end = `--${boundary}--\r\n`;
const type = { "Content-Type": `multipart/form-data; boundary=${boundary}` };
const upload = (body: string, length = Buffer.byteLength(body)) =>
  asked("POST", "/api/uploads", { ...type, "Content-Length": String(length) }, body);

/** Returns the server's open files below the folder, and all files in it. */
async function left(): Promise<string[]> {
  const files = (await readdir(folder, { recursive: true })).map(String);
  const fds = `/proc/${server.pid}/fd`;
  if (!existsSync(fds)) return files;
  const open = await Promise.all((await readdir(fds)).map((fd) => readlink(join(fds, fd)).catch(() => "")));
  return [...files, ...open.filter((path) => path.startsWith(folder))];
}

test.each<[string, () => string]>([
  ["a field twice", () => signed + field("key", "x") + file("hello") + end],
  ["a field over 8 KiB", () => signed + field("note", "x".repeat(8193)) + file("hello") + end],
  ["a field after the file", () => signed + file("hello") + field("late", "x") + end],
  ["two files", () => signed + file("hello") + file("hello") + end],
  ["no file", () => signed + end],
  ["no end", () => signed + file("hello")],
  ["another boundary", () => (signed + file("hello") + end).replaceAll(boundary, "other")],
  [
    "too many parts",
    () => signed + Array.from({ length: 30 }, (_, at) => field(`f${at}`, "x")).join("") + file("x") + end,
  ],
  ["a part without headers", () => `${signed}--${boundary}\r\n\r\nhello\r\n${end}`],
])("a form with %s gives 400 and leaves no files, thirty times concurrently", async (_, body) => {
  const answers = await Promise.all(Array.from({ length: 30 }, () => speak(upload(body()), server.url)));
  for (const answer of answers) expectSpoken(answer, 400, "BadRequest");
  await expect.poll(left).toEqual([]);
});

test("a client that disconnects during an upload leaves no files", async () => {
  const { hostname, port } = new URL(server.url);
  const body = signed + file("x".repeat(200_000));
  for (const length of [10, signed.length, signed.length + 200, body.length])
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () =>
        socket.write(upload(body.slice(0, length), 1_000_000), () => setTimeout(() => socket.destroy(), 50)),
      );
      socket.on("error", () => undefined).on("close", () => resolve());
    });
  await expect.poll(left).toEqual([]);
  expect((await speak(asked("GET", "/api/health"), server.url)).status).toBe(200);
});

test("uploads count towards the rate limit of their IP address", async () => {
  const { status, headers } = await speak(upload(signed + end), server.url);
  expect(status).toBe(400);
  expect(headers["ratelimit-policy"]).toBe('"address";q=3000;w=60');
  expect(Number(/r=(\d+)/.exec(headers.ratelimit ?? "")?.[1])).toBeLessThan(3000 - 30);
});

test("a valid file is still stored", async () => {
  expect(await speak(upload(signed + file("hello") + end), server.url)).toMatchObject({
    status: 204,
    body: "",
  });
  expect((await left()).filter((path) => path.endsWith("upload"))).toHaveLength(1);
});

test("with external file storage, the server reads no form", async () => {
  const elsewhere = await startOwnServer({
    S3_ENDPOINT: "http://127.0.0.1:1",
    S3_REGION: "eu-central-1",
    S3_BUCKET: "media",
    S3_ACCESS_KEY_ID: "key",
    S3_SECRET_ACCESS_KEY: "secret",
  });
  try {
    for (const body of [
      signed + field("key", "x") + file("hello") + end,
      signed,
      file("x".repeat(1_000_000)),
    ])
      expectSpoken(await speak(upload(body), elsewhere.url), 404, "NotFound");
    const unfinished = await speak(upload(signed, 20_000_000), elsewhere.url);
    expectSpoken(unfinished, 404, "NotFound");
    expect(unfinished.headers.connection).toBe("close");
  } finally {
    await elsewhere.stop();
  }
});
