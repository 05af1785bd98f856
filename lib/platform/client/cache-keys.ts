// Keys of what the browser has cached of the API's answers, by feature. In one place, because a change of one feature touches
// what others show: an agent who joins a team is in the team's count, too.

/** Keys of everything cached about access keys. */
export const accessKeyKeys = {
  all: (workspaceId: string) => ["access-keys", workspaceId] as const,
  list: (workspaceId: string) => ["access-keys", workspaceId, "list"] as const,
};

/** Keys of everything cached about agents; a prefix reaches all that follows it. */
export const agentKeys = {
  all: (workspaceId: string) => ["agents", workspaceId] as const,
  lists: (workspaceId: string) => ["agents", workspaceId, "list"] as const,
  list: (workspaceId: string, query: object) => ["agents", workspaceId, "list", query] as const,
  one: (workspaceId: string, agentId: string) => ["agents", workspaceId, "one", agentId] as const,
};

/** Keys of everything cached about capacity rules. */
export const capacityRuleKeys = {
  all: (workspaceId: string) => ["capacity", workspaceId] as const,
  list: (workspaceId: string) => ["capacity", workspaceId, "list"] as const,
};

/** Keys of everything cached of the ledger. */
export const ledgerKeys = {
  agent: (workspaceId: string, agentId: string) => ["ledger", workspaceId, agentId] as const,
};

/** Keys of what is cached about one's own sessions. */
export const sessionKeys = {
  all: () => ["sessions"] as const,
};

/** Keys of everything cached about people. */
export const personKeys = {
  all: (workspaceId: string) => ["people", workspaceId] as const,
  list: (workspaceId: string) => ["people", workspaceId, "list"] as const,
};

/** Keys of everything cached about roles. */
export const roleKeys = {
  all: (workspaceId: string) => ["roles", workspaceId] as const,
  list: (workspaceId: string) => ["roles", workspaceId, "list"] as const,
};

/** Keys of everything cached about sender profiles. */
export const senderKeys = {
  all: (workspaceId: string) => ["senders", workspaceId] as const,
  list: (workspaceId: string) => ["senders", workspaceId, "list"] as const,
};

/** Keys of everything cached about skills. */
export const skillKeys = {
  all: (workspaceId: string) => ["skills", workspaceId] as const,
  list: (workspaceId: string) => ["skills", workspaceId, "list"] as const,
};

/** Keys of everything cached about teams. */
export const teamKeys = {
  all: (workspaceId: string) => ["teams", workspaceId] as const,
  list: (workspaceId: string) => ["teams", workspaceId, "list"] as const,
};

/** Keys of everything cached about saved views. */
export const viewKeys = { all: (workspaceId: string) => ["views", workspaceId] as const };

/** Keys of everything cached about workloads. */
export const workloadKeys = {
  one: (workspaceId: string, agentId: string) => ["workload", workspaceId, agentId] as const,
};

/** Keys of everything cached about the audit log. */
export const auditKeys = { all: (workspaceId: string) => ["audit", workspaceId] as const };
