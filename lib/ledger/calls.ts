import { call } from "@/lib/http/call";
import type * as contract from "@/lib/ledger/contract";

export const listAgentChanges = call<typeof contract.listAgentChanges>(
  "GET",
  "/api/workspaces/{workspaceId}/agents/{agentId}/changes",
);
