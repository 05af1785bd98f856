import { hash } from "node:crypto";

/** Lifetime of an entry in milliseconds. */
const age = 60_000;

/** Creates a cache with a lifetime of one minute. It is cleared when it holds `capacity` entries. */
export function createRecent<Finding>(capacity = 5_000) {
  const known = new Map<string, { finding: Finding; until: number }>();
  return {
    recall(name: string, now: Date): Finding | undefined {
      const found = known.get(name);
      return found && found.until > now.getTime() ? found.finding : undefined;
    },

    /** Caches an entry for a minute, or until `end` (epoch milliseconds) if that is sooner. */
    remember(name: string, finding: Finding, now: Date, end = Number.POSITIVE_INFINITY): void {
      if (known.size >= capacity) known.clear();
      known.set(name, { finding, until: Math.min(now.getTime() + age, end) });
    },
  };
}

/**
 * Creates a cache of verified credentials, to skip repeated signature checks (0.5 ms each). Store only who
 * the caller is, never what they may do: that can change. Keeps hashes, not the credentials.
 */
export function createMemory<Proof>(capacity = 5_000) {
  const known = createRecent<Proof>(capacity);
  const nameOf = (credential: string) => hash("sha256", credential, "base64");
  return {
    recall: (credential: string, now: Date) => known.recall(nameOf(credential), now),

    /** Caches an entry for a minute, or until `expiresAt` (epoch seconds) if that is sooner. */
    remember(credential: string, proof: Proof, now: Date, expiresAt: number): void {
      known.remember(nameOf(credential), proof, now, expiresAt * 1000);
    },
  };
}
