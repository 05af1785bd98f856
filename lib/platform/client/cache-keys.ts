// Query cache keys of all features. In one file because a change invalidates other features, too: joining a
// team changes the team's member count.

/** The keys of a collection that is read whole. */
const collectionKeys = (name: string) => ({
  all: (workspaceId: string) => [name, workspaceId] as const,
  list: (workspaceId: string) => [name, workspaceId, "list"] as const,
});

export const accessKeyKeys = collectionKeys("access-keys");

/** `all` and `lists` are prefixes of the keys that they invalidate. */
export const agentKeys = {
  all: (workspaceId: string) => ["agents", workspaceId] as const,
  lists: (workspaceId: string) => ["agents", workspaceId, "list"] as const,
  list: (workspaceId: string, query: object) => ["agents", workspaceId, "list", query] as const,
  one: (workspaceId: string, agentId: string) => ["agents", workspaceId, "one", agentId] as const,
  /** What agents can take. Any change of an agent may affect these responses. */
  answers: (workspaceId: string) => ["agents", workspaceId, "answers"] as const,
  allVerdicts: (workspaceId: string) => ["agents", workspaceId, "answers", "verdicts"] as const,
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

export const presetKeys = collectionKeys("presets");
export const capacityRuleKeys = collectionKeys("capacity");

/** Who can take conversations, with any filters. Any change of an agent may affect them. */
export const inboxKeys = { all: (workspaceId: string) => ["inbox", workspaceId] as const };

export const queueKeys = collectionKeys("queues");

/**
 * Why conversations wait and who can take them. Any change of a conversation, queue or agent may affect them.
 */
export const routingKeys = {
  all: (workspaceId: string) => ["routing", workspaceId] as const,
  status: (workspaceId: string) => ["routing", workspaceId, "status"] as const,
  reasons: (workspaceId: string, conversationIds: readonly string[]) =>
    ["routing", workspaceId, "reasons", conversationIds] as const,
  explanation: (workspaceId: string, conversationId: string) =>
    ["routing", workspaceId, "explanation", conversationId] as const,
};

/** Conversations, offers, and the counts and explanations of them. */
export const conversationKeys = { all: (workspaceId: string) => ["conversations", workspaceId] as const };

/** Apart from conversations, because most events of these are not about an agent's own offers. */
export const offerKeys = {
  all: (workspaceId: string) => ["offers", workspaceId] as const,
  of: (workspaceId: string, agentId: string) => ["offers", workspaceId, agentId] as const,
};

/** What agents work, by all layers together: shifts, overrides, travel, the planner. */
export const hoursKeys = {
  all: (workspaceId: string) => ["hours", workspaceId] as const,
  agent: (workspaceId: string, agentId: string) => ["hours", workspaceId, "agent", agentId] as const,
  schedule: (workspaceId: string, agentId: string) =>
    ["hours", workspaceId, "agent", agentId, "schedule"] as const,
  travel: (workspaceId: string, agentId: string) =>
    ["hours", workspaceId, "agent", agentId, "travel"] as const,
  overrides: (workspaceId: string, agentId: string, query: object) =>
    ["hours", workspaceId, "agent", agentId, "overrides", query] as const,
  holidayCalendars: (workspaceId: string, agentId: string) =>
    ["hours", workspaceId, "agent", agentId, "holiday-calendars"] as const,
  shifts: (workspaceId: string, agentId: string, query: object) =>
    ["hours", workspaceId, "agent", agentId, "shifts", query] as const,
  explanation: (workspaceId: string, agentId: string, at: string | null) =>
    ["hours", workspaceId, "agent", agentId, "explanation", at] as const,
  planners: (workspaceId: string) => ["hours", workspaceId, "planner"] as const,
  planner: (workspaceId: string, query: object) => ["hours", workspaceId, "planner", query] as const,
};

export const holidayCalendarKeys = collectionKeys("holiday-calendars");
export const shiftKeys = collectionKeys("shifts");
export const rotationKeys = collectionKeys("rotations");

export const shiftSwapKeys = {
  all: (workspaceId: string) => ["shift-swaps", workspaceId] as const,
  list: (workspaceId: string, query: object) => ["shift-swaps", workspaceId, "list", query] as const,
};

export const calendarPolicyKeys = { all: (workspaceId: string) => ["calendar-policy", workspaceId] as const };

export const timeOffTypeKeys = collectionKeys("time-off-types");

export const timeOffKeys = {
  all: (workspaceId: string) => ["time-off", workspaceId] as const,
  list: (workspaceId: string, query: object) => ["time-off", workspaceId, "list", query] as const,
};

export const calendarFeedKeys = {
  all: (workspaceId: string) => ["calendar-feeds", workspaceId] as const,
  list: (workspaceId: string, agentId: string) => ["calendar-feeds", workspaceId, "list", agentId] as const,
};

/** Who is scheduled and needed: any change of hours, needs, teams or skills may change the answers. */
export const coverageKeys = {
  all: (workspaceId: string) => ["coverage", workspaceId] as const,
  needs: (workspaceId: string) => ["coverage", workspaceId, "needs"] as const,
  numbers: (workspaceId: string, query: object) => ["coverage", workspaceId, "numbers", query] as const,
  risks: (workspaceId: string, query: object) => ["coverage", workspaceId, "risks", query] as const,
  preview: (workspaceId: string, changes: object) => ["coverage", workspaceId, "preview", changes] as const,
  findings: (workspaceId: string) => ["coverage", workspaceId, "findings"] as const,
  changeSets: (workspaceId: string) => ["coverage", workspaceId, "change-sets"] as const,
};

/** What shows the hours of agents. A write that changes hours invalidates it. */
export const showingHours = (workspaceId: string) =>
  [hoursKeys, coverageKeys, agentKeys].map(({ all }) => all(workspaceId));

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

export const personKeys = collectionKeys("people");
export const roleKeys = collectionKeys("roles");
export const senderKeys = collectionKeys("senders");
export const skillKeys = collectionKeys("skills");
export const teamKeys = collectionKeys("teams");

export const viewKeys = { all: (workspaceId: string) => ["views", workspaceId] as const };

export const workloadKeys = {
  one: (workspaceId: string, agentId: string) => ["workload", workspaceId, agentId] as const,
};

export const auditKeys = { all: (workspaceId: string) => ["audit", workspaceId] as const };
