/** What an agent can take. In a file of its own, because the list of agents needs nothing else of this room. */
export const channels = ["messaging", "email", "voice"] as const;

export type Channel = (typeof channels)[number];
