import type * as contract from "@/lib/availability/contract";
import { call } from "@/lib/http/call";

export const patchAvailability = call<typeof contract.patchAvailability>(
  "PATCH",
  "/api/workspaces/{workspaceId}/agents/{agentId}/availability",
);
