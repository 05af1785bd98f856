/** What a list of agents can be sorted by. */
export const agentSortKeys = ["createdAt", "name", "assignedCount", "statusAssignedCount"] as const;
