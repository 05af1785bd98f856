/** `auto` assigns immediately; `accept` asks the agent first. */
export const offerModes = ["auto", "accept"] as const;

/** The order of agents who can take a conversation. */
export const strategies = ["leastLoaded", "longestIdle", "roundRobin"] as const;

/** Teams that take conversations from the start, and teams that join at the target. */
export const queueTeamTypes = ["primary", "secondary"] as const;

export const stepLimit = 5;

/** Smallest and largest numbers of seconds. */
export const secondsLimits = {
  target: { min: 1, max: 86_400 },
  step: { min: 1, max: 86_400 },
  offer: { min: 5, max: 600 },
  ramp: { min: 0, max: 600 },
} as const;
