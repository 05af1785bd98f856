import type * as contract from "@/lib/hours/weeks/contract";
import { call } from "@/lib/platform/client/call";

const agent = "/api/workspaces/{workspaceId}/agents/{agentId}";

export const getSchedule = call<typeof contract.getSchedule>("GET", `${agent}/schedule`);
export const putSchedule = call<typeof contract.putSchedule>("PUT", `${agent}/schedule`);
export const getTravel = call<typeof contract.getTravel>("GET", `${agent}/travel`);
export const putTravel = call<typeof contract.putTravel>("PUT", `${agent}/travel`);
export const listOverrides = call<typeof contract.listOverrides>("GET", `${agent}/overrides`);
export const putOverride = call<typeof contract.putOverride>("PUT", `${agent}/overrides/{date}`);
export const deleteOverride = call<typeof contract.deleteOverride>("DELETE", `${agent}/overrides/{date}`);
