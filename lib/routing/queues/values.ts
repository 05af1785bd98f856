/** `auto` assigns immediately; `accept` asks the agent first. */
export const offerModes = ["auto", "accept"] as const;

/** The order of agents who can take a conversation. */
export const strategies = ["leastLoaded", "longestIdle", "roundRobin"] as const;

/** Teams that take conversations from the start, and teams that join at the target. */
export const queueTeamTypes = ["primary", "secondary"] as const;

export const stepLimit = 5;
