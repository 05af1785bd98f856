import type * as contract from "@/lib/availability/declared/contract";
import { call } from "@/lib/platform/client/call";

export const patchAvailability = call<typeof contract.patchAvailability>(
  "PATCH",
  "/api/workspaces/{workspaceId}/agents/{agentId}/availability",
);
export const postReady = call<typeof contract.postReady>(
  "POST",
  "/api/workspaces/{workspaceId}/agents/{agentId}/availability/ready",
);
