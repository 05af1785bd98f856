/** Source of the current time. Rules and repositories never read it; they take `now` as an argument. */
export interface Clock {
  now(): Date;
}

/** The system clock. */
export const systemClock: Clock = { now: () => new Date() };
