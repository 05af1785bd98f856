/** Where a shift comes from. */
export const shiftSources = ["weekly", "rotation", "override"] as const;

export const shiftSwapStates = ["offered", "accepted", "approved", "declined", "cancelled"] as const;

/** Whether somebody must approve accepted swaps. */
export const swapApprovals = ["required", "automatic"] as const;

export const shiftColours = [
  "gray",
  "red",
  "orange",
  "yellow",
  "green",
  "teal",
  "blue",
  "violet",
  "pink",
] as const;

/** What can decide the hours of a date. */
export const hoursReasons = ["always", "weekly", "rotation", "override", "holiday", "timeOff"] as const;

export const weekLimit = 12;
export const memberLimit = 1000;
/** Maximum number of dates in one request for shifts. */
export const shiftDayLimit = 92;
