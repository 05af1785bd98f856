import type { AuthDependencies } from "@/lib/access/auth/server/dependencies";
import type { NewSigningKey } from "@/lib/access/auth/server/repository";
import { generateSigningKey, signingAlgorithm } from "@/lib/platform/security/signing";

/** Lifetime of a token in seconds. */
export const tokenLifetime = 3600;
/** How long the list of signing keys is cached, in milliseconds. */
const keyListAge = 60_000;
/**
 * How long a retired key stays published, in milliseconds: until the last token signed with it has expired.
 */
const retiredKeyAge = tokenLifetime * 1000 + keyListAge + 5 * 60_000;

/** A public key in JWK format. */
export type PublicKey = Record<string, string>;

interface KnownKey {
  id: string;
  publicJwk: PublicKey;
  /** Encrypted. */
  privateJwk: string;
  retiredAt: Date | null;
}

/** Signs tokens with the newest key and publishes the public ones. */
export function createSigningKeys({ repository, secrets }: AuthDependencies) {
  let known: { at: number; keys: KnownKey[] } | undefined;

  /** Returns the published keys, newest first. Reloads them if the key id `mustHold` is missing. */
  async function list(now: Date, mustHold?: string) {
    const fresh = known && now.getTime() - known.at < keyListAge;
    // May be a new key of another instance: reload, but at most once a second, because clients choose the id.
    const missing = known && mustHold && !known.keys.some((key) => key.id === mustHold);
    if (known && fresh && !(missing && now.getTime() - known.at > 1000)) return known.keys;
    const retiredAfter = new Date(now.getTime() - retiredKeyAge);
    let rows = await repository.signingKeys(retiredAfter);
    if (!rows.some((row) => row.retiredAt === null)) {
      await repository.addFirstSigningKey(await newSigningKey(now));
      rows = await repository.signingKeys(retiredAfter);
    }
    const keys = rows.map((row) => ({ ...row, publicJwk: row.publicJwk as PublicKey }));
    known = { at: now.getTime(), keys };
    return keys;
  }

  async function newSigningKey(now: Date): Promise<NewSigningKey> {
    const made = await generateSigningKey();
    return {
      id: made.id,
      algorithm: signingAlgorithm,
      publicJwk: made.publicJwk as PublicKey,
      privateJwk: secrets.seal("signing-key", JSON.stringify(made.privateJwk)),
      createdAt: now,
    };
  }

  return {
    list,

    /**
     * Creates a new signing key; other instances use it within a minute. Old keys stay published until the
     * last token signed with them has expired.
     */
    async rotate(now: Date): Promise<{ id: string }> {
      const key = await newSigningKey(now);
      await repository.replaceSigningKeys(key);
      known = undefined;
      return { id: key.id };
    },

    /** Returns the public keys as a JWK set. */
    async keySet(now: Date): Promise<{ keys: PublicKey[] }> {
      return { keys: (await list(now)).map((key) => key.publicJwk) };
    },
  };
}

export type SigningKeys = ReturnType<typeof createSigningKeys>;
