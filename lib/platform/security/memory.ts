import { hash } from "node:crypto";

/** Milliseconds for which something found out is kept. */
const age = 60_000;

/** Keeps what was found out, by name, for a minute. At most `capacity` of it; then all is forgotten. */
export function createRecent<Finding>(capacity = 5_000) {
  const known = new Map<string, { finding: Finding; until: number }>();
  return {
    recall(name: string, now: Date): Finding | undefined {
      const found = known.get(name);
      return found && found.until > now.getTime() ? found.finding : undefined;
    },

    /** Keeps it for a minute, and never beyond `end` (epoch milliseconds). */
    remember(name: string, finding: Finding, now: Date, end = Number.POSITIVE_INFINITY): void {
      if (known.size >= capacity) known.clear();
      known.set(name, { finding, until: Math.min(now.getTime() + age, end) });
    },

    forget(name: string): void {
      known.delete(name);
    },
  };
}

/**
 * Remembers what credentials were found to prove, so that who calls a hundred times a second isn't verified a hundred times
 * a second (a signature costs half a millisecond). Only what can't change belongs in here: who somebody is, not what
 * they may do. The credentials themselves are not kept. At most `capacity` are remembered; then all are forgotten.
 */
export function createMemory<Proof>(capacity = 5_000) {
  const known = createRecent<Proof>(capacity);
  const nameOf = (credential: string) => hash("sha256", credential, "base64");
  return {
    recall: (credential: string, now: Date) => known.recall(nameOf(credential), now),

    /** Remembers it for a minute, and never beyond `expiresAt` (epoch seconds, as tokens have it). */
    remember(credential: string, proof: Proof, now: Date, expiresAt: number): void {
      known.remember(nameOf(credential), proof, now, expiresAt * 1000);
    },
  };
}
