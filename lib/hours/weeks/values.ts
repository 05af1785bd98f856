/** What made an override. */
export const overrideSources = ["user", "swap", "changeSet"] as const;

export const versionLimit = 20;
export const travelLimit = 20;
