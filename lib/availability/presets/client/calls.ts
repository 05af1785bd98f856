import type * as contract from "@/lib/availability/presets/contract";
import { call } from "@/lib/platform/client/call";

const many = "/api/workspaces/{workspaceId}/inbox/statuses";
const one = `${many}/{statusId}` as const;
const chosen = "/api/workspaces/{workspaceId}/agents/{agentId}/availability/preset";

export const listStatuses = call<typeof contract.listStatuses>("GET", many);
export const createStatus = call<typeof contract.createStatus>("POST", many);
export const getStatus = call<typeof contract.getStatus>("GET", one);
export const patchStatus = call<typeof contract.patchStatus>("PATCH", one);
export const deleteStatus = call<typeof contract.deleteStatus>("DELETE", one);
export const getStatusUsage = call<typeof contract.getStatusUsage>("GET", `${one}/usage`);
export const putPreset = call<typeof contract.putPreset>("PUT", chosen);
export const deletePreset = call<typeof contract.deletePreset>("DELETE", chosen);
