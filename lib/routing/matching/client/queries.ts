import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { conversationKeys, routingKeys } from "@/lib/platform/client/cache-keys";
import { read, request } from "@/lib/platform/client/request";
import {
  explainConversation,
  getQueueStatus,
  listDecisions,
  listWaitingReasons,
} from "@/lib/routing/matching/client/calls";

/** Milliseconds between refetches, for changes over time. All other changes send events. */
const refetchInterval = 10_000;

/** Query of what waits in each queue, most urgent queue first. */
export function queueStatusQuery(workspaceId: string) {
  return queryOptions({
    queryKey: routingKeys.status(workspaceId),
    queryFn: read(getQueueStatus, { params: { workspaceId } }),
    refetchInterval,
  });
}

/** Maximum number of conversations per request. */
export const reasonLimit = 50;

/** Query of the agents who could take waiting conversations, by conversation id. */
export function waitingReasonsQuery(workspaceId: string, ids: readonly string[]) {
  const conversationIds = ids.slice(0, reasonLimit);
  return queryOptions({
    queryKey: routingKeys.reasons(workspaceId, conversationIds),
    queryFn: async ({ signal }) => {
      const query = { conversationIds };
      const { data } = await request(listWaitingReasons, { params: { workspaceId }, query, signal });
      return new Map(data.results.map((reason) => [reason.conversationId, reason]));
    },
    enabled: conversationIds.length > 0,
    placeholderData: keepPreviousData,
    refetchInterval,
  });
}

/** Query of why a conversation waits, with the best candidates. */
export function conversationExplanationQuery(workspaceId: string, conversationId: string) {
  return queryOptions({
    queryKey: routingKeys.explanation(workspaceId, conversationId),
    queryFn: read(explainConversation, { params: { workspaceId, conversationId } }),
    refetchInterval,
  });
}

/** Query of why conversations were assigned to an agent, newest first. */
export function decisionsQuery(workspaceId: string, agentId: string, limit: number) {
  return queryOptions({
    queryKey: [...conversationKeys.all(workspaceId), "decisions", agentId, limit] as const,
    queryFn: async ({ signal }) => {
      const query = { limit: String(limit) };
      return (await request(listDecisions, { params: { workspaceId, agentId }, query, signal })).data;
    },
  });
}
