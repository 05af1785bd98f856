/** Declarable statuses: whether an agent takes part in routing. */
export const agentStatuses = ["active", "away", "offline"] as const;

/** Declarable activities: what an agent is doing. */
export const activities = ["available", "busy", "onCall", "wrapUp", "onBreak", "inMeeting"] as const;
