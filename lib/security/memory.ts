import { hash } from "node:crypto";

/** Milliseconds for which something found out is relied upon. */
const age = 60_000;

/**
 * Remembers what credentials were found to prove, so that who calls a hundred times a second isn't verified a hundred times
 * a second (a signature costs half a millisecond). Only what can't change belongs in here: who somebody is, not what
 * they may do. The credentials themselves are not kept. At most `capacity` are remembered; then all are forgotten.
 */
export function createMemory<Proof>(capacity = 5_000) {
  const known = new Map<string, { proof: Proof; until: number }>();
  return {
    recall(credential: string, now: Date): Proof | undefined {
      const found = known.get(hash("sha256", credential, "base64"));
      return found && found.until > now.getTime() ? found.proof : undefined;
    },

    /** Remembers it for a minute, and never beyond `expiresAt` (epoch seconds, as tokens have it). */
    remember(credential: string, proof: Proof, now: Date, expiresAt: number): void {
      if (known.size >= capacity) known.clear();
      const until = Math.min(now.getTime() + age, expiresAt * 1000);
      known.set(hash("sha256", credential, "base64"), { proof, until });
    },
  };
}
