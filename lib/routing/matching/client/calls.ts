import { call } from "@/lib/platform/client/call";
import type * as contract from "@/lib/routing/matching/contract";

const inbox = "/api/workspaces/{workspaceId}/inbox";

export const getQueueStatus = call<typeof contract.getQueueStatus>("GET", `${inbox}/queue-status`);
export const listWaitingReasons = call<typeof contract.listWaitingReasons>("GET", `${inbox}/waiting-reasons`);
export const explainConversation = call<typeof contract.explainConversation>(
  "GET",
  `${inbox}/conversations/{conversationId}/explain`,
);
export const listDecisions = call<typeof contract.listDecisions>(
  "GET",
  "/api/workspaces/{workspaceId}/agents/{agentId}/decisions",
);
