import { hash, verify } from "@node-rs/argon2";

/** OWASP's second recommendation for argon2id (the library's own algorithm): 19 MiB, two passes, one lane. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes a password for keeping. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, parameters);
}

let decoy: Promise<string> | undefined;

/**
 * Whether the password is the one that was hashed. Without a hash (no such person) it does the same work and
 * answers no, so that the time taken does not tell who exists.
 */
export async function verifyPassword(kept: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword("nobody has this password");
  const matches = await verify(kept ?? (await decoy), password);
  return kept !== null && matches;
}
