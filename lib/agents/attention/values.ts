/** Reasons why an agent needs a supervisor's attention, in the order of all responses. */
export const attentionReasons = ["overCapacity", "longAway", "activeOutOfHours", "notPresent"] as const;

export type AttentionReason = (typeof attentionReasons)[number];

/** An absence or break of up to this many minutes is normal during working hours. */
export const usualAwayMinutes = 60;
