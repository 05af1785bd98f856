/** Where the present comes from. Rules and repositories never ask it: they are told `now`. */
export interface Clock {
  now(): Date;
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date() };
