/** Most presets that a workspace can have. */
export const presetLimit = 50;

/** When a chosen preset applies. */
export const presetTimes = ["now", "afterConversations"] as const;
