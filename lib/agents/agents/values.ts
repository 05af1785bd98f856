export const agentSortKeys = ["createdAt", "name", "assignedCount", "statusAssignedCount"] as const;

/** Sort keys of the API, including relevance to the search text. */
export const agentOrders = [...agentSortKeys, "match"] as const;

/** Maximum number of words in a search. */
export const mostSearchWords = 8;
