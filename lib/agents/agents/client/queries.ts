import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { createAgent, getAgent, listAgents } from "@/lib/agents/agents/client/calls";
import type { Agent, agentDraftSchema } from "@/lib/agents/agents/contract";
import type { agentQuerySchema } from "@/lib/agents/agents/list-contract";
import { agentKeys, personKeys, teamKeys } from "@/lib/platform/client/cache-keys";
import { pageNow } from "@/lib/platform/client/page-clock";
import { request } from "@/lib/platform/client/request";

/** Query parameters of the agent list, before parsing. */
export type AgentListQuery = z.input<typeof agentQuerySchema>;

/** An agent with the tag that `If-Match` needs. */
export interface ReadAgent {
  data: Agent;
  etag: string | undefined;
}

/** A page of agents. The remaining seconds of activities are relative to `readAt` (epoch milliseconds). */
export interface AgentPage {
  results: Agent[];
  nextPageToken?: string | undefined;
  total: number;
  readAt: number;
}

/** Reads one page of the list without the query cache. */
export async function readAgentPage(
  workspaceId: string,
  query: AgentListQuery,
  signal: AbortSignal,
): Promise<AgentPage> {
  const { data } = await request(listAgents, { params: { workspaceId }, query, signal });
  return { ...data, readAt: pageNow() };
}

/** Query of a list page. Keeps the previous rows while another page loads, and refetches every 30 s. */
export function agentListQuery(workspaceId: string, query: AgentListQuery) {
  return queryOptions({
    queryKey: agentKeys.list(workspaceId, query),
    queryFn: ({ signal }) => readAgentPage(workspaceId, query, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });
}

export function agentQuery(workspaceId: string, agentId: string) {
  return queryOptions({
    queryKey: agentKeys.one(workspaceId, agentId),
    queryFn: ({ signal }): Promise<ReadAgent> =>
      request(getAgent, { params: { workspaceId, agentId }, signal }),
  });
}

/** Creates an agent. The idempotency key makes a resent request safe. */
export function useCreateAgent(workspaceId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (draft: z.input<typeof agentDraftSchema>) =>
      (
        await request(createAgent, {
          params: { workspaceId },
          body: draft,
          idempotencyKey: crypto.randomUUID(),
        })
      ).data,
    onSuccess() {
      for (const queryKey of [
        agentKeys.lists(workspaceId),
        personKeys.all(workspaceId),
        teamKeys.all(workspaceId),
      ])
        void client.invalidateQueries({ queryKey });
    },
  });
}
