import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import {
  explainAvailability,
  getAvailabilityPolicy,
  listVerdicts,
  patchAvailabilityPolicy,
  previewAvailabilityPolicy,
} from "@/lib/availability/effective/client/calls";
import type {
  AvailabilityPolicyAnswer,
  AvailabilityPolicyChange,
} from "@/lib/availability/effective/contract";
import type { AgentVerdict } from "@/lib/availability/effective/verdicts-contract";
import { agentKeys, policyKeys } from "@/lib/platform/client/cache-keys";
import { type Guarded, sendGuarded } from "@/lib/platform/client/guarded-change";
import { read, request } from "@/lib/platform/client/request";

export function policyQuery(workspaceId: string) {
  return queryOptions({
    queryKey: policyKeys.one(workspaceId),
    queryFn: read(getAvailabilityPolicy, { params: { workspaceId } }),
  });
}

/** Query of the effect of a policy change. Keeps the previous counts while new ones load. */
export function policyPreviewQuery(workspaceId: string, change: AvailabilityPolicyChange) {
  return queryOptions({
    queryKey: policyKeys.preview(workspaceId, change),
    queryFn: read(previewAvailabilityPolicy, { params: { workspaceId }, body: change }),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    gcTime: 60_000,
  });
}

export type PolicyWrite = Omit<Guarded<AvailabilityPolicyAnswer, AvailabilityPolicyChange>, "id">;

/** Changes the policy. Rejects with 412 if someone has changed the same property since `base`. */
export function useChangePolicy(workspaceId: string) {
  const client = useQueryClient();
  const params = { workspaceId };
  return useMutation({
    mutationFn: ({ change, base }: PolicyWrite) =>
      sendGuarded(
        { id: workspaceId, change, base },
        () => request(getAvailabilityPolicy, { params }),
        async (ifMatch) => (await request(patchAvailabilityPolicy, { params, body: change, ifMatch })).data,
      ),
    onSuccess(policy) {
      client.setQueryData(policyKeys.one(workspaceId), policy);
      void client.invalidateQueries({ queryKey: agentKeys.answers(workspaceId) });
    },
    onError: () => client.invalidateQueries({ queryKey: policyKeys.one(workspaceId) }),
  });
}

/** Query of what an agent can take and which preset is pending, now or at a time (RFC 3339). Refetches every 30 s. */
export function explanationQuery(workspaceId: string, agentId: string, at: string | null = null) {
  return queryOptions({
    queryKey: agentKeys.explanation(workspaceId, agentId, at),
    queryFn: read(explainAvailability, {
      params: { workspaceId, agentId },
      query: at ? { at } : {},
    }),
    refetchInterval: 30_000,
  });
}

/** Reasons that close agents' channels, by agent id. */
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
