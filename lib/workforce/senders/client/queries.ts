import { agentKeys, senderKeys } from "@/lib/platform/client/cache-keys";
import { collection, usageQuery } from "@/lib/platform/client/collection";
import { merge } from "@/lib/platform/client/list-write";
import * as calls from "@/lib/workforce/senders/client/calls";

export const {
  all: allSendersQuery,
  useCreate: useCreateSender,
  useChange: useChangeSender,
  useDelete: useDeleteSender,
} = collection({
  keys: senderKeys,
  calls: {
    list: calls.listSenderProfiles,
    create: calls.createSenderProfile,
    get: calls.getSenderProfile,
    patch: calls.patchSenderProfile,
    delete: calls.deleteSenderProfile,
  },
  id: "senderProfileId",
  optimistic: (items, { id, change }) => merge(items, id, change),
  affects: (workspaceId) => [agentKeys.all(workspaceId)],
});

export const senderUsageQuery = usageQuery(senderKeys, calls.getSenderProfileUsage, "senderProfileId");
