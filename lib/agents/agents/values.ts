export const agentSortKeys = ["createdAt", "name", "assignedCount", "statusAssignedCount"] as const;

/** Maximum number of words in a search. */
export const mostSearchWords = 8;
