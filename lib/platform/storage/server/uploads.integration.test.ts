import { existsSync } from "node:fs";
import { mkdtemp, readdir, readlink, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isApiError } from "@/lib/platform/http/errors";
import { createSecrets } from "@/lib/platform/security/secrets";
import { createDiskStore, type DiskStore } from "@/lib/platform/storage/server/disk";
import { receiveUpload } from "@/lib/platform/storage/server/uploads";

const boundary = "----test7boundary";
const maxSize = 64 * 1024;
const now = new Date("2026-03-09T08:30:00Z");

let folder: string;
let store: DiskStore;
let fields: Record<string, string>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rollcall-uploads-"));
  store = createDiskStore(folder, createSecrets("a secret of the tests, long enough"), "http://x.example");
  ({ fields } = await store.presignUpload({ key: "a/b/upload", maxSize, now }));
});
afterAll(() => rm(folder, { recursive: true }));

const field = (name: string, value: string) =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const file = (content: string, name = "file") =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="a"\r\n` +
  `Content-Type: application/octet-stream\r\n\r\n${content}\r\n`;
const end = `--${boundary}--\r\n`;
const signed = () =>
  Object.entries(fields)
    .map(([name, value]) => field(name, value))
    .join("");

interface Sending {
  /** Bytes of a piece of the body. */
  pieces?: number;
  /** After the body the client is gone, or says nothing more until it is. */
  gone?: "with an error" | "by the signal";
  contentType?: string;
}

/** Sends a form; gives what came of it: "stored", or the code and the message of the refusal. */
async function send(body: string, { pieces = 1 << 20, gone, contentType }: Sending = {}) {
  const bytes = Buffer.from(body, "latin1");
  const client = new AbortController();
  let at = 0;
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      // A turn of the loop between pieces, as on a network.
      await new Promise((resolve) => setImmediate(resolve));
      if (at < bytes.length) {
        controller.enqueue(bytes.subarray(at, at + pieces));
        at += pieces;
      } else if (gone === "with an error") controller.error(new Error("aborted"));
      else if (gone === "by the signal") {
        client.abort();
        await new Promise(() => undefined);
      } else controller.close();
    },
  });
  const request = new Request("http://x.example/api/uploads", {
    method: "POST",
    headers: { "Content-Type": contentType ?? `multipart/form-data; boundary=${boundary}` },
    body: stream,
    duplex: "half",
    signal: client.signal,
  } as RequestInit);
  try {
    await receiveUpload(store, request, { maxSize, now });
    return "stored";
  } catch (error) {
    if (!isApiError(error)) throw error;
    return `${error.status} ${error.message}`;
  }
}

/** Neither a file, a part of one, nor a descriptor. */
async function expectNothingLeft() {
  expect(await readdir(folder, { recursive: true })).toEqual([]);
  if (!existsSync("/proc/self/fd")) return;
  const open = await Promise.all(
    (await readdir("/proc/self/fd")).map((each) => readlink(`/proc/self/fd/${each}`).catch(() => "")),
  );
  expect(open.filter((path) => path.startsWith(folder))).toEqual([]);
}

const long = "x".repeat(8 * 1024 + 1);
const large = "y".repeat(maxSize + 1);

const malformed: [string, () => string, RegExp, Sending?][] = [
  ["a field twice", () => signed() + field("key", "x") + file("hello") + end, /^400 .*repeated/],
  [
    "a field twice, after the file",
    () => `${signed() + file("hello") + field("key", "x")}${end}`,
    /^400 .*last/,
  ],
  ["a field over 8 KiB", () => signed() + field("note", long) + file("hello") + end, /^400 .*too long/],
  [
    "a field over 8 KiB after the file",
    () => signed() + file("hello") + field("note", long) + end,
    /^400 .*last/,
  ],
  ["a field after the file", () => signed() + file("hello") + field("late", "x") + end, /^400 .*last/],
  ["two files", () => signed() + file("hello") + file("again") + end, /^400 .*Send one file/],
  ["two files, the second large", () => signed() + file("hello") + file(large) + end, /^400 .*Send one file/],
  [
    "two files of different names",
    () => signed() + file("hello", "other") + file("hi") + end,
    /^403 .*named file/,
  ],
  ["no file", () => signed() + end, /^400 .*missing/],
  ["nothing at all", () => "", /^400 /],
  ["the end alone", () => end, /^400 .*missing/],
  ["an empty file", () => signed() + file("") + end, /^400 .*empty/],
  ["a file over the limit", () => signed() + file(large) + end, /^413 /],
  ["a file before the fields", () => file("hello") + signed() + end, /^400 /],
  ["too many parts", () => signed() + field("n", "v").repeat(30) + file("hello") + end, /^400 /],
  [
    "too many parts, each of its own name",
    () => signed() + Array.from({ length: 30 }, (_, at) => field(`n${at}`, "v")).join("") + file("x") + end,
    /^400 .*too many/,
  ],
  ["another boundary", () => (signed() + file("hello") + end).replaceAll(boundary, "other"), /^400 /],
  ["a preamble that never ends", () => "z".repeat(50_000), /^400 /],
  ["a part without a name", () => signed().replace(' name="key"', "") + file("hello") + end, /^40[03] /],
  ["a part without headers", () => `${signed()}--${boundary}\r\n\r\nhello\r\n${end}`, /^400 /],
  [
    "headers of a part without an end",
    () => `${signed()}--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a"`,
    /^400 /,
  ],
  [
    "endless headers of a part",
    () => `${signed()}--${boundary}\r\n${"X-A: b\r\n".repeat(20_000)}\r\nhello\r\n${end}`,
    /^4\d\d /,
  ],
  ["a file without its end", () => signed() + file("hello"), /^400 .*cut off/],
  [
    "no boundary named",
    () => signed() + file("hello") + end,
    /^400 /,
    { contentType: "multipart/form-data; x" },
  ],
  ["a boundary of nothing", () => signed(), /^400 /, { contentType: 'multipart/form-data; boundary=""' }],
  ["another type", () => "{}", /^415 /, { contentType: "application/json" }],
  ["a client gone before the file", () => signed(), /^400 .*cut off/, { gone: "with an error" }],
  [
    "a client gone before the file, by the signal",
    () => signed(),
    /^400 .*cut off/,
    { gone: "by the signal" },
  ],
  ["a client gone in the file", () => signed() + file("hello"), /^400 .*cut off/, { gone: "with an error" }],
  [
    "a client gone in the file, by the signal",
    () => signed() + file("a"),
    /^400 .*cut off/,
    { gone: "by the signal" },
  ],
];

describe.each([
  ["at once", 1 << 20],
  ["in pieces of 1000 bytes", 1000],
  ["in pieces of 61 bytes", 61],
])("a malformed form that comes %s", (_, pieces) => {
  test.each(malformed)("with %s is refused, and leaves nothing", async (_what, body, refusal, sending) => {
    expect(await send(body(), { pieces, ...sending })).toMatch(refusal);
    await expectNothingLeft();
  });
});

test("a form that is cut off anywhere is refused, and leaves nothing", async () => {
  const whole = signed() + file("hello") + end;
  // What follows the last hyphen is no part of the form.
  for (let length = 0; length < whole.length - 2; length += length > signed().length - 100 ? 1 : 17) {
    expect(await send(whole.slice(0, length)), `${length} bytes`).toMatch(/^40[03] /);
    if (length % 50 === 0)
      expect(await send(whole.slice(0, length), { gone: "with an error" }), `${length} bytes`).toMatch(
        /^40[03] /,
      );
  }
  await expectNothingLeft();
});

test("a refusal while the file's place is being made leaves nothing, however often", async () => {
  const body = signed() + file("hello") + file("again") + end;
  const answers = await Promise.all(Array.from({ length: 100 }, () => send(body)));
  expect(new Set(answers)).toEqual(new Set(["400 The form has several files. Send one file."]));
  await expectNothingLeft();
});

test("refused uploads beside it don't keep one from being stored", async () => {
  const right = signed() + file("hello") + end;
  const wrong = signed() + file("hello") + file("again") + end;
  for (let round = 0; round < 20; round++) {
    const answers = await Promise.all(
      Array.from({ length: 40 }, async (_, at) => {
        for (let turn = 0; turn < at % 7; turn++) await new Promise((resolve) => setImmediate(resolve));
        return send(at % 8 === 0 ? right : wrong);
      }),
    );
    expect(answers.filter((answer) => answer === "stored")).toHaveLength(5);
    await store.remove("a/b/upload");
  }
  await expectNothingLeft();
});

test("a form that is right is stored, in whatever pieces it comes", async () => {
  for (const pieces of [1, 7, 1 << 20]) {
    expect(await send(signed() + file("hello") + end, { pieces })).toBe("stored");
    await store.remove("a/b/upload");
  }
  await expectNothingLeft();
});
