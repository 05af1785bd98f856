import type * as contract from "@/lib/availability/effective/contract";
import { call } from "@/lib/platform/client/call";

const policy = "/api/workspaces/{workspaceId}/availability-policy";

export const getAvailabilityPolicy = call<typeof contract.getAvailabilityPolicy>("GET", policy);
export const patchAvailabilityPolicy = call<typeof contract.patchAvailabilityPolicy>("PATCH", policy);
export const previewAvailabilityPolicy = call<typeof contract.previewAvailabilityPolicy>(
  "POST",
  `${policy}/preview`,
);
export const explainAvailability = call<typeof contract.explainAvailability>(
  "GET",
  "/api/workspaces/{workspaceId}/agents/{agentId}/availability/explain",
);
