import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { errorBody, isApiError } from "@/lib/platform/http/errors";
import { newId } from "@/lib/platform/ids";
import { createSecrets } from "@/lib/platform/security/secrets";
import type { UploadForm } from "@/lib/platform/storage/policy";
import { createDiskStore } from "@/lib/platform/storage/server/disk";
import { createFileEndpoints } from "@/lib/platform/storage/server/endpoints";
import { createS3Store } from "@/lib/platform/storage/server/s3";
import type { Store } from "@/lib/platform/storage/server/store";
import { receiveUpload } from "@/lib/platform/storage/server/uploads";
import { testS3Endpoint } from "@/lib/testing/environment";

const maxSize = 256 * 1024;

interface Bench {
  store: Store;
  close(): Promise<void>;
}

/** Starts the disk store behind a server with its endpoints. */
async function openDisk(): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), "rollcall-disk-"));
  let endpoints: ReturnType<typeof createFileEndpoints> | undefined;
  const server = createServer(async (incoming, outgoing) => {
    const hasBody = incoming.method === "POST";
    const asked = new Request(`http://127.0.0.1${incoming.url}`, {
      method: incoming.method ?? "GET",
      headers: new Headers(incoming.headers as Record<string, string>),
      ...(hasBody ? { body: Readable.toWeb(incoming) as ReadableStream, duplex: "half" } : {}),
    } as RequestInit);
    const answer = await (hasBody
      ? endpoints?.receive(asked, new Date())
      : endpoints?.send(asked, new Date())
    )?.catch((error: unknown) => {
      if (!isApiError(error)) throw error;
      return Response.json(errorBody(error), { status: error.status });
    });
    outgoing.writeHead(answer?.status ?? 500, Object.fromEntries(answer?.headers ?? []));
    outgoing.end(Buffer.from((await answer?.arrayBuffer()) ?? new ArrayBuffer(0)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const secrets = createSecrets("a secret of the tests, long enough");
  const store = createDiskStore(folder, secrets, `http://127.0.0.1:${port}`);
  endpoints = createFileEndpoints(store, maxSize);
  return {
    store,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true });
    },
  };
}

/** Connects to the server that scripts/testing/radosgw.sh starts. */
async function openS3(endpoint: string): Promise<Bench> {
  const options = {
    endpoint,
    publicEndpoint: endpoint,
    region: "us-east-1",
    bucket: `test-${randomBytes(6).toString("hex")}`,
    accessKeyId: "S3TESTKEY",
    secretAccessKey: "s3testsecret",
  };
  const { accessKeyId, secretAccessKey } = options;
  const client = new S3Client({
    ...options,
    forcePathStyle: true,
    credentials: { accessKeyId, secretAccessKey },
  });
  await client.send(new CreateBucketCommand({ Bucket: options.bucket }));
  client.destroy();
  return { store: createS3Store(options), close: async () => undefined };
}

const stores: [string, () => Promise<Bench>][] = [["disk", openDisk]];
const s3 = testS3Endpoint();
if (s3) stores.push(["S3", () => openS3(s3)]);

describe.each(stores)("the %s store", (_, open) => {
  let bench: Bench;
  let folder: string;
  beforeAll(async () => {
    bench = await open();
    folder = await mkdtemp(join(tmpdir(), "rollcall-store-"));
  });
  afterAll(async () => {
    await bench.close();
    await rm(folder, { recursive: true });
  });

  const newKey = () => `${newId()}/${newId()}/${newId()}/upload`;
  const policyFor = (key: string, now = new Date()) => bench.store.presignUpload({ key, maxSize, now });

  async function post(
    url: string,
    fields: Record<string, string>,
    file: Uint8Array<ArrayBuffer> | undefined = bytes(1000),
    after: Record<string, string> = {},
  ): Promise<number> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    if (file) form.append("file", new Blob([file]), "picture.png");
    for (const [name, value] of Object.entries(after)) form.append(name, value);
    const answer = await fetch(url, { method: "POST", body: form });
    await answer.text();
    return answer.status;
  }

  const bytes = (size: number) => new Uint8Array(randomBytes(size));

  async function stored(key: string): Promise<Buffer | undefined> {
    const path = join(folder, newId());
    return (await bench.store.fetch(key, path)) ? await readFile(path) : undefined;
  }

  async function keysBelow(below: string): Promise<string[]> {
    const keys: string[] = [];
    for await (const file of bench.store.list(below)) keys.push(file.key);
    return keys.sort();
  }

  /** Expects neither the file nor a partial file. */
  async function expectNothing(key: string): Promise<void> {
    expect(await stored(key)).toBeUndefined();
    expect(await keysBelow(key.replace("/upload", ""))).toEqual([]);
  }

  const refusals = [400, 403, 413];

  test("stores an upload byte for byte", async () => {
    const key = newKey();
    const { url, fields } = await policyFor(key);
    const file = bytes(maxSize);
    expect(await post(url, fields, file)).toBe(204);
    expect((await stored(key))?.equals(file)).toBe(true);
    expect(await keysBelow(key.replace("/upload", ""))).toEqual([key]);
  });

  test("replaces the first upload by a second one under the same policy", async () => {
    const key = newKey();
    const { url, fields } = await policyFor(key);
    await post(url, fields, bytes(100));
    const second = bytes(200);
    expect(await post(url, fields, second)).toBe(204);
    expect((await stored(key))?.equals(second)).toBe(true);
  });

  test("rejects a file one byte over the limit", async () => {
    const key = newKey();
    const { url, fields } = await policyFor(key);
    expect(refusals).toContain(await post(url, fields, bytes(maxSize + 1)));
    await expectNothing(key);
  });

  test("rejects an empty file", async () => {
    const key = newKey();
    const { url, fields } = await policyFor(key);
    expect(refusals).toContain(await post(url, fields, new Uint8Array(0)));
    await expectNothing(key);
  });

  const flip = (text: string) => (text.startsWith("0") ? "1" : "0") + text.slice(1);
  const widened = (policy: string) =>
    Buffer.from(
      Buffer.from(policy, "base64")
        .toString("utf8")
        .replace(String(maxSize), String(maxSize * 4)),
    ).toString("base64");

  type Change = (fields: UploadForm["fields"]) => Record<string, string>;
  const without =
    (name: keyof UploadForm["fields"]): Change =>
    ({ [name]: _gone, ...rest }) =>
      rest;

  test.each<[string, Change]>([
    ["with another content type", (fields) => ({ ...fields, "Content-Type": "text/html" })],
    ["with a field missing from the policy", (fields) => ({ ...fields, acl: "public-read" })],
    ["with a tampered policy", (fields) => ({ ...fields, policy: widened(fields.policy) })],
    [
      "with a tampered signature",
      (fields) => ({ ...fields, "x-amz-signature": flip(fields["x-amz-signature"]) }),
    ],
    ["with the key of another upload", (fields) => ({ ...fields, key: newKey() })],
    ["without a signature", without("x-amz-signature")],
    ["without the date", without("x-amz-date")],
  ])("rejects an upload %s", async (_what, change) => {
    const key = newKey();
    const { url, fields } = await policyFor(key);
    const changed = change(fields);
    expect(refusals).toContain(await post(url, changed));
    await expectNothing(key);
    await expectNothing(changed.key ?? key);
  });

  test("rejects an expired policy", async () => {
    const key = newKey();
    const { url, fields } = await policyFor(key, new Date(Date.now() - 601_000));
    expect(refusals).toContain(await post(url, fields));
    await expectNothing(key);
  });

  test("stores nothing of an interrupted upload", async () => {
    const key = newKey();
    const { url, fields } = await policyFor(key);
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append("file", new Blob([bytes(200_000)]), "picture.png");
    const whole = new Response(form);
    const body = Buffer.from(await whole.arrayBuffer());
    await new Promise<void>((resolve) => {
      const sending = request(url, {
        method: "POST",
        headers: { "Content-Type": whole.headers.get("content-type") ?? "", "Content-Length": body.length },
      });
      sending.on("error", () => undefined).on("close", resolve);
      sending.write(body.subarray(0, 100_000), () => setTimeout(() => sending.destroy(), 100));
    });
    await expect.poll(() => keysBelow(key.replace("/upload", ""))).toEqual([]);
    await expectNothing(key);
  });

  test("serves a file by a signed link with the given content type", async () => {
    const path = join(folder, newId());
    const file = bytes(5000);
    await writeFile(path, file);
    const key = newKey();
    await bench.store.put(key, path, "audio/mpeg");
    const link = { key, contentType: "audio/mpeg", fileName: "recording.mp3" };
    const url = await bench.store.link({ ...link, now: new Date() });
    const whole = await fetch(url);
    expect(whole.status).toBe(200);
    expect(whole.headers.get("content-type")).toBe("audio/mpeg");
    expect(Buffer.from(await whole.arrayBuffer()).equals(file)).toBe(true);
    const part = await fetch(url, { headers: { Range: "bytes=10-19" } });
    expect(part.status).toBe(206);
    expect(Buffer.from(await part.arrayBuffer()).equals(file.subarray(10, 20))).toBe(true);
    expect((await fetch(url.replace(/(signature=)./i, "$1%21"))).status).toBe(403);
    expect(
      (await fetch(await bench.store.link({ ...link, now: new Date(Date.now() - 61_000) }))).status,
    ).toBe(403);
  });

  test("removes a file, and ignores a missing one", async () => {
    const path = join(folder, newId());
    await writeFile(path, bytes(10));
    const key = newKey();
    await bench.store.put(key, path, "image/webp");
    await bench.store.remove(key);
    await bench.store.remove(key);
    await expectNothing(key);
  });
});

test("the disk store reports broken rules and its own errors", async () => {
  const folder = await mkdtemp(join(tmpdir(), "rollcall-disk-"));
  const store = createDiskStore(
    folder,
    createSecrets("a secret of the tests, long enough"),
    "http://x.example",
  );
  const now = new Date();
  const { url, fields } = await store.presignUpload({ key: "a/b", maxSize: 100_000, now });
  const asked = () => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append("file", new Blob([new Uint8Array(600_000)]));
    return new Request(url, { method: "POST", body: form });
  };
  const options = { maxSize: 1_000_000, now };
  await expect(receiveUpload(store, asked(), options)).rejects.toMatchObject({ code: "PayloadTooLarge" });
  await expect(receiveUpload(store, asked(), { maxSize: 100_000, now })).rejects.toMatchObject({
    code: "PayloadTooLarge",
  });
  const full = new Error("no space left on device");
  const broken = {
    ...store,
    receive: async (_key: string, source: Readable) => {
      source.destroy(full);
      throw full;
    },
  };
  await expect(receiveUpload(broken, asked(), options)).rejects.toBe(full);
  expect(await readdir(folder)).toEqual([]);
  await rm(folder, { recursive: true });
});

test("the disk store removes empty folders", async () => {
  const folder = await mkdtemp(join(tmpdir(), "rollcall-disk-"));
  const store = createDiskStore(
    folder,
    createSecrets("a secret of the tests, long enough"),
    "http://x.example",
  );
  const path = join(folder, "source");
  await writeFile(path, "x");
  await store.put("a/b/c", path, "image/webp");
  await store.remove("a/b/c");
  expect(await readdir(folder)).toEqual(["source"]);
  await rm(folder, { recursive: true });
});
