/** What a list of agents can be sorted by. */
export const agentSortKeys = ["createdAt", "name", "assignedCount", "statusAssignedCount"] as const;

/** What the API sorts by: besides the above, how well a name matches what is searched for. */
export const agentOrders = [...agentSortKeys, "match"] as const;

/** Words in one search at most. */
export const mostSearchWords = 8;
