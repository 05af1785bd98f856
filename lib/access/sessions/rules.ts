const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Milliseconds without a request after which a session has ended. */
export const idleLimit = 12 * HOUR_MS;
/** Milliseconds after signing in at which a session ends, however busy it is. */
export const longestSession = 30 * 24 * HOUR_MS;
/** Milliseconds between two notes of when a session was last seen: a request must not cost a write. */
export const seenStep = MINUTE_MS;
/** Sessions that one person may have; signing in once more ends the one not seen for longest. */
export const sessionsPerPerson = 100;

/** What a session must be later than to be good at `now`. */
export function sessionBounds(now: Date): { createdAfter: Date; seenAfter: Date } {
  return {
    createdAfter: new Date(now.getTime() - longestSession),
    seenAfter: new Date(now.getTime() - idleLimit),
  };
}
