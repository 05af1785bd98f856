/** What a list of agents can be sorted by. */
export const agentSortKeys = ["createdAt", "name", "assignedCount", "statusAssignedCount"] as const;

/** Words in one search at most. */
export const mostSearchWords = 8;
