// Query cache keys of all features. In one file because a change invalidates other features, too: joining a
// team changes the team's member count.

export const accessKeyKeys = {
  all: (workspaceId: string) => ["access-keys", workspaceId] as const,
  list: (workspaceId: string) => ["access-keys", workspaceId, "list"] as const,
};

/** `all` and `lists` are prefixes of the keys that they invalidate. */
export const agentKeys = {
  all: (workspaceId: string) => ["agents", workspaceId] as const,
  lists: (workspaceId: string) => ["agents", workspaceId, "list"] as const,
  list: (workspaceId: string, query: object) => ["agents", workspaceId, "list", query] as const,
  one: (workspaceId: string, agentId: string) => ["agents", workspaceId, "one", agentId] as const,
  /** What agents can take: answers of the server that any change of an agent may outdate. */
  answers: (workspaceId: string) => ["agents", workspaceId, "answers"] as const,
  verdicts: (workspaceId: string, agentIds: readonly string[]) =>
    ["agents", workspaceId, "answers", "verdicts", agentIds] as const,
  explanation: (workspaceId: string, agentId: string, at: string | null) =>
    ["agents", workspaceId, "answers", "explanation", agentId, at] as const,
  spans: (workspaceId: string, agentId: string, from: string) =>
    ["agents", workspaceId, "answers", "spans", agentId, from] as const,
};

export const policyKeys = {
  one: (workspaceId: string) => ["availability-policy", workspaceId] as const,
  preview: (workspaceId: string, change: object) => ["policy-preview", workspaceId, change] as const,
};

export const presetKeys = {
  all: (workspaceId: string) => ["presets", workspaceId] as const,
  list: (workspaceId: string) => ["presets", workspaceId, "list"] as const,
};

export const capacityRuleKeys = {
  all: (workspaceId: string) => ["capacity", workspaceId] as const,
  list: (workspaceId: string) => ["capacity", workspaceId, "list"] as const,
};

/** Who can take work now, by any question; every change of an agent may change the answers. */
export const inboxKeys = { all: (workspaceId: string) => ["inbox", workspaceId] as const };

export const demoKeys = { all: (workspaceId: string) => ["demo", workspaceId] as const };

export const ledgerKeys = {
  agent: (workspaceId: string, agentId: string) => ["ledger", workspaceId, agentId] as const,
};

export const sessionKeys = {
  all: () => ["sessions"] as const,
};

export const presenceKeys = {
  own: (workspaceId: string) => ["presence", workspaceId, "own"] as const,
};

export const personKeys = {
  all: (workspaceId: string) => ["people", workspaceId] as const,
  list: (workspaceId: string) => ["people", workspaceId, "list"] as const,
};

export const roleKeys = {
  all: (workspaceId: string) => ["roles", workspaceId] as const,
  list: (workspaceId: string) => ["roles", workspaceId, "list"] as const,
};

export const senderKeys = {
  all: (workspaceId: string) => ["senders", workspaceId] as const,
  list: (workspaceId: string) => ["senders", workspaceId, "list"] as const,
};

export const skillKeys = {
  all: (workspaceId: string) => ["skills", workspaceId] as const,
  list: (workspaceId: string) => ["skills", workspaceId, "list"] as const,
};

export const teamKeys = {
  all: (workspaceId: string) => ["teams", workspaceId] as const,
  list: (workspaceId: string) => ["teams", workspaceId, "list"] as const,
};

export const viewKeys = { all: (workspaceId: string) => ["views", workspaceId] as const };

export const workloadKeys = {
  one: (workspaceId: string, agentId: string) => ["workload", workspaceId, agentId] as const,
};

export const auditKeys = { all: (workspaceId: string) => ["audit", workspaceId] as const };
