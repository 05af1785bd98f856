import { queueKeys, routingKeys } from "@/lib/platform/client/cache-keys";
import { collection, usageQuery } from "@/lib/platform/client/collection";
import { merge } from "@/lib/platform/client/list-write";
import * as calls from "@/lib/routing/queues/client/calls";

export const {
  /** Query of all queues, oldest first. */
  all: allQueuesQuery,
  useCreate: useCreateQueue,
  /** Changes a queue. Conversations waiting in it are matched again. */
  useChange: useChangeQueue,
  useDelete: useDeleteQueue,
} = collection({
  keys: queueKeys,
  calls: {
    list: calls.listQueues,
    create: calls.createQueue,
    get: calls.getQueue,
    patch: calls.patchQueue,
    delete: calls.deleteQueue,
  },
  id: "queueId",
  optimistic: (items, { id, change }) => merge(items, id, change),
  affects: (workspaceId) => [routingKeys.all(workspaceId)],
});

/** Query of the conversations that deleting a queue would affect. */
export const queueUsageQuery = usageQuery(queueKeys, calls.getQueueUsage, "queueId");
