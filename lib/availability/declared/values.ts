/** Whether a person takes part at all: what can be declared. */
export const agentStatuses = ["active", "away", "offline"] as const;

/** What a person can be doing. */
export const activities = ["available", "busy", "onCall", "wrapUp", "onBreak", "inMeeting"] as const;
