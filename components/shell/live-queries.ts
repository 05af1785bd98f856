import type { QueryClient, QueryKey } from "@tanstack/react-query";
import type { ReadAgent } from "@/lib/agents/agents/client/queries";
import {
  accessKeyKeys,
  agentKeys,
  auditKeys,
  capacityRuleKeys,
  inboxKeys,
  ledgerKeys,
  personKeys,
  policyKeys,
  presetKeys,
  roleKeys,
  senderKeys,
  skillKeys,
  teamKeys,
  workloadKeys,
} from "@/lib/platform/client/cache-keys";
import type { LiveEvent } from "@/lib/platform/events/client/follow";
import { type EventResource, resourceOf } from "@/lib/platform/events/values";

/** Milliseconds until events are acted on: at random, so that all browsers don't ask at the same moment. */
const delay = { least: 50, spread: 250 };
/** Milliseconds between two rounds while events keep coming. */
const pace = { least: 600, spread: 200 };
/** Milliseconds until another look while a write is running. */
const writeStep = 150;

/** Keys of what shows resources of a kind, besides the agent itself. */
const shownIn: Record<EventResource, readonly { all: (workspaceId: string) => QueryKey }[]> = {
  agent: [],
  team: [teamKeys, agentKeys, inboxKeys],
  skill: [skillKeys, agentKeys, inboxKeys],
  capacityRule: [capacityRuleKeys, agentKeys, inboxKeys, { all: (workspaceId) => ["workload", workspaceId] }],
  senderProfile: [senderKeys],
  role: [roleKeys, personKeys],
  person: [personKeys, roleKeys, teamKeys],
  accessKey: [accessKeyKeys, roleKeys],
  preset: [presetKeys],
  policy: [{ all: policyKeys.one }, agentKeys, inboxKeys],
};

/** Returns the query keys, or prefixes of them, whose data an event may have changed. */
export function touchedBy(workspaceId: string, { type, resource }: LiveEvent): QueryKey[] {
  const kind = resourceOf(type);
  if (kind !== "agent") {
    const keys = [...shownIn[kind], auditKeys].map(({ all }) => all(workspaceId));
    // An open panel reads its own item. A deleted one would be missed.
    return type.endsWith(".deleted") ? keys : [...keys, [kind, workspaceId, resource.id]];
  }
  const own = [
    agentKeys.one(workspaceId, resource.id),
    agentKeys.lists(workspaceId),
    agentKeys.answers(workspaceId),
    inboxKeys.all(workspaceId),
    ledgerKeys.agent(workspaceId, resource.id),
  ];
  if (type === "agent.workload.changed") return [...own, workloadKeys.one(workspaceId, resource.id)];
  // Counts of agents, and names where agents are listed.
  if (type === "agent.created" || type === "agent.deleted" || type === "agent.updated")
    return [
      ...own,
      workloadKeys.one(workspaceId, resource.id),
      ...[teamKeys, skillKeys, capacityRuleKeys, senderKeys, personKeys].map(({ all }) => all(workspaceId)),
    ];
  return own;
}

const versionIn = (etag: string | undefined) => Number(/^"(\d+)\./.exec(etag ?? "")?.[1] ?? Number.NaN);

/**
 * Refetches what events name: merged, spread out, not while a write runs (its optimistic update would vanish for a
 * moment), and not while the tab is hidden.
 */
export function createLiveQueries(client: QueryClient, workspaceId: string) {
  const touched = new Map<string, QueryKey>();
  /** Newest version of each agent that an event named. */
  const versions = new Map<string, number>();
  let isReset = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ranAt = Number.NEGATIVE_INFINITY;

  const isIdle = () => touched.size === 0 && !isReset;

  function schedule(): void {
    if (timer !== undefined || isIdle() || document.visibilityState === "hidden") return;
    const soon = delay.least + Math.random() * delay.spread;
    const paced = ranAt + pace.least + Math.random() * pace.spread - Date.now();
    timer = setTimeout(run, Math.max(soon, paced));
  }

  function run(): void {
    timer = undefined;
    if (document.visibilityState === "hidden") return;
    if (client.isMutating() > 0) {
      timer = setTimeout(run, writeStep);
      return;
    }
    ranAt = Date.now();
    if (isReset) void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] === workspaceId });
    else
      for (const queryKey of touched.values())
        if (!isKnown(queryKey)) void client.invalidateQueries({ queryKey });
    touched.clear();
    versions.clear();
    isReset = false;
  }

  /** Returns whether the page has this version of an agent already, for example from its own write. */
  function isKnown(queryKey: QueryKey): boolean {
    const [area, , part, agentId] = queryKey;
    if (area !== "agents" || part !== "one") return false;
    const wanted = versions.get(String(agentId));
    return wanted !== undefined && versionIn(client.getQueryData<ReadAgent>(queryKey)?.etag) >= wanted;
  }

  document.addEventListener("visibilitychange", schedule);
  return {
    onEvent(event: LiveEvent): void {
      for (const key of touchedBy(workspaceId, event)) touched.set(JSON.stringify(key), key);
      const { id, version } = event.resource;
      // An event without a version, such as a new presence, is always news.
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
