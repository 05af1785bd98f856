import { commonPasswords } from "@/lib/platform/security/common-passwords";

/** OWASP's second recommendation for argon2id (the library's own algorithm): 19 MiB, two passes, one lane. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Loaded with the first password: a server that is only asked with access keys does without. */
const argon2 = () => import("@node-rs/argon2");

/** Hashes a password for keeping. */
export async function hashPassword(password: string): Promise<string> {
  return await (await argon2()).hash(password, parameters);
}

let decoy: Promise<string> | undefined;

/**
 * Whether the password is the one that was hashed. Without a hash (no such person) it does the same work and
 * answers no, so that the time taken does not tell who exists.
 */
export async function verifyPassword(kept: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword("nobody has this password");
  const { verify } = await argon2();
  const matches = await verify(kept ?? (await decoy), password);
  return kept !== null && matches;
}

/** A short piece over and over: however long, it is guessed at once. */
const repeated = /^(.{1,4})\1+$/su;

/**
 * What speaks against choosing this password; undefined when nothing does. The length (10 to 1,024 code points) and
 * what attackers try first decide, as NIST SP 800-63B section 5.1.1.2 has it; there are no rules on kinds of characters. `own` are the
 * person's address and name. Completes "password …".
 */
export function passwordProblem(password: string, own: readonly string[]): string | undefined {
  const length = [...password].length;
  if (length < 10) return "must have at least 10 characters. A few words in a row work well.";
  if (length > 1024) return "must have at most 1,024 characters.";
  const folded = password.toLowerCase();
  if (own.some((each) => each.toLowerCase() === folded))
    return "must not be your own address or name. Choose something that others don't know.";
  if (commonPasswords.has(folded) || repeated.test(folded))
    return "is too common. Choose a password that is harder to guess.";
  return undefined;
}
