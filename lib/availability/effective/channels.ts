/**
 * The channels on which agents take conversations. In a separate file, because the agent list needs nothing
 * else from this room.
 */
export const channels = ["messaging", "email", "voice"] as const;

export type Channel = (typeof channels)[number];
