/** Declarable statuses: whether an agent takes part in routing. */
export const agentStatuses = ["active", "away", "offline"] as const;

/** Declarable activities: what an agent is doing. */
export const activities = ["available", "busy", "onCall", "wrapUp", "onBreak", "inMeeting"] as const;

type ClosingActivity = Exclude<(typeof activities)[number], "available">;

/** Activities that close channels: all but `available`. */
export const closingActivities = activities.filter(
  (activity): activity is ClosingActivity => activity !== "available",
);

/** Returns a record with one entry for each activity that closes channels. */
export const byActivity = <Value>(make: (activity: ClosingActivity) => Value) =>
  Object.fromEntries(closingActivities.map((activity) => [activity, make(activity)])) as {
    [activity in ClosingActivity]: Value;
  };
