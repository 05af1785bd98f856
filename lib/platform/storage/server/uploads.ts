import { once } from "node:events";
import { type Readable, Transform } from "node:stream";
import { Busboy, type BusboyInstance } from "@fastify/busboy";
import { ApiError } from "@/lib/platform/http/errors";
import { refuseCompressed } from "@/lib/platform/http/parse";
import type { DiskStore } from "@/lib/platform/storage/server/disk";

/**
 * Bytes after which a minor garbage collection is forced. By default V8 lets about 30 MiB of chunks pile up,
 * more than the largest upload.
 */
const collectEvery = 4 * 1024 * 1024;

/** Runs a minor garbage collection; undefined without `--expose-gc`. */
const collectYoung = (globalThis as { gc?: (options: { type: "minor" }) => void }).gc;

/** Bytes that a form may have in addition to its file: fields, boundaries and part headers. */
const overhead = 64 * 1024;
const limits = { fieldSize: 8 * 1024, fields: 20, files: 1, parts: 21, headerPairs: 20 };

/**
 * Receives one file by POST policy, as an S3 server would: `multipart/form-data`, policy fields first, file
 * last. Streams to the disk and stops at the first violation; nothing is stored then. Throws
 * `UnsupportedMediaType`, `BadRequest`, `Forbidden` or `PayloadTooLarge`.
 */
export async function receiveUpload(
  store: Pick<DiskStore, "checkForm" | "receive">,
  request: Request,
  { maxSize, now }: { maxSize: number; now: Date },
): Promise<void> {
  refuseCompressed(request.headers);
  const contentType = request.headers.get("content-type") ?? "";
  if (!/^multipart\/form-data\s*;/i.test(contentType))
    throw new ApiError("UnsupportedMediaType", "Send a form, with Content-Type: multipart/form-data.");
  if (Number(request.headers.get("content-length") ?? 0) > maxSize + overhead) throw tooLarge(maxSize);
  if (!request.body) throw badForm("The form is empty. Send the fields and the file.");
  const parser = openParser(contentType);

  const form = new Map<string, string>();
  let current: { file: Readable; stored: Promise<void> } | undefined;
  const failure = deferred();
  const whole = deferred();
  let failed = false;
  const fail = (error: unknown) => {
    failed = true;
    failure.reject(error);
  };
  request.signal.addEventListener("abort", () => fail(cutOff()), { once: true });

  // A part may lack a name, although the parser's types say otherwise.
  parser.on("field", (name: string | undefined, value: string, _nameCut: boolean, valueCut: boolean) => {
    const known = (name ?? "").toLowerCase();
    if (current) fail(badForm("The file must be the last field."));
    else if (valueCut) fail(badForm(`The field ${name} is too long. It can have at most 8 KiB.`));
    else if (form.has(known)) fail(badForm(`The field ${name} is repeated. Send it once.`));
    else form.set(known, value);
  });
  parser.on("file", (name: string | undefined, file: Readable) => {
    // An error of the parser. If the stream is already destroyed, the store failed, and reports that itself.
    file.on("error", (error) => {
      if (!file.destroyed) fail(cutOff(error));
    });
    const refuse = (error: ApiError) => {
      file.resume();
      fail(error);
    };
    // After a failure, the parser still emits the remaining parts of the chunk.
    if (failed) return file.resume();
    if (current) return refuse(badForm("The form has several files. Send one file."));
    if (name !== "file")
      return refuse(new ApiError("Forbidden", "The file must be in the field named file."));
    const verdict = store.checkForm(form, now);
    if (!verdict.ok) return refuse(new ApiError(verdict.code, verdict.message));
    const stored = store.receive(verdict.key, file, boundTo(verdict), whole.promise);
    stored.catch(fail);
    current = { file, stored };
  });
  parser.on("filesLimit", () => fail(badForm("The form has several files. Send one file.")));
  for (const limit of ["partsLimit", "fieldsLimit"] as const)
    parser.on(limit, () =>
      fail(badForm("The form has too many fields. Send only the fields of the upload.")),
    );
  parser.on("error", (error: unknown) =>
    fail(badForm("The form is not well-formed or was cut off. Send it again.", error)),
  );

  let stopped = false;
  const reader = request.body.getReader();
  async function pump(): Promise<void> {
    const finished = once(parser, "finish");
    finished.catch(() => undefined);
    let size = 0;
    let collected = 0;
    for (let step = await next(); !step.done && !stopped; step = await next()) {
      size += step.value.byteLength;
      if (size > maxSize + overhead) throw tooLarge(maxSize);
      if (!parser.write(step.value)) await once(parser, "drain");
      if (size - collected >= collectEvery) {
        collected = size;
        collectYoung?.({ type: "minor" });
      }
    }
    if (stopped) return;
    parser.end();
    await finished;
  }
  const next = () =>
    reader.read().catch((error: unknown) => {
      throw cutOff(error);
    });

  try {
    await Promise.race([pump(), failure.promise]);
    if (!current) throw badForm("The field file is missing. Add it as the last field.");
    whole.resolve();
    await (current as { stored: Promise<void> }).stored;
  } catch (error) {
    stopped = true;
    whole.reject(error);
    // The body is not canceled: that closes the connection before the client has read the response. The
    // server discards the rest.
    reader.releaseLock();
    current?.file.destroy();
    await current?.stored.catch(() => undefined);
    throw error;
  }
}

function openParser(contentType: string): BusboyInstance {
  try {
    return new Busboy({
      headers: { "content-type": contentType },
      limits,
      isPartAFile: (name, type, fileName) =>
        name === "file" || fileName !== undefined || type === "application/octet-stream",
    });
  } catch (error) {
    throw badForm("The Content-Type of the form has no boundary. Add it.", error);
  }
}

/** Returns a stream that fails when the policy's size range is exceeded or not reached. */
function boundTo({ minSize, maxSize }: { minSize: number; maxSize: number }): Transform {
  let size = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      size += chunk.length;
      if (size > maxSize) done(tooLarge(maxSize));
      else done(null, chunk);
    },
    flush: (done) => done(size < minSize ? badForm("The file is empty. Choose another file.") : null),
  });
}

const badForm = (message: string, cause?: unknown) => new ApiError("BadRequest", message, { cause });

const cutOff = (cause?: unknown) => badForm("The upload was cut off. Send it again.", cause);

const tooLarge = (maxSize: number) =>
  new ApiError(
    "PayloadTooLarge",
    `The file is over ${Math.floor(maxSize / 1024 / 1024)} MiB. Send a smaller file.`,
  );

/** A promise with its resolvers. An unhandled rejection is ignored. */
function deferred() {
  let resolve: () => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<void>((...ways) => {
    [resolve, reject] = ways;
  });
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}
