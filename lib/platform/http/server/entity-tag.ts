import { createHash } from "node:crypto";
import { ApiError } from "@/lib/platform/http/errors";
import type { Reply } from "@/lib/platform/http/server/reply";

const fingerprint = (text: string) => createHash("sha256").update(text).digest("base64url").slice(0, 16);

/**
 * Returns the entity tag `"<version>.<fingerprint>"`. The fingerprint covers the whole JSON text, so the tag
 * also changes when related resources do.
 */
export function entityTag(version: number, answer: string): string {
  return `"${version}.${fingerprint(answer)}"`;
}

/**
 * Returns whether an `If-Match` header accepts this version. Compares only the part before the dot, so that
 * changes nobody edits, such as counters, don't block a save. `*` accepts any version.
 */
export function matchesVersion(ifMatch: string, version: number | string): boolean {
  return ifMatch.split(",").some((tag) => {
    const plain = tag.trim().replace(/^W\//, "");
    return plain === "*" || plain === `"${version}"` || plain.startsWith(`"${version}.`);
  });
}

/** Throws `PreconditionFailed` unless `If-Match`, if set, accepts the version. `noun` is what the message names. */
export function requireVersion(ifMatch: string | undefined, version: number | string, noun: string): void {
  if (ifMatch === undefined || matchesVersion(ifMatch, version)) return;
  throw new ApiError(
    "PreconditionFailed",
    `The ${noun} was changed after you read it. Read it again, then send your change with the new ETag.`,
  );
}

/** Creates and compares the entity tags of one kind of resource. */
export interface EntityTags<Data> {
  /** Returns a reply with its `ETag`. */
  reply(data: Data, location?: string): Reply<Data>;
  /**
   * Throws `PreconditionFailed` unless `If-Match` matches the current state. Calls `read` only if the header
   * is set. Lock the row first, or it may change before the write.
   */
  require(ifMatch: string | undefined, read: () => Promise<Data>): Promise<void>;
}

/**
 * For each property of the resource that PATCH doesn't take under the same name: "readOnly", or a function
 * that returns the part that PATCH changes. A new property doesn't compile until it is in the change schema
 * or here.
 */
type OtherProperties<Data, Change> = {
  [K in Exclude<keyof Data, keyof Change>]-?: "readOnly" | ((value: Data[K]) => unknown);
};

const isText = (value: unknown) => typeof value === "string";

/** Sorts lists of strings, which are unordered. */
const sorted = (value: unknown) => (Array.isArray(value) && value.every(isText) ? value.toSorted() : value);

/**
 * Creates entity tags for resources without a version: `"<hash of what PATCH can change>.<hash of
 * everything>"`. `If-Match` compares the first part, `If-None-Match` both. `noun` appears in the error message.
 */
export function createEntityTags<Data extends object, Change extends object>(
  noun: string,
  others: OtherProperties<Data, Change>,
): EntityTags<Data> {
  const partOf = new Map<string, "readOnly" | ((value: never) => unknown)>(Object.entries(others));
  function versionOf(data: Data): string {
    const editable = Object.entries(data).flatMap(([name, value]): [string, unknown][] => {
      const part = partOf.get(name);
      if (part === "readOnly") return [];
      return [[name, sorted(part ? part(value as never) : value)]];
    });
    return fingerprint(JSON.stringify(editable.toSorted(([one], [other]) => (one < other ? -1 : 1))));
  }
  return {
    reply: (data, location) => ({
      data,
      etag: `"${versionOf(data)}.${fingerprint(JSON.stringify(data))}"`,
      ...(location ? { location } : {}),
    }),
    async require(ifMatch, read) {
      if (ifMatch !== undefined) requireVersion(ifMatch, versionOf(await read()), noun);
    },
  };
}

export interface Conditions {
  ifMatch: string | undefined;
  now: Date;
}
