import {
  keepPreviousData,
  type QueryKey,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import type { z } from "zod";
import { agentKeys, conversationKeys, queueKeys, routingKeys } from "@/lib/platform/client/cache-keys";
import { read, request } from "@/lib/platform/client/request";
import {
  assignConversation,
  closeConversation,
  getAgentUsage,
  getConversation,
  listConversations,
  patchConversation,
  requeueConversation,
} from "@/lib/routing/conversations/client/calls";
import type {
  Conversation,
  conversationChangeSchema,
  conversationsQuerySchema,
} from "@/lib/routing/conversations/contract";

export type ConversationListQuery = z.input<typeof conversationsQuerySchema>;

/** A page of conversations. */
export interface ConversationPage {
  results: Conversation[];
  nextPageToken?: string | undefined;
  total: number;
}

const lists = (workspaceId: string) => [...conversationKeys.all(workspaceId), "list"] as const;

/** Query of a page of conversations. Keeps the previous rows while others load. */
export function conversationsQuery(workspaceId: string, query: ConversationListQuery) {
  return queryOptions({
    queryKey: [...lists(workspaceId), query] as const,
    queryFn: read(listConversations, { params: { workspaceId }, query }),
    placeholderData: keepPreviousData,
  });
}

export function conversationQuery(workspaceId: string, conversationId: string) {
  return queryOptions({
    // The prefix that events invalidate, as for every open panel.
    queryKey: ["conversation", workspaceId, conversationId] as const,
    queryFn: read(getConversation, { params: { workspaceId, conversationId } }),
  });
}

/** Query of the conversations that the deletion of an agent affects. Not cached, because they change. */
export function agentUsageQuery(workspaceId: string, agentId: string) {
  return queryOptions({
    // Not refetched by events: those of a deletion would ask about an agent who is gone.
    queryKey: ["agentUsage", workspaceId, agentId] as const,
    queryFn: read(getAgentUsage, { params: { workspaceId, agentId } }),
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
}

/** What a person can do with a conversation. */
export type ConversationAction =
  | { kind: "assign"; agentId: string; force?: boolean }
  | { kind: "requeue"; queueId?: string; exclude?: boolean }
  | { kind: "close" }
  | { kind: "change"; change: z.input<typeof conversationChangeSchema> };

export interface ConversationWrite {
  id: string;
  action: ConversationAction;
}

async function send(workspaceId: string, { id, action }: ConversationWrite): Promise<Conversation> {
  const params = { workspaceId, conversationId: id };
  switch (action.kind) {
    case "assign": {
      const { agentId, force = false } = action;
      return (await request(assignConversation, { params, body: { agentId, force } })).data;
    }
    case "requeue": {
      const { kind: _, ...body } = action;
      return (await request(requeueConversation, { params, body })).data;
    }
    case "close":
      return (await request(closeConversation, { params })).data;
    case "change":
      return (await request(patchConversation, { params, body: action.change })).data;
  }
}

const stateAfter = { assign: "assigned", requeue: "queued", close: "closed" } as const;

/** Returns the expected list before the server responds. */
export function expected(
  page: ConversationPage,
  { id, action }: ConversationWrite,
  { states }: Pick<ConversationListQuery, "states"> = {},
): ConversationPage {
  if (!page.results.some((each) => each.id === id)) return page;
  if (action.kind === "change") {
    const { priority } = action.change;
    if (priority === undefined) return page;
    return { ...page, results: page.results.map((each) => (each.id === id ? { ...each, priority } : each)) };
  }
  if (states === undefined || states.includes(stateAfter[action.kind])) return page;
  const results = page.results.filter((each) => each.id !== id);
  return { ...page, results, total: Math.max(0, page.total - 1) };
}

/** Assigns, requeues, closes or changes a conversation, with an optimistic update of the lists. */
export function useConversationAction(workspaceId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (write: ConversationWrite) => send(workspaceId, write),
    async onMutate(write) {
      const queryKey = lists(workspaceId);
      await client.cancelQueries({ queryKey });
      const before = client.getQueriesData<ConversationPage>({ queryKey });
      for (const [key, page] of before)
        if (page) client.setQueryData(key, expected(page, write, key[3] as ConversationListQuery));
      return { before };
    },
    onError(_error, _write, context) {
      for (const [key, page] of context?.before ?? []) client.setQueryData(key, page);
    },
    onSuccess(conversation) {
      client.setQueryData(conversationQuery(workspaceId, conversation.id).queryKey, conversation);
    },
    onSettled(_data, _error, { id }) {
      const touched: QueryKey[] = [
        conversationKeys.all(workspaceId),
        conversationQuery(workspaceId, id).queryKey,
        queueKeys.all(workspaceId),
        routingKeys.all(workspaceId),
        agentKeys.answers(workspaceId),
      ];
      for (const queryKey of touched) void client.invalidateQueries({ queryKey });
    },
  });
}
