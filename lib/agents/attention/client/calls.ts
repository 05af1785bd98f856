import type * as contract from "@/lib/agents/attention/contract";
import { call } from "@/lib/platform/client/call";

export const getAttention = call<typeof contract.getAttention>(
  "GET",
  "/api/workspaces/{workspaceId}/inbox/attention",
);
