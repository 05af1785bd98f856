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
  /** Chunk size in bytes. */
  pieces?: number;
  /** How the client disconnects after the body. */
  gone?: "with an error" | "by the signal";
  contentType?: string;
}

/** Sends a form. Returns "stored", or the status and message of the error. */
async function send(body: string, { pieces = 1 << 20, gone, contentType }: Sending = {}) {
  const bytes = Buffer.from(body, "latin1");
  const client = new AbortController();
  let at = 0;
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      // One event loop turn per chunk, as on a network.
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

/** Expects no file, partial file or open file descriptor. */
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
  ["a repeated field", () => signed() + field("key", "x") + file("hello") + end, /^400 .*repeated/],
  [
    "a repeated field after the file",
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
  ["an empty body", () => "", /^400 /],
  ["only the final boundary", () => end, /^400 .*missing/],
  ["an empty file", () => signed() + file("") + end, /^400 .*empty/],
  ["a file over the limit", () => signed() + file(large) + end, /^413 /],
  ["a file before the fields", () => file("hello") + signed() + end, /^400 /],
  ["too many parts", () => signed() + field("n", "v").repeat(30) + file("hello") + end, /^400 /],
  [
    "too many parts with distinct names",
    () => signed() + Array.from({ length: 30 }, (_, at) => field(`n${at}`, "v")).join("") + file("x") + end,
    /^400 .*too many/,
  ],
  ["another boundary", () => (signed() + file("hello") + end).replaceAll(boundary, "other"), /^400 /],
  ["an endless preamble", () => "z".repeat(50_000), /^400 /],
  ["a part without a name", () => signed().replace(' name="key"', "") + file("hello") + end, /^40[03] /],
  ["a part without headers", () => `${signed()}--${boundary}\r\n\r\nhello\r\n${end}`, /^400 /],
  [
    "unterminated headers of a part",
    () => `${signed()}--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a"`,
    /^400 /,
  ],
  [
    "endless headers of a part",
    () => `${signed()}--${boundary}\r\n${"X-A: b\r\n".repeat(20_000)}\r\nhello\r\n${end}`,
    /^4\d\d /,
  ],
  ["an unterminated file", () => signed() + file("hello"), /^400 .*cut off/],
  [
    "no boundary parameter",
    () => signed() + file("hello") + end,
    /^400 /,
    { contentType: "multipart/form-data; x" },
  ],
  ["an empty boundary", () => signed(), /^400 /, { contentType: 'multipart/form-data; boundary=""' }],
  ["another content type", () => "{}", /^415 /, { contentType: "application/json" }],
  ["a client that disconnects before the file", () => signed(), /^400 .*cut off/, { gone: "with an error" }],
  [
    "a client that disconnects before the file, reported by the signal",
    () => signed(),
    /^400 .*cut off/,
    { gone: "by the signal" },
  ],
  [
    "a client that disconnects in the file",
    () => signed() + file("hello"),
    /^400 .*cut off/,
    { gone: "with an error" },
  ],
  [
    "a client that disconnects in the file, reported by the signal",
    () => signed() + file("a"),
    /^400 .*cut off/,
    { gone: "by the signal" },
  ],
];

describe.each([
  ["in one chunk", 1 << 20],
  ["in chunks of 1000 bytes", 1000],
  ["in chunks of 61 bytes", 61],
])("a malformed form, sent %s", (_, pieces) => {
  test.each(malformed)("with %s is rejected and leaves no files", async (_what, body, refusal, sending) => {
    expect(await send(body(), { pieces, ...sending })).toMatch(refusal);
    await expectNothingLeft();
  });
});

test("a form truncated at any byte is rejected and leaves no files", async () => {
  const whole = signed() + file("hello") + end;
  // The form ends with the final hyphen; the line break after it is optional.
  for (let length = 0; length < whole.length - 2; length += length > signed().length - 100 ? 1 : 17) {
    expect(await send(whole.slice(0, length)), `${length} bytes`).toMatch(/^40[03] /);
    if (length % 50 === 0)
      expect(await send(whole.slice(0, length), { gone: "with an error" }), `${length} bytes`).toMatch(
        /^40[03] /,
      );
  }
  await expectNothingLeft();
});

test("rejections while the temporary file is being created leave no files", async () => {
  const body = signed() + file("hello") + file("again") + end;
  const answers = await Promise.all(Array.from({ length: 100 }, () => send(body)));
  expect(new Set(answers)).toEqual(new Set(["400 The form has several files. Send one file."]));
  await expectNothingLeft();
});

test("concurrent rejected uploads don't affect a valid one", async () => {
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

test("a valid form is stored with any chunk size", async () => {
  for (const pieces of [1, 7, 1 << 20]) {
    expect(await send(signed() + file("hello") + end, { pieces })).toBe("stored");
    await store.remove("a/b/upload");
  }
  await expectNothingLeft();
});
