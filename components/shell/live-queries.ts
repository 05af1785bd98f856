import type { QueryClient, QueryKey } from "@tanstack/react-query";
import type { ReadAgent } from "@/lib/agents/agents/client/queries";
import {
  accessKeyKeys,
  agentKeys,
  auditKeys,
  calendarFeedKeys,
  calendarPolicyKeys,
  capacityRuleKeys,
  conversationKeys,
  coverageKeys,
  holidayCalendarKeys,
  hoursKeys,
  inboxKeys,
  ledgerKeys,
  offerKeys,
  personKeys,
  policyKeys,
  presetKeys,
  queueKeys,
  roleKeys,
  rotationKeys,
  routingKeys,
  senderKeys,
  shiftKeys,
  shiftSwapKeys,
  skillKeys,
  teamKeys,
  timeOffKeys,
  timeOffTypeKeys,
  workloadKeys,
} from "@/lib/platform/client/cache-keys";
import type { LiveEvent } from "@/lib/platform/events/client/follow";
import { type EventResource, resourceOf } from "@/lib/platform/events/values";
import type { Offer } from "@/lib/routing/offers/contract";

/**
 * Random delay in milliseconds before events are handled, so that not all browsers refetch at the same time.
 */
const delay = { least: 50, spread: 250 };
/** Milliseconds between refetches while events keep arriving. */
const pace = { least: 600, spread: 200 };
/** Milliseconds between checks while a write is running. */
const writeStep = 150;

/** What shows that the hours of some agents changed. */
const showingHours = [hoursKeys, agentKeys, inboxKeys, routingKeys, coverageKeys];

/** Keys of what shows resources of a kind, besides the agent itself. */
const shownIn: Record<EventResource, readonly { all: (workspaceId: string) => QueryKey }[]> = {
  agent: [],
  team: [teamKeys, agentKeys, inboxKeys, routingKeys, coverageKeys],
  skill: [skillKeys, agentKeys, inboxKeys, routingKeys, coverageKeys],
  capacityRule: [
    capacityRuleKeys,
    agentKeys,
    inboxKeys,
    routingKeys,
    { all: (workspaceId) => ["workload", workspaceId] },
  ],
  senderProfile: [senderKeys],
  role: [roleKeys, personKeys],
  person: [personKeys, roleKeys, teamKeys],
  accessKey: [accessKeyKeys, roleKeys],
  preset: [presetKeys],
  policy: [{ all: policyKeys.one }, agentKeys, inboxKeys, routingKeys],
  queue: [queueKeys, conversationKeys, routingKeys],
  conversation: [conversationKeys, queueKeys, routingKeys],
  offer: [conversationKeys, routingKeys],
  holidayCalendar: [holidayCalendarKeys, ...showingHours],
  shift: [shiftKeys, rotationKeys, ...showingHours],
  rotation: [rotationKeys, shiftKeys, ...showingHours],
  timeOffType: [timeOffTypeKeys, timeOffKeys],
  coverageNeed: [coverageKeys],
  calendarPolicy: [calendarPolicyKeys],
  calendarFeed: [calendarFeedKeys],
  timeOff: [timeOffKeys, ...showingHours],
  shiftSwap: [shiftSwapKeys, ...showingHours],
};

/** Queries that count agents or list them by name. */
const countingAgents = [teamKeys, skillKeys, capacityRuleKeys, senderKeys, personKeys, holidayCalendarKeys];

/** Returns the query keys, or prefixes of them, whose data an event may have changed. */
export function touchedBy(workspaceId: string, { type, resource }: LiveEvent): QueryKey[] {
  const kind = resourceOf(type);
  if (kind !== "agent") {
    const keys: QueryKey[] = [...shownIn[kind], auditKeys].map(({ all }) => all(workspaceId));
    // Without its agent, an event is of a server that is older than the page.
    if (kind === "offer")
      keys.push(resource.agentId ? offerKeys.of(workspaceId, resource.agentId) : offerKeys.all(workspaceId));
    // An open panel reads its own item. A deleted one would be missed.
    return type.endsWith(".deleted") ? keys : [...keys, [kind, workspaceId, resource.id]];
  }
  // Not the other queries of a deleted agent: its page is about to close, and they would fail.
  if (type === "agent.deleted")
    return [
      agentKeys.one(workspaceId, resource.id),
      agentKeys.lists(workspaceId),
      agentKeys.allVerdicts(workspaceId),
      hoursKeys.planners(workspaceId),
      ...[
        inboxKeys,
        routingKeys,
        coverageKeys,
        timeOffKeys,
        shiftKeys,
        rotationKeys,
        shiftSwapKeys,
        ...countingAgents,
      ].map(({ all }) => all(workspaceId)),
    ];
  const own = [
    agentKeys.one(workspaceId, resource.id),
    agentKeys.lists(workspaceId),
    agentKeys.answers(workspaceId),
    inboxKeys.all(workspaceId),
    routingKeys.all(workspaceId),
    ledgerKeys.agent(workspaceId, resource.id),
  ];
  if (type === "agent.workload.changed") return [...own, workloadKeys.one(workspaceId, resource.id)];
  if (type === "agent.created" || type === "agent.updated")
    return [
      ...own,
      workloadKeys.one(workspaceId, resource.id),
      hoursKeys.all(workspaceId),
      coverageKeys.all(workspaceId),
      ...countingAgents.map(({ all }) => all(workspaceId)),
    ];
  return own;
}

const versionIn = (etag: string | undefined) => Number(/^"(\d+)\./.exec(etag ?? "")?.[1] ?? Number.NaN);

/**
 * Refetches the queries that events affect. Merges and spreads refetches; waits while a write is running (a
 * refetch would undo its optimistic update for a moment) and while the tab is hidden, except for queries
 * whose `meta` has `isLiveWhileHidden`.
 */
export function createLiveQueries(client: QueryClient, workspaceId: string) {
  const touched = new Map<string, QueryKey>();
  /** Affected keys whose urgent queries have not been refetched yet. */
  const fresh = new Map<string, QueryKey>();
  /** Newest version of each agent that an event named. */
  const versions = new Map<string, number>();
  let isReset = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ranAt = Number.NEGATIVE_INFINITY;

  const isIdle = () => touched.size === 0 && !isReset;

  /** Returns the queries to refetch even if the tab is hidden, because their data causes notifications. */
  const findUrgent = () =>
    [...fresh.values()].flatMap((queryKey) =>
      client.getQueryCache().findAll({
        queryKey,
        type: "active",
        predicate: ({ meta }) => meta?.isLiveWhileHidden === true,
      }),
    );

  /** Returns the keys of the offers that show a conversation. */
  const offersOf = (conversationId: string) =>
    client
      .getQueriesData<readonly Offer[]>({ queryKey: offerKeys.all(workspaceId) })
      .flatMap(([queryKey, offers]) =>
        offers?.some((offer) => offer.conversationId === conversationId) ? [queryKey] : [],
      );

  function schedule(): void {
    if (timer !== undefined || isIdle()) return;
    if (document.visibilityState === "hidden" && findUrgent().length === 0) return;
    const soon = delay.least + Math.random() * delay.spread;
    const paced = ranAt + pace.least + Math.random() * pace.spread - Date.now();
    timer = setTimeout(run, Math.max(soon, paced));
  }

  function run(): void {
    timer = undefined;
    const isHidden = document.visibilityState === "hidden";
    if (isHidden && findUrgent().length === 0) return;
    if (client.isMutating() > 0) {
      timer = setTimeout(run, writeStep);
      return;
    }
    ranAt = Date.now();
    if (isHidden) {
      // Other queries wait until the tab is visible.
      for (const { queryKey } of findUrgent()) void client.invalidateQueries({ queryKey, exact: true });
      fresh.clear();
      return;
    }
    if (isReset) void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] === workspaceId });
    else
      for (const queryKey of touched.values())
        if (!isKnown(queryKey)) void client.invalidateQueries({ queryKey });
    touched.clear();
    fresh.clear();
    versions.clear();
    isReset = false;
  }

  /** Returns whether the page already has this version of an agent, for example from its own write. */
  function isKnown(queryKey: QueryKey): boolean {
    const [area, , part, agentId] = queryKey;
    if (area !== "agents" || part !== "one") return false;
    const wanted = versions.get(String(agentId));
    return wanted !== undefined && versionIn(client.getQueryData<ReadAgent>(queryKey)?.etag) >= wanted;
  }

  document.addEventListener("visibilitychange", schedule);
  return {
    onEvent(event: LiveEvent): void {
      const { id, type: kind, version } = event.resource;
      const shown = kind === "conversation" ? offersOf(id) : [];
      for (const key of [...touchedBy(workspaceId, event), ...shown])
        for (const keys of [touched, fresh]) keys.set(JSON.stringify(key), key);
      // An event without a version, such as a new presence, always counts as newer.
      versions.set(id, Math.max(versions.get(id) ?? 0, version ?? Number.POSITIVE_INFINITY));
      schedule();
    },
    onReset(): void {
      isReset = true;
      schedule();
    },
    stop(): void {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", schedule);
    },
  };
}
