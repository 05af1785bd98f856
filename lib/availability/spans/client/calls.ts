import type * as contract from "@/lib/availability/spans/contract";
import { call } from "@/lib/platform/client/call";

export const listSpans = call<typeof contract.listSpans>(
  "GET",
  "/api/workspaces/{workspaceId}/agents/{agentId}/availability/spans",
);
