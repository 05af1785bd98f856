/** Kinds of devices that send heartbeats. */
export const presenceDevices = ["desktop", "mobile", "api"] as const;

/** Maximum number of sessions per agent. Another one replaces the oldest. */
export const sessionLimit = 20;
