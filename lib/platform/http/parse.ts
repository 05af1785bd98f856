import type { z } from "zod";
import { ApiError, type ErrorCode, type ErrorDetails } from "@/lib/platform/http/errors";

/** Maximum size of a request body in bytes. */
export const bodyLimit = 256 * 1024;

/** Maximum number of properties in `details`. A body can have tens of thousands of wrong ones. */
const mostDetails = 100;

type Issue = z.core.$ZodIssue;

/**
 * Converts Zod issues to `details`: dotted paths, unknown properties under their own path, the deepest union
 * branch. Ends after `mostDetails` paths.
 */
export function detailsOf(issues: readonly Issue[], prefix: readonly PropertyKey[] = []): ErrorDetails {
  // No prototype, so that a property may be called `constructor` or `__proto__`.
  const details: ErrorDetails = Object.create(null);
  let count = 0;
  const add = (path: readonly PropertyKey[], message: string) => {
    const key = path.map(String).join(".");
    const messages = details[key] ?? [];
    if (messages.length === 0) count++;
    if (!messages.includes(message)) messages.push(message);
    details[key] = messages;
  };
  for (const issue of issues) {
    if (count >= mostDetails) break;
    const path = [...prefix, ...issue.path];
    if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys.slice(0, mostDetails - count))
        add([...path, key], "is not a known property. Remove it.");
    } else if (issue.code === "invalid_union" && issue.errors.some((branch) => depth(branch) > 0)) {
      const deepest = [...issue.errors].sort((a, b) => depth(b) - depth(a))[0] ?? [];
      for (const [key, messages] of Object.entries(detailsOf(deepest, path)))
        for (const message of messages) add(key === "" ? [] : key.split("."), message);
    } else {
      add(path, sentence(issue));
    }
  }
  return details;
}

const depth = (issues: readonly Issue[]) =>
  issues.reduce((deepest, { path }) => Math.max(deepest, path.length), 0);

function sentence(issue: Issue): string {
  if (issue.code !== "invalid_type") return issue.message;
  if (issue.input === undefined) return "is required.";
  // Zod's own words, where the schema has none.
  if (!issue.message.startsWith("Invalid input")) return issue.message;
  if (issue.expected === "object") return "must be a JSON object.";
  return issue.expected === "array" ? "must be an array." : issue.message;
}

function fail(code: ErrorCode, what: string, details: ErrorDetails): never {
  const fields = Object.keys(details).map((key) => key || "the body");
  throw new ApiError(
    code,
    `${what}. Check ${fields.slice(0, 5).join(", ")}${fields.length > 5 ? " …" : ""}.`,
    {
      details,
    },
  );
}

/** Parses path parameters. Throws `BadRequest` if one is malformed. */
export function parseParams<S extends z.ZodObject>(schema: S, params: Record<string, string>): z.output<S> {
  const parsed = schema.safeParse(params, { reportInput: true });
  if (!parsed.success) fail("BadRequest", "An id in the path is not valid", detailsOf(parsed.error.issues));
  return parsed.data;
}

/** Options for parsing a query string, besides its schema. */
export interface QueryOptions {
  /** Alternative names of parameters: alias to name. */
  aliases?: Record<string, string>;
  /** A parameter that makes all others ignored when present. */
  exclusive?: string;
}

/**
 * Parses a query string. Parameters declared as arrays accept repeated keys, commas or both. Throws
 * `InvalidQuery` for unknown, empty and invalid parameters, and for a scalar given twice.
 */
export function parseQuery<S extends z.ZodObject>(
  schema: S,
  search: URLSearchParams,
  { aliases = {}, exclusive }: QueryOptions = {},
): z.output<S> {
  const given: Record<string, string[]> = Object.create(null);
  const details: ErrorDetails = Object.create(null);
  for (const [name, value] of search) {
    const known = (Object.hasOwn(aliases, name) ? aliases[name] : undefined) ?? name;
    if (!Object.hasOwn(schema.shape, known))
      details[name] = ["is not a parameter of this operation. Remove it."];
    else {
      given[known] ??= [];
      given[known].push(value);
    }
  }
  const only = exclusive && given[exclusive] ? { [exclusive]: given[exclusive] } : given;
  const raw: Record<string, string | string[]> = Object.create(null);
  for (const [name, values] of Object.entries(only)) {
    if (isList(schema.shape[name])) {
      const parts = values.flatMap((value) => value.split(",").map((part) => part.trim()));
      if (parts.includes("")) details[name] = ["has an empty value. Leave out the parameter instead."];
      raw[name] = parts;
    } else if (values.length > 1) details[name] = ["must be given only once."];
    else if (values[0] === "") details[name] = ["is empty. Leave out the parameter instead."];
    else raw[name] = values[0] ?? "";
  }
  const parsed = schema.safeParse(raw, { reportInput: true });
  if (!parsed.success)
    for (const [key, messages] of Object.entries(detailsOf(parsed.error.issues))) {
      const name = key.split(".")[0] ?? key;
      const position = key.slice(name.length + 1);
      details[name] ??= messages.map((message) =>
        position ? `value ${Number(position) + 1} ${message}` : message,
      );
    }
  if (Object.keys(details).length > 0) fail("InvalidQuery", "Some query parameters are not valid", details);
  if (!parsed.success) throw new Error("unreachable: a failed parse has details");
  return parsed.data;
}

function isList(schema: unknown): boolean {
  let current = schema as { def?: { type?: string; innerType?: unknown; in?: unknown } } | undefined;
  while (current?.def) {
    if (current.def.type === "array") return true;
    current = (current.def.innerType ?? current.def.in) as typeof current;
  }
  return false;
}

/** Merge patch (RFC 7396) is accepted for PATCH, where it means the same as JSON. */
const jsonType = /^application\/json\s*(;|$)/i;
const mergePatchType = /^application\/merge-patch\+json\s*(;|$)/i;

/** Throws `UnsupportedMediaType` for a compressed body; the server does not decompress. */
export function refuseCompressed(headers: Headers): void {
  const coding = headers.get("content-encoding")?.trim() ?? "";
  if (coding !== "" && coding.toLowerCase() !== "identity")
    throw new ApiError(
      "UnsupportedMediaType",
      `The body is compressed (Content-Encoding: ${coding.slice(0, 40)}). Send it uncompressed, without this header.`,
      { headers: { "Accept-Encoding": "identity" } },
    );
}

/**
 * Reads and validates a JSON body. Throws `UnsupportedMediaType`, `PayloadTooLarge`, `BadRequest`, or
 * `invalid` when the JSON breaks the schema. With `allowsEmptyBody`, no body is `{}`, regardless of its type.
 */
export async function parseBody<S extends z.ZodType>(
  schema: S,
  request: Request,
  invalid: ErrorCode,
  { allowsEmptyBody = false, limit = bodyLimit }: { allowsEmptyBody?: boolean; limit?: number } = {},
): Promise<z.output<S>> {
  const json = allowsEmptyBody ? await readJsonIfAny(request, limit) : await readJson(request, limit);
  const parsed = schema.safeParse(json, { reportInput: true });
  if (!parsed.success) fail(invalid, "Some values are not valid", detailsOf(parsed.error.issues));
  return parsed.data;
}

/** A body without a length can be empty too: curl sends such requests for POST without data. */
async function readJsonIfAny(request: Request, limit: number): Promise<unknown> {
  const text = request.body === null ? "" : await readText(request, limit);
  if (text === "") return {};
  refuseOtherTypes(request);
  return parseJson(text);
}

async function readJson(request: Request, limit: number): Promise<unknown> {
  refuseOtherTypes(request);
  return parseJson(await readText(request, limit));
}

function refuseOtherTypes(request: Request): void {
  const type = (request.headers.get("content-type") ?? "").trim();
  if (!jsonType.test(type) && !(request.method === "PATCH" && mergePatchType.test(type)))
    throw new ApiError(
      "UnsupportedMediaType",
      `Send the body as JSON, with Content-Type: application/json${request.method === "PATCH" ? " or application/merge-patch+json" : ""}.`,
    );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError("BadRequest", "The body is not valid JSON. Send one JSON object.");
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

async function readText(request: Request, limit: number): Promise<string> {
  const bytes = await readBytes(request, limit);
  try {
    return utf8.decode(bytes);
  } catch {
    throw new ApiError("BadRequest", "The body is not valid UTF-8. Send JSON encoded as UTF-8.");
  }
}

/** Reads a request body. Throws `PayloadTooLarge` above the limit in bytes, without reading further. */
export async function readBytes(request: Request, limit = bodyLimit): Promise<Uint8Array<ArrayBuffer>> {
  refuseCompressed(request.headers);
  const tooLarge = () =>
    new ApiError("PayloadTooLarge", `The body is larger than ${limit / 1024} KiB. Send less data at a time.`);
  const announced = request.headers.get("content-length");
  if (Number(announced ?? 0) > limit) throw tooLarge();
  // The server enforces Content-Length, so no counting is needed, and `arrayBuffer` is faster than a stream.
  if (announced !== null) return new Uint8Array(await whole(request.arrayBuffer()));
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (request.body) {
    const reader = request.body.getReader();
    for (let step = await whole(reader.read()); !step.done; step = await whole(reader.read())) {
      size += step.value.byteLength;
      if (size > limit) {
        // Not canceled: that closes the connection before the client has read the response.
        reader.releaseLock();
        throw tooLarge();
      }
      chunks.push(step.value);
    }
  }
  return Buffer.concat(chunks);
}

/** Awaits a read. Throws `BadRequest` if the client aborts. */
const whole = <T>(read: Promise<T>): Promise<T> =>
  read.catch((error: unknown) => {
    throw new ApiError("BadRequest", "The body was cut off. Send the request again.", { cause: error });
  });
