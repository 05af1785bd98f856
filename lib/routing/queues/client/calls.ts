import { call } from "@/lib/platform/client/call";
import type * as contract from "@/lib/routing/queues/contract";

const many = "/api/workspaces/{workspaceId}/inbox/routing-queues";
const one = `${many}/{queueId}` as const;

export const listQueues = call<typeof contract.listQueues>("GET", many);
export const createQueue = call<typeof contract.createQueue>("POST", many);
export const getQueue = call<typeof contract.getQueue>("GET", one);
export const patchQueue = call<typeof contract.patchQueue>("PATCH", one);
export const deleteQueue = call<typeof contract.deleteQueue>("DELETE", one);
export const getQueueUsage = call<typeof contract.getQueueUsage>("GET", `${one}/usage`);
