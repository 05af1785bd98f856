import { call } from "@/lib/platform/client/call";
import type * as contract from "@/lib/routing/conversations/contract";

const many = "/api/workspaces/{workspaceId}/inbox/conversations";
const one = `${many}/{conversationId}` as const;

export const listConversations = call<typeof contract.listConversations>("GET", many);
export const getConversation = call<typeof contract.getConversation>("GET", one);
export const patchConversation = call<typeof contract.patchConversation>("PATCH", one);
export const assignConversation = call<typeof contract.assignConversation>("POST", `${one}/assign`);
export const requeueConversation = call<typeof contract.requeueConversation>("POST", `${one}/requeue`);
export const closeConversation = call<typeof contract.closeConversation>("POST", `${one}/close`);
export const getAgentUsage = call<typeof contract.getAgentUsage>(
  "GET",
  "/api/workspaces/{workspaceId}/agents/{agentId}/usage",
);
