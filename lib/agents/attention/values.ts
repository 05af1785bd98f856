/** Why an agent needs a supervisor's attention. The order is that of every answer. */
export const attentionReasons = ["overCapacity", "longAway", "activeOutOfHours", "notPresent"] as const;

export type AttentionReason = (typeof attentionReasons)[number];

/** Minutes for which being away or on a break is usual during working hours. */
export const usualAwayMinutes = 60;
