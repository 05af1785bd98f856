/** Kinds of clients that send heartbeats. */
export const presenceDevices = ["desktop", "mobile", "api"] as const;

/** Sessions of one agent. A further one replaces the oldest. */
export const sessionLimit = 20;
