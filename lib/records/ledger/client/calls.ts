import { call } from "@/lib/platform/client/call";
import type * as contract from "@/lib/records/ledger/contract";

export const listAgentChanges = call<typeof contract.listAgentChanges>(
  "GET",
  "/api/workspaces/{workspaceId}/agents/{agentId}/changes",
);
