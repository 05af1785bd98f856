import type * as contract from "@/lib/availability/effective/contract";
import type * as verdicts from "@/lib/availability/effective/verdicts-contract";
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
export const listVerdicts = call<typeof verdicts.listVerdicts>(
  "GET",
  "/api/workspaces/{workspaceId}/inbox/verdicts",
);
