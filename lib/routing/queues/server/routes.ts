import { routeWith } from "@/lib/platform/http/server/route";
import {
  createQueue,
  deleteQueue,
  getQueue,
  getQueueUsage,
  listQueues,
  patchQueue,
} from "@/lib/routing/queues/contract";
import type { QueueService } from "@/lib/routing/queues/server/service";

const route = routeWith<{ queues: QueueService }>();

export const queueRoutes = [
  route(listQueues, async ({ actor, query }, { queues }) => ({ data: await queues.list(actor, query) })),
  route(createQueue, ({ actor, body, now }, { queues }) => queues.create(actor, body, now)),
  route(getQueue, ({ actor, params }, { queues }) => queues.get(actor, params.queueId)),
  route(patchQueue, ({ actor, params, body, ifMatch, now }, { queues }) =>
    queues.change(actor, params.queueId, body, { ifMatch, now }),
  ),
  route(deleteQueue, async ({ actor, params, ifMatch, now }, { queues }) => {
    await queues.empty(actor, params.queueId, { ifMatch });
    return await queues.delete(actor, params.queueId, { ifMatch, now });
  }),
  route(getQueueUsage, async ({ actor, params }, { queues }) => ({
    data: await queues.usage(actor, params.queueId),
  })),
];
