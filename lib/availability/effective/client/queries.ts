import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import {
  explainAvailability,
  getAvailabilityPolicy,
  patchAvailabilityPolicy,
  previewAvailabilityPolicy,
} from "@/lib/availability/effective/client/calls";
import type {
  AvailabilityPolicyAnswer,
  AvailabilityPolicyChange,
} from "@/lib/availability/effective/contract";
import { explanationKeys, policyKeys } from "@/lib/platform/client/cache-keys";
import { type Guarded, sendGuarded } from "@/lib/platform/client/guarded-change";
import { request } from "@/lib/platform/client/request";

/** Query of what an agent can take, and of the preset that is pending. */
export function explanationQuery(workspaceId: string, agentId: string) {
  return queryOptions({
    queryKey: explanationKeys.one(workspaceId, agentId),
    queryFn: async ({ signal }) =>
      (await request(explainAvailability, { params: { workspaceId, agentId }, query: {}, signal })).data,
  });
}

export function policyQuery(workspaceId: string) {
  return queryOptions({
    queryKey: policyKeys.one(workspaceId),
    queryFn: async ({ signal }) =>
      (await request(getAvailabilityPolicy, { params: { workspaceId }, signal })).data,
  });
}

/** Query of what a change of the policy would do now. Keeps the previous counts while new ones load. */
export function policyPreviewQuery(workspaceId: string, change: AvailabilityPolicyChange) {
  return queryOptions({
    queryKey: policyKeys.preview(workspaceId, change),
    queryFn: async ({ signal }) =>
      (await request(previewAvailabilityPolicy, { params: { workspaceId }, body: change, signal })).data,
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
      void client.invalidateQueries({ queryKey: explanationKeys.all(workspaceId) });
    },
    onError: () => client.invalidateQueries({ queryKey: policyKeys.one(workspaceId) }),
  });
}
