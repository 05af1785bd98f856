import { createHash, randomBytes } from "node:crypto";

/** The secret part of a new one-time link: 32 random bytes. */
export function newLinkToken(): string {
  return randomBytes(32).toString("base64url");
}

/** What is kept of it. It is random enough that a plain SHA-256 can't be turned back. */
export function hashLinkToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
