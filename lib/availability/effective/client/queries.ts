import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { explainAvailability, listVerdicts } from "@/lib/availability/effective/client/calls";
import type { AvailabilityExplanation } from "@/lib/availability/effective/contract";
import type { AgentVerdict } from "@/lib/availability/effective/verdicts-contract";
import { agentKeys } from "@/lib/platform/client/cache-keys";
import { request } from "@/lib/platform/client/request";

/** Query of what an agent can take, now or at a time (RFC 3339). Refetches every 30 s. */
export function explanationQuery(workspaceId: string, agentId: string, at: string | null = null) {
  return queryOptions({
    queryKey: agentKeys.explanation(workspaceId, agentId, at),
    queryFn: async ({ signal }): Promise<AvailabilityExplanation> =>
      (
        await request(explainAvailability, {
          params: { workspaceId, agentId },
          query: at ? { at } : {},
          signal,
        })
      ).data,
    refetchInterval: 30_000,
  });
}

/** What closes the channels of agents, by the agent's id. */
export type VerdictsById = ReadonlyMap<string, AgentVerdict["closedBy"]>;

/** Query of what the agents of a list can take now. Keeps the previous rows' answers while new ones load. */
export function verdictsQuery(workspaceId: string, agentIds: readonly string[]) {
  return queryOptions({
    queryKey: agentKeys.verdicts(workspaceId, agentIds),
    queryFn: async ({ signal }): Promise<VerdictsById> => {
      const { data } = await request(listVerdicts, {
        params: { workspaceId },
        query: { agentIds: [...agentIds] },
        signal,
      });
      return new Map(data.results.map(({ agentId, closedBy }) => [agentId, closedBy]));
    },
    enabled: agentIds.length > 0,
    placeholderData: keepPreviousData,
  });
}
