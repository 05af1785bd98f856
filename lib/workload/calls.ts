import { call } from "@/lib/http/call";
import type * as contract from "@/lib/workload/contract";

export const getWorkload = call<typeof contract.getWorkload>(
  "GET",
  "/api/workspaces/{workspaceId}/agents/{agentId}/workload",
);
