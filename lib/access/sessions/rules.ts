const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Milliseconds without a request after which a session ends. */
export const idleLimit = 12 * HOUR_MS;
/** Maximum lifetime of a session in milliseconds. */
export const longestSession = 30 * 24 * HOUR_MS;
/** Minimum milliseconds between two updates of `last_seen_at`, so that not every request writes. */
export const seenStep = MINUTE_MS;
/** Maximum number of sessions per person; a new sign-in ends the one idle for longest. */
export const sessionsPerPerson = 100;

/** Returns the times after which a session must have been created and seen to be valid at `now`. */
export function sessionBounds(now: Date): { createdAfter: Date; seenAfter: Date } {
  return {
    createdAfter: new Date(now.getTime() - longestSession),
    seenAfter: new Date(now.getTime() - idleLimit),
  };
}
