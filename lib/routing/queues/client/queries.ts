import { queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import { queueKeys, routingKeys } from "@/lib/platform/client/cache-keys";
import { type Guarded, sendGuarded } from "@/lib/platform/client/guarded-change";
import { merge, put, useListWrite, without } from "@/lib/platform/client/list-write";
import { readAll, request } from "@/lib/platform/client/request";
import {
  createQueue,
  deleteQueue,
  getQueue,
  getQueueUsage,
  listQueues,
  patchQueue,
} from "@/lib/routing/queues/client/calls";
import type { Queue, queueChangeSchema, queueDraftSchema } from "@/lib/routing/queues/contract";

/** Query of all queues, oldest first. */
export function allQueuesQuery(workspaceId: string) {
  return queryOptions({
    queryKey: queueKeys.list(workspaceId),
    queryFn: ({ signal }) =>
      readAll((query) => request(listQueues, { params: { workspaceId }, query, signal })),
    staleTime: 60_000,
  });
}

/** Query of the conversations that deleting a queue would affect. Never cached. */
export function queueUsageQuery(workspaceId: string, queueId: string) {
  return queryOptions({
    // Not under the key of all queues: invalidating those after a deletion would refetch the deleted queue.
    queryKey: ["queueUsage", workspaceId, queueId],
    queryFn: async ({ signal }) =>
      (await request(getQueueUsage, { params: { workspaceId, queueId }, signal })).data,
    staleTime: 0,
  });
}

const touches = (workspaceId: string) => [queueKeys.all(workspaceId), routingKeys.all(workspaceId)];

export function useCreateQueue(workspaceId: string) {
  return useListWrite<Queue, z.input<typeof queueDraftSchema>, Queue>({
    list: queueKeys.list(workspaceId),
    write: async (body) => (await request(createQueue, { params: { workspaceId }, body })).data,
    settle: put,
    touches: touches(workspaceId),
  });
}

export type QueueWrite = Guarded<Queue, z.input<typeof queueChangeSchema>>;

/** Changes a queue. Conversations waiting in it are matched again. */
export function useChangeQueue(workspaceId: string) {
  return useListWrite<Queue, QueueWrite, Queue>({
    list: queueKeys.list(workspaceId),
    write: (guarded) => {
      const params = { workspaceId, queueId: guarded.id };
      return sendGuarded(
        guarded,
        () => request(getQueue, { params }),
        async (ifMatch) => (await request(patchQueue, { params, body: guarded.change, ifMatch })).data,
      );
    },
    optimistic: (items, { id, change }) => merge(items, id, change),
    settle: put,
    touches: touches(workspaceId),
  });
}

export function useDeleteQueue(workspaceId: string) {
  return useListWrite<Queue, string, void>({
    list: queueKeys.list(workspaceId),
    write: async (queueId) => {
      await request(deleteQueue, { params: { workspaceId, queueId } });
    },
    optimistic: without,
    touches: touches(workspaceId),
  });
}
