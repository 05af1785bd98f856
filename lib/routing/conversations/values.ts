export const conversationStates = ["queued", "offered", "assigned", "closed"] as const;

export const conversationOrders = ["queuedAt", "priority", "createdAt"] as const;

export const requiredSkillLimit = 20;
