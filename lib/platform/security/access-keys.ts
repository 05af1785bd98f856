import { hash, randomBytes } from "node:crypto";

const prefix = "rck_";

/** Returns a new access key: 32 random bytes with a prefix that secret scanners can find. */
export function newAccessKey(): string {
  return prefix + randomBytes(32).toString("base64url");
}

/** Returns the hash to store. Plain SHA-256 is enough for 32 random bytes. */
export function hashAccessKey(key: string): Buffer {
  return hash("sha256", key, "buffer");
}
