/** Kinds of clients that send heartbeats. */
export const presenceDevices = ["desktop", "mobile", "api"] as const;
