import type * as contract from "@/lib/hours/weeks/contract";
import { call } from "@/lib/platform/client/call";

export const getSchedule = call<typeof contract.getSchedule>(
  "GET",
  "/api/workspaces/{workspaceId}/agents/{agentId}/schedule",
);
export const putSchedule = call<typeof contract.putSchedule>(
  "PUT",
  "/api/workspaces/{workspaceId}/agents/{agentId}/schedule",
);
export const getTravel = call<typeof contract.getTravel>(
  "GET",
  "/api/workspaces/{workspaceId}/agents/{agentId}/travel",
);
export const putTravel = call<typeof contract.putTravel>(
  "PUT",
  "/api/workspaces/{workspaceId}/agents/{agentId}/travel",
);
export const listOverrides = call<typeof contract.listOverrides>(
  "GET",
  "/api/workspaces/{workspaceId}/agents/{agentId}/overrides",
);
export const putOverride = call<typeof contract.putOverride>(
  "PUT",
  "/api/workspaces/{workspaceId}/agents/{agentId}/overrides/{date}",
);
export const deleteOverride = call<typeof contract.deleteOverride>(
  "DELETE",
  "/api/workspaces/{workspaceId}/agents/{agentId}/overrides/{date}",
);
