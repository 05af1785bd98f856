/** Minutes of a step of coverage. */
export const coverageSteps = [15, 30, 60] as const;

export const coverageGroupings = ["none", "team", "skill"] as const;

export const riskKinds = ["belowMinimum", "onlyOne"] as const;

export const findingKinds = [
  "clockChange",
  "leapDay",
  "noHours",
  "onlyOne",
  "unmeetableNeed",
  "rotationEnded",
] as const;

/** Maximum number of coverage needs of a workspace. */
export const coverageNeedLimit = 500;
export const plannedChangeLimit = 200;
/** Maximum number of dates in one request for coverage. */
export const coverageDayLimit = 62;

/** Maximum number of dates in one request for the planner. */
export const plannerDayLimit = 14;
export const riskDayLimit = 31;
