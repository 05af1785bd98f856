import type * as contract from "@/lib/agents/agents/contract";
import type * as list from "@/lib/agents/agents/list-contract";
import { call } from "@/lib/platform/client/call";

const many = "/api/workspaces/{workspaceId}/agents";
const one = `${many}/{agentId}` as const;

export const listAgents = call<typeof list.listAgents>("GET", many);
export const createAgent = call<typeof contract.createAgent>("POST", many);
export const getAgent = call<typeof contract.getAgent>("GET", one);
export const patchAgent = call<typeof contract.patchAgent>("PATCH", one);
export const deleteAgent = call<typeof contract.deleteAgent>("DELETE", one);
