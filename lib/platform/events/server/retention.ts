/** Retention of events in milliseconds. */
const retention = 24 * 60 * 60 * 1000;

/** Returns the time since which events are kept. */
export const keptSince = (now: Date): Date => new Date(now.getTime() - retention);
