/** Maximum number of presets per workspace. */
export const presetLimit = 50;

/** When a chosen preset applies. */
export const presetTimes = ["now", "afterConversations"] as const;
