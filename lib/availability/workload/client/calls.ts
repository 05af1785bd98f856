import type * as contract from "@/lib/availability/workload/contract";
import { call } from "@/lib/platform/client/call";

export const getWorkload = call<typeof contract.getWorkload>(
  "GET",
  "/api/workspaces/{workspaceId}/agents/{agentId}/workload",
);
