import { createHash, randomBytes } from "node:crypto";

/** Returns a new secret for a one-time link: 32 random bytes. */
export function newLinkToken(): string {
  return randomBytes(32).toString("base64url");
}

/** Returns the hash to store. Plain SHA-256 is enough for 32 random bytes. */
export function hashLinkToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
