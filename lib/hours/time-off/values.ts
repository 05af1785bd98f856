/** Whether somebody must approve requests of a type. */
export const timeOffApprovals = ["automatic", "required"] as const;

export const timeOffStates = ["requested", "approved", "declined", "cancelled"] as const;

/** Where a time off was entered. */
export const timeOffSources = ["product", "api", "ics"] as const;

export const timeOffTypeLimit = 50;
/** Maximum number of delegates in a row. */
export const delegateChainLimit = 5;
/** Maximum number of requested and approved entries of an agent. */
export const timeOffLimit = 2_000;
/** Maximum number of dates in one request for a list of time off. */
export const timeOffDayLimit = 366;

export type TimeOffState = (typeof timeOffStates)[number];

/** Maximum number of calendar feeds of an agent. */
export const calendarFeedLimit = 10;
