/** How a conversation was assigned. */
export const decisionKinds = ["automatic", "manual", "reported"] as const;
