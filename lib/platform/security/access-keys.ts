import { hash, randomBytes } from "node:crypto";

const prefix = "rck_";

/** A new access key: 32 random bytes, recognisable by its prefix. */
export function newAccessKey(): string {
  return prefix + randomBytes(32).toString("base64url");
}

/** What is kept of an access key. It is random enough that a plain SHA-256 can't be turned back. */
export function hashAccessKey(key: string): Buffer {
  return hash("sha256", key, "buffer");
}
