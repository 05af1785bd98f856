import { queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import { agentKeys, senderKeys } from "@/lib/platform/client/cache-keys";
import { type Guarded, sendGuarded } from "@/lib/platform/client/guarded-change";
import { merge, put, useListWrite, without } from "@/lib/platform/client/list-write";
import { readAll, request } from "@/lib/platform/client/request";
import {
  createSenderProfile,
  deleteSenderProfile,
  getSenderProfile,
  getSenderProfileUsage,
  listSenderProfiles,
  patchSenderProfile,
} from "@/lib/workforce/senders/client/calls";
import type {
  SenderProfile,
  senderProfileChangeSchema,
  senderProfileDraftSchema,
} from "@/lib/workforce/senders/contract";

export function allSendersQuery(workspaceId: string) {
  return queryOptions({
    queryKey: senderKeys.list(workspaceId),
    queryFn: ({ signal }) =>
      readAll((query) => request(listSenderProfiles, { params: { workspaceId }, query, signal })),
    staleTime: 60_000,
  });
}

/** Query of what deleting a sender profile would affect. Never cached. */
export function senderUsageQuery(workspaceId: string, senderProfileId: string) {
  return queryOptions({
    // Not under the key of all profiles: invalidating those after a deletion would refetch the deleted one.
    queryKey: ["senderUsage", workspaceId, senderProfileId],
    queryFn: async ({ signal }) =>
      (await request(getSenderProfileUsage, { params: { workspaceId, senderProfileId }, signal })).data,
    staleTime: 0,
  });
}

export function useCreateSender(workspaceId: string) {
  return useListWrite<SenderProfile, z.input<typeof senderProfileDraftSchema>, SenderProfile>({
    list: senderKeys.list(workspaceId),
    write: async (body) => (await request(createSenderProfile, { params: { workspaceId }, body })).data,
    settle: put,
    touches: [senderKeys.all(workspaceId)],
  });
}

export type SenderChange = Guarded<SenderProfile, z.input<typeof senderProfileChangeSchema>>;

export function useChangeSender(workspaceId: string) {
  return useListWrite<SenderProfile, SenderChange, SenderProfile>({
    list: senderKeys.list(workspaceId),
    write: (guarded) => {
      const params = { workspaceId, senderProfileId: guarded.id };
      return sendGuarded(
        guarded,
        () => request(getSenderProfile, { params }),
        async (ifMatch) =>
          (await request(patchSenderProfile, { params, body: guarded.change, ifMatch })).data,
      );
    },
    optimistic: (items, { id, change }) => merge(items, id, change),
    settle: put,
    touches: [senderKeys.all(workspaceId)],
  });
}

export function useDeleteSender(workspaceId: string) {
  return useListWrite<SenderProfile, string, void>({
    list: senderKeys.list(workspaceId),
    write: async (senderProfileId) => {
      await request(deleteSenderProfile, { params: { workspaceId, senderProfileId } });
    },
    optimistic: without,
    touches: [senderKeys.all(workspaceId), agentKeys.all(workspaceId)],
  });
}
