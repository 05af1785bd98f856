import { commonPasswords } from "@/lib/platform/security/common-passwords";

/** OWASP's recommendation for argon2id with 19 MiB: two passes, one lane. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Loaded on first use: a server called only with access keys does not need it. */
const argon2 = () => import("@node-rs/argon2");

/** Hashes a password with a random salt. */
export async function hashPassword(password: string): Promise<string> {
  return await (await argon2()).hash(password, parameters);
}

let decoy: Promise<string> | undefined;

/**
 * Returns whether the password matches the hash. Without a hash (unknown person) it does the same work, so
 * that timing does not reveal who exists.
 */
export async function verifyPassword(kept: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword("nobody has this password");
  const { verify } = await argon2();
  const matches = await verify(kept ?? (await decoy), password);
  return kept !== null && matches;
}

/** A sequence of up to four characters, repeated. */
const repeated = /^(.{1,4})\1+$/su;

/**
 * Returns why a password is too weak, to complete "password …"; undefined if acceptable. Checks length (10 to
 * 1,024 code points) and common passwords, as in NIST SP 800-63B §5.1.1.2. `own` contains the person's email
 * and name.
 */
export function passwordProblem(password: string, own: readonly string[]): string | undefined {
  const length = [...password].length;
  if (length < 10) return "must have at least 10 characters. A phrase of several words works well.";
  if (length > 1024) return "must have at most 1,024 characters.";
  const folded = password.toLowerCase();
  if (own.some((each) => each.toLowerCase() === folded))
    return "must not be your own address or name. Choose something that others don't know.";
  if (commonPasswords.has(folded) || repeated.test(folded))
    return "is too common. Choose a password that is harder to guess.";
  return undefined;
}
