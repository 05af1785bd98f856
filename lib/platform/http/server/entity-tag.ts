import { createHash } from "node:crypto";
import { ApiError } from "@/lib/platform/http/errors";
import type { Reply } from "@/lib/platform/http/server/reply";

const fingerprint = (text: string) => createHash("sha256").update(text).digest("base64url").slice(0, 16);

/**
 * The entity tag of a resource with a version: `"<version>.<fingerprint>"`. The fingerprint covers the whole answer (JSON
 * text), so it also changes with related resources.
 */
export function entityTag(version: number, answer: string): string {
  return `"${version}.${fingerprint(answer)}"`;
}

/**
 * Whether an `If-Match` lets this version through. Only the part of a tag before the dot is compared, so that what
 * nobody edits (a counter, a use) does not refuse a save. `*` lets any through.
 */
export function matchesVersion(ifMatch: string, version: number | string): boolean {
  return ifMatch.split(",").some((tag) => {
    const plain = tag.trim().replace(/^W\//, "");
    return plain === "*" || plain === `"${version}"` || plain.startsWith(`"${version}.`);
  });
}

/** Makes the entity tags of one kind of resource, and compares them. */
export interface EntityTags<Data> {
  /** An answer with its `ETag`. */
  reply(data: Data, location?: string): Reply<Data>;
  /**
   * Throws `PreconditionFailed` unless `If-Match` names the present state. `read` is asked only when there is such a
   * header; the row must be locked, or the state may change before the write.
   */
  require(ifMatch: string | undefined, read: () => Promise<Data>): Promise<void>;
}

/**
 * Entity tags for resources without a version of their own: `"<what PATCH can change>.<everything>"`, both as a
 * fingerprint. `If-Match` compares the first, `If-None-Match` all of it. `editable` gives what PATCH can change, lists
 * without an order of their own sorted; `noun` names the resource in the refusal ("team").
 */
export function createEntityTags<Data>(noun: string, editable: (data: Data) => unknown): EntityTags<Data> {
  const versionOf = (data: Data) => fingerprint(JSON.stringify(editable(data)));
  return {
    reply: (data, location) => ({
      data,
      etag: `"${versionOf(data)}.${fingerprint(JSON.stringify(data))}"`,
      ...(location ? { location } : {}),
    }),
    async require(ifMatch, read) {
      if (ifMatch === undefined || matchesVersion(ifMatch, versionOf(await read()))) return;
      throw new ApiError(
        "PreconditionFailed",
        `The ${noun} was changed after you read it. Read it again, then send your change with the new ETag.`,
      );
    },
  };
}

/** The conditions of a write: an `If-Match` header, or none, and the instant of the request. */
export interface Conditions {
  ifMatch: string | undefined;
  now: Date;
}
